"""The index of claims: what is said, what the evidence makes of it, and why in a line, by the layer it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.contacts import layers_of
from xinyong.corpus.importance import by_importance
from xinyong.corpus.text import plain
from xinyong.markup import first_sentence
from xinyong.pages.environment import macro
from xinyong.pages.indexes import facets
from xinyong.pages.indexes.facets import Facet
from xinyong.pages.view import View
from xinyong.records import Claim
from xinyong.records.vocabularies import ASSESSMENT, LAYER
from xinyong.words import TABLES

SEVERAL = "several"
OTHER = "other"

WHY = 220
"""How many characters of a reason are shown at most."""


@dataclass(frozen=True)
class Checked:
    """A claim as the index shows it: its layers, why it stands as it does, how much is for and against it."""

    entry: Entry
    record: Claim
    layers: tuple[str, ...]
    why: str

    @property
    def group(self) -> str:
        """The group it stands in: its layer, ``SEVERAL`` or ``OTHER``."""
        if len(self.layers) > 1:
            return SEVERAL
        return self.layers[0] if self.layers else OTHER

    @property
    def choices(self) -> tuple[facets.Choice, ...]:
        """Its choice for each facet."""
        return (self.record.assessment,), facets.chosen(self.layers)

    @property
    def filtered_by(self) -> str:
        """Its choices in the form that the script reads."""
        return facets.attribute(self.choices)

    def number(self, stance: str) -> int:
        """Return how many pieces of evidence take a stance."""
        return sum(1 for item in self.record.evidence if item.stance == stance)


@dataclass(frozen=True)
class Group:
    """The claims about one layer, about several, or about none."""

    key: str
    title: str
    note: str
    claims: Sequence[Checked]


def index(view: View) -> Markup:
    """All claims, grouped by the layer that they are about: verdict, statement, why, evidence for and against."""
    checked = [
        _checked(view, entry, entry.record)
        for entry in by_importance(view.corpus, view.corpus.of_kind("claims"))
        if isinstance(entry.record, Claim)
    ]
    form = facets.form(_facets(), [claim.choices for claim in checked])
    groups = [
        Group(key, title, note, [claim for claim in checked if claim.group == key])
        for key, (title, note) in _groups().items()
    ]
    shown = [group for group in groups if group.claims]
    return macro("_claims.html.j2", "index")(view, form, shown)


def layers(view: View, record: Claim) -> tuple[str, ...]:
    """Return the layers of the records that a claim is about, in the order of the vocabulary."""
    found = {layer for target in record.about for layer in layers_of(view.corpus[target.id])}
    return tuple(layer for layer in LAYER.values if layer in found)


def _checked(view: View, entry: Entry, record: Claim) -> Checked:
    why = first_sentence(plain(record.summary, view.corpus), WHY)
    return Checked(entry, record, layers(view, record), why)


def _groups() -> Mapping[str, tuple[str, str]]:
    """Return title and note of each group, in their order."""
    return {
        SEVERAL: (TABLES["claims-several"], TABLES["claims-several-note"]),
        **{layer: (value.label, value.meaning) for layer, value in LAYER.values.items()},
        OTHER: (TABLES["claims-other"], TABLES["claims-other-note"]),
    }


def _facets() -> Sequence[Facet]:
    return facets.of_vocabulary("assessment", ASSESSMENT), facets.of_vocabulary("layer", LAYER)
