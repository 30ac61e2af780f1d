"""Compare two states of the corpus in meaning: records, entries, cites, links, standings, addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from xinyong.corpus import Corpus, Entry
from xinyong.history.items import Item, is_single, items
from xinyong.history.match import Pair, match, reordered
from xinyong.history.states import State
from xinyong.problems import Problem, visible
from xinyong.records import MODELS, Citation
from xinyong.records.base import Cited

Kind = Literal["added", "removed", "changed", "renamed", "layout", "faulty"]

RENAMED = 60.0
"""From this likeness on (0 to 100) a file that is gone and one that is new are taken for one that was renamed."""

MANY = 2500
"""Above so many pairs of files only equal ones are taken for renamed, so that no comparison takes long."""


@dataclass(frozen=True)
class Row:
    """One entry of a field that changed: the pair, and how well the fact stood before and stands now."""

    field: str
    pair: Pair
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Shift:
    """A fact that is as it was, but stands differently, because a source is seen differently."""

    entry: Entry
    field: str
    item: Item
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What became of one record: ``rows`` are its changed entries, ``orders`` the fields whose order alone did."""

    kind: Kind
    before: Entry | None
    after: Entry | None
    path: str
    rows: tuple[Row, ...] = ()
    orders: tuple[str, ...] = ()
    cites: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    links: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    faults: tuple[tuple[str, tuple[Problem, ...]], ...] = ()

    @property
    def entry(self) -> Entry:
        """The record, as it is now where it is still there."""
        found = self.after or self.before
        assert found is not None, "a change is one of a record"
        return found


@dataclass(frozen=True)
class Difference:
    """All that changed between two states, and the published addresses that nothing would answer any more."""

    before: State
    after: State
    changes: tuple[Change, ...]
    shifts: Mapping[str, tuple[Shift, ...]]
    lost: tuple[str, ...]


def compare(before: State, after: State) -> Difference:
    """Compare two states of a corpus."""
    renames = _renames(before, after)
    paths = dict.fromkeys([*before.blobs, *after.blobs])
    changes = [
        change
        for path in paths
        if before.blobs.get(path) != after.blobs.get(path) and path not in renames.values()
        for change in _change(before, after, path, renames.get(path, path))
    ]
    changes.sort(key=lambda change: (_rank(change.path), change.path))
    return Difference(
        before, after, tuple(changes), _shifts(before, after, renames), tuple(_lost(before, after))
    )


def standings(corpus: Corpus, entry: Entry) -> Mapping[str, tuple[str, ...]]:
    """Return how well each entry of each field stands, in their order; an empty text for one that is no fact."""
    disputed = {stated.path for stated in entry.facts if stated.disputed}
    return {
        name: tuple(
            "disputed" if (name, index) in disputed else _standing(corpus, item.fact)
            for index, item in enumerate(entries)
        )
        for name, entries in items(entry).items()
    }


def _standing(corpus: Corpus, fact: Cited | None) -> str:
    try:
        return corpus.standing_of(fact) if fact else ""
    except KeyError:
        return "unknown"  # a cite that leads nowhere, of which 'check' says more


def _change(before: State, after: State, old: str, new: str) -> Iterator[Change]:
    one, other = _entry(before, old), _entry(after, new)
    faults = tuple(
        (state.name, state.problems[path])
        for state, path in ((before, old), (after, new))
        if path in state.problems and (state.blobs.get(path) is not None)
    )
    path = visible(new if new in after.blobs else old)
    unread = (one is None and old in before.blobs) or (other is None and new in after.blobs)
    if unread:
        if path.partition("/")[0] in MODELS and path.endswith(".yml"):
            yield Change("faulty", one, other, path, faults=faults)
        return
    if one is None and other is None:
        return
    rows = tuple(_rows(before.corpus, one, after.corpus, other)) if one and other else ()
    orders = tuple(_orders(one, other)) if one and other else ()
    cites = _more_and_less(_cited(one), _cited(other))
    links = _more_and_less(_linked(one), _linked(other))
    kind: Kind = "changed" if rows or orders or faults else "layout"
    if one is None or other is None:
        kind = "added" if one is None else "removed"
    elif old != new:
        kind = "renamed"
    yield Change(kind, one, other, path, rows, orders, cites, links, faults)


def _rows(old: Corpus, one: Entry, new: Corpus, other: Entry) -> Iterator[Row]:
    stood, stands = standings(old, one), standings(new, other)
    for name, pair, i, j in _pairs(one, other):
        if not pair.same:
            yield Row(
                name, pair, stood[name][i] if i >= 0 else "", stands[name][j] if j >= 0 else ""
            )


def _pairs(one: Entry, other: Entry) -> Iterator[tuple[str, Pair, int, int]]:
    """Yield the pairs of all fields, each with the positions of its two entries, -1 for one that is not there."""
    old, new = items(one), items(other)
    for name in dict.fromkeys([*new, *old]):
        before, after = old.get(name, ()), new.get(name, ())
        for pair in match(before, after, single=is_single(other, name) or _is_scalar(other, name)):
            yield name, pair, _position(pair.before, before), _position(pair.after, after)


def _position(item: Item | None, entries: Sequence[Item]) -> int:
    return next((index for index, other in enumerate(entries) if other is item), -1)


def _is_scalar(entry: Entry, name: str) -> bool:
    fields = type(entry.record).model_fields
    field = fields.get(name) or next((f for f in fields.values() if f.alias == name), None)
    return field is not None and not isinstance(getattr(entry.record, name, None), list)


def _orders(one: Entry, other: Entry) -> Iterator[str]:
    old, new = items(one), items(other)
    yield from (name for name in new if name in old and reordered(old[name], new[name]))


def _entry(state: State, path: str) -> Entry | None:
    kind, _, file = path.partition("/")
    entry = state.corpus.entries.get(file.removesuffix(".yml"))
    return entry if entry and entry.kind == kind and path in state.blobs else None


def _cited(entry: Entry | None) -> Counter[str]:
    """Count the cites of a record, in its facts and in its texts, each as it is written."""
    uses = entry.cites if entry else ()
    return Counter(str(use.cite) for use in uses if not use.via)


def _linked(entry: Entry | None) -> Counter[str]:
    return Counter(use.target for use in entry.links) if entry else Counter()


def _more_and_less(old: Counter[str], new: Counter[str]) -> tuple[Counter[str], Counter[str]]:
    return new - old, old - new


def _renames(before: State, after: State) -> Mapping[str, str]:
    """Say which files that are gone became which new ones: by ``formerly``, else by likeness within a kind."""
    gone = [path for path in before.blobs if path not in after.blobs and _entry(before, path)]
    new = [path for path in after.blobs if path not in before.blobs and _entry(after, path)]
    found: dict[str, str] = {}
    for path in new:
        entry = _entry(after, path)
        for kind, former in entry.formers if entry else ():
            old = f"{kind}/{former}.yml"
            if old in gone and old not in found:
                found[old] = path
    left = [path for path in new if path not in found.values()]
    pairs = [(old, path) for old in gone if old not in found for path in left if _kin(old, path)]
    if len(pairs) > MANY:
        pairs = [(old, path) for old, path in pairs if before.blobs[old] == after.blobs[path]]
    alike = [(-_alike(before, old, after, path), path, old) for old, path in pairs]
    for likeness, path, old in sorted(alike):
        if -likeness >= RENAMED and old not in found and path not in found.values():
            found[old] = path
    return found


def _kin(old: str, new: str) -> bool:
    return old.partition("/")[0] == new.partition("/")[0]


def _alike(before: State, old: str, after: State, new: str) -> float:
    if before.blobs[old] == after.blobs[new]:
        return 100.0
    texts = (
        before.texts[old].decode("utf-8", "replace"),
        after.texts[new].decode("utf-8", "replace"),
    )
    return fuzz.ratio(*texts, score_cutoff=RENAMED)


def _lost(before: State, after: State) -> Iterator[str]:
    """Yield the addresses that answered before and that nothing answers now, whether a page or a way to one."""
    known = after.corpus.published
    kept = {*_addresses(after), *known.moved, *known.gone} | {
        path.removesuffix(".yml") + "/" for path in after.blobs
    }
    yield from (address for address in sorted(set(_addresses(before))) if address not in kept)


def _addresses(state: State) -> Iterator[str]:
    for entry in state.corpus:
        yield entry.url
        yield from (f"{kind}/{former}/" for kind, former in entry.formers)


def _shifts(
    before: State, after: State, renames: Mapping[str, str]
) -> Mapping[str, tuple[Shift, ...]]:
    """Find the facts that are as they were but stand differently, by the source that is seen differently."""
    moved = {
        entry.id
        for entry in after.corpus.of_kind("citations")
        if entry.id in before.corpus and _weight(before.corpus[entry.id]) != _weight(entry)
    }
    if not moved:
        return {}
    found: dict[str, list[Shift]] = {}
    for path in after.blobs:
        old = next((was for was, now in renames.items() if now == path), path)
        one, other = _entry(before, old), _entry(after, path)
        for shift in _shifted(before.corpus, one, after.corpus, other) if one and other else ():
            assert shift.item.fact is not None
            for id_ in _causes(shift.item.fact, moved, after.corpus):
                found.setdefault(id_, []).append(shift)
    return {id_: tuple(found[id_]) for id_ in sorted(found)}


def _shifted(old: Corpus, one: Entry, new: Corpus, other: Entry) -> Iterator[Shift]:
    stood, stands = standings(old, one), standings(new, other)
    if stood == stands:
        return
    for name, pair, i, j in _pairs(one, other):
        if pair.same and pair.after and pair.after.fact and stood[name][i] != stands[name][j]:
            yield Shift(other, name, pair.after, stood[name][i], stands[name][j])


def _weight(entry: Entry) -> tuple[object, ...]:
    work = entry.record
    assert isinstance(work, Citation)
    return (
        work.read,
        work.reliability,
        str(work.translates),
        [str(item.value) for item in work.derived_from or []],
    )


def _causes(fact: Cited, moved: Iterable[str], corpus: Corpus) -> Sequence[str]:
    """Return which of the citations ``moved`` a fact rests on, itself or through the works that they repeat."""
    rests: set[str] = set()
    ids = [cite.read.id for cite in fact.cite]
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
