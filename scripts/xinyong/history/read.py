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

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xinyong.corpus import Corpus
from xinyong.history.changes import Change, changes
from xinyong.history.git import GitError, Lack, Repository
from xinyong.history.known import Known
from xinyong.history.lines import Became, History, Key, Line, State
from xinyong.history.trails import Trail, key_of, trails_of
from xinyong.history.trees import Fields, Trees
from xinyong.records import MODELS
from xinyong.source.snapshot import MAX_BYTES


def read(root: Path, corpus: Corpus, known: Known | None = None) -> History:
    """Read the history of the corpus in the folder ``root``; where git gives none, say why.

    What is ``known`` of files of the past is not found out again, and what was is added to it.
    """
    known = known or Known()
    try:
        repository, head = _whole(root)
        at = f"{head} {repository.prefix}"
        trails = known.trails_at(at)
        if trails is None:
            trails = trails_of(repository.commits(), repository.parents())
        known.at, known.trails = at, trails
        if not trails:
            raise GitError("nothing has been committed yet; make a first commit", "empty")
        unsaved = frozenset(key for path in repository.unsaved() if (key := key_of(path)))
        return _Reader(repository, corpus, trails, unsaved, known).history()
    except GitError as error:
        return History(lack=error.lack, why=str(error))


def lack(root: Path) -> Lack:
    """Say why there is no history of the folder ``root``, as far as that is seen at once."""
    try:
        _whole(root)
    except GitError as error:
        return error.lack
    return ""


def _whole(root: Path) -> tuple[Repository, str]:
    """Return the repository around a folder, with the name of its newest commit."""
    repository = Repository.around(root)
    if repository.shallow:
        message = "this is a shallow clone, which holds the newest commits only"
        hint = "run 'git fetch --unshallow'"
        raise GitError(f"{message}; {hint}", "shallow")
    return repository, repository.commit("HEAD")


@dataclass
class _Reader:
    """Reads the states of records from their trails.

    ``compared`` are the files that are compared with another one, ``stored`` all that are asked for
    in git, where they are not known.
    """

    repository: Repository
    corpus: Corpus
    trails: Mapping[Key, Trail]
    unsaved: frozenset[Key]
    known: Known
    compared: set[str] = field(default_factory=set)
    stored: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    files: Trees = field(default_factory=Trees)
    trees: dict[str, Fields | None] = field(default_factory=dict)

    def history(self) -> History:
        before = dict(self._renames())
        renamed = frozenset(before.values())
        after = {old: new for new, old in before.items()} | dict(self._merged(renamed))
        self._choose(before)
        found = {}
        for key in sorted(self.trails, key=_order):
            states = tuple(self._states(key, before.get(key), renamed=key in renamed))
            found[key] = states, tuple(self._aside(key, {state.place for state in states}))
        self._fetch(blob for key, told in found.items() for blob in self._shown(key, *told))
        lines = {}
        for key, (states, others) in found.items():
            aside = tuple(state for state in others if self.texts[state.blob])
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

    def _choose(self, before: Mapping[Key, Key]) -> None:
        """Choose the files that are compared with another one, or that the corpus no longer has."""
        renamed = frozenset(before.values())
        for key, trail in self.trails.items():
            alone = (
                len(trail.marks) == 1
                and key not in before
                and key not in renamed
                and self._is_here(key)
            )
            self.compared.update(() if alone else (mark.blob for mark in trail.marks))
            self.stored.update(mark.blob for mark in trail.aside.values())
        self.compared.discard("")
        self.stored = (self.stored | self.compared) - {""}

    def _fetch(self, blobs: Iterable[str]) -> None:
        """Fetch the texts of files, but for those that are here."""
        if missing := set(blobs) - self.texts.keys():
            found = self.repository.contents(missing)
            self.texts.update((blob, _text(data)) for blob, data in found.items())

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
            if blob not in self.texts:
                self._fetch(self.compared)
            self.trees[blob] = self.files.read(self.texts[blob])
        return self.trees[blob]

    def _aside(self, key: Key, places: set[str]) -> Iterator[State]:
        """Yield the files of other days; what stands beside a state of the same day is not told."""
        for place, mark in sorted(self.trails[key].aside.items()):
            if place not in places and mark.blob:
                yield State(mark.day, mark.moment, mark.blob, "changed", place)

    def _shown(self, key: Key, states: tuple[State, ...], aside: tuple[State, ...]) -> set[str]:
        """Return the files that pages show.

        Those of all states but the present one of a record that is still there.
        """
        past = states[:-1] if self._is_here(key) else states
        return {state.blob for state in (*past, *aside)} & self.stored

    def _superseded(self, lines: Mapping[Key, Line]) -> Mapping[str, str]:
        """Keep the texts that pages show."""
        shown: set[str] = set()
        for key, line in lines.items():
            shown |= self._shown(key, line.states, line.aside)
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


def _order(key: Key) -> tuple[int, str]:
    return [*MODELS].index(key[0]), key[1]


__all__ = ["lack", "read"]
