"""Tables that can be sorted and filtered: columns, rows, and the form above them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.markup import pinyin, text
from xinyong.pages.indexes import facets
from xinyong.pages.indexes.facets import Choice, Facet
from xinyong.pages.values import vocabulary
from xinyong.pages.views import View
from xinyong.records.vocabularies import LAYER
from xinyong.source.edtf import Edtf
from xinyong.words import TABLES

Cell = tuple[Markup, str]
"""What a cell shows, and the text it is sorted by (empty: what it shows)."""

NOTHING: Cell = (Markup("–"), "")


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
        years = [row.year for row in self.rows if row.year]
        form = facets.form(self.facets, [row.choices for row in self.rows], years)
        head = Markup("").join(map(self._heading, self.columns))
        body = Markup("\n").join(self._row(row, dated=bool(years)) for row in self.rows)
        html = (
            '<div class="xy-index xy-index--{}" data-index{}>\n{}<div class="xy-wide"><table class="xy-table{}">'
            "{}<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table></div>\n</div>"
        )
        compare = Markup(' data-compare="{}"').format(self.name) if self.compare else Markup("")
        long = " xy-long" if self.long else ""
        return Markup(html).format(self.name, compare, form, long, self._caption(), head, body)

    def _caption(self) -> Markup:
        """Say what can be done with the table; without scripts, how long it is."""
        html = '<caption><span class="xy-unscripted">{}</span><span class="xy-scripted">{}</span></caption>'
        count = TABLES["caption-one" if len(self.rows) == 1 else "caption"].format(
            f"{len(self.rows):,}"
        )
        hints = [TABLES["sort-hint"], *([TABLES["compare-hint"]] if self.compare else [])]
        return Markup(html).format(count, " ".join(hints))

    def _heading(self, column: Column) -> Markup:
        order = Markup(' aria-sort="ascending"') if column.name == self.order else Markup("")
        number = Markup(' class="xy-number"') if column.number else Markup("")
        html = '<th scope="col" data-key="{}"{}{}><span class="xy-sort">{}</span></th>'
        return Markup(html).format(column.name, number, order, column.title)

    def _row(self, row: Row, *, dated: bool) -> Markup:
        anchor = Markup(' id="{}"').format(row.anchor) if row.anchor else Markup("")
        choices = facets.attribute([*row.choices, *([(row.year,)] if dated else [])])
        chosen = Markup(' data-f="{}"').format(choices) if choices else Markup("")
        words = Markup(' data-t="{}"').format(row.words) if row.words else Markup("")
        cells = Markup("").join(
            self._cell(*pair) for pair in zip(row.cells, self.columns, strict=True)
        )
        return Markup("<tr{}{}{}>{}</tr>").format(anchor, chosen, words, cells)

    def _cell(self, cell: Cell, column: Column) -> Markup:
        shown, key = cell
        number = Markup(' class="xy-number"') if column.number else Markup("")
        # In the order in which the rows stand anyway, none needs a key.
        sorted_by = "" if key == shown or column.name == self.order else key
        key = Markup(' data-s="{}"').format(sorted_by) if sorted_by else Markup("")
        return Markup("<td{}{}>{}</td>").format(number, key, shown)


def plain(heads: Sequence[str], body: Iterable[Sequence[Markup]], name: str) -> Markup:
    """Render a table that needs no script: headings, rows of cells, and the name of its class."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(title) for title in heads)
    cells = (Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row) for row in body)
    rows_ = Markup("\n").join(Markup("<tr>{}</tr>").format(row) for row in cells)
    html = (
        '<div class="xy-wide"><table class="xy-table xy-table--{}"><thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}\n</tbody></table></div>"
    )
    return Markup(html).format(name, head, rows_)


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
    names = entry.record.names
    shown = (_chooser(entry) if compare else Markup("")) + view.link(entry.id, layer=layer)
    if names.zh:
        shown += Markup(' <span class="xy-sub"><span lang="zh-Hans">{}</span>{}</span>').format(
            names.zh, Markup(" ") + pinyin(names.pinyin) if names.pinyin else ""
        )
    return shown, names.en.casefold()


def _chooser(entry: Entry) -> Markup:
    html = '<label class="xy-choose" title="{0}"><input type="checkbox" value="{1}" aria-label="{0}"></label>'
    return Markup(html).format(TABLES["compare-one"].format(entry.record.heading), entry.id)


def other_names(entry: Entry) -> str:
    """Return the names that a row does not show, by which it is found all the same."""
    return "; ".join(entry.record.names.also)


def layer_badge(layer: str | None) -> Cell:
    """Show a layer as its badge."""
    if not layer:
        return NOTHING
    html = '<span class="xy-badge" data-layer="{}">{}</span>'
    return Markup(html).format(layer, LAYER[layer].label), ""


def value(kind: str, field: str, found: str | None) -> Cell:
    """Show a value of a vocabulary by its label; what it means stands in the form."""
    table = vocabulary(kind, field)
    return (text(table[found].label), "") if table and found else NOTHING


def date(found: Edtf | None) -> Cell:
    """Show a date, sorted by its first day; rows without one stand last."""
    return (text(found.words), found.earliest.isoformat()) if found else (Markup("–"), "9999")


def number(found: int) -> Cell:
    """Show a number."""
    return Markup(f"{found:,}"), f"{found:06}" if found > 999 else ""


def first(found: Sequence[Any]) -> Any:
    """Return the value of the first fact of a field, or None."""
    return found[0].value if found else None


def last(found: Sequence[Any]) -> Any:
    """Return the value of the last fact of a field, or None."""
    return found[-1].value if found else None


def links(view: View, ids: Iterable[str], *, layer: bool = True) -> Cell:
    """Show links to records."""
    return Markup(", ").join(view.link(id_, layer=layer) for id_ in ids) or Markup("–"), ""


def sortable(spelled: str) -> str:
    """Return pinyin without tones and spaces, for sorting."""
    folded = unicodedata.normalize("NFD", spelled.casefold())
    return "".join(char for char in folded if char.isalnum() or char == "~")
