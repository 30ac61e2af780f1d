"""Where the four layers really touch: each point with its direction, and the record that documents it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xinyong.corpus import Corpus, Entry


@dataclass(frozen=True)
class Touch:
    """A point at which one layer touches another: ``key`` names its words, ``record`` documents it."""

    key: str
    source: str
    target: str
    record: str


TOUCHES = (
    Touch("court-list", "state", "commercial", "sesame-court-2015"),
    Touch("demonstration", "state", "municipal", "demonstration-cities-2018"),
    Touch("limit", "state", "municipal", "scores-limit-2019"),
    Touch("laws", "municipal", "state", "provincial-credit-legislation"),
    Touch("bureaus", "state", "financial", "court-judgment-defaulters"),
    Touch("financing", "state", "financial", "financing-platforms-2024"),
    Touch("eight", "financial", "commercial", "pboc-eight-companies-notice"),
    Touch("shares", "commercial", "financial", "baihang-licence-2018"),
    Touch("library", "commercial", "municipal", "shanghai-library-sesame-2016"),
    Touch("bicycles", "municipal", "commercial", "shenzhen-bike-ban-2017"),
    Touch("shenzhen", "municipal", "financial", "shenzhen-measures-2002"),
)
"""In the order of reading. A point is only shown where the corpus bears it out; see ``borne_out``."""


def touching(corpus: Corpus) -> Sequence[Touch]:
    """Return the points of contact that the corpus bears out."""
    return [touch for touch in TOUCHES if borne_out(corpus, touch)]


def borne_out(corpus: Corpus, touch: Touch) -> bool:
    """Say whether the record of a point is there, and is of both layers itself or by the records it is linked with."""
    if touch.record not in corpus:
        return False
    linked = {use.target for use in corpus.links if use.source == touch.record}
    linked.update(corpus.linked_from.get(touch.record, ()))
    layers = {layer for id_ in (touch.record, *linked) if id_ in corpus for layer in _layers(corpus[id_])}
    return {touch.source, touch.target} <= layers


def _layers(entry: Entry) -> Sequence[str]:
    several = getattr(entry.record, "layers", None)
    one = getattr(entry.record, "layer", None)
    return several or ([one] if one else [])
