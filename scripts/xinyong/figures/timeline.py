"""The overview of the timeline: a lane for each layer, a mark for each event, leading to its line in the list below."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.corpus import Corpus
from xinyong.figures.lanes import pack
from xinyong.figures.svg import Words, joined
from xinyong.records import Event
from xinyong.records.vocabularies import LAYER
from xinyong.source.edtf import Edtf

LEFT, YEAR, EARLIER, TOP = 92, 35, 60, 26
"""Pixels: for the names of the lanes, for one year, for all years before the first, for the years' numbers."""
LINE, LETTER = 15, 6.6
"""Pixels: for a line of names of turning points, and for a letter of them."""
FIRST = 1999
"""The first year drawn to scale; what happened before stands in a narrower stretch."""
ROW, DOT = 11, 4


@dataclass(frozen=True)
class Happening:
    """An event as the overview shows it."""

    id: str
    name: str
    date: Edtf
    layers: tuple[str, ...]
    milestone: str = ""

    @property
    def order(self) -> tuple[Edtf, str]:
        """By the first day that the date may mean."""
        return self.date, self.id


def happenings(corpus: Corpus) -> list[Happening]:
    """Return the events in the order of time, each once, by the date that stands first in its record."""
    events = [
        (entry.id, entry.record)
        for entry in corpus.of_kind("events")
        if isinstance(entry.record, Event)
    ]
    found = [
        Happening(
            id_,
            record.heading,
            record.date[0].value,
            tuple(record.layers),
            record.milestone or "",
        )
        for id_, record in events
    ]
    return sorted(found, key=lambda event: event.order)


def draw(found: Sequence[Happening], words: Words) -> Markup:
    """Draw the events in the lanes of their layers; one of two layers has a mark in both.

    Over the lanes stand the names of the turning points. The names of the lanes stand at both ends, since on a phone
    only one of them is seen, at first the newer.
    """
    last = _last_year(found)
    lines = _lines(found, last)
    rows = {
        layer: _rows([event for event in found if layer in event.layers], last)
        for layer in LAYER.values
    }
    tops, height = {}, TOP + LINE * (max(lines.values(), default=-1) + 1)
    for layer, placed in rows.items():
        tops[layer] = height
        height += ROW * (max(placed.values(), default=0) + 1) + ROW
    end = LEFT + EARLIER + YEAR * (last + 1 - FIRST) + DOT
    width = end + LEFT
    marks = joined(_event(event, rows, tops, last, lines) for event in found)
    parts = [
        _grid(last, height, words),
        *(_lane(layer, tops[layer], width, end) for layer in LAYER.values),
        marks,
    ]
    html = '<svg viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="group" aria-label="{2}">{3}</svg>'
    return Markup(html).format(width, height, words["timeline-overview"], joined(parts))


def place(day: datetime.date) -> float:
    """Return where a day stands, in pixels from the left."""
    year = day.year + (day.timetuple().tm_yday - 1) / 366
    if year >= FIRST:
        return LEFT + EARLIER + (year - FIRST) * YEAR
    return LEFT + EARLIER * max(0.0, 1 - (FIRST - year) / 15)


def span(date: Edtf, last: int) -> tuple[int, int]:
    """Return from where to where the mark of a date goes; a day or month is a dot, anything longer a bar."""
    end = min(date.latest, datetime.date(last, 12, 31))
    start = max(date.earliest, datetime.date(FIRST - 15, 1, 1))
    left, right = round(place(start)), round(place(end))
    if (end - start).days <= 31:
        return left, left + 2 * DOT
    return left, max(right, left + 2 * DOT + 1)


def _last_year(found: Sequence[Happening]) -> int:
    years = [
        day.year
        for event in found
        for day in (event.date.earliest, event.date.latest)
        if day.year < 9999
    ]
    return max(years, default=FIRST)


def _rows(events: Sequence[Happening], last: int) -> dict[str, int]:
    placed = pack([span(event.date, last) for event in events], gap=2)
    return {event.id: row for event, row in zip(events, placed, strict=True)}


def _lines(found: Sequence[Happening], last: int) -> dict[str, int]:
    """Return the line on which the name of each turning point stands, so that no two touch."""
    named = [event for event in found if event.milestone]
    places = [span(event.date, last)[0] for event in named]
    spans = [
        (place, place + LETTER * len(event.milestone))
        for place, event in zip(places, named, strict=True)
    ]
    return {event.id: line for event, line in zip(named, pack(spans, gap=8), strict=True)}


def _grid(last: int, height: int, words: Words) -> Markup:
    line = Markup(
        '<path class="xy-grid" d="M{0} {1}V{2}"/><text class="xy-tick" x="{3}" y="{4}">{5}</text>'
    )
    lines = [line.format(LEFT, TOP - 8, height, LEFT, TOP - 12, words["timeline-earlier"])]
    for year in range(FIRST, last + 1):
        x = LEFT + EARLIER + (year - FIRST) * YEAR
        lines.append(line.format(x, TOP - 8, height, x + 4, TOP - 12, year))
    return joined(lines)


def _lane(layer: str, top: int, width: int, end: int) -> Markup:
    html = (
        '<g data-layer="{0}"><path class="xy-grid" d="M0 {1}H{2}"/>'
        '<text class="xy-lane xy-ink--{0}" x="0" y="{3}">{4}</text>'
        '<text class="xy-lane xy-ink--{0}" x="{5}" y="{3}" aria-hidden="true">{4}</text></g>'
    )
    return Markup(html).format(layer, top - 4, width, top + 10, LAYER[layer].label, end + DOT)


def _event(
    event: Happening,
    rows: dict[str, dict[str, int]],
    tops: dict[str, int],
    last: int,
    lines: dict[str, int],
) -> Markup:
    left, right = span(event.date, last)
    bar = Markup(
        '<rect class="xy-ink--{0}" data-layer="{0}" x="{1}" y="{2}" width="{3}" height="{4}" rx="{5}"/>'
    )
    bars = [
        bar.format(
            layer, left, tops[layer] + ROW * rows[layer][event.id], right - left, 2 * DOT, DOT
        )
        for layer in event.layers
    ]
    message = f"{event.date.words}: {event.name}"
    drawn = [*bars, _milestone(event, left, lines, tops, rows)] if event.milestone else bars
    html = '<a href="#{}" data-layer="{}" aria-label="{}"><title>{}</title>{}</a>'
    return Markup(html).format(event.id, " ".join(event.layers), message, message, joined(drawn))


def _milestone(
    event: Happening,
    left: int,
    lines: dict[str, int],
    tops: dict[str, int],
    rows: dict[str, dict[str, int]],
) -> Markup:
    """Write the name of a turning point over the lanes, with a line down to its mark."""
    layer = event.layers[0]
    foot = tops[layer] + ROW * rows[layer][event.id]
    base = TOP + LINE * lines[event.id] + 3
    html = (
        '<path class="xy-leader" d="M{0} {1}V{2}"/>'
        '<text class="xy-milestone" x="{3}" y="{4}">{5}</text>'
    )
    return Markup(html).format(left + DOT, base + 3, foot, left, base, event.milestone)
