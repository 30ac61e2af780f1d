"""The index of sources: full references, grouped by what kind of source they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from xinyong.corpus import Entry
from xinyong.corpus.dates import date_of
from xinyong.markup import text
from xinyong.pages.environment import macro
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.facets import Facet
from xinyong.pages.indexes.table import (
    DASH,
    LAST,
    TEMPLATE,
    Cell,
    Column,
    Part,
    Row,
    Section,
    Table,
)
from xinyong.pages.view import View
from xinyong.records import Citation
from xinyong.records.vocabularies import CITATION_TYPE, READ, RELIABILITY, Value
from xinyong.source.edtf import Edtf
from xinyong.words import KIND_ONE, LANGUAGES, TABLES, WORDS

OPEN = 6
"""How many sources of each kind stand open, those that most records cite; the others are folded by year."""


def index(view: View) -> Table:
    """All sources, the strong kinds first: reference, type, date, language, kind, how far read, how much used."""
    short = view.library.references.label

    def row(entry: Entry, record: Citation) -> Row:
        date, language = date_of(record), record.language[:2]

        def cells() -> Sequence[Cell]:
            return (
                Cell(macro(TEMPLATE, "source")(view, entry, short(entry.id))),
                table.value("citations", "type", record.type),
                Cell(text(_dated(date)), date.earliest.isoformat()) if date else Cell(DASH, LAST),
                Cell(text(LANGUAGES.get(language, record.language))),
                table.value("citations", "reliability", record.reliability),
                table.value("citations", "read", record.read),
                table.number(len(view.corpus.cited_by.get(entry.id, ()))),
            )

        choices = ((record.type,), (language,), (record.reliability,), (record.read,))
        year = f"{date.earliest.year}" if date else ""
        return Row(entry, cells, choices, _names_in_use(record), year, entry.id, record.title)

    rows = table.rows(view, "citations", Citation, row)
    return Table(view, "citations", _columns(), list(_sections(view, rows)), _facets(view))


def _sections(view: View, rows: Sequence[Row]) -> Iterator[Section]:
    """Group rows, the most cited first, by the kind of the source; each kind has its most cited open.

    A kind without a source has its heading all the same, so that its address always answers.
    """
    for kind, value in RELIABILITY.values.items():
        found = [row for row in rows if view.corpus.citation(row.anchor).reliability == kind]
        opened = [_with_coins(view, row) for row in found[:OPEN]]
        parts = [Part(opened), *_by_year(view, found[OPEN:])] if found else []
        yield Section(parts, value.label, f"kind-{kind}", value.meaning)


def _with_coins(view: View, row: Row) -> Row:
    """Let reference managers find a source. Of all, spans would be a third of the page."""

    def cells() -> Sequence[Cell]:
        reference, *others = row.cells()
        return (Cell(reference.shown + view.library.coins(row.anchor)), *others)

    return replace(row, cells=cells)


def _by_year(view: View, rows: Sequence[Row]) -> list[Part]:
    """Fold rows by their years, the newest first, each year in the order of the alphabet."""
    years: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: view.library.references.order(row.anchor)):
        years.setdefault(row.year, []).append(row)
    return [Part(years[year], year or TABLES["undated"]) for year in sorted(years, reverse=True)]


def _columns() -> Sequence[Column]:
    return (
        Column("name", KIND_ONE["citations"]),
        *table.worded("type", "date", "language", "reliability", "read"),
        Column("used", TABLES["used-by"], number=True, labelled=True),
    )


def _facets(view: View) -> Sequence[Facet]:
    works = [entry.record for entry in view.corpus.of_kind("citations")]
    spoken = Counter(work.language[:2] for work in works if isinstance(work, Citation))
    languages = {code: Value(LANGUAGES.get(code, code), "") for code, _ in spoken.most_common()}
    return (
        facets.of_vocabulary("type", CITATION_TYPE),
        Facet("language", WORDS["language"], languages),
        facets.of_vocabulary("reliability", RELIABILITY),
        facets.of_vocabulary("read", READ),
    )


def _dated(date: Edtf) -> str:
    """Write a date in figures, which stand well below each other; in words where figures do not say all of it."""
    return date.text if date.text.replace("-", "").isdigit() else date.words


def _names_in_use(work: Citation) -> str:
    return "; ".join([work.name.en, *work.name.also]) if work.name else ""
