"""The overview of the timeline: a lane for each layer, a mark for each event.

A mark leads to the event's line in the list below.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.corpus import Corpus
from xinyong.figures.lanes import pack
from xinyong.figures.svg import Words, element, joined
from xinyong.records import Event
from xinyong.records.vocabularies import LAYER
from xinyong.source.edtf import Edtf

LEFT, YEAR, EARLIER, TOP = 92, 35, 60, 26
"""Pixels: for the names of the lanes, one year, all years before the first, the years' numbers."""
FIRST = 1999
"""The first year drawn to scale; what happened before stands in a narrower stretch."""
ROW, DOT = 11, 4
LINE, LETTER = 15, 6.6
"""Pixels: for a line of names of turning points, and for a letter of them."""


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
    """Return the events in the order of time, each once, by the first date in its record."""
    events = []
    for entry in corpus.of_kind("events"):
        record = entry.record
        assert isinstance(record, Event)
        date = record.date[0].value
        layers, name = tuple(record.layers), record.milestone or ""
        events.append(Happening(entry.id, record.heading, date, layers, name))
    return sorted(events, key=lambda event: event.order)


def draw(events: Sequence[Happening], words: Words) -> Markup:
    """Draw the events in the lanes of their layers; one of two layers has a mark in both.

    Over the lanes stand the names of the turning points. The names of the lanes stand at both
    ends, since on a phone only one of them is seen, at first the newer.
    """
    last = _last_year(events)
    tops: dict[str, int] = {}
    places: dict[tuple[str, str], int] = {}
    lines = _lines(events, last)
    height = TOP + LINE * (max(lines.values(), default=-1) + 1)
    for layer in LAYER.values:
        tops[layer] = height
        rows = _rows([event for event in events if layer in event.layers], last)
        for id_, row in rows.items():
            places[layer, id_] = height + ROW * row
        height += ROW * (max(rows.values(), default=0) + 1) + ROW
    end = LEFT + EARLIER + YEAR * (last + 1 - FIRST) + DOT
    width = end + LEFT
    parts = [_grid(last, height, words)]
    parts += [_lane(layer, top, width, end) for layer, top in tops.items()]
    parts += [_event(event, places, last, lines.get(event.id, 0)) for event in events]
    return element(
        "svg",
        *parts,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="group",
        aria_label=words["timeline-overview"],
    )


def place(day: datetime.date) -> float:
    """Return where a day stands, in pixels from the left."""
    year = day.year + (day.timetuple().tm_yday - 1) / 366
    if year >= FIRST:
        return LEFT + EARLIER + (year - FIRST) * YEAR
    return LEFT + EARLIER * max(0.0, 1 - (FIRST - year) / 15)


def span(date: Edtf, last: int) -> tuple[int, int]:
    """Return from where to where the mark of a date goes.

    A day or month is a dot, anything longer a bar.
    """
    end = min(date.latest, datetime.date(last, 12, 31))
    start = max(date.earliest, datetime.date(FIRST - 15, 1, 1))
    left, right = round(place(start)), round(place(end))
    if (end - start).days <= 31:
        return left, left + 2 * DOT
    return left, max(right, left + 2 * DOT + 1)


def _last_year(events: Sequence[Happening]) -> int:
    years = {event.date.earliest.year for event in events}
    years |= {event.date.latest.year for event in events}
    return max(years - {datetime.MAXYEAR}, default=FIRST)


def _rows(events: Sequence[Happening], last: int) -> dict[str, int]:
    placed = pack([span(event.date, last) for event in events], gap=2)
    return {event.id: row for event, row in zip(events, placed, strict=True)}


def _lines(events: Sequence[Happening], last: int) -> dict[str, int]:
    """Return the line on which the name of each turning point stands, so that no two touch."""
    named = [event for event in events if event.milestone]
    spans = []
    for event in named:
        left, _ = span(event.date, last)
        spans.append((left, left + LETTER * len(event.milestone)))
    return {event.id: line for event, line in zip(named, pack(spans, gap=8), strict=True)}


def _grid(last: int, height: int, words: Words) -> Markup:
    lines = [_grid_line(LEFT, LEFT, height, words["timeline-earlier"])]
    for year in range(FIRST, last + 1):
        x = LEFT + EARLIER + (year - FIRST) * YEAR
        lines.append(_grid_line(x, x + 4, height, year))
    return joined(lines)


def _grid_line(x: int, label_x: int, height: int, label: object) -> Markup:
    line = element("path", class_="xy-grid", d=f"M{x} {TOP - 8}V{height}")
    return line + element("text", label, class_="xy-tick", x=label_x, y=TOP - 12)


def _lane(layer: str, top: int, width: int, end: int) -> Markup:
    line = element("path", class_="xy-grid", d=f"M0 {top - 4}H{width}")
    name = LAYER[layer].label
    label = element("text", name, class_="xy-lane xy-ink", x=0, y=top + 10)
    again = element(
        "text", name, class_="xy-lane xy-ink", x=end + DOT, y=top + 10, aria_hidden="true"
    )
    return element("g", line, label, again, data_layer=layer)


def _event(event: Happening, places: Mapping[tuple[str, str], int], last: int, line: int) -> Markup:
    """Draw the marks of an event, and its name on a ``line`` over the lanes if it has one.

    ``places`` says for each of its layers how far from the top its mark stands.
    """
    left, right = span(event.date, last)
    label = f"{event.date.words}: {event.name}"
    marks = [element("title", label)]
    for layer in event.layers:
        mark = element(
            "rect",
            class_="xy-ink",
            data_layer=layer,
            x=left,
            y=places[layer, event.id],
            width=right - left,
            height=2 * DOT,
            rx=DOT,
        )
        marks.append(mark)
    if event.milestone:
        base = TOP + LINE * line + 3
        foot = places[event.layers[0], event.id]
        marks.append(element("path", class_="xy-leader", d=f"M{left + DOT} {base + 3}V{foot}"))
        marks.append(element("text", event.milestone, class_="xy-milestone", x=left, y=base))
    layers = " ".join(event.layers)
    return element("a", *marks, href=f"#{event.id}", data_layer=layers, aria_label=label)
