"""Where the four layers touch, as records say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xinyong.corpus.entries import Corpus, Entry
from xinyong.records.base import Contact


@dataclass(frozen=True)
class PlacedContact:
    """A point at which one layer reaches into another, and the record that documents it."""

    entry: Entry
    contact: Contact


def contacts(corpus: Corpus) -> list[PlacedContact]:
    """Return all points of contact, those of the records that most others link to first."""
    found = [
        PlacedContact(entry, contact) for entry in corpus for _, contact in entry.values(Contact)
    ]
    return sorted(
        found, key=lambda one: (-len(corpus.linked_from.get(one.entry.id, ())), one.entry.id)
    )


def layers_around(corpus: Corpus, entry: Entry) -> frozenset[str]:
    """Return the layers of a record and of the records that it links to or that link to it."""
    linked = {use.target for use in entry.links}
    linked.update(corpus.linked_from.get(entry.id, ()))
    around = [entry, *(corpus[id_] for id_ in linked if id_ in corpus)]
    return frozenset(layer for one in around for layer in layers_of(one))


def layers_of(entry: Entry) -> Sequence[str]:
    """Return the layers that a record names, none for one that belongs to no layer."""
    several: Sequence[str] | None = getattr(entry.record, "layers", None)
    if several:
        return several
    one: str | None = getattr(entry.record, "layer", None)
    return [one] if one else []
