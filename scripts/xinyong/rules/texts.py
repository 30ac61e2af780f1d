"""Texts: prose has its cites and no markup but its own; characters are what they look like."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from xinyong.corpus import Entry
from xinyong.problems import Path, Problem
from xinyong.records.types import Prose
from xinyong.rules import Context, problem
from xinyong.source import plain, prose
from xinyong.source.characters import strange_characters
from xinyong.source.cites import Cite


def paragraphs_are_cited(entry: Entry, context: Context) -> Iterator[Problem]:
    """X502: every paragraph has a cite.

    In a citation's record the work described is its own source.
    """
    if entry.kind == "citations":
        return
    for path, text in entry.values(Prose):
        for paragraph in prose.parse(text).uncited:
            start = paragraph.split("\n")[0]
            shown = start if len(start) <= 40 else start[:40].rstrip() + "…"
            message = f"the paragraph '{shown}' has no cite; end its statements with [@citation-id]"
            yield problem(entry, "X502", message, path, start)


IDENTIFIERS = {("doi",)}
"""Fields whose angle brackets are no markup: old DOIs of Wiley have them."""


def markup_is_plain(entry: Entry, context: Context) -> Iterator[Problem]:
    """X307, X701 to X705: no HTML, no strange links, no broken brackets, no headings, no marks."""
    for path, text in entry.values(str):
        if path not in IDENTIFIERS:
            faults = (
                prose.parse(text).faults if isinstance(text, Prose) else prose.line_faults(text)
            )
            for fault in faults:
                yield problem(entry, fault.code, fault.message, path, fault.needle)
    for path, locator in _locators(entry):
        for fault in chain(prose.line_faults(locator), plain.markup(locator)):
            yield problem(entry, fault.code, fault.message, path, fault.needle)
        if prose.LINK.search(locator):
            message = "a locator holds no link; write the page, chapter or article only"
            yield problem(entry, "X705", message, path, "[[")


def characters_are_right(entry: Entry, context: Context) -> Iterator[Problem]:
    """X605 to X607: no character only looks right, is lost, or was left by a wrong encoding."""
    cites = ((path, str(cite)) for path, cite in entry.values(Cite))
    for path, text in chain(entry.values(str), cites):
        for fault in () if text.isascii() else strange_characters(text):
            yield problem(entry, fault.code, fault.message, path, fault.needle)


def _locators(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield the locators of all cites, in fields and in prose."""
    return ((use.path, use.cite.locator) for use in entry.cites if use.cite and use.cite.locator)
