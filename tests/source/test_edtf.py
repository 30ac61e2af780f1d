"""Dates are a profile of EDTF; another implementation of the standard reads them the same way."""

from __future__ import annotations

import contextlib
import datetime

import edtf as reference
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyong.source.edtf import guess, parse

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)).map(lambda d: d.isoformat())
dates = st.one_of(days, days.map(lambda d: d[:7]), days.map(lambda d: d[:4]))
qualified = st.tuples(dates, st.sampled_from(["", "?", "~", "%"])).map("".join)
unspecified = st.one_of(
    days.map(lambda d: d[:3] + "X"),
    days.map(lambda d: d[:4] + "-XX"),
    days.map(lambda d: d[:7] + "-XX"),
)
intervals = st.tuples(dates, dates).map(sorted).map("/".join)


def _bounds(text: str) -> tuple[datetime.date, datetime.date]:
    found = reference.parse_edtf(text)
    low, high = found.lower_strict(), found.upper_strict()
    return datetime.date(*low[:3]), datetime.date(*high[:3])


@given(st.one_of(dates, unspecified))
def test_the_reference_implementation_gives_the_same_days(text: str) -> None:
    ours = parse(text)

    assert (ours.earliest, ours.latest) == _bounds(text)


@given(qualified)
def test_a_qualifier_changes_the_words_not_the_days(text: str) -> None:
    plain = parse(text.rstrip("?~%"))

    assert (parse(text).earliest, parse(text).latest) == (plain.earliest, plain.latest)


@given(intervals)
def test_an_interval_runs_from_the_first_day_to_the_last(text: str) -> None:
    start, end = text.split("/")

    assert (parse(text).earliest, parse(text).latest) == (parse(start).earliest, parse(end).latest)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused_with_a_sentence(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert str(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2015", "2015"),
        ("2015-01", "January 2015"),
        ("2018-05-22", "22 May 2018"),
        ("2014/2020", "2014 to 2020"),
        ("2015~", "about 2015"),
        ("2015-01?", "possibly January 2015"),
        ("2015%", "possibly about 2015"),
        ("201X", "2010s"),
        ("2015-XX", "2015"),
        ("2018-05-XX", "May 2018"),
        ("2014/..", "since 2014"),
        ("../2014-06", "until June 2014"),
    ],
)
def test_dates_are_shown_in_words(text: str, words: str) -> None:
    assert parse(text).words == words


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("28 January 2015", "write it as 2015, 2015-01, 2018-05-22, 2014/2020 or 2015~"),
        ("2015-1-2", "write it as 2015, 2015-01, 2018-05-22, 2014/2020 or 2015~"),
        ("2015-13", "there is no month 13; write 01 to 12"),
        ("2015-02-30", "February 2015 has no day 30; write 01 to 28"),
        ("0000", "there is no year 0; write 0001 or later"),
        ("201X-05", "only the last digits may be X; write 201X, 2015-XX or 2015-01-XX"),
        ("2015-XX-03", "only the last digits may be X; write 201X, 2015-XX or 2015-01-XX"),
        ("2020/2014", "the interval ends before it starts; exchange the two"),
        ("../..", "an interval has a date on one side at least; write 2014/.. or ../2020"),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse(text)

    assert str(refused.value) == why


def test_dates_sort_by_the_first_day_they_may_mean() -> None:
    texts = ["2018-05-22", "2015~", "2014/2020", "2015-01-28", "201X"]

    assert [d.text for d in sorted(map(parse, texts))] == [
        "201X",
        "2014/2020",
        "2015~",
        "2015-01-28",
        "2018-05-22",
    ]


def test_leap_days_exist_only_in_leap_years() -> None:
    assert parse("2016-02-29").earliest == datetime.date(2016, 2, 29)
    with pytest.raises(ValueError, match="February 2015 has no day 29"):
        parse("2015-02-29")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("28 January 2015", "2015-01-28"),
        ("January 28, 2015", "2015-01-28"),
        ("28th Jan. 2015", "2015-01-28"),
        ("Sept 2015", "2015-09"),
        ("2015年1月28日", "2015-01-28"),
        ("2015年1月", "2015-01"),
        ("2015年", "2015"),
        ("2015.1.28", "2015-01-28"),
        ("2015/1/28", "2015-01-28"),
        ("2015-1-5", "2015-01-05"),
        ("about 2015", "2015~"),
        ("c. 2015", "2015~"),
        ("2014–2020", "2014/2020"),
        ("2014 to May 2020", "2014/2020-05"),
    ],
)
def test_what_a_person_means_by_a_date_is_guessed(written: str, meant: str) -> None:
    assert guess(written) == meant


@pytest.mark.parametrize(
    "written",
    ["1/2/2015", "28.1.2015", "soon", "ma 2015", "2015-02-30", "2020 to 2014", "", "Ju 2015"],
)
def test_an_unclear_date_is_not_guessed(written: str) -> None:
    assert guess(written) == ""


@given(st.text(max_size=30))
def test_a_guess_is_a_date(text: str) -> None:
    found = guess(text)

    assert not found or parse(found).text == found
