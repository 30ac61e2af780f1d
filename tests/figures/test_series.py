"""Figures over time: true to scale from zero, and figures that count differently never on one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from support import Lay
from xinyong.corpus import load
from xinyong.figures.series import HEIGHT, TOP, chart, nice_steps
from xinyong.pages.kinds import RENDER
from xinyong.publication import Library
from xinyong.records.base import Figure
from xinyong.words import FIGURES


def _figures(series: str, *pairs: tuple[str | None, float]) -> list[Figure]:
    return [
        Figure.model_validate({"value": f"{value}", "counts": "entries", "series": series, "cite": "a-1"}
                              | ({"as_of": date} if date else {}))
        for date, value in pairs
    ]  # fmt: skip


def _drawn(series: str, *pairs: tuple[str | None, float]) -> html.HtmlElement:
    return html.fragment_fromstring(
        str(chart("entries", series, _figures(series, *pairs), FIGURES))
    )


THREE = (("2018", 100), ("2019", 200), ("2020", 400))


@pytest.mark.parametrize("series", ["cumulative", "current", "period"])
def test_two_dated_figures_make_no_drawing(series: str) -> None:
    assert chart("entries", series, _figures(series, *THREE[:2], (None, 5)), FIGURES) == ""


def test_each_series_has_its_own_way_of_drawing() -> None:
    drawn = {series: _drawn(series, *THREE) for series in ("cumulative", "current", "period")}
    marks = {
        series: {
            kind: len(figure.xpath(f".//*[@class='{kind}']"))
            for kind in ("xy-step", "xy-point", "xy-bar")
        }
        for series, figure in drawn.items()
    }

    assert marks == {
        "cumulative": {"xy-step": 4, "xy-point": 3, "xy-bar": 0},
        "current": {"xy-step": 0, "xy-point": 3, "xy-bar": 0},
        "period": {"xy-step": 0, "xy-point": 0, "xy-bar": 3},
    }


def test_bars_are_as_high_as_their_numbers_from_zero() -> None:
    heights = [
        float(bar.get("height")) for bar in _drawn("period", *THREE).xpath(".//*[@class='xy-bar']")
    ]

    assert heights[1] == pytest.approx(2 * heights[0])
    assert heights[2] == pytest.approx(4 * heights[0])
    assert heights[2] == pytest.approx(HEIGHT - TOP)


def test_a_month_is_not_drawn_beside_years_and_the_caption_says_so() -> None:
    figure = _drawn("period", *THREE, ("2019-07", 30))

    assert len(figure.xpath(".//*[@class='xy-bar']")) == 3
    assert "Not drawn: 1 for a period of another length or without a date." in figure.findtext(
        "figcaption"
    )


def test_a_lower_number_after_a_higher_one_stays_beside_the_line() -> None:
    figure = _drawn(
        "cumulative", ("2018-01", 100), ("2018-06", 300), ("2018-07", 250), ("2019-01", 400)
    )
    ends = [
        (float(step.get("y1")), float(step.get("y2")))
        for step in figure.xpath(".//*[@class='xy-step']")
    ]

    assert len(figure.xpath(".//*[@class='xy-point']")) == 4
    assert len(ends) == 4
    assert all(after <= before for before, after in ends)


def test_a_date_of_which_only_the_year_is_known_has_a_whisker_and_a_day_has_none() -> None:
    figure = _drawn("current", ("2018", 100), ("2019-05-01", 200), ("2020-05-01", 400))

    assert len(figure.xpath(".//*[@class='xy-whisker']")) == 1


def test_the_drawing_says_what_it_shows() -> None:
    figure = _drawn("current", *((date, value * 10**6) for date, value in THREE))

    assert figure.find("svg").get("aria-label") == "entries, on one day"
    assert (
        figure.findtext("svg/desc")
        == "3 figures, the first 100,000,000 (2018), the last 400,000,000 (2020)."
    )
    assert "In millions." in figure.findtext("figcaption")
    assert figure.xpath(".//*[@class='xy-tick']/text()")[:5] == ["0", "100", "200", "300", "400"]


@given(highest=st.floats(min_value=0.01, max_value=1e15))
def test_the_lines_of_the_axis_are_few_and_reach_above_every_number(highest: float) -> None:
    step, steps = nice_steps(highest)

    assert 1 <= steps <= 4
    assert step * steps >= highest
    assert step * steps <= 3 * highest


def test_on_a_page_each_group_has_its_drawing_and_its_table(lay: Lay) -> None:
    file = lay({}) / "blacklists" / "judgment-defaulters.yml"
    more = "  - {value: 12770000, counts: persons listed, series: cumulative, as_of: 2018-12-31, cite: reuters-2015}\n"
    file.write_text(
        file.read_text(encoding="utf-8").replace("figures:\n", "figures:\n" + more),
        encoding="utf-8",
    )
    corpus, problems = load(file.parent.parent)
    body = RENDER["blacklists"](Library(corpus), corpus["judgment-defaulters"]).body
    page = html.fragment_fromstring(f"<div>{body}</div>")

    assert problems == []
    assert page.xpath(".//figure/svg/@aria-label") == [
        "persons listed, total since a starting date"
    ]
    assert len(page.xpath(".//*[@class='xy-point']")) == 3
    assert [
        len(table.xpath(".//tbody/tr")) for table in page.xpath(".//table[@class='xy-figures']")
    ] == [3, 1]


@pytest.mark.parametrize("series", ["cumulative", "current", "period"])
@pytest.mark.parametrize("first", ["1600", "1000", "0001", "1900~"])
def test_figures_centuries_apart_have_a_drawing_with_few_years(series: str, first: str) -> None:
    drawn = _drawn(series, (first, 3), ("1800", 4), ("2019", 5), ("9998", 6))
    years = drawn.xpath("//*[@class='xy-tick'][@text-anchor]/text()")

    assert 1 <= len(years) <= 6
    assert all(0 <= int(year) <= 10_000 for year in years)
