"""The figure of a score: to scale, readable by machines and people, open where no source gives a
number.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from lxml import html

from xinyong.corpus import Corpus
from xinyong.figures.scores import has_drawing, score_figure
from xinyong.figures.svg import NARROW
from xinyong.records import Program
from xinyong.records.read import read
from xinyong.words import FIGURES


def _program(**more: object) -> Program:
    tree = {"name": {"en": "A score"}, "layer": "state", "summary": "x", **more}
    record = read("programs", tree, "f").record
    assert isinstance(record, Program)
    return record


def _ranged(low: str | None, high: str | None, cite: str = "a-1", **more: str) -> dict[str, object]:
    ends = {"min": low, "max": high}
    return {"value": {name: end for name, end in ends.items() if end}, "cite": cite, **more}


def _band(
    label: str, low: str | None = None, high: str | None = None, **more: str
) -> dict[str, object]:
    ends = {"min": low, "max": high}
    return {
        "label": label,
        "cite": "a-1",
        **{name: end for name, end in ends.items() if end},
        **more,
    }


def _drawn(program: Program) -> html.HtmlElement:
    figure = score_figure(program, FIGURES, lambda fact: fact.cite[0].id)
    return html.fragment_fromstring(f"<div>{figure}</div>")


def _boxes(figure: html.HtmlElement, kind: str) -> list[tuple[float, float]]:
    found = figure.xpath(f".//rect[contains(@class, '{kind}')]")
    return [(float(box.get("x").rstrip("%")), float(box.get("width").rstrip("%"))) for box in found]


def test_bands_and_thresholds_stand_to_scale(small: Corpus) -> None:
    record = small["sesame-credit"].record
    assert isinstance(record, Program)
    figure = _drawn(record)

    assert _boxes(figure, "xy-band--") == [(0, 33.33), (58.33, 41.67)]
    assert figure.xpath(".//svg/@aria-label") == ["Score of Sesame Credit, 350 to 950"]
    assert figure.xpath(".//desc/text()") == [
        "poor: 350 to 550; excellent: 700 to 950; benefits from 600"
    ]
    assert [(mark.get("x"), mark.text) for mark in figure.xpath(".//svg/text[@class='xy-tick']")] == [
        ("0%", "350"), ("33.33%", "550"), ("58.33%", "700"), ("100%", "950"), ("41.67%", "600"),
    ]  # fmt: skip


def test_of_two_names_for_one_band_the_first_is_drawn() -> None:
    bands = [_band(name, "0", "9") for name in ("medium", "average")]
    figure = _drawn(_program(score=_ranged("0", "9"), bands=bands))

    assert figure.xpath(".//*[@class='xy-band-label']/text()") == ["medium"]


def test_bands_whose_names_do_not_fit_on_a_phone_are_numbered_and_listed() -> None:
    bands = [_band("poor", "0", "899"), _band("outstanding", "900", "1000")]
    figure = _drawn(_program(score=_ranged("0", "1000"), bands=bands))

    assert figure.xpath(".//*[@class='xy-band-label']/text()") == ["1", "2"]
    assert [item.text_content() for item in figure.xpath(".//ol/li")] == [
        "poor 0 to 899",
        "outstanding 900 to 1,000",
    ]


def test_bands_that_follow_each_other_leave_no_gap() -> None:
    bands = [_band("a", "0", "499"), _band("b", "500", "1000")]

    assert _boxes(_drawn(_program(score=_ranged("0", "1000"), bands=bands)), "xy-band--") == [
        (0, 50),
        (50, 50),
    ]


def test_numbers_over_the_bar_do_not_touch_on_a_phone() -> None:
    bands = [_band(str(n), str(n * 20), str(n * 20 + 20)) for n in range(50)]
    figure = _drawn(_program(score=_ranged("0", "1000"), bands=bands))
    ticks = [
        (float(t.get("x").rstrip("%")) / 100 * NARROW, len(t.text))
        for t in figure.xpath(".//*[@class='xy-tick']")
    ]

    assert len(ticks) > 3
    assert all(b - a >= 6 * length for (a, length), (b, _) in pairwise(ticks))


def test_an_end_that_no_source_gives_is_open_and_marked() -> None:
    bands = [_band("low", None, "549"), _band("high", "550", None)]
    figure = _drawn(_program(score=_ranged(None, "1000"), bands=bands))

    assert len(figure.xpath(".//*[@class='xy-open']")) == 1
    assert "?" in figure.xpath(".//*[@class='xy-tick']/text()")
    assert "1,000" in figure.xpath(".//*[@class='xy-tick']/text()")
    assert FIGURES["score-open"] in figure.findtext(".//figcaption")
    assert _boxes(figure, "xy-band--")[-1][0] + _boxes(figure, "xy-band--")[-1][1] == pytest.approx(
        100
    )


def test_ranges_on_which_sources_differ_stand_one_below_the_other_with_their_sources() -> None:
    figure = _drawn(
        _program(
            score=[
                _ranged("0", "100", "a-1"),
                _ranged("0", "200", "b-2"),
                _ranged("0", "100", "c-3"),
            ]
        )
    )

    assert _boxes(figure, "xy-other") == [(0, 100)]
    assert _boxes(figure, "xy-band")[0] == (0, 50)
    assert "Sources differ on the range: 0 to 100 (a-1); 0 to 200 (b-2)." in figure.findtext(
        ".//figcaption"
    )


def test_the_starting_score_is_marked_and_named() -> None:
    figure = _drawn(_program(score=_ranged("0", "200"), base_score={"value": "100", "cite": "a-1"}))

    assert figure.xpath(".//*[@class='xy-start']/@x1") == ["50%"]
    assert "The line shows the starting score of 100." in figure.findtext(".//figcaption")


def test_grades_without_numbers_are_equal_steps_and_said_to_be_so() -> None:
    figure = _drawn(_program(bands=[_band(grade) for grade in "DCBA"]))

    assert _boxes(figure, "xy-band--") == [(0, 25), (25, 25), (50, 25), (75, 25)]
    assert figure.xpath(".//*[@class='xy-band-label']/text()") == ["D", "C", "B", "A"]
    assert figure.findtext(".//figcaption") == FIGURES["grades-equal"]


def test_grades_of_two_times_are_two_drawings() -> None:
    bands = [_band(grade, as_of=year) for year in ("2019", "2026") for grade in "AB"]
    captions = _drawn(_program(bands=bands)).xpath(".//figcaption/text()")

    assert [caption.split(". ")[0] for caption in captions] == ["As of 2019", "As of 2026"]


def test_without_a_number_or_a_grade_nothing_is_drawn() -> None:
    for program in (_program(), _program(score=_ranged("5", "5"))):
        assert not has_drawing(program)
        assert score_figure(program, FIGURES, str) == ""


def test_a_score_without_bands_is_one_bar() -> None:
    assert _boxes(_drawn(_program(score=_ranged("0", "9"))), "xy-band") == [(0, 100)]


def test_a_score_of_which_only_the_highest_number_is_known_is_all_open() -> None:
    figure = _drawn(_program(score=_ranged(None, "110")))

    assert figure.xpath(".//*[@class='xy-tick']/text()") == ["?", "110"]
