"""Atom feeds (RFC 4287) of what changed: one of all records, one of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from lxml import etree

from xinyong.history import text
from xinyong.history.lines import Line, State
from xinyong.pages.environment import macro
from xinyong.problems import visible
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.words import HISTORY, WORDS, current_language

ATOM = "http://www.w3.org/2005/Atom"
FILES = {"feed.xml": ""} | {f"feeds/{kind}.xml": kind for kind in MODELS}
"""The files of the feeds, and of which kind they tell; the first one tells of all."""

NEWEST = 100
"""A feed holds so many entries at most."""

PLACES = 12
"""An entry shows so many changes at most; its address shows all."""

FIELDS = 3
"""A title names so many fields at most; the summary names all."""

BEGINNING = "1970-01-01T00:00:00Z"
"""When a feed without an entry was last changed: a feed has to say so, and this is the same on any
day."""


def write(site: Path, library: Library) -> None:
    """Write all feeds but those that stand already."""
    (site / "feeds").mkdir(exist_ok=True)
    for path, kind in FILES.items():
        if not library.has_files(path):
            title = ": ".join([HISTORY["feed-title"], *([WORDS[kind]] if kind else [])])
            with library.making(path):
                (site / path).write_bytes(feed(library, path, title, kind))


def feed(library: Library, path: str, title: str, kind: str = "") -> bytes:
    """Return the feed that stands at ``path``, of all records or of one kind.

    An entry is a record that changed on a day. Its id is the dated address of the state, which
    stays for ever; its time is that of the day's last commit that changed the record.
    """
    entries = list(islice(_newest(library, kind), NEWEST))
    root = etree.fromstring(f'<feed xmlns="{ATOM}" xml:lang="{current_language()}"/>')
    base = library.home.base
    _text(root, "title", title)
    _text(root, "id", base + path)
    _text(root, "updated", max((state.time for _, state in entries), default=BEGINNING))
    _text(etree.SubElement(root, f"{{{ATOM}}}author"), "name", HISTORY["feed-author"])
    _text(root, "rights", HISTORY["feed-rights"])
    _link(root, "self", base + path, "application/atom+xml")
    _link(root, "alternate", f"{base}changes/", "text/html")
    for line, state in entries:
        _entry(root, library, line, state)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _newest(library: Library, kind: str) -> Iterator[tuple[Line, State]]:
    for found in library.history.days.values():
        of_kind = [one for one in found if not kind or one[0].kind == kind]
        yield from sorted(of_kind, key=lambda one: -one[1].moment)


def _entry(root: etree._Element, library: Library, line: Line, state: State) -> None:
    entry = etree.SubElement(root, f"{{{ATOM}}}entry")
    address = library.home.base + line.address(state)
    title = f"{library.names.title(line)}: {text.told(line, state, FIELDS)}"
    _text(entry, "title", title)
    _text(entry, "id", address)
    _text(entry, "updated", state.time)
    _link(entry, "alternate", address, "text/html")
    etree.SubElement(entry, f"{{{ATOM}}}category", term=line.kind, label=WORDS[line.kind])
    _text(entry, "summary", text.told(line, state))
    if state.changes:
        content = _text(entry, "content", f"<ul>\n{_items(library, line, state)}</ul>")
        content.set("type", "html")


def _items(library: Library, line: Line, state: State) -> str:
    rest: Sequence[object] = state.changes[PLACES:]
    more = f"<li>{HISTORY['and-more'].format(n=len(rest))}</li>\n" if rest else ""
    items = macro("_changes.html.j2", "items")
    shown = library.names.texts(line.kind, state.changes[:PLACES])
    return f"{items(shown)}{more}"


def _text(parent: etree._Element, name: str, message: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = visible(message, keep="\n\t")  # XML has no way to hold a control character
    return element


def _link(parent: etree._Element, rel: str, href: str, media: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href, type=media)
