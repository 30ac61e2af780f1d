"""A corpus is compared with itself, and with its own entries in another order."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from xinyong.corpus import Corpus, Entry
from xinyong.history.compare import compare
from xinyong.history.items import items
from xinyong.history.states import State
from xinyong.records import read


def state(corpus: Corpus, name: str, stamp: str) -> State:
    blobs = {f"{entry.kind}/{entry.id}.yml": f"{stamp}{entry.id}" for entry in corpus}
    return State(name, corpus, blobs, dict.fromkeys(blobs, b""))


def test_a_corpus_does_not_differ_from_itself(small: Corpus) -> None:
    assert compare(state(small, "a", "x"), state(small, "b", "x")).changes == ()
    assert {
        change.kind for change in compare(state(small, "a", "x"), state(small, "b", "y")).changes
    } == {"layout"}


@given(
    st.permutations(
        [
            f"{word} stands here for a fact of its own"
            for word in ("alpha", "beta", "gamma", "delta")
        ]
    )
)
def test_a_record_whose_entries_are_shuffled_differs_in_order_only(values: Sequence[str]) -> None:
    def entry(texts: Sequence[str]) -> Entry:
        facts = [{"value": text, "cite": "a-2018"} for text in texts]
        tree = {"name": {"en": "T"}, "domain": "law", "summary": "S [@a-2018].", "usage": facts}
        record = read.read("terms", tree, "t.yml").record  # type: ignore[arg-type]
        assert record is not None
        return Entry("terms", "t", "t.yml", record)

    one, other = entry(sorted(values)), entry(values)
    difference = compare(state(Corpus({"t": one}), "a", "x"), state(Corpus({"t": other}), "b", "y"))

    (change,) = difference.changes
    assert change.changes == ()
    assert change.orders == (("usage",) if [*values] != sorted(values) else ())
    assert items(Corpus({"t": one}), one).keys() == items(Corpus({"t": other}), other).keys()
