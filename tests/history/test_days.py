"""The day of a commit, whatever the clock of whoever made it showed."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinyong.history.days import reckon
from xinyong.history.git import Commit, Touch
from xinyong.history.trails import trails_of

EXAMPLES = int(os.environ.get("EXAMPLES", "150"))

DAY = 24 * 60 * 60
BEGIN = int(datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC).timestamp())
FILES = ("terms/a.yml", "terms/b.yml")

days = st.one_of(
    st.integers(0, 12),
    st.integers(-200, 400),
    st.sampled_from([-(BEGIN // DAY), 26_700, 4_380, 3_000_000, 10**12]),
    st.none(),
)
"""Days since the first of January 2026: near ones, others, 1970, 2099, 2038, 10240, none that is.
"""


def at(*numbers: int | None) -> list[int | None]:
    """Times of commits made at noon, so many days after the first of January 2026."""
    return [None if number is None else BEGIN + number * DAY for number in numbers]


def dates(*numbers: int | None) -> list[str]:
    return [str(day.date) for day in reckon(at(*numbers))]


def expected(*numbers: int | None) -> list[str]:
    return [str(day.told) for day in reckon(at(*numbers))]


def test_a_commit_counts_on_the_day_that_it_bears() -> None:
    assert dates(0, 0, 3) == expected(0, 0, 3) == ["2026-01-01", "2026-01-01", "2026-01-04"]


@pytest.mark.parametrize(
    "wrong", [26_700, -(BEGIN // DAY), 3_000_000, None], ids=["2099", "1970", "10240", "none"]
)
def test_a_date_that_cannot_be_counts_on_the_last_day_and_later_ones_on_their_own(
    wrong: int | None,
) -> None:
    assert dates(0, wrong, 2, 3) == ["2026-01-01", "2026-01-01", "2026-01-03", "2026-01-04"]
    assert expected(0, wrong, 2, 3) == ["2026-01-01", "2026-01-01", "2026-01-03", "2026-01-04"]


def test_a_clock_that_is_ahead_by_a_year_moves_only_what_is_told_of_its_commit() -> None:
    assert dates(0, 365, 2, 3) == ["2026-01-01", "2027-01-01", "2026-01-03", "2026-01-04"]
    assert expected(0, 365, 2, 3) == ["2026-01-01", "2026-01-03", "2026-01-03", "2026-01-04"]
    assert expected(0, 365, 2) == ["2026-01-01", "2026-01-03", "2026-01-03"]


def test_a_clock_that_is_behind_moves_only_what_is_told_of_its_commit() -> None:
    assert dates(3, 4, 1, 6) == ["2026-01-04", "2026-01-05", "2026-01-02", "2026-01-07"]
    assert expected(3, 4, 1, 6) == ["2026-01-04", "2026-01-05", "2026-01-05", "2026-01-07"]


def test_a_clock_that_stays_wrong_for_a_few_commits_is_found_out_too() -> None:
    assert expected(*range(8), 26_700, 26_701, 26_702, 9)[-1] == "2026-01-10"


def test_after_a_first_commit_of_1970_the_others_are_believed() -> None:
    assert dates(-(BEGIN // DAY), 0, 1, 2)[2:] == ["2026-01-02", "2026-01-03"]


def test_a_corpus_that_rested_for_twenty_years_goes_on() -> None:
    assert dates(*range(20), *range(8_000, 8_020))[-1] == "2047-12-16"


def test_where_no_commit_has_a_date_there_is_one_all_the_same() -> None:
    assert dates(None, None) == expected(None, None) == ["1970-01-01", "1970-01-01"]


def test_two_wrong_clocks_between_the_same_neighbours_do_not_turn_back() -> None:
    expected = [day.told.day for day in reckon(at(1, 1, 3, 0, 2))]

    assert expected == [2, 2, 3, 3, 3]


@settings(max_examples=EXAMPLES)
@given(st.lists(days, min_size=1, max_size=30), st.data())
def test_later_commits_change_no_address_and_days_never_go_back(
    numbers: Sequence[int | None], data: st.DataObject
) -> None:
    length = data.draw(st.integers(1, len(numbers)))
    whole, first = reckon(at(*numbers)), reckon(at(*numbers[:length]))

    assert [(day.date, day.run) for day in whole[:length]] == [(day.date, day.run) for day in first]
    assert [day.told for day in whole] == sorted(day.told for day in whole)
    assert all(day.told.year < 9999 and day.moment >= 0 for day in whole)


steps = st.tuples(
    st.integers(0, 2),
    days,
    st.lists(st.sampled_from(FILES), min_size=1, max_size=2, unique=True),
)
"""A commit on the branch: how many commits of side work it takes in, its day, what it touches."""

Addresses = dict[tuple[str, str, str], str]


@settings(max_examples=EXAMPLES)
@given(st.lists(st.tuples(steps, st.lists(steps, max_size=2)), min_size=1, max_size=8))
def test_an_address_keeps_what_it_shows_once_its_day_is_over(
    branch: Sequence[
        tuple[tuple[int, int | None, list[str]], list[tuple[int, int | None, list[str]]]]
    ],
) -> None:
    """Every step takes in work of its own; what was published behind each must stay."""
    commits: list[Commit] = []
    parents: dict[str, tuple[str, ...]] = {}
    published: Addresses = {}
    head = ""

    for (_, number, files), side in branch:
        tip = head
        for _, other, touched in side:
            tip = _commit(commits, parents, other, touched, (tip,))
        ways = (head, tip) if side else (head,)
        head = _commit(commits, parents, number, files, ways)
        now, over = _published(commits, parents, head)
        assert published.items() <= now.items()
        published = over


def _commit(
    commits: list[Commit],
    parents: dict[str, tuple[str, ...]],
    number: int | None,
    files: Sequence[str],
    ways: tuple[str, ...],
) -> str:
    name = f"c{len(commits)}"
    (time,) = at(number)
    commits.append(Commit(name, time, tuple(Touch(file, file, f"{name}{file}") for file in files)))
    parents[name] = tuple(filter(None, ways))
    return name


def _published(
    commits: Sequence[Commit], parents: dict[str, tuple[str, ...]], head: str
) -> tuple[Addresses, Addresses]:
    """Return what each address shows, and of these what it shows for ever: not the last day's."""
    newest_first = {head: parents[head]} | parents
    trails = trails_of(commits, newest_first)
    last = max((mark.run for trail in trails.values() for mark in trail.marks), default=0)
    now: Addresses = {}
    over: Addresses = {}
    for (kind, id_), trail in trails.items():
        shown = trail.aside | {mark.place: mark for mark in trail.marks}
        assert len({mark.place for mark in trail.marks}) == len(trail.marks)
        now |= {(kind, id_, place): mark.blob for place, mark in shown.items()}
        running = {mark.place for mark in trail.marks if mark.run == last}
        over |= {key: blob for key, blob in now.items() if key[1] == id_ and key[2] not in running}
    return now, over
