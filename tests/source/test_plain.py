"""Plain text holds no markup that would be shown as it stands, and says something."""

from __future__ import annotations

import pytest

from xinyong.source.plain import markup, says_nothing


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("a *stressed* word", "*stressed*"),
        ("a **strong** word", "**strong**"),
        ("a _stressed_ word", "_stressed_"),
        ("a __strong__ word", "__strong__"),
        ("~~gone~~", "~~gone~~"),
        ("a `code`", "`code`"),
        ("a ` alone", "` alone"),
        ("see [this](https://example.org/)", "[this](https://example.org/)"),
        ("![a picture](a.png)", "![a picture](a.png)"),
        ("# a heading", "#"),
        ("> a quotation", ">"),
        ("as it says [@koetse-2018]", "[@koetse-2018]"),
        ("R&amp;D", "&amp;"),
        ("a&nbsp;b", "&nbsp;"),
        ("&#39;a", "&#39;"),
        ("&#x4FE1;", "&#x4FE1;"),
    ],
)
def test_markup_is_found(text: str, piece: str) -> None:
    assert [(found.code, found.needle) for found in markup(text)] == [("X705", piece)]


def test_the_character_behind_an_entity_is_named() -> None:
    (found,) = markup("R&amp;D")

    assert found.message == "'&amp;' would be shown as it stands; write '&'"


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 * 2", "M*A*S*H", "snake_case_name", "@a_b_c", "AT&T; R&D; a & b", "3 > 2", "No. #5",
        "~ 20%", "[sic]", "a [b] (c)", "grade A*", "* marks a draft", "&foo;", "100 _ 200",
        "C# and C++", "[[record]] (2018)",
    ],
)  # fmt: skip
def test_honest_signs_are_no_markup(text: str) -> None:
    assert [*markup(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "null", "NULL", "~", "N/A", "n/a", "NA", "TBD", "tbd.", "(TBD)", "TODO", "nil", "?", "???",
        "-", "—", "…", "待定", "待补充",
    ],
)  # fmt: skip
def test_a_filler_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["none", "None", "unknown", "无", "未知", "不详"])
def test_a_word_that_denies_is_an_answer_but_no_name(text: str) -> None:
    assert not says_nothing(text)
    assert says_nothing(text, none=True)


@pytest.mark.parametrize("text", ["Null", "Nil", "Na", "None", "Todo", "Xi", "O"])
def test_a_person_may_be_called_so(text: str) -> None:
    assert not says_nothing(text, person=True)


@pytest.mark.parametrize(
    "text",
    ["A", "A+", "0", "no", "5", "无锡", "nothing but a score", "Nullarbor", "Canada"],
)
def test_what_says_something_is_left(text: str) -> None:
    assert not says_nothing(text, none=True)
