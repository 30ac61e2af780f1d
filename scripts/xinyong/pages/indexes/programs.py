"""The index of programs."""

from __future__ import annotations

from collections.abc import Sequence

from xinyong.corpus import Entry
from xinyong.corpus.counted import has_score
from xinyong.markup import text
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.facets import Facet
from xinyong.pages.indexes.table import Cell, Column, Row, Table
from xinyong.pages.values import score
from xinyong.pages.view import View
from xinyong.records import Program
from xinyong.records.vocabularies import FORM, LAYER, PARTICIPATION, STATUS
from xinyong.words import KIND_ONE, TABLES


def index(view: View) -> Table:
    """All programs: layer, form, score, when launched, status."""

    def row(entry: Entry, record: Program) -> Row:
        status = "ended" if record.ended else table.last(record.status)

        def cells() -> Sequence[Cell]:
            return (
                table.name(view, entry, compare=True),
                table.layer_badge(record.layer),
                table.value("programs", "form", record.form),
                _score(record),
                table.date(table.first(record.launched)),
                table.value("programs", "status", status),
            )

        choices = (
            (record.layer,),
            facets.chosen([record.form]),
            facets.chosen([fact.value for fact in record.participation]),
            facets.chosen([status]),
            facets.truth(has_score(record)),
        )
        return Row(entry, cells, choices, table.other_names(entry))

    found = table.whole(table.rows(view, "programs", Program, row))
    return Table(view, "programs", _columns(), found, _facets(), compare=True)


def _columns() -> Sequence[Column]:
    names = ("layer", "form", "score", "launched", "status")
    more = table.worded(*names, labelled=("score", "launched"))
    return [Column("name", KIND_ONE["programs"]), *more]


def _facets() -> Sequence[Facet]:
    return (
        facets.of_vocabulary("layer", LAYER, counted="programs"),
        facets.of_vocabulary("form", FORM),
        facets.of_vocabulary("participation", PARTICIPATION),
        facets.of_vocabulary("status", STATUS),
        facets.either("scored", TABLES["has-score"], "programs-with-score"),
    )


def _score(record: Program) -> Cell:
    if not record.score:
        return table.NOTHING
    value = record.score[0].value
    lowest = max(value.min or 0, 0)
    return Cell(text(score(value)), f"{lowest:06}")
