"""Which entry of a list became which: by likeness, never by position."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from xinyong.history.items import Item

ALIKE = 60.0
"""From this likeness on (0 to 100) two entries are taken for one that was changed."""

MANY = 200
"""Above so many entries left on either side only equal leads are matched, so that no list takes
long."""

Left = dict[int, None]
"""The places of the entries that have no partner yet, in their order."""


@dataclass(frozen=True)
class Pair:
    """An entry before and after; None where it was added or removed."""

    before: Item | None
    after: Item | None

    @property
    def same(self) -> bool:
        """Whether nothing of it changed."""
        if self.before is None or self.after is None:
            return False
        return self.before.key == self.after.key


def match(
    before: Sequence[Item], after: Sequence[Item], *, single: bool = False
) -> tuple[Pair, ...]:
    """Pair the entries of a field before and after.

    They keep the order that they have after; the removed ones come last. Equal entries are paired
    first, then the most alike ones. Where the field holds one true value at a time and one entry
    is left on both sides, these two are a pair however little they have in common.
    """
    old, new = dict.fromkeys(range(len(before))), dict.fromkeys(range(len(after)))
    pairs: dict[int, int] = {}
    _take_equal(before, after, old, new, pairs)
    _take_alike(before, after, old, new, pairs)
    if single and len(old) == len(new) == 1:
        _pair(next(iter(old)), next(iter(new)), old, new, pairs)
    matched = []
    for index, item in enumerate(after):
        partner = before[pairs[index]] if index in pairs else None
        matched.append(Pair(partner, item))
    matched += [Pair(before[index], None) for index in old]
    return tuple(matched)


def reordered(before: Sequence[Item], after: Sequence[Item]) -> bool:
    """Say whether two lists hold the same entries in another order."""
    one, other = [item.key for item in before], [item.key for item in after]
    return one != other and Counter(one) == Counter(other)


def likeness(before: Item, after: Item) -> float:
    """Return how alike two entries are, from 0 to 100; above that where they share their lead."""
    ratio = fuzz.ratio(before.text, after.text)
    return 100 + ratio / 100 if before.lead and before.lead == after.lead else ratio


def _take_equal(
    before: Sequence[Item],
    after: Sequence[Item],
    old: Left,
    new: Left,
    pairs: dict[int, int],
) -> None:
    places: dict[object, deque[int]] = defaultdict(deque)
    for index in old:
        places[before[index].key].append(index)
    for index in [*new]:
        equal = places[after[index].key]
        if equal:
            _pair(equal.popleft(), index, old, new, pairs)


def _take_alike(
    before: Sequence[Item],
    after: Sequence[Item],
    old: Left,
    new: Left,
    pairs: dict[int, int],
) -> None:
    if max(len(old), len(new)) > MANY:
        _take_same_leads(before, after, old, new, pairs)
        return
    candidates = []
    for i in old:
        for j in new:
            alike = likeness(before[i], after[j])
            if alike >= ALIKE:
                candidates.append((-alike, j, i))
    for _, j, i in sorted(candidates):
        if i in old and j in new:
            _pair(i, j, old, new, pairs)


def _take_same_leads(
    before: Sequence[Item],
    after: Sequence[Item],
    old: Left,
    new: Left,
    pairs: dict[int, int],
) -> None:
    places: dict[str, deque[int]] = defaultdict(deque)
    for index in old:
        places[before[index].lead].append(index)
    for index in [*new]:
        same = places[after[index].lead]
        if same and after[index].lead:
            _pair(same.popleft(), index, old, new, pairs)


def _pair(i: int, j: int, old: Left, new: Left, pairs: dict[int, int]) -> None:
    pairs[j] = i
    del old[i], new[j]
