"""Tables that can be sorted and filtered: columns, rows, and the form above them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.importance import by_importance
from xinyong.markup import text
from xinyong.pages.environment import macro
from xinyong.pages.indexes import facets
from xinyong.pages.indexes.facets import Choice, Facet, Form
from xinyong.pages.indexes.stretch import Stretch, folder
from xinyong.pages.values import vocabulary
from xinyong.pages.view import View
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
    """A column: its name in the page's address, its heading, and how its cells are shown.

    On a phone a row is a card: its first cell, then the others in one line. ``labelled`` says that there a cell needs
    the heading before it, ``block`` that it has lines of its own.
    """

    name: str
    title: str
    number: bool = False
    labelled: bool = False
    block: bool = False


class ShownCell(NamedTuple):
    """A cell as it is written: what it shows, its key where it needs one, its label and classes."""

    shown: Markup
    key: str
    label: str
    classes: str


@dataclass(frozen=True)
class Row:
    """A row: its record, its cells, its choice for each facet, other words it is found by, its year, its anchor.

    ``label`` tells it apart where it stands by the name of its record.
    Its cells are made where they are shown, for on a page most rows of a long index stand by name.
    """

    entry: Entry
    cells: Callable[[], Sequence[Cell]]
    choices: Sequence[Choice] = ()
    words: str = ""
    year: str = ""
    anchor: str = ""
    label: str = ""


@dataclass(frozen=True)
class Part:
    """Rows that stand together; with a title they are folded behind it.

    ``preview`` are the Chinese terms that it holds, shown beside the title. ``by_name`` says that
    of each row only the name is shown.
    """

    rows: Sequence[Row]
    title: str = ""
    preview: Sequence[str] = ()
    by_name: bool = False


@dataclass(frozen=True)
class Section:
    """Parts under a heading of their own, with the anchor of it and a note below it; or all parts, without one."""

    parts: Sequence[Part]
    title: str = ""
    anchor: str = ""
    note: str = ""

    @property
    def number(self) -> int:
        """How many rows it has."""
        return sum(len(part.rows) for part in self.parts)


@dataclass(frozen=True)
class Table:
    """An index as it stands without a script.

    ``name`` is what its rows are; ``order`` the column by which they stand, empty where they stand by importance;
    ``compare`` says that rows can be chosen for the compare view; ``layout`` is the macro that shows it. ``stretch``
    says which page of a long one it is.
    """

    view: View
    name: str
    columns: Sequence[Column]
    sections: Sequence[Section]
    facets: Sequence[Facet] = ()
    order: str = ""
    compare: bool = False
    layout: tuple[str, str] = (TEMPLATE, "index")
    stretch: Stretch | None = None

    def html(self) -> Markup:
        """Render the form and the table."""
        return macro(*self.layout)(self)

    @cached_property
    def rows(self) -> Sequence[Row]:
        """All rows, in their order."""
        return [row for section in self.sections for part in section.parts for row in part.rows]

    @property
    def form(self) -> Form:
        """The form above the table."""
        return facets.form(self.facets, [row.choices for row in self.rows], self._years)

    @property
    def counted(self) -> str:
        """How long the table is, in words."""
        word = "caption-one" if len(self.rows) == 1 else "caption"
        return TABLES[word].format(f"{len(self.rows):,}")

    @property
    def ordered(self) -> str:
        """Say in which order the rows stand; empty where a heading says so."""
        if self.order:
            return ""
        own = f"order-hint-{self.name}"
        return TABLES[own if own in TABLES else "order-hint"]

    @property
    def unfolds(self) -> bool:
        """Whether what is folded stands open at first, as on a page that is there for its rows."""
        return self.stretch is not None and self.stretch.number > 1

    def choices(self, row: Row) -> str:
        """Return the choices of a row in the form that the script reads; where rows have years, its year is one."""
        years: list[Choice] = [(row.year,)] if self._years else []
        return facets.attribute([*row.choices, *years])

    def cells(self, row: Row) -> Iterator[ShownCell]:
        """Return the cells of a row as they are written."""
        for cell, column in zip(row.cells(), self.columns, strict=True):
            # In the order in which the rows stand anyway, none needs a key.
            natural = column.name == self.order or cell.key == cell.shown
            key = "" if natural else cell.key
            label = column.title if column.labelled else ""
            yield ShownCell(cell.shown, key, label, " ".join(_classes(cell, column)))

    def address(self, number: int) -> str:
        """Return the address of a page of a long index, from this one."""
        return f"{self.view.root}{self.name}/{folder(number)}"

    def by_name(self, row: Row) -> Markup:
        """Show a row by its name, that of a source without the pinyin of its title."""
        entry, name, names = row.entry, self.view.name(row.entry), row.entry.record.names
        spelled = None if entry.kind == "citations" else names.pinyin
        if row.label not in name:
            is_longer = row.label.startswith(name.removesuffix(" …"))
            name = row.label if is_longer else f"{name}, {row.label}"
        return macro(TEMPLATE, "by_name")(self.view.address(entry), name, names.zh, spelled)

    @cached_property
    def _years(self) -> Sequence[str]:
        return [row.year for row in self.rows if row.year]


def whole(rows: Sequence[Row], most: int = 0) -> list[Section]:
    """Make the one section of a table without headings; of more than ``most`` rows, the others are folded."""
    if not most or len(rows) <= most:
        return [Section([Part(rows)])]
    return [Section([Part(rows[:most]), Part(rows[most:], TABLES["others"])])]


def _classes(cell: Cell, column: Column) -> Iterator[str]:
    if column.number:
        yield "xy-number"
    if cell.shown == DASH:
        yield "xy-none"
    elif column.block:
        yield "xy-block"


def worded(*names: str, labelled: Sequence[str] = (), block: Sequence[str] = ()) -> list[Column]:
    """Make columns whose headings are labels of their names."""
    return [
        Column(name, WORDS[name], labelled=name in labelled, block=name in block) for name in names
    ]


def plain(
    heads: Sequence[str], body: Iterable[Sequence[Markup]], name: str, *, cards: bool = False
) -> Markup:
    """Render a table that needs no script: headings, rows of cells, and the name of its class.

    With ``cards`` its rows are cards on a phone, where each cell has its heading before it.
    """
    return macro(TEMPLATE, "plain")(heads, body, name, cards)


def rows(view: View, kind: str, model: type[Any], row: Callable[[Entry, Any], Row]) -> list[Row]:
    """Make the rows of all records of a kind, the most important first."""
    entries = by_importance(view.corpus, view.corpus.of_kind(kind))
    return [row(entry, entry.record) for entry in entries if isinstance(entry.record, model)]


def name(view: View, entry: Entry, *, layer: bool = False, compare: bool = False) -> Cell:
    """Show a record's name as a link, with its Chinese name and the pinyin of it, after the box that chooses it."""
    return Cell(macro(TEMPLATE, "name")(view, entry, layer, compare))


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
