"""A long index in pages: on the first stand all its rows, most of them by name, on each page some in full.

So the address of each row answers on the first page, however many there are, and its filters find all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from xinyong.markup import text
from xinyong.pages.environment import macro
from xinyong.pages.indexes import INDEXES
from xinyong.pages.indexes.stretch import Stretch, folder
from xinyong.pages.indexes.table import TEMPLATE, Part, Section, Table
from xinyong.pages.page import Page, heading
from xinyong.pages.view import View
from xinyong.publication import Library
from xinyong.words import TABLES, WORDS


def shown(table: Table, number: int = 1) -> Markup:
    """Show a page of an index, or all of it where it is not long."""
    stretch = Stretch(number, len(table.rows))
    if stretch.pages == 1:
        return table.html()
    sections = list(_sections(table.sections, stretch))
    # A number with a name counts all rows, not those of a page.
    options = [replace(facet, numbers={}) for facet in table.facets] if number > 1 else table.facets
    return replace(table, sections=sections, facets=options, stretch=stretch).html()


def further(library: Library) -> Iterator[Page]:
    """Render the pages of all long indexes behind the first ones, which stand in hand-written pages."""
    for kind in INDEXES:
        yield from further_of(library, kind)


def further_of(library: Library, kind: str, only: str = "") -> Iterator[Page]:
    """Render the further pages of the index of a kind, or the one at the address ``only``; none if it is not long."""
    records = library.corpus.of_kind(kind) if kind in INDEXES else ()
    pages = Stretch(1, len(records)).pages
    numbers = {f"{kind}/{folder(number)}": number for number in range(2, pages + 1)}
    wanted = [url for url in numbers if only in ("", url)]
    if wanted:
        table = INDEXES[kind](View(library))
        yield from (_page(url, table, Stretch(numbers[url], len(table.rows))) for url in wanted)


def _page(url: str, table: Table, stretch: Stretch) -> Page:
    name, total = WORDS[table.name], f"{stretch.total:,}"
    title = TABLES["page-title"].format(name, stretch.number, stretch.pages)
    about = TABLES["page-about"].format(name, f"{stretch.first + 1:,}", f"{stretch.last:,}", total)
    anchor = folder(stretch.number).strip("/")
    body = heading(1, anchor, text(title)) + shown(table, stretch.number)
    head = macro(TEMPLATE, "neighbours")(table, stretch)
    return Page(url, title, about, str(body), (), f"docs/{table.name}/index.md", str(head))


def _sections(sections: Sequence[Section], stretch: Stretch) -> Iterator[Section]:
    starts = iter(_starts([part for section in sections for part in section.parts]))
    for section in sections:
        pieces = [
            piece for part in section.parts for piece in _cut(section, part, next(starts), stretch)
        ]
        if pieces or stretch.number == 1:
            yield replace(section, parts=pieces)


def _starts(parts: Sequence[Part]) -> list[int]:
    """Return how many rows stand before each part, where what stands open comes before what is folded."""
    starts, before = [0] * len(parts), 0
    for at in sorted(range(len(parts)), key=lambda at: bool(parts[at].title)):
        starts[at] = before
        before += len(parts[at].rows)
    return starts


def _cut(section: Section, part: Part, start: int, stretch: Stretch) -> Iterator[Part]:
    """Yield the rows of a part that a page shows in full; on the first one, the others by name."""
    here = part.rows[max(0, stretch.first - start) : max(0, stretch.last - start)]
    if here:
        yield Part(here, part.title)
    others = part.rows[len(here) :] if stretch.number == 1 else ()
    if others:
        title = part.title or section.title or TABLES["others"]
        yield Part(others, TABLES["by-name"].format(title), by_name=True)
