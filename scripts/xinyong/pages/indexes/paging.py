"""A long index in pages: on the first are all rows, most by name, on each some in full.

So the address of each row answers on the first page, however many there are, and its filters find all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from xinyong.markup import text
from xinyong.pages.environment import macro
from xinyong.pages.indexes import INDEXES, stretch
from xinyong.pages.indexes.stretch import Stretch, folder
from xinyong.pages.indexes.table import TEMPLATE, Part, Section, Table
from xinyong.pages.page import Page, heading
from xinyong.pages.renderings import renderings
from xinyong.pages.view import LooseView, View
from xinyong.publication import Library
from xinyong.words import TABLES, WORDS

PAGED: Mapping[str, Callable[[View], Table]] = {**INDEXES, "renderings": renderings}
"""The tables that have further pages where they are long, by the address of the first."""


def shown(table: Table, number: int = 1) -> Markup:
    """Show a page of an index, or all of it where it is not long."""
    here = Stretch(number, len(table.rows))
    if here.pages == 1:
        return table.html()
    sections = list(_sections(table.sections, here))
    # A number with a name counts all rows, not those of a page.
    options = [replace(facet, numbers={}) for facet in table.facets] if number > 1 else table.facets
    return replace(table, sections=sections, facets=options, stretch=here).html()


def further(library: Library) -> Iterator[Page]:
    """Render the pages of all long indexes but the first, which are hand-written pages."""
    for name in PAGED:
        yield from further_of(library, name)


def further_of(library: Library, name: str, only: str = "") -> Iterator[Page]:
    """Render the further pages of an index, if it is long, or only that at an address."""
    if name not in PAGED or 0 < len(library.corpus.of_kind(name)) <= stretch.MOST:
        return
    table = PAGED[name](LooseView(library))
    total = len(table.rows)
    for number in range(2, Stretch(1, total).pages + 1):
        url = f"{name}/{folder(number)}"
        if only in ("", url):
            yield _page(url, table, Stretch(number, total))


def _page(url: str, table: Table, here: Stretch) -> Page:
    name, total = WORDS[table.name], f"{here.total:,}"
    title = TABLES["page-title"].format(name, here.number, here.pages)
    about = TABLES["page-about"].format(name, f"{here.first + 1:,}", f"{here.last:,}", total)
    anchor = folder(here.number).strip("/")
    body = heading(1, anchor, text(title)) + shown(table, here.number)
    head = macro(TEMPLATE, "neighbours")(table, here)
    file = f"docs/{table.name}{'/index' if table.name in INDEXES else ''}.md"
    return Page(url, title, about, str(body), (), file, str(head))


def _sections(sections: Sequence[Section], here: Stretch) -> Iterator[Section]:
    starts = iter(_starts([part for section in sections for part in section.parts]))
    for section in sections:
        pieces = [
            piece for part in section.parts for piece in _cut(section, part, next(starts), here)
        ]
        if pieces or here.number == 1:
            yield replace(section, parts=pieces)


def _starts(parts: Sequence[Part]) -> list[int]:
    """Return how many rows stand before each part; what is open comes before what is folded."""
    starts, before = [0] * len(parts), 0
    for at in sorted(range(len(parts)), key=lambda at: bool(parts[at].title)):
        starts[at] = before
        before += len(parts[at].rows)
    return starts


def _cut(section: Section, part: Part, start: int, here: Stretch) -> Iterator[Part]:
    """Yield the rows of a part that a page shows in full; on the first one, the others by name."""
    full = part.rows[max(0, here.first - start) : max(0, here.last - start)]
    if full:
        yield Part(full, part.title)
    others = part.rows[len(full) :] if here.number == 1 else ()
    if others:
        title = part.title or section.title or TABLES["others"]
        yield Part(others, TABLES["by-name"].format(title), by_name=True)
