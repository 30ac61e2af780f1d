"""The pages that are mostly drawings: the map, the timeline, the scores, the consequences, the four layers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.contacts import PlacedContact, contacts
from xinyong.corpus.text import plain
from xinyong.figures import city_map as mapping
from xinyong.figures import filters, scores, timeline
from xinyong.markup import first_sentences
from xinyong.pages.indexes.facets import all_shown
from xinyong.pages.matrix import matrices
from xinyong.pages.values import vocabulary
from xinyong.pages.views import View
from xinyong.records import Blacklist, Event, Program
from xinyong.records.base import Contact, Fact
from xinyong.records.programs import Benefit, Score
from xinyong.records.vocabularies import FORM, LAYER
from xinyong.words import FIGURES, WORDS


def city_map(view: View) -> Markup:
    """Show the map of the places with its legend, whose boxes filter it."""
    found = mapping.places(view.corpus)
    batches = Counter(place.batch for place in found)
    schemes = Counter("yes" if place.scheme else "no" for place in found)
    legend = [
        (key, _mark(key, FIGURES[f"batch-{key}"], filled=True), batches[key])
        for key in mapping.BATCHES
    ]
    filled = [
        (key, _mark("2023", FIGURES[f"scheme-{key}"], filled=key == "yes"), schemes[key])
        for key in ("yes", "no")
    ]
    return _rendered(
        view,
        "map.html.j2",
        drawn=mapping.draw(found, view.root, FIGURES),
        boxes=filters.boxes("map-batch", "batch", FIGURES["batch"], legend)
        + filters.boxes("map-scheme", "scheme", FIGURES["scheme"], filled),
        status=all_shown(len(found)),
        number=len(found),
    )


def events(view: View) -> Markup:
    """Show the timeline: its overview, and the list of all events by year, which is the whole of it."""
    found = timeline.happenings(view.corpus)
    number = Counter(layer for event in found for layer in event.layers)
    legend = [(layer, _swatch(layer), number[layer]) for layer in LAYER.values]
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
        gist=lambda entry: first_sentence(plain(entry.record.summary, view.corpus)),
    )


def first_sentence(plain_text: str) -> str:
    """Return the first sentence of a text, cut at the end of a word where it is very long."""
    return first_sentences(_SENTENCE_END.split(plain_text, maxsplit=1)[0], 260)


def score_chart(view: View) -> Markup:
    """Show the scores of all programs that have one, by layer, each with a drawing of its own."""
    programs = [
        (entry, entry.record)
        for entry in view.corpus.of_kind("programs")
        if isinstance(entry.record, Program) and scores.has_drawing(entry.record)
    ]
    by_layer = [
        (layer, [pair for pair in programs if pair[1].layer == layer]) for layer in LAYER.values
    ]
    return _rendered(
        view,
        "scores.html.j2",
        layers=[(layer, LAYER[layer], found) for layer, found in by_layer if found],
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


def layers_diagram(view: View) -> Markup:
    """Show the four layers, what each is made of, and the points at which they touch, each with its record."""
    pairs: dict[str, list[PlacedContact]] = {place: [] for place, _ in PAIRS}
    for placed in contacts(view.corpus):
        joined = {placed.contact.from_, placed.contact.to}
        place = next(place for place, pair in PAIRS if set(pair) == joined)
        pairs[place].append(placed)
    shown = {"runs": _runs(view), "examples": _examples(view), "forms": _forms(view)}
    return _rendered(
        view,
        "diagram.html.j2",
        layers=LAYER.values,
        pairs=pairs,
        pair=dict(PAIRS),
        arrow=_arrow,
        **shown,
    )


_SENTENCE_END = re.compile(r"(?<=[^.A-Z][.!?]) (?=[A-Z\d])")

PAIRS = (
    ("top", ("state", "commercial")),
    ("left", ("state", "municipal")),
    ("falling", ("state", "financial")),
    ("rising", ("municipal", "commercial")),
    ("right", ("commercial", "financial")),
    ("bottom", ("municipal", "financial")),
)
"""The sides and diagonals of the diagram, whose corners are the layers."""

DRAWINGS: Mapping[str, Callable[[View], Markup]] = {
    "map": city_map,
    "timeline": events,
    "scores": score_chart,
    "consequences": consequences,
    "layers-diagram": layers_diagram,
}
"""What fills the slots of these pages."""


def _rendered(view: View, template: str, **more: object) -> Markup:
    return Markup(view.render(template, drawings=FIGURES, **more))


def _mark(key: str, label: str, *, filled: bool) -> Markup:
    html = '<svg class="xy-key{}" viewBox="-15 -15 30 30" aria-hidden="true">{}</svg>{}'
    return Markup(html).format(" xy-place--scheme" if filled else "", mapping.shape(key), label)


def _swatch(layer: str) -> Markup:
    return Markup('<span class="xy-badge" data-layer="{}">{}</span>').format(
        layer, LAYER[layer].label
    )


def _badge(name: str, value: str) -> Markup:
    table = vocabulary("programs", name)
    assert table is not None, name
    return Markup('<span class="xy-badge" title="{}">{}</span>').format(
        table[value].meaning, table[value].label
    )


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


def _runs(view: View) -> Mapping[str, list[Markup]]:
    """Return for each layer the organizations that run most of its programs and lists."""
    runs: dict[str, Counter[str]] = {layer: Counter() for layer in LAYER.values}
    for entry in view.corpus:
        if isinstance(entry.record, Program):
            runs[entry.record.layer].update(body.value.id for body in entry.record.operators)
        elif isinstance(entry.record, Blacklist):
            runs[entry.record.layer].update(body.value.id for body in entry.record.authority)
    most = {
        layer: sorted(number, key=lambda id_: (-number[id_], id_))[:3]
        for layer, number in runs.items()
    }
    return {layer: [view.link(id_) for id_ in ids] for layer, ids in most.items()}


def _examples(view: View) -> Mapping[str, list[Markup]]:
    """Return for each layer its programs and lists that other records link to most."""
    most: dict[str, list[Markup]] = {layer: [] for layer in LAYER.values}
    weighed = sorted(
        view.corpus, key=lambda entry: (-len(view.corpus.linked_from.get(entry.id, ())), entry.id)
    )
    for entry in weighed:
        if isinstance(entry.record, Program | Blacklist) and len(most[entry.record.layer]) < 4:
            most[entry.record.layer].append(view.link(entry.id, layer=False))
    return most


def _forms(view: View) -> Mapping[str, list[tuple[str, int]]]:
    """Return for each layer the forms of its programs and how many there are, and how many lists."""
    found: dict[str, Counter[str]] = {layer: Counter() for layer in LAYER.values}
    for entry in view.corpus:
        if isinstance(entry.record, Program) and entry.record.form:
            found[entry.record.layer][FORM[entry.record.form].label] += 1
        elif isinstance(entry.record, Blacklist):
            found[entry.record.layer][FIGURES["lists"]] += 1
    return {layer: number.most_common() for layer, number in found.items()}


def _arrow(contact: Contact) -> Markup:
    """Draw from which layer to which a point of contact goes."""
    mark = '<abbr class="xy-mark" data-layer="{0}" title="{1}">{2}</abbr>'
    one, other = (
        Markup(mark).format(layer, LAYER[layer].label, LAYER[layer].label[0])
        for layer in (contact.from_, contact.to)
    )
    html = (
        '<span class="xy-touch">{}<svg class="xy-arrow" viewBox="0 0 20 12" role="img" aria-label="{}">'
        '<path d="M2 6h16M14 2l5 4-5 4"/></svg>{}</span>'
    )
    return Markup(html).format(one, FIGURES["diagram-to"], other)
