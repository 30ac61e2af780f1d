"""Entries are matched by what they say, wherever they stand."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from xinyong.changes.comparing import compare
from xinyong.changes.items import Item, items
from xinyong.changes.matching import match, reordered
from xinyong.changes.states import State
from xinyong.corpus import Corpus, Entry
from xinyong.records import reading


def item(text: str, *cites: str) -> Item:
    return Item({"value": (text,)}, cites)


def state(corpus: Corpus, name: str, stamp: str) -> State:
    blobs = {f"{entry.kind}/{entry.id}.yml": f"{stamp}{entry.id}" for entry in corpus}
    return State(name, corpus, blobs, dict.fromkeys(blobs, b""))


def test_a_corpus_does_not_differ_from_itself(small: Corpus) -> None:
    assert compare(state(small, "a", "x"), state(small, "b", "x")).changes == ()
    assert {change.kind for change in compare(state(small, "a", "x"), state(small, "b", "y")).changes} == {"layout"}


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
    assert sorted(i.text for i in before) == sorted(pair.before.text for pair in pairs if pair.before)


@given(st.permutations([f"{word} stands here for a fact of its own" for word in ("alpha", "beta", "gamma", "delta")]))
def test_a_record_whose_entries_are_shuffled_differs_in_order_only(values: Sequence[str]) -> None:
    def entry(texts: Sequence[str]) -> Entry:
        facts = [{"value": text, "cite": "a-2018"} for text in texts]
        tree = {"name": {"en": "T"}, "domain": "law", "summary": "S [@a-2018].", "usage": facts}
        record = reading.read("terms", tree, "t.yml").record  # type: ignore[arg-type]
        assert record is not None
        return Entry("terms", "t", "t.yml", record)

    one, other = entry(sorted(values)), entry(values)
    difference = compare(state(Corpus({"t": one}), "a", "x"), state(Corpus({"t": other}), "b", "y"))

    (change,) = difference.changes
    assert change.rows == ()
    assert change.orders == (("usage",) if [*values] != sorted(values) else ())
    assert items(one).keys() == items(other).keys()


def test_the_most_alike_are_a_pair_and_not_those_at_one_place() -> None:
    before = [item("umbrellas without a deposit"), item("books without a deposit")]
    after = [item("cars without a deposit from 2016"), item("books without a deposit, in one city"), item("visas")]

    pairs = match(before, after)

    assert pairs[1].before == before[1]
    assert pairs[2].before is None


def test_of_a_single_value_even_a_wholly_new_one_replaces_the_old() -> None:
    assert len(match([item("2015")], [item("unknown")], single=True)) == 1
    assert len(match([item("2015")], [item("unknown")])) == 2
