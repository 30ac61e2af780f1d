"""The map of the places: a mark for each, by its batch and by whether it has a scheme, leading to its page.

The places that matter most are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from xinyong.corpus import Corpus
from xinyong.corpus.importance import by_importance
from xinyong.figures.albers import CHINA
from xinyong.figures.names import place_names
from xinyong.figures.outlines import path, projected
from xinyong.figures.spread import spread
from xinyong.figures.svg import Words, joined
from xinyong.records import City, Event, Program
from xinyong.records.vocabularies import PROVINCE

WIDTH, MARGIN = 1440, 24
"""The map in its own units; it is shown at about half this size, so that a unit is finer than a pixel."""

BATCHES = ("2018", "2019", "2021", "2023", "creation", "none")
"""The first batch of demonstration cities that a place was named in, or that it was only allowed to prepare."""

SHAPES: Mapping[str, str] = {
    "2018": "M0-12L12 0 0 12-12 0z",
    "2019": "M-9-9H9V9H-9z",
    "2021": "M0-12L11 8H-11z",
    "2023": "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z",
    "creation": "M-4-11H4V-4H11V4H4V11H-4V4H-11V-4H-4z",
    "none": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
}
"""The mark of each batch about its middle."""

ENLARGED = ((112.2, 27.6), (122.6, 41.0))
"""South-western and north-eastern corner of the part that is drawn a second time, larger."""
ZOOM = 2.6
NAMED = 14
"""How many places are named at most on each sheet."""
TYPE, TYPE_EAST = 46, 11.5
"""The height of the names on a phone, on the whole map and on the enlarged part, in units of the whole map."""
EDGE, SPACE = 9, 25
"""How far a mark has to be from the edge of a sheet, and from another mark, in units of the whole map."""


@dataclass(frozen=True)
class Place:
    """A place as the map shows it."""

    id: str
    name: str
    province: str
    lon: float
    lat: float
    batch: str
    scheme: bool
    rank: int = 0

    @property
    def short(self) -> str:
        """Its name without the province that tells it from others of that name."""
        return self.name.partition(" (")[0]

    @property
    def order(self) -> tuple[float, str]:
        """From west to east."""
        return self.lon, self.id


@dataclass(frozen=True)
class Sheet:
    """A part of the map in whole units: where it begins, how large it is, and how large its marks are."""

    left: int
    top: int
    width: int
    height: int
    zoom: float = 1.0

    def __contains__(self, point: tuple[float, float]) -> bool:
        """Say whether the mark of a point lies in it as a whole."""
        x, y = point
        right, low = self.left + self.width - EDGE, self.top + self.height - EDGE
        return self.left + EDGE <= x <= right and self.top + EDGE <= y <= low


def places(corpus: Corpus) -> list[Place]:
    """Return the places that have coordinates, from west to east."""
    running = {
        city.value.id
        for entry in corpus.of_kind("programs")
        if isinstance(entry.record, Program) and entry.record.layer == "municipal"
        for city in entry.record.cities
    }
    found = []
    for rank, entry in enumerate(by_importance(corpus, corpus.of_kind("cities"))):
        record = entry.record
        if isinstance(record, City) and record.coordinates:
            scheme = bool(record.schemes) or entry.id in running
            found.append(place(entry.id, record, scheme, rank))
    return sorted(found, key=lambda one: one.order)


def place(id_: str, city: City, scheme: bool, rank: int = 0) -> Place:
    """Make the place of a city that has coordinates; ``rank`` counts from 0, the most important place."""
    point = city.coordinates[0].value
    province = PROVINCE[city.province[0].value].label if city.province else ""
    return Place(id_, city.heading, province, point.lon, point.lat, batch(city), scheme, rank)


def batch(city: City) -> str:
    """Return the batch of demonstration cities that first named a place, or what it has instead: a key of BATCHES."""
    lists = {item.list for item in city.designations}
    named = [key for key in BATCHES if f"demonstration-{key}" in lists]
    if named:
        return named[0]
    return "creation" if lists & {"creation-2015", "creation-2016"} else "none"


def batch_sizes(corpus: Corpus) -> Mapping[str, int]:
    """Return how many places each batch of demonstration cities has, as the event that named it says."""
    sizes = {}
    for entry in corpus.of_kind("events"):
        record = entry.record
        if isinstance(record, Event) and record.designates and record.figures:
            sizes[record.designates.removeprefix("demonstration-")] = int(record.figures[0].value)
    return sizes


def draw(found: Sequence[Place], root: str, words: Words) -> Markup:
    """Draw the whole country and its crowded east, each place a link to its page; ``root`` leads to the site's root."""
    whole, east = sheets()
    at = {place.id: position(place) for place in found}
    far = [place for place in found if at[place.id] not in east]
    near = [place for place in found if at[place.id] in east]
    marks = [_dots(near, at), _frame(east, words), _linked(far, at, whole, root, words)]
    drawn = _svg(whole, words["map-whole"], [_land(), *marks])
    larger = _svg(
        east,
        words["map-east"],
        [Markup('<use href="#map-land"/>'), _linked(near, at, east, root, words)],
    )
    return Markup('<div class="xy-map-sheets">{}<div id="map-east">{}</div></div>').format(
        drawn, larger
    )


@cache
def position(place: Place) -> tuple[float, float]:
    """Return where a place lies in the map's units."""
    return _at(CHINA(place.lon, place.lat))


@cache
def sheets() -> tuple[Sheet, Sheet]:
    """Return the whole map, and the part that is drawn larger."""
    _, bottom = max((_at(point) for ring in _rings() for point in ring), key=lambda point: point[1])
    (west, south), (eastern, north) = ENLARGED
    corners = [_at(CHINA(lon, lat)) for lon in (west, eastern) for lat in (south, north)]
    left, top = (round(min(corner[axis] for corner in corners)) for axis in (0, 1))
    right, low = (round(max(corner[axis] for corner in corners)) for axis in (0, 1))
    return Sheet(0, 0, WIDTH, round(bottom) + MARGIN), Sheet(
        left, top, right - left, low - top, ZOOM
    )


def shape(key: str, scale: float = 1.0) -> Markup:
    """Return the mark of a batch as a path about the origin."""
    more = Markup("") if scale == 1 else Markup(' transform="scale({:.3g})"').format(scale)
    return Markup('<path class="xy-batch xy-batch--{}" d="{}"{}/>').format(key, SHAPES[key], more)


def said(place: Place, words: Words) -> str:
    """Say of a place what its mark shows: name, province, batch, scheme."""
    parts = [
        place.name,
        place.province,
        words[f"batch-{place.batch}"],
        words["scheme-yes"] if place.scheme else "",
    ]
    return ", ".join(filter(None, parts))


def _rings() -> Iterable[Sequence[tuple[float, float]]]:
    return (ring for rings in projected().values() for ring in rings)


@cache
def _extent() -> tuple[float, float, float]:
    """Return the western edge, the northern edge and the width of the land on the plane."""
    xs = [x for ring in _rings() for x, _ in ring]
    return min(xs), max(y for ring in _rings() for _, y in ring), max(xs) - min(xs)


def _at(point: tuple[float, float]) -> tuple[float, float]:
    west, north, across = _extent()
    scale = (WIDTH - 2 * MARGIN) / across
    return MARGIN + (point[0] - west) * scale, MARGIN + (north - point[1]) * scale


def _svg(sheet: Sheet, label: str, parts: Iterable[Markup]) -> Markup:
    html = '<svg viewBox="{} {} {} {}" role="group" aria-label="{}">{}</svg>'
    return Markup(html).format(
        sheet.left, sheet.top, sheet.width, sheet.height, label, joined(parts)
    )


@cache
def land_path() -> str:
    """Return the outlines of all provinces as one SVG path in the map's units."""
    return path([[(round(x), round(y)) for x, y in map(_at, ring)] for ring in _rings()])


def _land() -> Markup:
    return Markup('<path id="map-land" class="xy-land" d="{}"/>').format(land_path())


def _dots(near: Sequence[Place], at: Mapping[str, tuple[float, float]]) -> Markup:
    """Draw the places of the enlarged part as small dots, which only show how many there are."""
    dot = Markup('<circle{} cx="{}" cy="{}" r="5"/>')
    dots = [dot.format(_picks(place), *_whole(at[place.id])) for place in near]
    return Markup('<g class="xy-dots" aria-hidden="true">{}</g>').format(joined(dots))


def _frame(east: Sheet, words: Words) -> Markup:
    html = (
        '<a href="#map-east" class="xy-map-frame"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="4"/>'
        '<text x="{}" y="{}">{}</text></a>'
    )
    sides = (east.left, east.top, east.width, east.height)
    above = (east.left + 2, east.top - 9)
    return Markup(html).format(words["map-to-east"], *sides, *above, words["map-below"])


def _linked(
    found: Sequence[Place],
    at: Mapping[str, tuple[float, float]],
    sheet: Sheet,
    root: str,
    words: Words,
) -> Markup:
    """Draw places as links, moved apart where their marks would cover each other, each mark's shape defined once."""
    kind = "e" if sheet.zoom > 1 else "w"
    shapes = [
        Markup('<g id="{}{}">{}</g>').format(kind, key, shape(key, 1 / sheet.zoom**0.7))
        for key in BATCHES
    ]
    link = Markup('<a href="{}cities/{}/" class="xy-place{}" data-item{} aria-label="{}"><title>{}</title>'
                  '<use href="#{}{}" x="{}" y="{}"/></a>')  # fmt: skip
    free = spread([at[place.id] for place in found], SPACE / sheet.zoom**0.7)
    links = []
    for place, point in zip(found, free, strict=True):
        name = said(place, words)
        filled = " xy-place--scheme" if place.scheme else ""
        shown = (kind, place.batch, *_whole(point))
        links.append(link.format(root, place.id, filled, _picks(place), name, name, *shown))
    names = _named(found, free, sheet)
    return Markup("<defs>{}</defs>{}{}").format(joined(shapes), joined(links), names)


def _named(found: Sequence[Place], at: Sequence[tuple[float, float]], sheet: Sheet) -> Markup:
    """Write the names of the places that matter most; links have them already, for those who hear the map."""
    ranked = sorted(zip(found, at, strict=True), key=lambda pair: pair[0].rank)
    size = TYPE_EAST if sheet.zoom > 1 else TYPE
    sides = (sheet.left, sheet.top, sheet.left + sheet.width, sheet.top + sheet.height)
    wanted = [(place.short, point) for place, point in ranked[:NAMED]]
    text = Markup('<text x="{:.0f}" y="{:.0f}" text-anchor="{}">{}</text>')
    names = [
        text.format(one.x, one.y, one.anchor, one.name)
        for one in place_names(wanted, at, size, sides, [_above_frame()])
    ]
    return Markup('<g class="xy-place-names" aria-hidden="true">{}</g>').format(joined(names))


def _above_frame() -> tuple[float, float, float, float]:
    """Return where the frame of the enlarged part is named, which no place's name may cover."""
    _, east = sheets()
    return east.left, east.top - TYPE, east.left + 6 * TYPE, east.top


def _picks(place: Place) -> Markup:
    """Return what the filters of the page ask a mark for."""
    return Markup(' data-batch="{}" data-scheme="{}"').format(
        place.batch, "yes" if place.scheme else "no"
    )


def _whole(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0]), round(point[1])
