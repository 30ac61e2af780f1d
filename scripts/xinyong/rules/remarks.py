"""Remarks: names and titles in references are those of the work, and remarks stand in fields of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xinyong.corpus import Entry
from xinyong.problems import Problem
from xinyong.records import Citation
from xinyong.rules import Context, problem

_OURS = (
    r"(?:our |own |our own )(?:title|words|description|translation|headline)|description|untitled|"
    r"(?:headline|heading|title|name|author) (?:not|un)\w*(?: \w+)?|(?:not |un)seen"
)
_OTHERS = (
    r"so the [^)]*|so in [^)]*|sic|as (?:quoted|cited|given) [^)]*|digest|entry|record|"
    r"(?:video |audio )?transcript|(?:second|third|last) page|(?:reprint|reposted|copy) [^)]*|"
    r"(?:seen|read|found) (?:at|in|on) [^)]*|via [^)]*|from The [^)]*|probably[^)]*|perhaps[^)]*|"
    r"(?:unknown|unnamed)[^)]*|\?"
)
_BRACKET = re.compile(rf"[(\[（【]\s*(?:(?P<ours>{_OURS})|{_OTHERS})\s*[)\]）】]", re.IGNORECASE)
_WHOLE = re.compile(r"\[(?P<title>[^\[\]]+)\]")


def names_hold_no_remarks(entry: Entry, context: Context) -> Iterator[Problem]:
    """X611: no name and no title of a source holds a remark in brackets."""
    record = entry.record
    if not isinstance(record, Citation):
        return
    for path, text in _named(record):
        if found := _BRACKET.search(text):
            field = "title_is_ours" if found["ours"] else "reference_note"
            message = f"'{found[0]}' is a remark, not part of the name; move it to '{field}'"
            yield problem(entry, "X611", message, path, found[0])
        elif path[0] == "title" and (whole := _WHOLE.fullmatch(text)):
            message = (
                "brackets around a whole title are a remark; leave them out, "
                "and say 'title_is_ours: true' if the title is your own description"
            )
            yield problem(entry, "X611", message, path, whole[0])


def _named(record: Citation) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts that references are made of, with their paths."""
    for field in ("title", "title_original", "container", "publisher", "place"):
        if text := getattr(record, field):
            yield (field,), text
    for role in ("authors", "editors", "translators"):
        for index, author in enumerate(getattr(record, role)):
            for part in ("family", "given", "name", "zh"):
                if text := getattr(author, part):
                    yield (role, index, part), text
