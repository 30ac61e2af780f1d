"""Entries are matched by what they say, wherever they stand."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from xinyong.history.items import Item
from xinyong.history.match import match, reordered


def item(text: str, *cites: str) -> Item:
    return Item({"value": (text,)}, cites)


WORDS = st.text("abcdef ", min_size=1, max_size=20)
ENTRIES = st.lists(st.builds(item, WORDS, WORDS), max_size=8)


@given(ENTRIES, st.integers())
def test_entries_in_another_order_are_all_found_again(entries: Sequence[Item], seed: int) -> None:
    mixed = random.Random(seed).sample(entries, len(entries))

    assert all(pair.same for pair in match(entries, mixed))
    assert reordered(entries, mixed) == ([e.key for e in entries] != [e.key for e in mixed])


@given(ENTRIES, ENTRIES)
def test_no_entry_is_lost_or_told_twice(before: Sequence[Item], after: Sequence[Item]) -> None:
    pairs = match(before, after)

    assert [pair.after for pair in pairs if pair.after] == [*after]
    assert sorted(i.text for i in before) == sorted(
        pair.before.text for pair in pairs if pair.before
    )


def test_the_most_alike_are_a_pair_and_not_those_at_one_place() -> None:
    before = [item("umbrellas without a deposit"), item("books without a deposit")]
    after = [
        item("cars without a deposit from 2016"),
        item("books without a deposit, in one city"),
        item("visas"),
    ]

    pairs = match(before, after)

    assert pairs[1].before == before[1]
    assert pairs[2].before is None


def test_of_a_single_value_even_a_wholly_new_one_replaces_the_old() -> None:
    assert len(match([item("2015")], [item("unknown")], single=True)) == 1
    assert len(match([item("2015")], [item("unknown")])) == 2
