"""The overview of the timeline: each event once a link, a mark in each of its lanes, at its time."""

from __future__ import annotations

import datetime

from lxml import html

from xinyong.corpus import Corpus
from xinyong.figures import timeline
from xinyong.figures.timeline import Happening
from xinyong.source.edtf import parse
from xinyong.words import FIGURES


def _event(id_: str, date: str, *layers: str) -> Happening:
    return Happening(id_, f"Event {id_}", parse(date), layers)


def _drawn(*events: Happening) -> html.HtmlElement:
    return html.fragment_fromstring(str(timeline.draw(events, FIGURES)))


def test_an_event_leads_to_its_line_and_says_its_date_and_name(small: Corpus) -> None:
    links = _drawn(*timeline.happenings(small)).xpath(".//a")

    assert [link.get("href") for link in links] == ["#sesame-launch"]
    assert links[0].get("aria-label") == "28 January 2015: Sesame Credit starts"


def test_an_event_of_two_layers_has_a_mark_in_both_lanes() -> None:
    link = _drawn(_event("a", "2015-01", "state", "commercial")).xpath(".//a")[0]
    marks = link.xpath("./rect")

    assert link.get("data-layer") == "state commercial"
    assert [mark.get("data-layer") for mark in marks] == ["state", "commercial"]
    assert marks[0].get("x") == marks[1].get("x")
    assert int(marks[0].get("y")) < int(marks[1].get("y"))


def test_a_day_is_a_dot_and_a_year_a_bar_as_long_as_the_year() -> None:
    dot = timeline.span(parse("2018-05-22"), 2026)
    bar = timeline.span(parse("2018"), 2026)

    assert dot[1] - dot[0] == 2 * timeline.DOT
    assert abs(bar[1] - bar[0] - timeline.YEAR) <= 1
    assert bar[0] < dot[0] < bar[1]


def test_time_runs_from_left_to_right_also_before_the_first_year() -> None:
    days = [datetime.date(year, 6, 1) for year in (1970, 1987, 1991, 1998, 1999, 2015, 2026)]
    places = [timeline.place(day) for day in days]

    assert places == sorted(places)
    assert min(places) >= timeline.LEFT


def test_an_event_that_has_not_ended_goes_to_the_end_of_the_drawing() -> None:
    drawn = _drawn(_event("a", "2014/..", "state"), _event("b", "2020-05", "state"))
    bar = drawn.xpath(".//a[@href='#a']/rect")[0]

    assert int(bar.get("x")) + int(bar.get("width")) <= int(drawn.get("width"))
    assert int(bar.get("width")) > 6 * timeline.YEAR
