"""Tables that can be sorted and filtered: columns, rows, and the form above them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.markup import text
from xinyong.pages.environment import macro
from xinyong.pages.indexes import facets
from xinyong.pages.indexes.facets import Choice, Facet, Form
from xinyong.pages.values import vocabulary
from xinyong.pages.views import View
from xinyong.source.edtf import Edtf
from xinyong.words import TABLES, WORDS

TEMPLATE = "_table.html.j2"
"""The macros of this room."""

DASH = text("–")
LAST = "9999"
"""The key of a row without a date, which stands after all others."""


class Cell(NamedTuple):
    """What a cell shows, and the text it is sorted by; empty: what it shows."""

    shown: Markup
    key: str = ""


NOTHING = Cell(DASH)


@dataclass(frozen=True)
class Column:
    """A column: its name in the page's address, its heading, and whether its cells are numbers."""

    name: str
    title: str
    number: bool = False


@dataclass(frozen=True)
class Row:
    """A row: its cells, its choice for each facet, other words it is found by, its year, its anchor."""

    cells: Sequence[Cell]
    choices: Sequence[Choice] = ()
    words: str = ""
    year: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """A table as it stands without a script: in the order of one of its columns.

    ``name`` is what its rows are; ``compare`` says that rows can be chosen for the compare view, ``long`` that there
    are so many that the style sheet lets a browser lay out only those on the screen.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    facets: Sequence[Facet] = ()
    order: str = ""
    compare: bool = False
    long: bool = False

    def html(self) -> Markup:
        """Render the form and the table."""
        return macro(TEMPLATE, "index")(self)

    @property
    def form(self) -> Form:
        """The form above the table."""
        return facets.form(self.facets, [row.choices for row in self.rows], self._years)

    @property
    def counted(self) -> str:
        """How long the table is, in words."""
        word = "caption-one" if len(self.rows) == 1 else "caption"
        return TABLES[word].format(f"{len(self.rows):,}")

    def choices(self, row: Row) -> str:
        """Return the choices of a row in the form that the script reads; where rows have years, its year is one."""
        years: list[Choice] = [(row.year,)] if self._years else []
        return facets.attribute([*row.choices, *years])

    def cells(self, row: Row) -> Iterator[tuple[Cell, Column]]:
        """Return the cells of a row, each with its column."""
        return zip(row.cells, self.columns, strict=True)

    @cached_property
    def _years(self) -> Sequence[str]:
        return [row.year for row in self.rows if row.year]


def worded(*names: str) -> list[Column]:
    """Make columns whose headings are labels of their names."""
    return [Column(name, WORDS[name]) for name in names]


def plain(heads: Sequence[str], body: Iterable[Sequence[Markup]], name: str) -> Markup:
    """Render a table that needs no script: headings, rows of cells, and the name of its class."""
    return macro(TEMPLATE, "plain")(heads, body, name)


def rows(
    view: View,
    kind: str,
    model: type[Any],
    order: Callable[[Entry], str],
    row: Callable[[Entry, Any], Row],
) -> list[Row]:
    """Make the rows of all records of a kind, in the order of a key."""
    entries = sorted(view.corpus.of_kind(kind), key=lambda entry: (order(entry), entry.id))
    return [row(entry, entry.record) for entry in entries if isinstance(entry.record, model)]


def by_name(entry: Entry) -> str:
    """Return the key by which records stand in the order of their names."""
    return entry.record.heading.casefold()


def name(view: View, entry: Entry, *, layer: bool = False, compare: bool = False) -> Cell:
    """Show a record's name as a link, with its Chinese name and the pinyin of it, after the box that chooses it."""
    shown = macro(TEMPLATE, "name")(view, entry, layer, compare)
    return Cell(shown, entry.record.names.en.casefold())


def other_names(entry: Entry) -> str:
    """Return the names that a row does not show, by which it is found all the same."""
    return "; ".join(entry.record.names.also)


def layer_badge(layer: str | None) -> Cell:
    """Show a layer as its badge."""
    return Cell(macro(TEMPLATE, "layer_badge")(layer)) if layer else NOTHING


def value(kind: str, field: str, found: str | None) -> Cell:
    """Show a value of a vocabulary by its label; what it means stands in the form."""
    table = vocabulary(kind, field)
    return Cell(text(table[found].label)) if table and found else NOTHING


def date(found: Edtf | None) -> Cell:
    """Show a date, sorted by its first day; rows without one stand last."""
    return Cell(text(found.words), found.earliest.isoformat()) if found else Cell(DASH, LAST)


def number(found: int) -> Cell:
    """Show a number."""
    return Cell(text(f"{found:,}"), f"{found:06}" if found > 999 else "")


def first(found: Sequence[Any]) -> Any:
    """Return the value of the first fact of a field, or None."""
    return found[0].value if found else None


def last(found: Sequence[Any]) -> Any:
    """Return the value of the last fact of a field, or None."""
    return found[-1].value if found else None


def links(view: View, ids: Iterable[str], *, layer: bool = True) -> Cell:
    """Show links to records."""
    return listed(view.link(id_, layer=layer) for id_ in ids)


def listed(items: Iterable[Markup], key: str = "") -> Cell:
    """Show several things with commas between, a dash for none."""
    return Cell(text(", ").join(items) or DASH, key)


def sortable(spelled: str) -> str:
    """Return pinyin without tones and spaces, for sorting."""
    folded = unicodedata.normalize("NFD", spelled.casefold())
    return "".join(char for char in folded if char.isalnum() or char == "~")
