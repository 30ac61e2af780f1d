"""The index of claims: what is said, what the evidence makes of it, and why in a line, by the layer it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xinyong.corpus import Entry
from xinyong.corpus.contacts import layers_of
from xinyong.corpus.text import plain
from xinyong.markup import first_sentence
from xinyong.pages.environment import macro
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.facets import Facet
from xinyong.pages.indexes.table import Cell, Part, Row, Section, Table
from xinyong.pages.view import View
from xinyong.records import Claim
from xinyong.records.vocabularies import ASSESSMENT, LAYER
from xinyong.words import TABLES

TEMPLATE = "_claims.html.j2"

SEVERAL = "several"
OTHER = "other"

WHY = 220
"""How many characters of a reason are shown at most."""


def index(view: View) -> Table:
    """All claims, by layer: verdict, statement, why, evidence for and against."""

    def row(entry: Entry, record: Claim) -> Row:
        about = layers(view, record)

        def cells() -> Sequence[Cell]:
            why = first_sentence(plain(record.summary, view.corpus), WHY)
            stances = [item.stance for item in record.evidence]
            return (Cell(macro(TEMPLATE, "claim")(view, entry, why, stances)),)

        return Row(entry, cells, ((record.assessment,), facets.chosen(about)))

    rows = table.rows(view, "claims", Claim, row)
    return Table(view, "claims", (), _sections(rows), _facets(), layout=(TEMPLATE, "index"))


def layers(view: View, record: Claim) -> tuple[str, ...]:
    """Return the layers of the records that a claim is about, in the order of the vocabulary."""
    found = {layer for target in record.about for layer in layers_of(view.corpus[target.id])}
    return tuple(layer for layer in LAYER.values if layer in found)


def _sections(rows: Sequence[Row]) -> list[Section]:
    """Group claims by the one layer, by several, or by none that they are about."""
    groups: dict[str, list[Row]] = {key: [] for key in _groups()}
    for row in rows:
        groups[_group(row)].append(row)
    return [
        Section([Part(groups[key])], title, f"about-{key}", note)
        for key, (title, note) in _groups().items()
        if groups[key]
    ]


def _group(row: Row) -> str:
    _, about = row.choices
    if len(about) > 1:
        return SEVERAL
    return OTHER if about == facets.chosen([]) else about[0]


def _groups() -> Mapping[str, tuple[str, str]]:
    """Return title and note of each group, in their order."""
    return {
        SEVERAL: (TABLES["claims-several"], TABLES["claims-several-note"]),
        **{layer: (value.label, value.meaning) for layer, value in LAYER.values.items()},
        OTHER: (TABLES["claims-other"], TABLES["claims-other-note"]),
    }


def _facets() -> Sequence[Facet]:
    return facets.of_vocabulary("assessment", ASSESSMENT), facets.of_vocabulary("layer", LAYER)
