"""A file of BibTeX as its entries: values put together, what they inherit, the line of each field."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    Entry,
    ExplicitComment,
    ImplicitComment,
    ParsingFailedBlock,
)

from xinyong.imports.works import Refused, Remark

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The names of months that every file of BibTeX may use without saying what they are."""

OWN = frozenset(
    {
        "crossref", "xref", "xdata", "ids", "entryset", "entrysubtype", "execute", "label", "options",
        "presort", "related", "sortkey", "sorttitle", "title", "subtitle", "titleaddon", "shorttitle",
        "abstract", "annotation", "annote", "keywords", "file", "note", "pages", "doi", "url", "urldate",
        "eprint", "eprinttype", "author",
    }
)  # fmt: skip
"""Fields of a volume that its parts do not inherit as they are."""

PARTS = frozenset({"inproceedings", "conference", "incollection", "inbook", "inreference"})

_UNSIGNED = re.compile(r"^[ \t]*[A-Za-z]+[ \t]*\{\s*[^\s,{}=]+[ \t]*,", re.MULTILINE)
_SPARE = re.compile(r"\s+")


@dataclass
class Item:
    """An entry: its key, type and line, its fields as written, the line of each, what was odd."""

    key: str
    type: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def read(text: str) -> Iterator[Item | Refused]:
    """Yield the entries of a file in its order, those that cannot be read as refusals."""
    # What the library warns of is said here, with its place.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    try:
        library = parse_string(text, parse_stack=[])
    except Exception:
        yield Refused(1, "this is no BibTeX that can be read; export it again as BibTeX")
        return
    strings = {one.key.lower(): str(one.value) for one in library.strings}
    blocks = sorted(
        [*library.entries, *library.failed_blocks, *library.comments],
        key=lambda block: block.start_line or 0,
    )
    found = [one for block in blocks for one in _read(block, strings)]
    items = [item for item in found if isinstance(item, Item)]
    by_key: dict[str, Item] = {}
    for item in items:
        by_key.setdefault(item.key.casefold(), item)
    own = {id(item): dict(item.fields) for item in items}
    for item in items:
        _inherit(item, by_key, own)
    shared = {name for item in items for name, _ in _parents(own[id(item)], item)}
    yield from (
        one
        for one in found
        if not (isinstance(one, Item) and one.type == "xdata" and one.key in shared)
    )


def _read(block: Block, strings: Mapping[str, str]) -> Iterator[Item | Refused]:
    """Yield what a piece of a file holds: nothing for a remark, unless an entry lost its sign there."""
    if isinstance(block, ImplicitComment):
        for match in _UNSIGNED.finditer(block.comment):
            line = (block.start_line or 0) + 1 + block.comment.count("\n", 0, match.start())
            yield Refused(line, f"'{short(match[0].strip())}' is no entry; put '@' before it")
    elif not isinstance(block, ExplicitComment) and (one := _block(block, strings)):
        yield one


def _block(block: Block, strings: Mapping[str, str]) -> Item | Refused | None:
    line = (block.start_line or 0) + 1
    inner = block if isinstance(block, Entry) else getattr(block, "ignore_error_block", None)
    if isinstance(inner, Entry):
        item = _item(inner, strings)
        if isinstance(block, DuplicateBlockKeyBlock):
            item.remarks.append(Remark(line, f"the key '{block.key}' stands in the file twice"))
        return item
    if not isinstance(block, ParsingFailedBlock) or inner is not None:
        return None
    raw = (block.raw or "").strip()
    begin = short(raw.partition("\n")[0])
    if raw.count("{") == raw.count("}"):
        fix = "put a comma behind its key and behind each field"
        return Refused(line, f"the entry '{begin}' cannot be read; {fix}")
    fix = "add the missing brace or quotation mark"
    return Refused(line, f"the entry '{begin}' does not end; {fix}")


def _item(entry: Entry, strings: Mapping[str, str]) -> Item:
    line = (entry.start_line or 0) + 1
    item = Item(str(entry.key) or "(no key)", entry.entry_type.lower(), line)
    for one in entry.fields:
        name = one.key.lower()
        at = (one.start_line or 0) + 1
        value, trouble = joined(str(one.value), strings)
        if trouble:
            item.remarks.append(Remark(at, f"in the field '{name}' {trouble}"))
        if name not in item.fields:
            item.fields[name] = value
            item.lines[name] = at
        else:
            same = _SPARE.sub(" ", value) == _SPARE.sub(" ", item.fields[name])
            left = "" if same else f", not '{short(value)}'"
            message = f"the field '{name}' stands there twice; the first was taken{left}"
            item.remarks.append(Remark(at, message))
    return item


def joined(written: str, strings: Mapping[str, str]) -> tuple[str, str]:
    """Return a value without the braces or quotation marks around it, and what was odd about it.

    ``jan # "~5"`` is one value in two pieces; a word is looked up among the strings of the file.
    """
    pieces = []
    trouble = ""
    rest = written.strip()
    while rest:
        end = _end(rest)
        piece, rest = rest[:end].strip(), rest[end:].strip()
        text, unknown = _piece(piece, strings)
        trouble = trouble or unknown
        pieces.append(text)
        if not rest.startswith("#"):
            break
        rest = rest[1:].strip()
    if rest:
        trouble = f"'{short(rest)}' was left out; a comma is missing before it"
    return "".join(pieces), trouble


def _end(text: str) -> int:
    """Return where the first piece of a value ends: its closing brace or quotation mark."""
    if text[0] not in '{"':
        at = text.find("#")
        return len(text) if at < 0 else at
    depth = 0
    for at, char in enumerate(text):
        if char in "{}" and text[at - 1 : at] != "\\":
            depth += 1 if char == "{" else -1
        closed = char == "}" if text[0] == "{" else char == '"' and at > 0
        if closed and depth <= 0:
            return at + 1
    return len(text)


def _piece(piece: str, strings: Mapping[str, str]) -> tuple[str, str]:
    if piece[:1] in ("{", '"') and len(piece) > 1:
        return piece[1:-1], ""
    word = piece.lower()
    if word in strings:
        rest = {name: text for name, text in strings.items() if name != word}
        return joined(strings[word], rest)
    if word.isdigit() or word[:3] in MONTHS:
        return piece, ""
    return piece, f"'{short(piece)}' stands without braces and is no string of the file"


def _inherit(item: Item, by_key: Mapping[str, Item], own: Mapping[int, Mapping[str, str]]) -> None:
    """Give an entry what it takes over from those that it names, the nearest first."""
    seen = {item.key.casefold()}
    queue = _parents(item.fields, item)
    while queue:
        name, at = queue.pop(0)
        parent = by_key.get(name.casefold())
        if parent is None:
            message = f"'{name}' is no entry of the file, and nothing was taken over from it"
            item.remarks.append(Remark(at, message))
        elif name.casefold() not in seen:
            seen.add(name.casefold())
            given = own[id(parent)]
            for field_, value in _passed_on(item, parent, given).items():
                if field_ not in item.fields:
                    item.fields[field_] = value
                    item.lines[field_] = at
            queue += [(key, at) for key, _ in _parents(given, parent)]


def _parents(given: Mapping[str, str], item: Item) -> list[tuple[str, int]]:
    named = []
    for name in ("crossref", "xdata"):
        keys = [key.strip() for key in given.get(name, "").split(",")]
        named += [(key, item.lines.get(name, item.line)) for key in keys if key]
    return named


def _passed_on(item: Item, parent: Item, given: Mapping[str, str]) -> dict[str, str]:
    if parent.type == "xdata":
        return {name: value for name, value in given.items() if name not in ("xdata", "ids")}
    passed = {name: value for name, value in given.items() if name not in OWN}
    for name, target in _titles(item.type).items():
        if given.get(name):
            passed.setdefault(target, given[name])
    if item.type == "inbook" and given.get("author"):
        passed["author"] = given["author"]
    # The year of the volume says nothing where the part has a date of its own, and the other way.
    if item.fields.keys() & {"date", "year"}:
        passed = {k: v for k, v in passed.items() if k not in ("date", "year", "month", "day")}
    return passed


def _titles(type_: str) -> Mapping[str, str]:
    """Say which field of a part the title of its volume becomes."""
    if type_ in PARTS:
        return {"title": "booktitle", "subtitle": "booksubtitle"}
    if type_ in ("article", "suppperiodical", "review"):
        return {"title": "journaltitle"}
    return {"title": "maintitle"}


def short(text: str) -> str:
    """Return a text cut to what fits into a message."""
    return text if len(text) <= 60 else f"{text[:60].rstrip()}…"


__all__: Sequence[str] = ("Item", "joined", "read", "short")
