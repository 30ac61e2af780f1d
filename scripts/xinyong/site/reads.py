"""What is read of the records, their references and their history while the files of a record are made.

A ``ReadLibrary`` is a library that notes it: the name of each thing that is asked for, such as
``record rongcheng`` for a record or ``from rongcheng`` for the records that link to it. For each
name there is a digest of what is read under it. Files are as they would be made anew as long as
the digests of all names that were noted while they were made are the same.

What is made once for many pages, and read through ``once``, counts for each of them.
"""

from __future__ import annotations

import datetime
import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from xinyong.corpus import Corpus, Entry, Use
from xinyong.corpus.glossary import Glossary
from xinyong.history.lines import History, Key, Line, State
from xinyong.publication import Library
from xinyong.references.labels import References

T = TypeVar("T")
K = TypeVar("K", bound=str | Key)

EVERYTHING = "everything"
"""The name of all records together, and of all that git says of them."""

PAST = "past"
"""The name of all that git says of records."""


class Reads:
    """The names that are noted, by their numbers, into the innermost of the sets that are open.

    ``known`` are names that have their numbers already: their places in it.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._numbers = {name: number for number, name in enumerate(known)}
        self._open: list[set[int]] = []

    def __bool__(self) -> bool:
        return bool(self._open)

    @property
    def names(self) -> list[str]:
        """All names that have a number, in the order of these."""
        return list(self._numbers)

    def number(self, name: str) -> int:
        """Return the number of a name, a new one where it has none."""
        return self._numbers.setdefault(name, len(self._numbers))

    def note(self, *names: str) -> None:
        """Note names, if anything is being made."""
        if self._open:
            self._open[-1].update(map(self.number, names))

    def note_again(self, numbers: Iterable[int]) -> None:
        """Note what was noted before, by its numbers."""
        if self._open:
            self._open[-1].update(numbers)

    @contextmanager
    def into(self, seen: set[int]) -> Iterator[None]:
        """Note into a set while the context is open."""
        self._open.append(seen)
        try:
            yield
        finally:
            self._open.pop()


class _Noted(Mapping[K, T]):
    """A mapping by ids, or by kinds and ids, that notes what is asked of it."""

    def __init__(self, what: str, inside: Mapping[K, T], reads: Reads) -> None:
        self._what = what
        self._inside = inside
        self._reads = reads

    def __getitem__(self, key: K) -> T:
        if self._reads:
            named = key if isinstance(key, str) else "/".join(key)
            self._reads.note(f"{self._what} {named}")
        return self._inside[key]

    def __iter__(self) -> Iterator[K]:
        self._reads.note(EVERYTHING)
        return iter(self._inside)

    def __len__(self) -> int:
        self._reads.note(EVERYTHING)
        return len(self._inside)


@dataclass(frozen=True, eq=False, kw_only=True)
class ReadCorpus(Corpus):
    """A corpus that notes what is read of it."""

    plain: Corpus
    reads: Reads

    def __iter__(self) -> Iterator[Entry]:
        self.reads.note(EVERYTHING)
        return iter(self.plain)

    def __getitem__(self, id_: str) -> Entry:
        if self.reads:
            self.reads.note(f"record {id_}")
        return self.plain.entries[id_]

    def once(self, name: str, make: Callable[[Corpus], T]) -> T:
        """Make it when it is first asked for; what it was made from counts for whoever asks."""
        if name not in self._made:
            seen: set[int] = set()
            with self.reads.into(seen):
                value = make(self)
            self._made[name] = value, array("I", seen)
        found: tuple[T, array[int]] = self._made[name]
        self.reads.note_again(found[1])
        return found[0]

    def of_kind(self, kind: str) -> list[Entry]:
        """Return the entries of a kind in the order of their ids, all of which count as read."""
        found = self.plain.of_kind(kind)
        if self.reads:
            self.reads.note(f"kind {kind}", *(f"record {entry.id}" for entry in found))
        return found

    @property
    def links(self) -> tuple[Use, ...]:
        """Every link; all records count as read."""
        self.reads.note(EVERYTHING)
        return self.plain.links

    @property
    def cites(self) -> tuple[Use, ...]:
        """Every cite; all records count as read."""
        self.reads.note(EVERYTHING)
        return self.plain.cites

    @cached_property
    def linked_from(self) -> Mapping[str, tuple[str, ...]]:
        """For each record, the ids of the records that link to it."""
        return _Noted("from", self.plain.linked_from, self.reads)

    @cached_property
    def cites_of(self) -> Mapping[str, tuple[Use, ...]]:
        """For each citation, all cites that point to it."""
        return _Noted("uses", self.plain.cites_of, self.reads)

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[str, ...]]:
        """For each citation, the ids of the records that cite it."""
        return _Noted("by", self.plain.cited_by, self.reads)


@dataclass(frozen=True, eq=False, kw_only=True)
class ReadHistory(History):
    """A history that notes whose state is asked for."""

    plain: History
    reads: Reads

    @property
    def days(self) -> Mapping[datetime.date, tuple[tuple[Line, State], ...]]:
        """What became of which records, by day; all lines count as read."""
        self.reads.note(PAST)
        return self.plain.days

    def state(self, kind: str, id_: str) -> State | None:
        """Return the state in which a record is now; None where git does not know it as it is."""
        if self.reads:
            self.reads.note(f"state {kind}/{id_}")
        return super().state(kind, id_)


class ReadReferences(References):
    """References that note which of them are asked for; what they are made from is not noted."""

    def __init__(self, corpus: Corpus, reads: Reads) -> None:
        super().__init__(corpus)
        self._reads = reads

    def label(self, id_: str) -> str:
        """Return the short reference."""
        self._reads.note(f"label {id_}")
        return super().label(id_)

    def name(self, id_: str) -> str:
        """Return how a source is named in a link."""
        self._reads.note(f"name {id_}")
        if id_ in self._names:
            return self._names[id_]
        with self._reads.into(set()):  # a label that is part of it counts for nothing by itself
            return super().name(id_)

    def order(self, id_: str) -> str:
        """Return the key by which references stand in order."""
        self._reads.note(f"order {id_}")
        return super().order(id_)

    def full(self, id_: str) -> Any:
        """Return the full reference as HTML."""
        self._reads.note(f"reference {id_}")
        return super().full(id_)

    def plain(self, id_: str) -> str:
        """Return the full reference as plain text."""
        self._reads.note(f"reference {id_}")
        return super().plain(id_)


@dataclass(frozen=True, eq=False, kw_only=True)
class ReadLibrary(Library):
    """A library that notes what is read while the files of a record are made.

    ``standing`` are the addresses of the records and of the histories of records, and the names of
    hand-written pages, whose files stand in the site already; ``read`` is, by the same for those
    that were made, what was noted, by numbers.
    """

    plain: Library
    reads: Reads
    standing: set[str] = field(default_factory=set)
    read: dict[str, array[int]] = field(default_factory=dict)

    @property
    def day(self) -> Any:
        """The day from which "now" is counted."""
        self.reads.note("day")
        return self.plain.day

    @property
    def glossary(self) -> Glossary:
        """The terms that running text is searched for."""
        self.reads.note("glossary")
        return self.plain.glossary

    @cached_property
    def references(self) -> References:
        """The references of the corpus."""
        return ReadReferences(self.plain.corpus, self.reads)

    def once(self, key: tuple[str, str], make: Callable[[], T]) -> T:
        """Make what several pages need when it is first asked for; what it was made from counts for all of them."""
        if key not in self._made:
            seen: set[int] = set()
            with self.reads.into(seen):
                value = make()
            self._made[key] = value, array("I", seen)
        found: tuple[T, array[int]] = self._made[key]
        self.reads.note_again(found[1])
        return found[0]

    def has_files(self, url: str) -> bool:
        """Say whether the files of a record, or of its history, stand in the site as they would be made."""
        return url in self.standing

    @contextmanager
    def making(self, url: str) -> Iterator[None]:
        """Note what is read while the context is open as read for the files at that address.

        A hand-written page is named by its file.
        """
        if url in self.standing:
            yield
            return
        seen = {*map(self.reads.number, _own(url)), *self.read.get(url, ())}
        with self.reads.into(seen):
            yield
        self.read[url] = array("I", seen)

    def read_elsewhere(self, names: Iterable[str], read: Mapping[str, Iterable[int]]) -> None:
        """Take in what another process noted, whose numbers are places in ``names``."""
        numbers = [*map(self.reads.number, names)]
        for url, found in read.items():
            seen = {*(numbers[number] for number in found), *self.read.get(url, ())}
            self.read[url] = array("I", seen)


def _own(url: str) -> set[str]:
    """Return what the files at an address are made of in any case."""
    if not url.endswith("/"):
        return set()
    *above, kind, id_, _ = url.split("/")
    return {f"line {kind}/{id_}" if above else f"record {id_}"}


def reading(library: Library, known: Iterable[str] = ()) -> ReadLibrary:
    """Return a library that notes what is read of it; see ``Reads`` for ``known``."""
    reads, plain = Reads(known), library.corpus
    entries = _Noted("record", plain.entries, reads)
    corpus = ReadCorpus(entries, plain.unread, plain.published, plain=plain, reads=reads)
    was = library.history
    lines, texts = _Noted("line", was.lines, reads), _Noted("text", was.texts, reads)
    history = ReadHistory(lines, texts, was.unsaved, was.lack, was.why, plain=was, reads=reads)
    return ReadLibrary(corpus, library.home, library.edition, history, plain=library, reads=reads)


class Digests:
    """The digests of what is read of a library, by the names under which it is noted."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._found: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """Return the digest of what is read under a name; the same for whatever is not there."""
        if name not in self._found:
            what, _, id_ = name.partition(" ")
            read = _VALUES[what]
            try:
                value = repr(read(self._library, id_))
            except KeyError:
                value = ""
            self._found[name] = hashlib.sha256(value.encode()).hexdigest()[:32]
        return self._found[name]


def _record(library: Library, id_: str) -> object:
    entry = library.corpus.entries[id_]
    return entry.kind, entry.digest


def _state(library: Library, id_: str) -> object:
    history, (kind, _, name) = library.history, id_.partition("/")
    line = history.lines[kind, name]
    return history.state(kind, name), history.has_page(line), line.before_key, line.after_key


def _line(library: Library, id_: str) -> object:
    kind, _, name = id_.partition("/")
    return _told(library.history.lines[kind, name])


def _told(line: Line) -> object:
    """Return what a line says; what changed follows from the blobs, which are named by what they hold."""
    states = [
        (state.day, state.moment, state.blob, state.became, state.place)
        for state in (*line.states, *line.aside)
    ]
    return line.key, line.before_key, line.after_key, len(line.states), states


def _glossary(library: Library, _: str) -> object:
    named = [(e.id, e.record.names.en, e.record.names.zh) for e in library.corpus.of_kind("terms")]
    return named, sorted(library.glossary.forms.items(), key=lambda item: item[0])


def _everything(library: Library, _: str) -> object:
    records = [(entry.url, entry.digest) for entry in library.corpus]
    return records, _past(library, ""), [*library.history.texts]


def _past(library: Library, _: str) -> object:
    return [_told(line) for line in library.history.lines.values()]


_VALUES: Mapping[str, Callable[[Library, str], object]] = {
    "record": _record,
    "kind": lambda library, kind: [entry.id for entry in library.corpus.of_kind(kind)],
    "from": lambda library, id_: library.corpus.linked_from[id_],
    "by": lambda library, id_: library.corpus.cited_by[id_],
    "uses": lambda library, id_: library.corpus.cites_of[id_],
    "label": lambda library, id_: library.references.label(id_),
    "name": lambda library, id_: library.references.name(id_),
    "order": lambda library, id_: library.references.order(id_),
    "reference": lambda library, id_: library.references.full(id_),
    "state": _state,
    "line": _line,
    "text": lambda library, blob: blob in library.history.texts,  # a blob is named by what it holds
    "day": lambda library, _: library.day,
    "glossary": _glossary,
    EVERYTHING: _everything,
    PAST: _past,
}
"""What is read under a name, by its first word; KeyError where there is nothing of that id."""
