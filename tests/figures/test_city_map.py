"""The map: every place where it lies, each a link that says what it is, none hidden by another."""

from __future__ import annotations

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from xinyong.corpus import Corpus
from xinyong.figures import city_map
from xinyong.figures.outlines import outlines, path
from xinyong.figures.spread import spread
from xinyong.records import City
from xinyong.records.vocabularies import PROVINCE
from xinyong.words import FIGURES

NEAR = 0.15
"""Degrees by which a place may lie beyond its province's outline, which is simplified by 0.08."""


def _inside(lon: float, lat: float, ring: list[tuple[float, float]]) -> bool:
    """Count the edges that a ray to the east crosses."""
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def _distance(lon: float, lat: float, ring: list[tuple[float, float]]) -> float:
    best = 999.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        long = (x2 - x1) ** 2 + (y2 - y1) ** 2
        along = (
            max(0.0, min(1.0, ((lon - x1) * (x2 - x1) + (lat - y1) * (y2 - y1)) / long))
            if long
            else 0.0
        )
        best = min(best, dist((lon, lat), (x1 + along * (x2 - x1), y1 + along * (y2 - y1))))
    return best


def test_every_province_of_the_vocabulary_has_its_outline() -> None:
    assert set(outlines()) == set(PROVINCE.values) | {"taiwan"}


def test_every_place_lies_in_its_province(real: Corpus) -> None:
    for entry in real.of_kind("cities"):
        record = entry.record
        assert isinstance(record, City)
        if record.coordinates and record.province:
            point = record.coordinates[0].value
            rings = [[*ring] for ring in outlines()[record.province[0].value]]
            inside = any(_inside(point.lon, point.lat, ring) for ring in rings)
            assert inside or min(_distance(point.lon, point.lat, ring) for ring in rings) < NEAR, (
                entry.id
            )


def test_every_place_is_linked_once_inside_its_sheet_and_near_where_it_lies(real: Corpus) -> None:
    found = city_map.places(real)
    drawn = html.fragment_fromstring(str(city_map.draw(found, "../", FIGURES)))
    at = {place.id: city_map.position(place) for place in found}
    linked: list[str] = []

    for svg, sheet in zip(drawn.iter("svg"), city_map.sheets(), strict=True):
        marks = []
        for link in svg.xpath(".//a[contains(@class, 'xy-place')]"):
            id_ = link.get("href").split("/")[-2]
            use = link.find("use")
            point = (int(use.get("x")), int(use.get("y")))
            linked.append(id_)
            marks.append(point)
            assert point in sheet, id_
            assert dist(point, at[id_]) < 45 / sheet.zoom, id_
        least = city_map.SPACE / sheet.zoom**0.7 - 2
        assert all(dist(a, b) > least for i, a in enumerate(marks) for b in marks[:i])
    assert sorted(linked) == sorted(place.id for place in found)


def test_of_very_many_places_those_that_matter_most_are_linked_and_each_other_is_a_dot(
    real: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(city_map, "MARKED", 20)
    found = city_map.places(real)

    drawn = html.fragment_fromstring(str(city_map.draw(found, "../", FIGURES)))

    linked = [a.get("href").split("/")[-2] for a in drawn.iter("a") if "data-item" in a.attrib]
    assert sorted(linked) == sorted(place.id for place in found if place.rank < 20)
    items = drawn.xpath(".//*[@data-item]")
    assert len(items) == len(found)
    assert {item.tag for item in items} == {"a", "circle"}
    east = city_map.sheets()[1]
    _, larger = drawn.iter("svg")
    in_east = [place for place in found if city_map.position(place) in east]
    assert len(larger.xpath(".//a[@data-item]")) + len(larger.findall(".//circle")) == len(in_east)


def test_a_link_says_name_province_batch_and_scheme(small: Corpus) -> None:
    found = city_map.places(small)
    drawn = html.fragment_fromstring(str(city_map.draw(found, "../", FIGURES)))
    link = drawn.xpath(".//a[contains(@class, 'xy-place')]")[0]

    assert link.get("href") == "../cities/rongcheng/"
    assert link.get("aria-label") == "Rongcheng, Shandong, first batch, 2018, has a scheme"
    assert link.findtext("title") == link.get("aria-label")
    assert (link.get("data-batch"), link.get("data-scheme")) == ("2018", "yes")


def test_links_follow_each_other_from_west_to_east(real: Corpus) -> None:
    places = {place.id: place for place in city_map.places(real)}
    drawn = html.fragment_fromstring(str(city_map.draw([*places.values()], "../", FIGURES)))

    for svg in drawn.iter("svg"):
        ids = [
            link.get("href").split("/")[-2]
            for link in svg.xpath(".//a[contains(@class, 'xy-place')]")
        ]
        assert len(ids) > 20
        assert [places[id_].lon for id_ in ids] == sorted(places[id_].lon for id_ in ids)


@pytest.mark.parametrize(
    ("lists", "batch"),
    [
        ([], "none"),
        (["other"], "none"),
        (["incentive-pilot-2018"], "none"),
        (["creation-2016"], "creation"),
        (["creation-2015", "demonstration-2018"], "2018"),
        (["demonstration-2023", "demonstration-2021"], "2021"),
    ],
)
def test_of_several_lists_the_first_batch_counts(
    lists: list[str], batch: str, small: Corpus
) -> None:
    city = small["rongcheng"].record
    assert isinstance(city, City)
    named = [city.designations[0].model_copy(update={"list": name}) for name in lists]

    assert city_map.batch(city.model_copy(update={"designations": named})) == batch


def test_a_ring_is_written_with_its_steps_and_without_those_that_do_not_move() -> None:
    assert path([[(0, 0), (5, 0), (5, 0), (5, -3), (0, 0)]]) == "M0,0l5,0 0-3z"
    assert path([[(1, 1), (1, 1), (1, 1)]]) == ""


points = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8)


@given(points=points)
def test_points_that_cover_each_other_part_and_always_in_the_same_way(
    points: list[tuple[int, int]],
) -> None:
    moved = spread(points, 4)

    assert moved == spread(points, 4)
    assert all(dist(a, b) > 3.5 for i, a in enumerate(moved) for b in moved[:i])


def test_points_that_stand_free_stay_where_they_are() -> None:
    assert spread([(0, 0), (10, 0), (0, 10)], 4) == [(0, 0), (10, 0), (0, 10)]
