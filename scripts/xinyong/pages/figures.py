"""The pages that are mostly drawings: the map, the timeline, the scores, the consequences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.importance import by_importance
from xinyong.corpus.text import plain
from xinyong.figures import city_map as mapping
from xinyong.figures import filters, scores, timeline
from xinyong.markup import first_sentence
from xinyong.pages.diagram import layers_diagram
from xinyong.pages.environment import macro
from xinyong.pages.indexes.facets import all_shown
from xinyong.pages.matrix import matrices
from xinyong.pages.values import vocabulary
from xinyong.pages.view import View
from xinyong.records import Event, Program
from xinyong.records.base import Fact
from xinyong.records.programs import Benefit, Score
from xinyong.records.vocabularies import LAYER
from xinyong.words import FIGURES, WORDS

TEMPLATE = "_figures.html.j2"

GIST = 260
"""How many characters are said at most of an event."""


DRAWN = 200
"""So many scores are drawn at most, those that matter most; the others are named."""


def city_map(view: View) -> Markup:
    """Show the map of the places with its legend, whose boxes filter it."""
    found = mapping.places(view.corpus)
    batches = Counter(place.batch for place in found)
    sizes = mapping.batch_sizes(view.corpus)
    schemes = Counter("yes" if place.scheme else "no" for place in found)
    legend = [
        (
            key,
            _mark(key, FIGURES[f"batch-{key}"], filled=True),
            _of(batches[key], sizes.get(key)),
            "",
        )
        for key in mapping.BATCHES
    ]
    filled = [
        (
            key,
            _mark("2023", FIGURES[f"scheme-{key}"], filled=key == "yes"),
            f"{schemes[key]:,}",
            name,
        )
        for key, name in (("yes", "places-with-scheme"), ("no", ""))
    ]
    return _rendered(
        view,
        "map.html.j2",
        drawn=mapping.draw(found, view.root, FIGURES),
        boxes=filters.boxes("map-batch", "batch", FIGURES["batch"], legend)
        + filters.boxes("map-scheme", "scheme", FIGURES["scheme"], filled),
        status=all_shown(len(found)),
        number=min(len(found), mapping.MARKED),
        dots=len(found) > mapping.MARKED,
    )


def events(view: View) -> Markup:
    """Show the timeline: its overview, and the list of all events by year, which is the whole of it."""
    found = timeline.happenings(view.corpus)
    number = Counter(layer for event in found for layer in event.layers)
    legend = [
        (layer, _swatch(layer), f"{number[layer]:,}", f"events-{layer}") for layer in LAYER.values
    ]
    years: dict[str, list[Entry]] = {}
    for event in found:
        years.setdefault(event.date.year, []).append(view.corpus[event.id])
    return _rendered(
        view,
        "timeline.html.j2",
        drawn=timeline.draw(found, FIGURES),
        boxes=filters.boxes("timeline-layer", "layer", WORDS["layers"], legend),
        status=all_shown(len(found)),
        years=[(year, _layers(entries), entries) for year, entries in years.items()],
        badge=_swatch,
        gist=lambda entry: first_sentence(plain(entry.record.summary, view.corpus), GIST),
    )


def score_chart(view: View) -> Markup:
    """Show the scores of all programs by layer, with drawings; of many, some by name alone."""
    programs = [
        (entry, entry.record)
        for entry in view.corpus.of_kind("programs")
        if isinstance(entry.record, Program) and scores.has_drawing(entry.record)
    ]
    entries = [entry for entry, _ in programs]
    drawn = {entry.id for entry in by_importance(view.corpus, entries)[:DRAWN]}
    by_layer = [
        (layer, [pair for pair in programs if pair[1].layer == layer]) for layer in LAYER.values
    ]
    return _rendered(
        view,
        "scores.html.j2",
        layers=[(layer, LAYER[layer], found) for layer, found in by_layer if found],
        drawn=drawn,
        badge=_badge,
        figure=lambda record: program_score(view, record),
        thresholds=by_score,
    )


def program_score(view: View, program: Program) -> Markup:
    """Draw the score of one program."""
    return scores.score_figure(program, FIGURES, lambda fact: _sources(view, fact))


def by_score(program: Program) -> list[tuple[int, list[Benefit]]]:
    """Return the thresholds of a program's benefits, the lowest first, each with what is given from it on."""
    found: dict[int, list[Benefit]] = {}
    for benefit in program.benefits:
        if benefit.min_score is not None:
            found.setdefault(benefit.min_score, []).append(benefit)
    return sorted(found.items())


def consequences(view: View) -> Markup:
    """Show which consequences follow from which list, blacklists and redlists apart."""
    return _rendered(view, "matrix.html.j2", matrices=matrices(view.corpus))


DRAWINGS: Mapping[str, Callable[[View], Markup]] = {
    "map": city_map,
    "timeline": events,
    "scores": score_chart,
    "consequences": consequences,
    "layers-diagram": layers_diagram,
}
"""What fills the slots of these pages."""


def _rendered(view: View, template: str, **more: object) -> Markup:
    return Markup(view.render(template, **more))


def _of(number: int, size: int | None) -> str:
    """Say how many places of a batch are recorded; of how many, where some are not."""
    if size is None or number >= size:
        return f"{number:,}"
    return FIGURES["batch-recorded"].format(n=number, m=size)


def _mark(key: str, label: str, *, filled: bool) -> Markup:
    return macro(TEMPLATE, "key")(mapping.shape(key), label, filled)


def _swatch(layer: str) -> Markup:
    return macro("_table.html.j2", "layer_badge")(layer)


def _badge(name: str, value: str) -> Markup:
    table = vocabulary("programs", name)
    assert table is not None, name
    return macro(TEMPLATE, "badge")(table[value])


def _layers(entries: list[Entry]) -> list[str]:
    found = {
        layer
        for entry in entries
        if isinstance(entry.record, Event)
        for layer in entry.record.layers
    }
    return [layer for layer in LAYER.values if layer in found]


def _sources(view: View, fact: Fact[Score]) -> str:
    return "; ".join(view.library.references.label(cite.id) for cite in fact.cite)
