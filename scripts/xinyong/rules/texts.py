"""Texts: prose has a cite in every paragraph and no markup but its own; no text smuggles HTML in."""

from __future__ import annotations

from collections.abc import Iterator

from xinyong.corpus import Entry
from xinyong.problems import Problem
from xinyong.records.types import Prose
from xinyong.rules import Context, problem
from xinyong.source import prose


def paragraphs_are_cited(entry: Entry, context: Context) -> Iterator[Problem]:
    """X502: every paragraph has a cite; in a citation's record the work described is its own source."""
    if entry.kind == "citations":
        return
    for path, text in entry.values(Prose):
        for paragraph in prose.parse(text).uncited:
            start = paragraph.split("\n")[0]
            shown = start if len(start) <= 40 else start[:40].rstrip() + "…"
            said = f"the paragraph '{shown}' has no cite; end its statements with [@citation-id]"
            yield problem(entry, "X502", said, path, start)


def markup_is_plain(entry: Entry, context: Context) -> Iterator[Problem]:
    """X307, X701 to X704: no HTML, no link that is not http or https, no broken brackets, no headings."""
    for path, text in entry.spots:
        if isinstance(text, str):
            faults = prose.parse(text).faults if isinstance(text, Prose) else prose.line_faults(text)
            for fault in faults:
                yield problem(entry, fault.code, fault.message, path, fault.needle)
