"""Records in their places, and the corpus that they make: indexed, linked and back-linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from xinyong.corpus.disputes import disagreements
from xinyong.corpus.published import NOTHING, Published
from xinyong.problems import Path as FieldPath
from xinyong.records import Citation, Record, walk
from xinyong.records.base import Cited
from xinyong.records.types import Link, Prose
from xinyong.source import prose
from xinyong.source.cites import Cite
from xinyong.words import Words

STANDINGS: Mapping[str, str] = Words("standing-meanings")
"""How well a fact is supported; computed from its cites, never written into a record.

An inference is ours, so its standing is never that of the sources it rests on.
"""


V = TypeVar("V")


@dataclass(frozen=True)
class Entry:
    """A record in its place.

    Kind, id, the path of its file, whether all of it could be read, and the checksum of its file,
    empty where it was not read from one.
    """

    kind: str
    id: str
    file: str
    record: Record
    whole: bool = True
    digest: str = ""

    @cached_property
    def spots(self) -> tuple[walk.Spot, ...]:
        """Every value of the record with its path, walked once."""
        return tuple(walk.spots(self.record))

    @cached_property
    def links(self) -> tuple[Use, ...]:
        """Every link from it to another record, found once."""
        return tuple(_links(self))

    @cached_property
    def cites(self) -> tuple[Use, ...]:
        """Every cite in it, found once."""
        return tuple(_cites(self))

    @cached_property
    def facts(self) -> tuple[StatedFact, ...]:
        """Every fact in it with its path, in the order of the fields."""
        disputed = _disputed(self.record)
        return tuple(StatedFact(path, fact, path in disputed) for path, fact in self.values(Cited))

    @cached_property
    def _types(self) -> frozenset[type]:
        return frozenset(type(value) for _, value in self.spots)

    def values(self, type_: type[V]) -> Iterator[tuple[FieldPath, V]]:
        """Yield the values of one type with their paths."""
        of: Any = type_
        types = _subtypes(self._types, of)
        return iter([spot for spot in self.spots if type(spot[1]) in types] if types else ())

    @property
    def url(self) -> str:
        """The address of its page, from the site's root."""
        return f"{self.kind}/{self.id}/"

    @property
    def formers(self) -> tuple[tuple[str, str], ...]:
        """The kind and id of each of its former ids."""
        parts = (former.rpartition("/") for former in self.record.formerly or ())
        return tuple((kind or self.kind, id_) for kind, _, id_ in parts)


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact in its record.

    Its path, and whether another entry for the same time contradicts it.
    """

    path: FieldPath
    fact: Cited
    disputed: bool


@dataclass(frozen=True, slots=True)
class Use:
    """One place at which ``source`` points to ``target``.

    A link in a field or in a text, or a cite.

    ``position`` counts from 0 the links or cites of one text. ``kinds`` are those that a link in a
    field may point to; empty for a link in a text. ``cite`` is given for a cite, and ``via`` says
    that it is the work in which another was read.
    """

    source: str
    target: str
    path: FieldPath
    position: int = 0
    kinds: tuple[str, ...] = ()
    cite: Cite | None = None
    via: bool = False


@dataclass(frozen=True, eq=False)
class Corpus:
    """All records by id, those of one kind side by side, in the order of their ids.

    ``unread`` are the ids of records that are there, but of which nothing could be read.
    ``published`` is what is known of the site that was made of it.
    """

    entries: Mapping[str, Entry]
    unread: frozenset[str] = frozenset()
    published: Published = NOTHING

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __getitem__(self, id_: str) -> Entry:
        return self.entries[id_]

    def __contains__(self, id_: object) -> bool:
        return id_ in self.entries

    def changed(self, fresh: Mapping[str, Entry]) -> Corpus:
        """Return the corpus with some of its records in another state, by id.

        What is known of links and cites is not looked for again in all other records. Raise
        KeyError for a record that it does not have.
        """
        was = {id_: self.entries[id_] for id_ in fresh}
        made = replace(self, entries={**self.entries, **fresh})
        for name, uses in _POINTING.items():
            if (known := vars(self).get(name)) is not None:
                vars(made)[name] = _regrouped(known, was, made.entries, uses)
        return made

    def once(self, name: str, make: Callable[[Corpus], V]) -> V:
        """Make what is said of all of it, under a name of its own, when it is first asked for."""
        if name not in self._made:
            self._made[name] = make(self)
        found: V = self._made[name]
        return found

    @cached_property
    def _made(self) -> dict[str, Any]:
        return {}

    def of_kind(self, kind: str) -> list[Entry]:
        """Return the entries of a kind in the order of their ids."""
        return list(self._by_kind.get(kind, ()))

    def citation(self, id_: str) -> Citation:
        """Return the citation ``id_``; raise KeyError if there is none."""
        record = self.entries[id_].record
        if not isinstance(record, Citation):
            raise KeyError(id_)
        return record

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Entry]]:
        grouped: dict[str, list[Entry]] = defaultdict(list)
        for entry in self:
            grouped[entry.kind].append(entry)
        return grouped

    @cached_property
    def links(self) -> tuple[Use, ...]:
        """Every link from one record to another, in fields and in texts.

        A citation cited is not a link.
        """
        return tuple(use for entry in self for use in entry.links)

    @cached_property
    def cites(self) -> tuple[Use, ...]:
        """Every cite, by the citation it points to; a cite with ``via`` counts for both works."""
        return tuple(use for entry in self for use in entry.cites)

    @cached_property
    def linked_from(self) -> Mapping[str, tuple[str, ...]]:
        """For each record, the ids of the records that link to it, each once."""
        return _grouped(self.links)

    @cached_property
    def cites_of(self) -> Mapping[str, tuple[Use, ...]]:
        """For each citation, all cites that point to it."""
        found: dict[str, list[Use]] = defaultdict(list)
        for use in self.cites:
            found[use.target].append(use)
        return {target: tuple(uses) for target, uses in found.items()}

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[str, ...]]:
        """For each citation, the ids of the records that cite it, each once."""
        return _grouped(self.cites)

    def standing_of(self, fact: Cited) -> str:
        """Say how well a fact stands by itself: a key of STANDINGS, ``disputed`` excepted."""
        return "inferred" if fact.inferred else self.standing(fact.cite)

    def standing(self, cites: Iterable[Cite]) -> str:
        """Say how well the cites support what their sources say.

        One of the first four keys of STANDINGS.
        """
        read = [cite for cite in cites if cite.via is None]
        if not read:
            return "second-hand"
        works = {cite.id: self.citation(cite.id) for cite in read}
        if any(work.reliability in ("primary-law", "official") for work in works.values()):
            return "primary"
        return "corroborated" if len({self._origin(id_) for id_ in works}) > 1 else "single"

    def is_weak(self, cites: Iterable[Cite]) -> bool:
        """Say whether all works that were read are graded as weak, so that nothing better says so."""
        works = [self.citation(cite.id) for cite in cites if cite.via is None]
        return bool(works) and all(work.reliability == "blog" for work in works)

    def _origin(self, id_: str) -> str:
        """Return the work that a citation repeats, so that a reprint does not count as a second source."""
        path = [id_]
        while (origin := self._repeats(path[-1])) is not None:
            if origin in path:
                return min(path[path.index(origin) :])  # works that name each other are one
            path.append(origin)
        return path[-1]

    def _repeats(self, id_: str) -> str | None:
        """Return the work that a citation translates or repeats, if it names one."""
        work = self.citation(id_)
        if work.translates:
            return work.translates.id
        return work.derived_from[0].value.id if work.derived_from else None


@lru_cache(maxsize=1 << 14)
def _subtypes(types: frozenset[type], of: type) -> frozenset[type]:
    """Return those of the types that are ``of``: to ask this of a model is slow."""
    return frozenset(type_ for type_ in types if issubclass(type_, of))


def _links(entry: Entry) -> Iterator[Use]:
    for path, value in entry.spots:
        if isinstance(value, Link):
            yield Use(entry.id, value.id, path, kinds=value.kinds)
        elif isinstance(value, str) and "[[" in value:
            in_text = (
                prose.parse(value).links if isinstance(value, Prose) else prose.line_links(value)
            )
            for position, link in enumerate(in_text):
                yield Use(entry.id, link.id, path, position)


def _cites(entry: Entry) -> Iterator[Use]:
    for path, value in entry.spots:
        if isinstance(value, Cite):
            yield from _steps(entry.id, path, int(path[-1]), value)
        elif isinstance(value, Prose):
            for position, cite in enumerate(prose.parse(value).cites):
                yield from _steps(entry.id, path, position, cite)


def _steps(source: str, path: FieldPath, position: int, cite: Cite) -> Iterator[Use]:
    """Yield a cite, and the works in which it was read one after the other."""
    step: Cite | None = cite
    while step:
        yield Use(source, step.id, path, position, cite=step, via=step is not cite)
        step = step.via


def _disputed(record: Record) -> frozenset[FieldPath]:
    """Return the paths of facts that contradict another one of the same date."""
    names = [
        name for name in walk.single_fields(type(record)) if len(getattr(record, name) or ()) > 1
    ]
    return frozenset(
        (name, index) for name in names for index in disagreements(getattr(record, name))
    )


_POINTING: Mapping[str, Callable[[Entry], tuple[Use, ...]]] = {
    "linked_from": attrgetter("links"),
    "cited_by": attrgetter("cites"),
}
"""What a corpus groups by target, and where each record has its part of it."""


def _regrouped(
    known: Mapping[str, tuple[str, ...]],
    was: Mapping[str, Entry],
    entries: Mapping[str, Entry],
    uses: Callable[[Entry], tuple[Use, ...]],
) -> Mapping[str, tuple[str, ...]]:
    """Return what ``_grouped`` gives for all ``entries``, of which some ``was`` another before."""
    now = {id_: frozenset(use.target for use in uses(entries[id_])) for id_ in was}
    touched = {use.target for entry in was.values() for use in uses(entry)}.union(*now.values())
    place = {id_: number for number, id_ in enumerate(entries)}
    made = dict(known)
    for target in touched:
        others = [source for source in known.get(target, ()) if source not in was]
        own = [id_ for id_, targets in now.items() if target in targets and target != id_]
        made[target] = tuple(sorted([*others, *own], key=place.__getitem__))
        if not made[target]:
            del made[target]
    return made


def _grouped(uses: Iterable[Use]) -> Mapping[str, tuple[str, ...]]:
    grouped: dict[str, dict[str, None]] = defaultdict(dict)
    for use in uses:
        if use.source != use.target:
            grouped[use.target][use.source] = None
    return {target: tuple(sources) for target, sources in grouped.items()}
