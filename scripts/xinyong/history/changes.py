"""What a change of a record means: which entries were added, removed or changed, and in what.

One comparison serves the history, which compares the trees of files of any age, and the difference
of two states of today, which compares records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from xinyong.history.items import ASIDE, Item, items_of_tree
from xinyong.history.match import Pair, match
from xinyong.source.yaml import Tree

CITE = "cite"

What = Literal["added", "removed", "changed"]
Texts = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One part of an entry, such as ``value`` or ``cite``: the texts that one side alone has."""

    name: str
    before: Texts
    after: Texts


@dataclass(frozen=True)
class Change:
    """What became of one entry of a field.

    ``lead`` says which entry it is, where its parts do not. ``stood`` and ``stands`` say how well
    the fact stood before and stands now; they are empty where there is no fact, or nobody asked.
    """

    field: str
    what: What
    parts: tuple[Part, ...]
    lead: str = ""
    stood: str = ""
    stands: str = ""


def changes(before: Mapping[str, Tree], after: Mapping[str, Tree]) -> tuple[Change, ...]:
    """Return what changed in meaning from one state of a record to another, field by field.

    Layout, quoting, wrapping, the order of fields, entries and cites, and whether a single entry
    stands in a list count for nothing; a bare id is the same as a mapping with only that ``value``.
    """
    found: list[Change] = []
    for name in dict.fromkeys([*after, *before]):
        old, new = before.get(name), after.get(name)
        if old != new and name not in ASIDE:
            several = isinstance(old, list) and isinstance(new, list)
            pairs = match(items_of_tree(old), items_of_tree(new), single=not several)
            found += changes_of_field(name, pairs)
    return tuple(found)


def changes_of_field(name: str, pairs: Sequence[Pair]) -> Iterator[Change]:
    """Yield what became of the entries of one field, given as pairs of before and after."""
    for pair in pairs:
        if pair.before is None and pair.after is not None:
            parts = [Part(part, (), texts) for part, texts in _texts(pair.after)]
            yield Change(name, "added", tuple(parts), stands=pair.after.standing)
        elif pair.before is not None and pair.after is None:
            parts = [Part(part, texts, ()) for part, texts in _texts(pair.before)]
            yield Change(name, "removed", tuple(parts), stood=pair.before.standing)
        elif pair.before is not None and pair.after is not None and not pair.same:
            yield _changed(name, pair.before, pair.after)


def _texts(item: Item) -> Iterator[tuple[str, Texts]]:
    for name, texts in (*item.parts.items(), (CITE, item.cites)):
        if any(texts):
            yield name, texts


def _changed(name: str, old: Item, new: Item) -> Change:
    lead = old.lead if old.lead == new.lead else ""
    parts = tuple(_differing(old, new))
    return Change(name, "changed", parts, lead, old.standing, new.standing)


def _differing(old: Item, new: Item) -> Iterator[Part]:
    for name in dict.fromkeys([*new.parts, *old.parts]):
        before, after = old.parts.get(name, ()), new.parts.get(name, ())
        if sorted(before) != sorted(after):
            yield _part(name, before, after)
    if old.cites != new.cites:
        yield _part(CITE, old.cites, new.cites)


def _part(name: str, before: Texts, after: Texts) -> Part:
    if len(before) == len(after) == 1:
        return Part(name, before, after)
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return Part(name, tuple(gone.elements()), tuple(come.elements()))
