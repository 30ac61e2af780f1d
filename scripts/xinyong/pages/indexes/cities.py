"""The index of places."""

from __future__ import annotations

from collections.abc import Sequence

from xinyong.corpus import Entry
from xinyong.corpus.counted import places_with_scheme
from xinyong.markup import text
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.facets import Facet
from xinyong.pages.indexes.table import LAST, Cell, Column, Row, Table
from xinyong.pages.view import View
from xinyong.records import City
from xinyong.records.vocabularies import CITY_LEVEL, DESIGNATION, PROVINCE
from xinyong.words import KIND_ONE, TABLES, WORDS

OPEN = 30
"""How many places stand open; most others are known for one list alone."""


def index(view: View) -> Table:
    """All places: province, level, lists of pilot and model cities, programs in use there."""
    order = list(DESIGNATION.values)
    schemes = places_with_scheme(view.corpus)

    def row(entry: Entry, record: City) -> Row:
        province, level = table.first(record.province), table.first(record.level)
        named = sorted({item.list for item in record.designations}, key=order.index)

        def cells() -> Sequence[Cell]:
            linked = [view.corpus[id_] for id_ in view.corpus.linked_from.get(entry.id, ())]
            programs = [other.id for other in linked if other.kind == "programs"]
            return (
                table.name(view, entry, compare=True),
                table.value("cities", "province", province),
                table.value("cities", "level", level),
                _lists(named, order),
                table.links(view, programs, layer=False),
            )

        scheme = facets.truth(entry.id in schemes)
        choices = (facets.chosen([province]), facets.chosen([level]), facets.chosen(named), scheme)
        return Row(entry, cells, choices, table.other_names(entry))

    found = table.whole(table.rows(view, "cities", City, row), OPEN)
    return Table(view, "cities", _columns(), found, _facets(), compare=True)


def _columns() -> Sequence[Column]:
    return (
        Column("name", KIND_ONE["cities"]),
        Column("province", WORDS["province"]),
        Column("level", WORDS["level"]),
        Column("list", WORDS["designations"]),
        Column("programs", WORDS["programs"], labelled=True),
    )


def _facets() -> Sequence[Facet]:
    return (
        facets.of_vocabulary("province", PROVINCE),
        facets.of_vocabulary("level", CITY_LEVEL),
        facets.of_vocabulary("list", DESIGNATION, WORDS["designations"], "places"),
        facets.either("scheme", TABLES["has-scheme"], "places-with-scheme"),
    )


def _lists(named: Sequence[str], order: Sequence[str]) -> Cell:
    """Show the lists that a place stands on, sorted by the place of the first in the vocabulary."""
    key = "".join(f"{order.index(one):02}" for one in named) or LAST[:2]
    return table.listed((text(DESIGNATION[one].label) for one in named), key)
