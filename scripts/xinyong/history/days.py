"""On which day a commit counts, and which day is told of it, where clocks may be wrong.

A commit bears the time of whoever's clock made it. That of a published branch may lie in 2099, in
1970, or before that of its parent. Two things are asked of a day:

- **The address** of a state holds it for ever. So it depends on nothing but the commit and those
  before it, which no later commit changes; it is the commit's own date (UTC), right or wrong, as
  long as that can be.
  A date that lies more than ten years from all that were believed before it can't, nor one that
  git cannot read: such a commit counts on the last day that was believed. The clock of the machine
  is never asked, since the same commit gives the same bytes on any day.
- **What is told** (pages, feeds, the day on which a record last changed) is the best that is known
  today: days never go back along the branch. The most commits whose days do not go back are
  believed (the longest non-decreasing subsequence, https://doi.org/10.4153/CJM-1961-015-3); any
  other is told on the day of the believed one before it, or after it where its clock was ahead. One
  commit with a wrong clock is so found out by the next ones, and moves only what is told of itself.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

FAR = 10
"""A date more than so many years from all others is that of a wrong clock."""

MANY = 10
"""After so many commits in a row that agree, a date far from all before it is believed: the corpus
rested for long, or began with a wrong clock."""

EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True)
class Day:
    """The day of a commit: ``date`` is that of its addresses, ``told`` and ``moment`` are shown.

    ``moment`` counts seconds since 1970. Commits in a row whose clocks showed the same day share a
    ``run``: of a day only the last file of a record counts.
    """

    date: datetime.date
    told: datetime.date
    moment: int
    run: int


def reckon(times: Sequence[int | None]) -> list[Day]:
    """Return the days of the commits of a branch, the oldest first, from the times they bear."""
    read = [day_of(time) for time in times]
    dates = _dates(read)
    steady = _steady([at for at, date in enumerate(dates) if date == read[at]], dates)
    days: list[Day] = []
    run = 0
    last: int | None = None
    for at, date in enumerate(dates):
        run += int(at > 0 and read[at] != read[at - 1])
        shown = _shown_as(at, steady, dates)
        if shown is None or (last is not None and dates[shown] < dates[last]):
            shown = last  # one before it, with a clock ahead, is told on a later day already
        last = shown
        told, moment = (EPOCH, 0) if shown is None else (dates[shown], times[shown] or 0)
        days.append(Day(date, told, moment, run))
    return days


def day_of(time: int | None) -> datetime.date | None:
    """Return the day (UTC) of a time in seconds since 1970; None where there is no such day."""
    try:
        return None if time is None else datetime.datetime.fromtimestamp(time, datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def is_near(date: datetime.date, years: set[int]) -> bool:
    """Say whether a date lies within ``FAR`` years of one of some years."""
    return any(year in years for year in range(date.year - FAR, date.year + FAR + 1))


def _dates(read: Sequence[datetime.date | None]) -> list[datetime.date]:
    """Return the dates for addresses: each from the commits up to it, and no other."""
    dates: list[datetime.date] = []
    years: set[int] = set()
    near = far = 0
    for at, date in enumerate(read):
        last = dates[-1] if dates else EPOCH
        before = read[at - 1] if at else None
        if date is None:
            far = 0
        elif not years or is_near(date, years):
            last, near, far = date, near + 1, 0
        else:
            far = far + 1 if far and before and is_near(date, {before.year}) else 1
            if far > min(near, MANY):
                last, near, far = date, near + 1, 0
        if last == date:
            years.add(date.year)
        dates.append(last)
    return dates


def _shown_as(
    place: int,
    steady: Sequence[int],
    dates: Sequence[datetime.date],
) -> int | None:
    """Return the place of the believed commit on whose day one is told: itself, or a neighbour.

    The neighbours are the believed ones before and after it; its date lies outside of theirs.
    """
    behind = bisect_right(steady, place)
    before, after = steady[max(behind - 1, 0) : behind], steady[behind : behind + 1]
    if after and (not before or dates[place] > dates[after[0]]):
        return after[0]
    return before[0] if before else None


def _steady(places: Sequence[int], dates: Sequence[datetime.date]) -> Sequence[int]:
    """Return the longest choice of places whose dates do not go back, by patience sorting."""
    tails: list[datetime.date] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for place in places:
        at = bisect_right(tails, dates[place])
        if at:
            before[place] = ends[at - 1]
        tails[at : at + 1] = [dates[place]]
        ends[at : at + 1] = [place]
    chosen = ends[-1:]
    while chosen and chosen[-1] in before:
        chosen.append(before[chosen[-1]])
    return chosen[::-1]
