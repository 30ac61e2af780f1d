"""Names beside marks: no two cover each other, the first of those wanted come first, and none leaves the drawing."""

from __future__ import annotations

from xinyong.figures.names import LETTER, PlacedName, place_names

SHEET = (0.0, 0.0, 200.0, 100.0)


def _left(name: PlacedName, size: float) -> float:
    width = LETTER * size * len(name.name)
    return name.x - {"start": 0.0, "middle": width / 2, "end": width}[name.anchor]


def test_a_name_stands_to_the_right_of_its_mark_where_there_is_room() -> None:
    (name,) = place_names([("Yiwu", (50, 50))], [(50, 50)], 10, SHEET)

    assert (name.name, name.anchor) == ("Yiwu", "start")
    assert name.x > 50


def test_a_name_at_the_edge_stands_inside() -> None:
    (name,) = place_names([("Weihai", (190, 50))], [(190, 50)], 10, SHEET)

    assert name.anchor == "end"
    assert 0 <= _left(name, 10) < 190


def test_a_name_makes_way_for_marks() -> None:
    (name,) = place_names([("Yiwu", (50, 50))], [(50, 50), (65, 50)], 10, SHEET)

    assert name.anchor == "end"


def test_of_names_that_would_cover_each_other_the_first_stays() -> None:
    low = (0.0, 40.0, 70.0, 60.0)
    found = place_names([("Suzhou", (50, 50)), ("Nanjing", (52, 50))], [], 10, low)

    assert [name.name for name in found] == ["Suzhou"]


def test_no_name_stands_where_something_else_is_written() -> None:
    assert place_names([("Yiwu", (50, 50))], [], 10, SHEET, [SHEET]) == []
