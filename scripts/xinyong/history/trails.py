"""What git says of the path of each record: its files by day, on the branch itself and elsewhere.

What an address is made of, and which days have one, is said in ``read``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from xinyong.history.days import Day, day_of, is_near, reckon
from xinyong.history.git import Commit, Touch
from xinyong.history.lines import Key
from xinyong.records import MODELS
from xinyong.source.cites import ID

LONGEST = 255
"""A file's name has at most so many bytes on any disk; one that is longer was on no page."""


@dataclass(frozen=True)
class Mark:
    """The file of a record at the end of a day; ``blob`` is empty where it was removed.

    ``place`` is the end of its address. ``run`` tells days in a row apart; see ``days.Day``.
    """

    day: datetime.date
    moment: int
    blob: str
    place: str
    run: int = 0


@dataclass
class Trail:
    """What git says of one path: its files by day on the branch itself, and in other commits.

    ``taken`` are the ends of all its addresses, in the order in which they were published.
    """

    marks: list[Mark] = field(default_factory=list)
    aside: dict[str, Mark] = field(default_factory=dict)
    sources: list[Key] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def put(self, day: Day, blob: str) -> None:
        """Add what a commit on the branch itself made of the file."""
        if self.marks and self.marks[-1].run == day.run:
            place = self.marks.pop().place
        else:
            place, number = day.date.isoformat(), 1
            while place in self.taken:
                number += 1
                place = f"{day.date.isoformat()}-{number}"
        self.taken.add(place)
        self.marks.append(Mark(day.told, day.moment, blob, place, day.run))


def trails_of(
    commits: Sequence[Commit],
    parents: Mapping[str, tuple[str, ...]],
) -> Mapping[Key, Trail]:
    """Sort what commits did by record: by day on the branch itself, and by day elsewhere."""
    main = _mainline(parents)
    touched = {commit.name: commit for commit in commits}
    days = _days([touched[name] for name in main if name in touched])
    trails: dict[Key, Trail] = {}
    years: set[int] = set()
    last = reckon([None])[0]
    for name, taken_in in zip(main, _arrivals(main, parents), strict=True):
        if name in touched:
            last = days[name]
            years.add(last.date.year)
            for touch in touched[name].touches:
                _follow(trails, touch, last)
        _put_aside(trails, [touched[other] for other in taken_in if other in touched], last, years)
    return trails


def _mainline(parents: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return HEAD and its first parents, the oldest first: what the branch itself has been."""
    name = next(iter(parents), "")
    found = []
    while name in parents:
        found.append(name)
        name = next(iter(parents[name]), "")
    return found[::-1]


def _days(main: Sequence[Commit]) -> Mapping[str, Day]:
    reckoned = reckon([commit.time for commit in main])
    return {commit.name: day for commit, day in zip(main, reckoned, strict=True)}


def _arrivals(main: Sequence[str], parents: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Yield for each commit of the branch the others that came behind it with that commit."""
    seen: set[str] = set()
    for name in main:
        found = []
        ways = [name]
        while ways:
            other = ways.pop()
            if other not in seen:
                seen.add(other)
                found.append(other)
                ways += parents.get(other, ())
        yield found[1:]


def _put_aside(
    trails: dict[Key, Trail],
    commits: Sequence[Commit],
    last: Day,
    years: set[int],
) -> None:
    """Add the files of commits that were taken in together, on days that have no address yet.

    A date that cannot be counts as the ``last`` day of the branch.
    """
    came: set[tuple[Key, str]] = set()
    for commit in sorted(commits, key=lambda commit: (commit.time or 0, commit.name)):
        date = day_of(commit.time)
        if date is None or commit.time is None or not is_near(date, years):
            day, moment, place = last.told, last.moment, last.date.isoformat()
        else:
            day, moment, place = date, commit.time, date.isoformat()
        for key, touch in ((key_of(touch.new), touch) for touch in commit.touches):
            if key is None:
                continue
            trail = _trail(trails, key)
            if place not in trail.aside or (key, place) in came:
                came.add((key, place))
                trail.taken.add(place)
                trail.aside[place] = Mark(day, moment, touch.blob, place)


def _follow(trails: dict[Key, Trail], touch: Touch, day: Day) -> None:
    old, new = key_of(touch.old), key_of(touch.new)
    if old and old != new:
        _trail(trails, old).put(day, "")
    if new:
        trail = _trail(trails, new)
        trail.put(day, touch.blob)
        if old and old != new and old[0] == new[0]:
            trail.sources.append(old)


def _trail(trails: dict[Key, Trail], key: Key) -> Trail:
    if key not in trails:
        trails[key] = Trail()
    return trails[key]


@cache
def key_of(path: str) -> Key | None:
    """Return the record whose file has a path in the corpus; None where that is no record's."""
    kind, _, file = path.partition("/")
    is_id = file.endswith(".yml") and len(file) <= LONGEST and ID.match(file[:-4])
    found = kind in MODELS and is_id
    return (kind, file[:-4]) if found else None
