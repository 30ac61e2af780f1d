"""The map of the places: a mark for each, leading to its page.

The mark shows the place's batch and whether it has a scheme. The places that matter most are
named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from markupsafe import Markup

from xinyong.corpus import Corpus
from xinyong.corpus.counted import places_with_scheme
from xinyong.corpus.importance import by_importance
from xinyong.figures.albers import CHINA
from xinyong.figures.names import Box, place_names
from xinyong.figures.outlines import path, projected
from xinyong.figures.spread import spread
from xinyong.figures.svg import Words, element, joined
from xinyong.records import City, Event
from xinyong.records.vocabularies import PROVINCE

WIDTH, MARGIN = 1440, 24
"""The map in its own units; it is shown at about half this size: a unit is finer than a pixel."""

BATCHES = ("2018", "2019", "2021", "2023", "creation", "none")
"""The first batch of demonstration cities that named a place, or that it was only to prepare."""

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
MARKED = 300
"""How many places have marks of their own at most; more than these would cover the map."""
NAMED = 14
"""How many places are named at most on each sheet."""
TYPE, TYPE_EAST = 46, 11.5
"""The height of the names on a phone, on the whole map and its enlarged part, in units of the
whole map."""
EDGE, SPACE = 9, 25
"""How far a mark has to be from the edge of a sheet, and from another mark, in units of the whole
map."""


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
    """A part of the map in whole units.

    Where it begins, how large it is, and how large its marks are.
    """

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
    schemes = places_with_scheme(corpus)
    located = []
    for rank, entry in enumerate(by_importance(corpus, corpus.of_kind("cities"))):
        record = entry.record
        if isinstance(record, City) and record.coordinates:
            located.append(place(entry.id, record, entry.id in schemes, rank))
    return sorted(located, key=lambda one: one.order)


def place(id_: str, city: City, scheme: bool, rank: int = 0) -> Place:
    """Make the place of a city that has coordinates.

    ``rank`` counts the places from the most important, which is 0.
    """
    point = city.coordinates[0].value
    province = PROVINCE[city.province[0].value].label if city.province else ""
    return Place(id_, city.heading, province, point.lon, point.lat, batch(city), scheme, rank)


def batch(city: City) -> str:
    """Return the batch that first named a place, or what it has instead: a key of BATCHES."""
    lists = {item.list for item in city.designations}
    for key in BATCHES:
        if f"demonstration-{key}" in lists:
            return key
    return "creation" if lists & {"creation-2015", "creation-2016"} else "none"


def batch_sizes(corpus: Corpus) -> Mapping[str, int]:
    """Return how many places each batch of demonstration cities has, by the event that named it."""
    sizes = {}
    for entry in corpus.of_kind("events"):
        record = entry.record
        if isinstance(record, Event) and record.designates and record.figures:
            key = record.designates.removeprefix("demonstration-")
            sizes[key] = int(record.figures[0].value)
    return sizes


def draw(located: Sequence[Place], root: str, words: Words) -> Markup:
    """Draw the whole country and its crowded east, each place a link to its page.

    Of more than ``MARKED`` places the others are dots without a link. ``root`` leads to the site's
    root.
    """
    whole, east = sheets()
    marked = sorted(sorted(located, key=lambda one: one.rank)[:MARKED], key=lambda one: one.order)
    far = [place for place in marked if position(place) not in east]
    near = [place for place in marked if position(place) in east]
    known = {place.id for place in marked}
    others = [place for place in located if place.id not in known]
    land = element("path", id="map-land", class_="xy-land", d=land_path())
    dots = [_dots(others, data_item=True), _dots(near)]
    marks = [*dots, _frame(east, words), _linked(far, whole, root, words)]
    again = element("use", href="#map-land")
    dots_again = _dots([place for place in others if position(place) in east], east)
    larger = _svg(east, words["map-east"], [again, dots_again, _linked(near, east, root, words)])
    return element(
        "div",
        _svg(whole, words["map-whole"], [land, *marks]),
        element("div", larger, id="map-east"),
        class_="xy-map-sheets",
    )


@cache
def position(place: Place) -> tuple[float, float]:
    """Return where a place lies in the map's units."""
    return _at(CHINA(place.lon, place.lat))


@cache
def sheets() -> tuple[Sheet, Sheet]:
    """Return the whole map, and the part that is drawn larger."""
    bottom = max(_at(point)[1] for ring in _rings() for point in ring)
    whole = Sheet(0, 0, WIDTH, round(bottom) + MARGIN)
    (west, south), (eastern, north) = ENLARGED
    corners = [_at(CHINA(lon, lat)) for lon in (west, eastern) for lat in (south, north)]
    xs, ys = zip(*corners, strict=True)
    left, top = round(min(xs)), round(min(ys))
    width, height = round(max(xs)) - left, round(max(ys)) - top
    return whole, Sheet(left, top, width, height, ZOOM)


def shape(key: str, scale: float = 1.0) -> Markup:
    """Return the mark of a batch as a path about the origin."""
    transform = None if scale == 1 else f"scale({scale:.3g})"
    class_ = f"xy-batch xy-batch--{key}"
    return element("path", class_=class_, d=SHAPES[key], transform=transform)


def _label(place: Place, words: Words) -> str:
    """Say of a place what its mark shows: name, province, batch, scheme."""
    parts = [place.name, place.province, words[f"batch-{place.batch}"]]
    if place.scheme:
        parts.append(words["scheme-yes"])
    return ", ".join(filter(None, parts))


def _rings() -> Iterable[Sequence[tuple[float, float]]]:
    return chain.from_iterable(projected().values())


@cache
def _extent() -> tuple[float, float, float]:
    """Return the western edge, the northern edge and the width of the land on the plane."""
    xs, ys = zip(*chain.from_iterable(_rings()), strict=True)
    return min(xs), max(ys), max(xs) - min(xs)


def _at(point: tuple[float, float]) -> tuple[float, float]:
    west, north, across = _extent()
    scale = (WIDTH - 2 * MARGIN) / across
    return MARGIN + (point[0] - west) * scale, MARGIN + (north - point[1]) * scale


def _svg(sheet: Sheet, label: str, parts: Iterable[Markup]) -> Markup:
    box = f"{sheet.left} {sheet.top} {sheet.width} {sheet.height}"
    return element("svg", *parts, viewBox=box, role="group", aria_label=label)


@cache
def land_path() -> str:
    """Return the outlines of all provinces as one SVG path in the map's units."""
    return path([[_whole(_at(point)) for point in ring] for ring in _rings()])


def _dots(located: Sequence[Place], sheet: Sheet | None = None, **more: bool) -> Markup:
    """Draw places as small dots, which only show how many there are; nothing of none."""
    if not located:
        return Markup()
    radius = f"{5 / (sheet.zoom if sheet else 1) ** 0.7:.2g}"
    dots = []
    for place in located:
        x, y = _whole(position(place))
        dots.append(element("circle", **_filtered_by(place), **more, cx=x, cy=y, r=radius))
    return element("g", *dots, class_="xy-dots", aria_hidden="true")


def _frame(east: Sheet, words: Words) -> Markup:
    size = {"x": east.left, "y": east.top, "width": east.width, "height": east.height}
    return element(
        "a",
        element("title", words["map-to-east"]),
        element("rect", **size, rx=4),
        element("text", words["map-below"], x=east.left + 2, y=east.top - 9),
        href="#map-east",
        class_="xy-map-frame",
    )


def _linked(located: Sequence[Place], sheet: Sheet, root: str, words: Words) -> Markup:
    """Draw places as links, moved apart where their marks would cover each other.

    The shape of each mark is defined once.
    """
    prefix = "e" if sheet.zoom > 1 else "w"
    scale = sheet.zoom**0.7
    shapes = [element("g", shape(key, 1 / scale), id=f"{prefix}{key}") for key in BATCHES]
    links = [element("defs", *shapes)]
    free = spread([position(place) for place in located], SPACE / scale)
    for place, point in zip(located, free, strict=True):
        x, y = _whole(point)
        label = _label(place, words)
        link = element(
            "a",
            element("title", label),
            element("use", href=f"#{prefix}{place.batch}", x=x, y=y),
            href=f"{root}cities/{place.id}/",
            class_="xy-place xy-place--scheme" if place.scheme else "xy-place",
            data_item=True,
            **_filtered_by(place),
            aria_label=label,
        )
        links.append(link)
    return joined([*links, _names(located, free, sheet)])


def _names(located: Sequence[Place], points: Sequence[tuple[float, float]], sheet: Sheet) -> Markup:
    """Write the names of the places that matter most; who hears the map has them in its links."""
    ranked = sorted(zip(located, points, strict=True), key=lambda pair: pair[0].rank)
    wanted = [(place.short, point) for place, point in ranked[:NAMED]]
    size = TYPE_EAST if sheet.zoom > 1 else TYPE
    within = (sheet.left, sheet.top, sheet.left + sheet.width, sheet.top + sheet.height)
    placed = place_names(wanted, points, size, within, [_above_frame()])
    names = [
        element("text", one.name, x=round(one.x), y=round(one.y), text_anchor=one.anchor)
        for one in placed
    ]
    return element("g", *names, class_="xy-place-names", aria_hidden="true")


def _above_frame() -> Box:
    """Return where the frame of the enlarged part is named, which no place's name may cover."""
    _, east = sheets()
    return east.left, east.top - TYPE, east.left + 6 * TYPE, east.top


def _filtered_by(place: Place) -> dict[str, str]:
    """Return the attributes that the filters of the page ask a mark for."""
    return {"data_batch": place.batch, "data_scheme": "yes" if place.scheme else "no"}


def _whole(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0]), round(point[1])
