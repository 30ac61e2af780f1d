"""The figure of a score: to scale, readable by machines and people, drawn only where the range is known."""

from __future__ import annotations

from lxml import html

from xinyong.corpus import Corpus
from xinyong.figures.scores import score_bar
from xinyong.records import Program
from xinyong.records.reading import read


def _program(**more: object) -> Program:
    tree = {"name": {"en": "A score"}, "layer": "state", "summary": "x", **more}
    record = read("programs", tree, "f").record
    assert isinstance(record, Program)
    return record


def test_bands_and_thresholds_stand_to_scale(small: Corpus) -> None:
    record = small["sesame-credit"].record
    assert isinstance(record, Program)
    figure = html.fragment_fromstring(str(score_bar(record)))

    bars = [(int(bar.get("x", "")), int(bar.get("width", ""))) for bar in figure.iter("rect")]
    assert bars == [(24, 211), (393, 263)]
    assert figure.xpath(".//svg/@aria-label") == ["Score of Sesame Credit, 350 to 950"]
    assert figure.xpath(".//desc/text()") == ["poor: 350 to 550; excellent: 700 to 950; benefits from 600"]
    assert "600" in figure.xpath(".//text[@class='xy-tick']/text()")


def test_of_two_names_for_one_band_the_first_is_drawn() -> None:
    bands = [{"label": name, "min": "0", "max": "9", "cite": "a-1"} for name in ("medium", "average")]
    figure = str(score_bar(_program(score={"value": {"min": "0", "max": "9"}, "cite": "a-1"}, bands=bands)))

    assert "medium" in figure
    assert "average" not in figure


def test_without_a_known_range_nothing_is_drawn() -> None:
    assert score_bar(_program()) == ""
    assert score_bar(_program(score={"value": {"min": "300"}, "cite": "a-1"})) == ""
    assert score_bar(_program(score={"value": {"min": "5", "max": "5"}, "cite": "a-1"})) == ""


def test_a_score_without_bands_is_one_bar() -> None:
    figure = html.fragment_fromstring(
        str(score_bar(_program(score={"value": {"min": "0", "max": "9"}, "cite": "a-1"})))
    )

    assert [bar.get("width") for bar in figure.iter("rect")] == ["632"]
