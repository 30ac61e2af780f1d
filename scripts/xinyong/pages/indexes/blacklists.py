"""The index of blacklists and redlists."""

from __future__ import annotations

from collections.abc import Sequence

from xinyong.corpus import Entry
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.facets import Facet
from xinyong.pages.indexes.table import Cell, Column, Row, Table
from xinyong.pages.view import View
from xinyong.records import Blacklist
from xinyong.records.vocabularies import LAYER, LIST_KIND, POLARITY
from xinyong.words import KIND_ONE, WORDS


def index(view: View) -> Table:
    """All lists: layer, polarity, kind, who keeps them, since when."""

    def row(entry: Entry, record: Blacklist) -> Row:
        def cells() -> Sequence[Cell]:
            return (
                table.name(view, entry, compare=True),
                table.layer_badge(record.layer),
                table.value("blacklists", "polarity", record.polarity),
                table.value("blacklists", "list_kind", record.list_kind),
                table.links(view, (item.value.id for item in record.authority)),
                table.date(table.first(record.in_force or record.announced)),
            )

        # Sources may differ on whether a list is public; then it is found under both.
        public = [facets.truth(item.value)[0] for item in record.public]
        choices = (
            (record.layer,),
            (record.polarity,),
            facets.chosen([record.list_kind]),
            facets.chosen(public),
        )
        return Row(entry, cells, choices, table.other_names(entry))

    found = table.whole(table.rows(view, "blacklists", Blacklist, row))
    return Table(view, "blacklists", _columns(), found, _facets(), compare=True)


def _columns() -> Sequence[Column]:
    names = ("layer", "polarity", "list_kind", "authority", "in_force")
    more = table.worded(*names, labelled=("authority", "in_force"))
    return [Column("name", KIND_ONE["blacklists"]), *more]


def _facets() -> Sequence[Facet]:
    return (
        facets.of_vocabulary("layer", LAYER, counted="blacklists"),
        facets.of_vocabulary("polarity", POLARITY),
        facets.of_vocabulary("kind", LIST_KIND, WORDS["list_kind"]),
        facets.either("public", WORDS["public"]),
    )
