"""Read the history of a corpus from git.

What the branch itself has been, commit by first parent, is what was published; a merge counts as
one step, on the day on which it was made. From day to day only the last file of a record counts,
and only a change in meaning makes a state. Days are those of committing, in UTC; what is done about
wrong clocks stands in ``days``.

An address, once published, keeps what it shows: it is a commit's date, and where that is taken by
an earlier state of the record (a clock went back), a number makes it another, ``2026-01-05-2``.
Both follow from the commits up to that one, and from nothing that comes later. Only while a day
lasts does its address lead to what the record is just then.

Where a branch was moved forward to a merge that has the branch's own past as its second parent,
what was published before is no longer found by first parents. So every other day on which a commit
behind HEAD touched a record keeps an address too, that of the work which was taken in first: the
set of addresses can only grow while history is not rewritten.

Whatever was once committed is borne: a file that is no YAML, or is too large, was on no page;
characters that a page or a feed cannot hold are shown as pictures of themselves.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from xinyong.corpus import Corpus
from xinyong.history.changes import Change, changes
from xinyong.history.days import Day, day_of, is_near, reckon
from xinyong.history.git import Commit, GitError, Lack, Repository, Touch
from xinyong.history.known import Known
from xinyong.history.lines import Became, History, Key, Line, State
from xinyong.history.trees import Fields, Trees
from xinyong.records import MODELS
from xinyong.source.cites import ID
from xinyong.source.snapshot import MAX_BYTES

LONGEST = 255
"""A file's name has at most so many bytes on any disk; one that is longer was on no page."""


@dataclass(frozen=True)
class _Mark:
    """The file of a record at the end of a day; ``blob`` is empty where it was removed.

    ``place`` is the end of its address. ``run`` tells days in a row apart; see ``days.Day``.
    """

    day: datetime.date
    moment: int
    blob: str
    place: str
    run: int = 0


@dataclass
class _Trail:
    """What git says of one path: its files by day on the branch itself, and in other commits.

    ``taken`` are the ends of all its addresses, in the order in which they were published.
    """

    marks: list[_Mark] = field(default_factory=list)
    aside: dict[str, _Mark] = field(default_factory=dict)
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
        self.marks.append(_Mark(day.told, day.moment, blob, place, day.run))


def read(root: Path, corpus: Corpus, known: Known | None = None) -> History:
    """Read the history of the corpus in the folder ``root``; where git gives none, say why.

    What is ``known`` of files of the past is not found out again, and what was is added to it.
    """
    try:
        repository = _whole(root)
        trails = trails_of(repository.commits(), repository.parents())
        if not trails:
            raise GitError("nothing has been committed yet; make a first commit", "empty")
        unsaved = frozenset(key for path in repository.unsaved() if (key := _key(path)))
        return _Reader(repository, corpus, trails, unsaved, known or Known()).history()
    except GitError as error:
        return History(lack=error.lack, why=str(error))


def lack(root: Path) -> Lack:
    """Say why there is no history of the folder ``root``, as far as that is seen at once."""
    try:
        _whole(root)
    except GitError as error:
        return error.lack
    return ""


def _whole(root: Path) -> Repository:
    repository = Repository.around(root)
    if repository.shallow:
        message = "this is a shallow clone, which holds the newest commits only"
        hint = "run 'git fetch --unshallow'"
        raise GitError(f"{message}; {hint}", "shallow")
    repository.commit("HEAD")
    return repository


def trails_of(
    commits: Sequence[Commit],
    parents: Mapping[str, tuple[str, ...]],
) -> Mapping[Key, _Trail]:
    """Sort what commits did by record: by day on the branch itself, and by day elsewhere."""
    main = _mainline(parents)
    touched = {commit.name: commit for commit in commits}
    days = _days([touched[name] for name in main if name in touched])
    trails: dict[Key, _Trail] = {}
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
    trails: dict[Key, _Trail],
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
        for key, touch in ((_key(touch.new), touch) for touch in commit.touches):
            if key is None:
                continue
            trail = _trail(trails, key)
            if place not in trail.aside or (key, place) in came:
                came.add((key, place))
                trail.taken.add(place)
                trail.aside[place] = _Mark(day, moment, touch.blob, place)


def _follow(trails: dict[Key, _Trail], touch: Touch, day: Day) -> None:
    old, new = _key(touch.old), _key(touch.new)
    if old and old != new:
        _trail(trails, old).put(day, "")
    if new:
        trail = _trail(trails, new)
        trail.put(day, touch.blob)
        if old and old != new and old[0] == new[0]:
            trail.sources.append(old)


def _trail(trails: dict[Key, _Trail], key: Key) -> _Trail:
    if key not in trails:
        trails[key] = _Trail()
    return trails[key]


@dataclass
class _Reader:
    repository: Repository
    corpus: Corpus
    trails: Mapping[Key, _Trail]
    unsaved: frozenset[Key]
    known: Known
    compared: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    files: Trees = field(default_factory=Trees)
    trees: dict[str, Fields | None] = field(default_factory=dict)

    def history(self) -> History:
        before = dict(self._renames())
        renamed = frozenset(before.values())
        after = {old: new for new, old in before.items()} | dict(self._merged(renamed))
        self._read(before)
        lines = {}
        for key in sorted(self.trails, key=_order):
            states = tuple(self._states(key, before.get(key), renamed=key in renamed))
            aside = tuple(self._aside(key, {state.place for state in states}))
            if states or aside:
                old, new = before.get(key), after.get(key)
                was, became = old or key, new or key
                names = (was[1] if old else "", became[1] if new else "")
                lines[key] = Line(*key, states, *names, aside, was[0], became[0])
        return History(lines, self._superseded(lines), self.unsaved)

    def _renames(self) -> Iterator[tuple[Key, Key]]:
        """Yield each record that took the place of another one on the day on which that one was removed."""
        taken: set[Key] = set()
        for key in sorted(self.trails, key=_order):
            runs = [mark.run for mark in self.trails[key].marks]
            for old in [*self._formerly(key), *self.trails[key].sources]:
                if runs and old not in taken and self._ended(old) == runs[0]:
                    taken.add(old)
                    yield key, old
                    break

    def _formerly(self, key: Key) -> Iterator[Key]:
        if key[1] in self.corpus and self.corpus[key[1]].kind == key[0]:
            yield from self.corpus[key[1]].formers

    def _ended(self, key: Key) -> int | None:
        marks = self.trails[key].marks if key in self.trails else []
        return marks[-1].run if len(marks) > 1 and not marks[-1].blob else None

    def _merged(self, renamed: frozenset[Key]) -> Iterator[tuple[Key, Key]]:
        """Yield the records that became part of another one, which names them among its former ids."""
        for entry in self.corpus:
            for former in entry.formers:
                if former in self.trails and former not in renamed:
                    yield former, (entry.kind, entry.id)

    def _read(self, before: Mapping[Key, Key]) -> None:
        """Fetch each file that is compared with another one, or that the corpus no longer has."""
        shown: set[str] = set()
        renamed = frozenset(before.values())
        for key, trail in self.trails.items():
            alone = (
                len(trail.marks) == 1
                and key not in before
                and key not in renamed
                and self._is_here(key)
            )
            self.compared.update(() if alone else (mark.blob for mark in trail.marks))
            shown.update(mark.blob for mark in trail.aside.values())
        self.compared.discard("")
        for blob, data in self.repository.contents((self.compared | shown) - {""}).items():
            self.texts[blob] = _text(data)

    def _is_here(self, key: Key) -> bool:
        return (
            key not in self.unsaved and key[1] in self.corpus and self.corpus[key[1]].kind == key[0]
        )

    def _states(self, key: Key, before: Key | None, *, renamed: bool) -> Iterator[State]:
        blob = self._last(before) if before else ""
        for number, mark in enumerate(self.trails[key].marks):
            if mark.blob in self.compared and not self._is_readable(mark.blob):
                continue  # a file that cannot be read has been on no page
            found = self._changes(blob, mark.blob)
            became = _became(blob, mark.blob, moved=bool(before) and number == 0)
            if became == "removed" and renamed:
                became = "renamed"
            if became and (became != "changed" or found):
                yield State(mark.day, mark.moment, mark.blob, became, mark.place, found)
                blob = mark.blob

    def _last(self, key: Key) -> str:
        return next((mark.blob for mark in reversed(self.trails[key].marks) if mark.blob), "")

    def _is_readable(self, blob: str) -> bool:
        found = self.known.is_readable(blob)
        if found is None:
            found = self._tree(blob) is not None
        self.known.readable[blob] = found
        return found

    def _changes(self, old: str, new: str) -> tuple[Change, ...]:
        if old == new or not {old, new} <= self.compared:
            return ()
        found = self.known.between((old, new))
        if found is None:
            one, other = self._tree(old), self._tree(new)
            found = changes(one, other) if one and other else ()
        self.known.changes[old, new] = found
        return found

    def _tree(self, blob: str) -> Fields | None:
        if blob not in self.trees:
            self.trees[blob] = self.files.read(self.texts[blob])
        return self.trees[blob]

    def _aside(self, key: Key, places: set[str]) -> Iterator[State]:
        """Yield the files of other days; what stands beside a state of the same day is not told."""
        for place, mark in sorted(self.trails[key].aside.items()):
            if place not in places and self.texts.get(mark.blob):
                yield State(mark.day, mark.moment, mark.blob, "changed", place)

    def _superseded(self, lines: Mapping[Key, Line]) -> Mapping[str, str]:
        """Keep the texts that pages show.

        Those of all states but the present one of a record that is still there.
        """
        shown = {
            state.blob
            for line in lines.values()
            for state in (*line.states, *line.aside)
            if state.blob in self.texts and not (state is line.newest and self._is_here(line.key))
        }
        return {blob: self.texts[blob] for blob in sorted(shown)}


def _became(old: str, new: str, *, moved: bool) -> Became | None:
    if moved:
        return "renamed"
    if not new:
        return "removed" if old else None
    return "changed" if old else "added"


def _text(data: bytes) -> str:
    """Return a file's text; empty where it was on no page, since no version took such a file.

    What else is refused in a new record may have been taken once, and keeps its address.
    """
    try:
        return data.decode("utf-8-sig") if len(data) <= MAX_BYTES else ""
    except UnicodeDecodeError:
        return ""


@cache
def _key(path: str) -> Key | None:
    kind, _, file = path.partition("/")
    is_id = file.endswith(".yml") and len(file) <= LONGEST and ID.match(file[:-4])
    found = kind in MODELS and is_id
    return (kind, file[:-4]) if found else None


def _order(key: Key) -> tuple[int, str]:
    return [*MODELS].index(key[0]), key[1]


__all__ = ["lack", "read"]
