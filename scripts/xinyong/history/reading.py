"""Read the history of a corpus from git.

What the branch itself has been, commit by first parent, is what was published; a merge counts as one step, on the day
on which it was made. From day to day only the last file of a record counts, and only a change in meaning makes a state.
Days are those of committing, in UTC, and never go back: a commit dated before its parent counts as of its parent's day.

Where a branch was moved forward to a merge that has the branch's own past as its second parent, what was published
before is no longer found by first parents. So every other day on which a commit behind HEAD touched a record keeps an
address too: the set of addresses can only grow while history is not rewritten.
"""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xinyong.corpus import Corpus
from xinyong.history.git import Commit, GitError, Repository, Touch
from xinyong.history.lines import Became, History, Key, Line, State
from xinyong.history.meaning import Change, changes
from xinyong.records import MODELS
from xinyong.source import yaml
from xinyong.source.cites import ID
from xinyong.source.yaml import Tree


@dataclass(frozen=True)
class _Mark:
    """The file of a record at the end of one day; ``blob`` is empty where it was removed."""

    day: datetime.date
    moment: int
    blob: str


@dataclass
class _Trail:
    """What git says of one path: its files by day on the branch itself, and on other days in other commits."""

    marks: dict[datetime.date, _Mark] = field(default_factory=dict)
    aside: dict[datetime.date, _Mark] = field(default_factory=dict)
    sources: list[Key] = field(default_factory=list)


def read(root: Path, corpus: Corpus) -> History:
    """Read the history of the corpus in the folder ``root``; where git has none, it is empty and says why."""
    try:
        repository = Repository.around(root)
        if repository.shallow:
            return History(lack="shallow")
        main = repository.mainline()
    except GitError:
        return History(lack="outside")
    except subprocess.CalledProcessError:
        return History(lack="empty")
    trails = _trails(repository.commits(), main)
    unsaved = frozenset(key for path in repository.unsaved() if (key := _key(path)))
    return _Reader(repository, corpus, trails, unsaved).history()


def _trails(commits: Sequence[Commit], main: Sequence[str]) -> Mapping[Key, _Trail]:
    """Sort what commits did by record: by day on the branch itself, and by day elsewhere."""
    trails: dict[Key, _Trail] = {}
    by_name = {commit.name: commit for commit in commits}
    day = datetime.date.min
    for name in reversed(main):
        if commit := by_name.pop(name, None):
            day = max(day, _day(commit.time))
            for touch in commit.touches:
                _follow(trails, touch, _Mark(day, commit.time, touch.blob))
    for commit in sorted(by_name.values(), key=lambda commit: (commit.time, commit.name)):
        for touch in commit.touches:
            if touch.new and (key := _key(touch.new)):
                mark = _Mark(_day(commit.time), commit.time, touch.blob)
                trails.setdefault(key, _Trail()).aside[mark.day] = mark
    return trails


def _follow(trails: dict[Key, _Trail], touch: Touch, mark: _Mark) -> None:
    old, new = _key(touch.old), _key(touch.new)
    if old and old != new:
        trails.setdefault(old, _Trail()).marks[mark.day] = _Mark(mark.day, mark.moment, "")
    if new:
        trail = trails.setdefault(new, _Trail())
        trail.marks[mark.day] = mark
        if old and old != new and old[0] == new[0]:
            trail.sources.append(old)


@dataclass
class _Reader:
    repository: Repository
    corpus: Corpus
    trails: Mapping[Key, _Trail]
    unsaved: frozenset[Key]
    texts: dict[str, str] = field(default_factory=dict)
    trees: dict[str, dict[str, Tree] | None] = field(default_factory=dict)

    def history(self) -> History:
        before = dict(self._renames())
        renamed = frozenset(before.values())
        after = {old: new for new, old in before.items()} | dict(self._merged(renamed))
        self._read(before)
        lines = {}
        for key in sorted(self.trails, key=_order):
            states = tuple(self._states(key, before.get(key), renamed=key in renamed))
            aside = tuple(self._aside(key, {state.day for state in states}))
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
            days = sorted(self.trails[key].marks)
            for old in [*self._formerly(key), *self.trails[key].sources]:
                if days and old not in taken and self._ended(old) == days[0]:
                    taken.add(old)
                    yield key, old
                    break

    def _formerly(self, key: Key) -> Iterator[Key]:
        if key[1] in self.corpus and self.corpus[key[1]].kind == key[0]:
            yield from self.corpus[key[1]].formers

    def _ended(self, key: Key) -> datetime.date | None:
        marks = self.trails[key].marks if key in self.trails else {}
        last = marks[max(marks)] if marks else None
        return last.day if last and not last.blob and len(marks) > 1 else None

    def _merged(self, renamed: frozenset[Key]) -> Iterator[tuple[Key, Key]]:
        """Yield the records that became part of another one, which names them among its former ids."""
        for entry in self.corpus:
            for former in entry.formers:
                if former in self.trails and former not in renamed:
                    yield former, (entry.kind, entry.id)

    def _read(self, before: Mapping[Key, Key]) -> None:
        """Read each file once that is compared with another one, or that the corpus no longer has."""
        compared: set[str] = {""}
        shown: set[str] = set()
        renamed = frozenset(before.values())
        for key, trail in self.trails.items():
            alone = len(trail.marks) == 1 and key not in before and key not in renamed and self._is_here(key)
            compared.update(() if alone else (mark.blob for mark in trail.marks.values()))
            shown.update(mark.blob for mark in trail.aside.values())
        for blob, data in self.repository.contents((compared | shown) - {""}).items():
            text, faults = yaml.decode(data)
            self.texts[blob] = text
            if blob in compared:
                self.trees[blob] = _tree(text) if not faults else None

    def _is_here(self, key: Key) -> bool:
        return key not in self.unsaved and key[1] in self.corpus and self.corpus[key[1]].kind == key[0]

    def _states(self, key: Key, before: Key | None, *, renamed: bool) -> Iterator[State]:
        marks = self.trails[key].marks
        blob = self._last(before) if before else ""
        for place, day in enumerate(sorted(marks)):
            mark = marks[day]
            if mark.blob and blob and self.trees.get(mark.blob, {}) is None:
                continue  # a file that cannot be read has been on no page
            found = self._changes(blob, mark.blob)
            became = _became(blob, mark.blob, moved=bool(before) and place == 0)
            if became == "removed" and renamed:
                became = "renamed"
            if became and (became != "changed" or found):
                yield State(day, mark.moment, mark.blob, became, found)
                blob = mark.blob

    def _last(self, key: Key) -> str:
        marks = self.trails[key].marks
        return next((marks[day].blob for day in sorted(marks, reverse=True) if marks[day].blob), "")

    def _changes(self, old: str, new: str) -> tuple[Change, ...]:
        one, other = self.trees.get(old), self.trees.get(new)
        return changes(one, other) if old != new and one and other else ()

    def _aside(self, key: Key, days: set[datetime.date]) -> Iterator[State]:
        """Yield the files of other days; what stands beside a state of the same day is not told."""
        for day, mark in sorted(self.trails[key].aside.items()):
            if day not in days and self.texts.get(mark.blob):
                yield State(day, mark.moment, mark.blob, "changed")

    def _superseded(self, lines: Mapping[Key, Line]) -> Mapping[str, str]:
        """Keep the texts that pages show: those of all states but the present one of a record that is still there."""
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


def _tree(text: str) -> dict[str, Tree] | None:
    tree, _ = yaml.read(text)
    return tree if isinstance(tree, dict) else None


def _day(time: int) -> datetime.date:
    return datetime.datetime.fromtimestamp(time, datetime.UTC).date()


def _key(path: str) -> Key | None:
    kind, _, file = path.partition("/")
    found = kind in MODELS and file.endswith(".yml") and ID.match(file[:-4])
    return (kind, file[:-4]) if found else None


def _order(key: Key) -> tuple[int, str]:
    return [*MODELS].index(key[0]), key[1]


__all__ = ["read"]
