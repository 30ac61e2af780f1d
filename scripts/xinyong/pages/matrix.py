"""Lists against the types of what follows from a listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xinyong.corpus import Corpus, Entry
from xinyong.records import Blacklist
from xinyong.records.vocabularies import CONSEQUENCE_TYPE
from xinyong.words import FIGURES

UNTYPED, BENEFITS = "untyped", "benefits-given"


@dataclass(frozen=True)
class Row:
    """A list, and what follows from it by type."""

    entry: Entry
    record: Blacklist
    cells: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Matrix:
    """The lists of one polarity: the columns that any of them fills, by key, and the types that none does."""

    polarity: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Row]
    unused: Sequence[str]


def matrices(corpus: Corpus) -> list[Matrix]:
    """Return the table of the blacklists and that of the redlists; the second has what a redlist gives, too."""
    rows = [
        _row(e, e.record) for e in corpus.of_kind("blacklists") if isinstance(e.record, Blacklist)
    ]
    rows.sort(key=lambda row: row.record.heading.casefold())
    found = []
    for polarity in ("blacklist", "redlist"):
        of_it = [row for row in rows if row.record.polarity == polarity]
        if of_it:
            found.append(_matrix(polarity, of_it))
    return found


def _row(entry: Entry, record: Blacklist) -> Row:
    cells: dict[str, list[str]] = {}
    for item in record.consequences:
        cells.setdefault(item.type or UNTYPED, []).append(item.value)
    for benefit in record.benefits:
        cells.setdefault(BENEFITS, []).append(f"{benefit.partner}: {benefit.offer}")
    return Row(entry, record, cells)


def _matrix(polarity: str, rows: Sequence[Row]) -> Matrix:
    types = {key: value.label for key, value in CONSEQUENCE_TYPE.values.items()}
    named = {**types, UNTYPED: FIGURES["matrix-untyped"], BENEFITS: FIGURES["matrix-benefits"]}
    filled = {key for row in rows for key in row.cells}
    columns = {key: label for key, label in named.items() if key in filled}
    unused = [label for key, label in types.items() if key not in filled]
    return Matrix(polarity, FIGURES[f"matrix-{polarity}"], columns, rows, unused if columns else [])
