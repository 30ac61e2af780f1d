"""Compare two states of the corpus in meaning.

Records, entries, cites, links, standings, addresses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz

from xinyong.corpus import Corpus, Entry
from xinyong.history.changes import Change, changes_of_field
from xinyong.history.items import Item, is_single, items
from xinyong.history.match import Pair, match, reordered
from xinyong.history.states import State
from xinyong.problems import Problem, visible
from xinyong.records import MODELS, Citation
from xinyong.records.base import Cited

Kind = Literal["added", "removed", "changed", "renamed", "layout", "faulty"]

RENAMED = 60.0
"""From this likeness on (0 to 100) a file that is gone and a new one count as one renamed."""

MANY = 2500
"""Above so many pairs of files only equal ones count as renamed: no comparison takes long."""


@dataclass(frozen=True)
class Shift:
    """A fact that is as it was, but stands differently, because a source is seen differently."""

    entry: Entry
    field: str
    before: Item
    after: Item


@dataclass(frozen=True)
class Counts:
    """How often each cite or link was added to a record and taken from it."""

    added: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)

    @classmethod
    def between(cls, old: Counter[str], new: Counter[str]) -> Counts:
        """Return what two counts do not share."""
        return cls(new - old, old - new)


@dataclass(frozen=True)
class RecordChange:
    """What became of one record.

    ``changes`` are its changed entries, ``orders`` the fields whose order alone changed, ``faults``
    the problems of its files by the name of the state.
    """

    kind: Kind
    before: Entry | None
    after: Entry | None
    path: str
    changes: tuple[Change, ...] = ()
    orders: tuple[str, ...] = ()
    cites: Counts = field(default_factory=Counts)
    links: Counts = field(default_factory=Counts)
    faults: tuple[tuple[str, tuple[Problem, ...]], ...] = ()

    @property
    def entry(self) -> Entry:
        """The record, as it is now where it is still there."""
        entry = self.after or self.before
        assert entry is not None, "a change is one of a record"
        return entry


@dataclass(frozen=True)
class Difference:
    """All that changed between two states.

    ``shifts`` are the facts that stand differently, by the source that is seen differently;
    ``lost`` the published addresses that nothing would answer any more.
    """

    before: State
    after: State
    changes: tuple[RecordChange, ...]
    shifts: Mapping[str, tuple[Shift, ...]]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class _Field:
    """A field of a record with its entries before and after."""

    name: str
    before: Sequence[Item]
    after: Sequence[Item]
    single: bool

    @property
    def pairs(self) -> Sequence[Pair]:
        return match(self.before, self.after, single=self.single)

    @property
    def shifted(self) -> bool:
        """Whether the entries stand differently than before."""
        before = [item.standing for item in self.before]
        return before != [item.standing for item in self.after]


def compare(before: State, after: State) -> Difference:
    """Compare two states of a corpus."""
    renames = _renames(before, after)
    renamed = set(renames.values())
    changes = []
    for path in dict.fromkeys([*before.blobs, *after.blobs]):
        if path not in renamed and before.blobs.get(path) != after.blobs.get(path):
            change = _record_change(before, after, path, renames.get(path, path))
            if change:
                changes.append(change)
    changes.sort(key=lambda change: (_rank(change.path), change.path))
    shifts = _shifts(before, after, renames)
    return Difference(before, after, tuple(changes), shifts, tuple(_lost(before, after)))


def _record_change(before: State, after: State, old: str, new: str) -> RecordChange | None:
    one, other = before.entry(old), after.entry(new)
    path = visible(new if new in after.blobs else old)
    faults = (*_faults(before, old), *_faults(after, new))
    unread = (one is None and old in before.blobs) or (other is None and new in after.blobs)
    if unread:
        is_record = path.partition("/")[0] in MODELS and path.endswith(".yml")
        return RecordChange("faulty", one, other, path, faults=faults) if is_record else None
    cites = Counts.between(_cited(one), _cited(other))
    links = Counts.between(_linked(one), _linked(other))
    if one is None or other is None:
        kind: Kind = "removed" if one else "added"
        return RecordChange(kind, one, other, path, cites=cites, links=links, faults=faults)
    fields = _fields(before.corpus, one, after.corpus, other)
    changes = tuple(change for f in fields for change in changes_of_field(f.name, f.pairs))
    orders = tuple(f.name for f in fields if reordered(f.before, f.after))
    kind = "changed" if changes or orders or faults else "layout"
    if old != new:
        kind = "renamed"
    return RecordChange(kind, one, other, path, changes, orders, cites, links, faults)


def _faults(state: State, path: str) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    if path in state.problems and path in state.blobs:
        yield state.name, state.problems[path]


def _fields(old: Corpus, one: Entry, new: Corpus, other: Entry) -> list[_Field]:
    before, after = items(old, one), items(new, other)
    return [
        _Field(name, before.get(name, ()), after.get(name, ()), is_single(other, name))
        for name in dict.fromkeys([*after, *before])
    ]


def _cited(entry: Entry | None) -> Counter[str]:
    """Count the cites of a record, in its facts and in its texts, each as it is written."""
    uses = entry.cites if entry else ()
    return Counter(str(use.cite) for use in uses if not use.via)


def _linked(entry: Entry | None) -> Counter[str]:
    return Counter(use.target for use in entry.links) if entry else Counter()


def _renames(before: State, after: State) -> Mapping[str, str]:
    """Say which files that are gone became which new ones.

    What ``formerly`` says counts first, then likeness within a kind.
    """
    gone = [path for path in before.blobs if path not in after.blobs and before.entry(path)]
    new = [path for path in after.blobs if path not in before.blobs and after.entry(path)]
    renames = _said_renames(gone, new, after)
    left = [path for path in new if path not in renames.values()]
    pairs = []
    for old in gone:
        if old not in renames:
            pairs += [(old, path) for path in left if _same_kind(old, path)]
    if len(pairs) > MANY:
        pairs = [(old, path) for old, path in pairs if before.blobs[old] == after.blobs[path]]
    alike = [(-_alike(before, old, after, path), path, old) for old, path in pairs]
    for likeness, path, old in sorted(alike):
        if -likeness >= RENAMED and old not in renames and path not in renames.values():
            renames[old] = path
    return renames


def _said_renames(gone: Sequence[str], new: Sequence[str], after: State) -> dict[str, str]:
    renames: dict[str, str] = {}
    for path in new:
        entry = after.entry(path)
        for kind, former in entry.formers if entry else ():
            old = f"{kind}/{former}.yml"
            if old in gone:
                renames.setdefault(old, path)
    return renames


def _same_kind(old: str, new: str) -> bool:
    return old.partition("/")[0] == new.partition("/")[0]


def _alike(before: State, old: str, after: State, new: str) -> float:
    if before.blobs[old] == after.blobs[new]:
        return 100.0
    one = before.texts[old].decode("utf-8", "replace")
    other = after.texts[new].decode("utf-8", "replace")
    return fuzz.ratio(one, other, score_cutoff=RENAMED)


def _lost(before: State, after: State) -> Iterator[str]:
    """Yield the addresses that answered before and that nothing answers now."""
    known = after.corpus.published
    kept = {*_addresses(after), *known.moved, *known.gone}
    kept |= {f"{path.removesuffix('.yml')}/" for path in after.blobs}
    yield from sorted(set(_addresses(before)) - kept)


def _addresses(state: State) -> Iterator[str]:
    for entry in state.corpus:
        yield entry.url
        yield from (f"{kind}/{former}/" for kind, former in entry.formers)


def _shifts(
    before: State, after: State, renames: Mapping[str, str]
) -> Mapping[str, tuple[Shift, ...]]:
    """Find the facts that stand differently, by the source that is seen differently."""
    moved = set()
    for entry in after.corpus.of_kind("citations"):
        old = before.corpus.entries.get(entry.id)
        if old and _weight(old) != _weight(entry):
            moved.add(entry.id)
    if not moved:
        return {}
    former = {new: old for old, new in renames.items()}
    by_source: dict[str, list[Shift]] = {}
    for path in after.blobs:
        one, other = before.entry(former.get(path, path)), after.entry(path)
        for shift in _shifted(before.corpus, one, after.corpus, other) if one and other else ():
            for id_ in _causes(shift.after.fact, moved, after.corpus):
                by_source.setdefault(id_, []).append(shift)
    return {id_: tuple(shifts) for id_, shifts in sorted(by_source.items())}


def _shifted(old: Corpus, one: Entry, new: Corpus, other: Entry) -> Iterator[Shift]:
    for field_ in _fields(old, one, new, other):
        for pair in field_.pairs if field_.shifted else ():
            before, after = pair.before, pair.after
            if before and after and pair.same and before.standing != after.standing:
                yield Shift(other, field_.name, before, after)


def _weight(entry: Entry) -> tuple[object, ...]:
    work = entry.record
    assert isinstance(work, Citation)
    return (
        work.read,
        work.reliability,
        str(work.translates),
        [str(item.value) for item in work.derived_from or []],
    )


def _causes(fact: Cited | None, moved: Iterable[str], corpus: Corpus) -> Sequence[str]:
    """Return which of the citations ``moved`` a fact rests on.

    It rests on them itself, or through the works that they repeat.
    """
    rests: set[str] = set()
    ids = [cite.read.id for cite in fact.cite] if fact else []
    while ids:
        id_ = ids.pop()
        if id_ in rests or id_ not in corpus:
            continue
        rests.add(id_)
        work = corpus[id_].record
        if isinstance(work, Citation):
            ids += [item.value.id for item in work.derived_from or []]
            ids += [work.translates.id] if work.translates else []
    return sorted(rests & set(moved))


def _rank(path: str) -> int:
    kind = path.partition("/")[0]
    return [*MODELS].index(kind) if kind in MODELS else len(MODELS)
