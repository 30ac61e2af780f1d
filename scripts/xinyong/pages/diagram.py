"""The four layers: what each is and who runs it, and the points at which one reaches into another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.contacts import PlacedContact, contacts
from xinyong.corpus.counted import numbers
from xinyong.corpus.importance import by_importance
from xinyong.pages.environment import macro
from xinyong.pages.view import View
from xinyong.records import Blacklist, Program
from xinyong.records.vocabularies import LAYER, Value
from xinyong.words import FIGURES

RUN_BY, EXAMPLES = 2, 3
"""How many organizations and how many programs and lists are named of a layer."""


@dataclass(frozen=True)
class Lane:
    """A layer: its names, how many programs and lists the corpus has of it, who runs most, and the best known."""

    key: str
    value: Value
    chinese: str
    programs: int
    lists: int
    runs: Sequence[Markup]
    examples: Sequence[tuple[Markup, str]]


@dataclass(frozen=True)
class Arrow:
    """A point of contact: its record, and the two layers, counted from the left, between which its arrow is drawn."""

    entry: Entry
    text: str
    from_: str
    to: str
    left: int
    right: int
    back: bool


def layers_diagram(view: View) -> Markup:
    """Show the four layers side by side and the points at which they touch, each with its record."""
    lanes = [_lane(view, layer, value) for layer, value in LAYER.values.items()]
    arrows = sorted(map(_arrow, contacts(view.corpus)), key=lambda one: (one.left, one.right))
    return macro("_diagram.html.j2", "diagram")(view, lanes, arrows)


def _lane(view: View, layer: str, value: Value) -> Lane:
    found = list(by_importance(view.corpus, _of_layer(view, layer)))
    examples = [
        (view.link(entry.id, layer=False), entry.record.names.zh or "")
        for entry in found[:EXAMPLES]
    ]
    runs = [view.link(id_) for id_ in _run_by(found)]
    chinese = FIGURES[f"chinese-{layer}"]
    counted = numbers(view.corpus)
    programs, lists = counted[f"programs-{layer}"], counted[f"blacklists-{layer}"]
    return Lane(layer, value, chinese, programs, lists, runs, examples)


def _of_layer(view: View, layer: str) -> Iterator[Entry]:
    for entry in view.corpus:
        if isinstance(entry.record, Program | Blacklist) and entry.record.layer == layer:
            yield entry


def _run_by(found: Sequence[Entry]) -> list[str]:
    """Return the organizations that run most of these programs and lists."""
    number: Counter[str] = Counter()
    for entry in found:
        if isinstance(entry.record, Program):
            number.update(body.value.id for body in entry.record.operators)
        if isinstance(entry.record, Blacklist):
            number.update(body.value.id for body in entry.record.authority)
    return sorted(number, key=lambda id_: (-number[id_], id_))[:RUN_BY]


def _arrow(placed: PlacedContact) -> Arrow:
    contact, order = placed.contact, list(LAYER.values)
    ends = order.index(contact.from_) + 1, order.index(contact.to) + 1
    value = str(contact.value)
    back = ends[0] > ends[1]
    return Arrow(placed.entry, value, contact.from_, contact.to, min(ends), max(ends), back)
