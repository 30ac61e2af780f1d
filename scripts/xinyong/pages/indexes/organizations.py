"""The index of organizations."""

from __future__ import annotations

from collections.abc import Sequence

from xinyong.corpus import Entry
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.facets import Facet
from xinyong.pages.indexes.table import Cell, Column, Row, Table
from xinyong.pages.view import View
from xinyong.records import Organization
from xinyong.records.vocabularies import LAYER, ORGANIZATION_TYPE
from xinyong.words import KIND_ONE


def index(view: View) -> Table:
    """All organizations: type, layer, role."""

    def row(entry: Entry, record: Organization) -> Row:
        def cells() -> Sequence[Cell]:
            return (
                table.name(view, entry),
                table.value("organizations", "type", record.type),
                table.layer_badge(record.layer),
                Cell(view.line(record.role[0].value)) if record.role else table.NOTHING,
            )

        choices = ((record.type,), facets.chosen([record.layer]))
        return Row(entry, cells, choices, table.other_names(entry))

    found = table.whole(table.rows(view, "organizations", Organization, row))
    return Table(view, "organizations", _columns(), found, _facets())


def _columns() -> Sequence[Column]:
    return [
        Column("name", KIND_ONE["organizations"]),
        *table.worded("type", "layer", "role", block=("role",)),
    ]


def _facets() -> Sequence[Facet]:
    return (
        facets.of_vocabulary("type", ORGANIZATION_TYPE),
        facets.of_vocabulary("layer", LAYER),
    )
