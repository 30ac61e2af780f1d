"""What counts as a change of a record, and what does not."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from xinyong.history.changes import Change, Part, changes
from xinyong.source import yaml
from xinyong.source.yaml import Tree

TEXT = st.text("abc 失信", min_size=1, max_size=12).filter(str.strip)
FACT = st.fixed_dictionaries(
    {"value": TEXT, "cite": st.lists(TEXT, min_size=1, max_size=3)}, optional={"note": TEXT}
)
FIELD = st.one_of(TEXT, st.lists(TEXT, max_size=4), FACT, st.lists(FACT, max_size=4))
TREE = st.dictionaries(st.sampled_from(["name", "launched", "summary", "see"]), FIELD, max_size=4)


def tree(text: str) -> dict[str, Tree]:
    found, faults = yaml.read(text)
    assert isinstance(found, dict)
    assert faults == []
    return found


@given(TREE)
def test_a_record_does_not_differ_from_itself(one: dict[str, Any]) -> None:
    assert changes(one, one) == ()


@given(TREE, st.randoms(use_true_random=False))
def test_order_counts_for_nothing(one: dict[str, Any], chance: random.Random) -> None:
    def mixed(value: Any) -> Any:
        if isinstance(value, list):
            return [mixed(inner) for inner in chance.sample(value, len(value))]
        if isinstance(value, dict):
            return {name: mixed(value[name]) for name in chance.sample([*value], len(value))}
        return value

    assert changes(one, mixed(one)) == ()


@given(TREE, FACT)
def test_what_is_added_one_way_is_removed_the_other(
    one: dict[str, Any], fact: dict[str, Any]
) -> None:
    more = one | {"benefits": [fact]}

    (added,) = changes(one, more)
    (removed,) = changes(more, one)

    assert (added.field, added.what) == ("benefits", "added")
    assert removed.what == "removed"
    assert removed.parts == tuple(Part(part.name, part.after, part.before) for part in added.parts)


@given(TREE, TREE)
def test_records_that_differ_one_way_differ_the_other(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert bool(changes(one, other)) == bool(changes(other, one))
    for change in changes(one, other):
        assert change.parts
        assert all(part.before != part.after for part in change.parts)


def test_layout_counts_for_nothing() -> None:
    one = tree(
        "launched: {value: 2015, cite: [a-2015, b-2016]}\nsummary: |\n  One two\n  three.\n\n  Four.\nsee: [x]\n"
    )
    other = tree(
        "see:\n  - value: x\nsummary: >-\n  One\n  two three.\n\n\n  Four.\n"
        "launched:\n  - cite: [b-2016, a-2015]\n    value: '2015'\n"
    )

    assert changes(one, other) == ()


def test_what_says_something_of_the_record_only_counts_for_nothing() -> None:
    one = tree("name: X\nreviewed: 2026-01-01\n")
    other = tree("id: x\nname: X\nformerly: [y]\n")

    assert changes(one, other) == ()


def test_a_change_tells_the_entry_and_the_parts_that_differ() -> None:
    one = tree(
        "benefits:\n  - {partner: Mobrella, offer: umbrellas, min_score: 600, cite: [a, b]}\n"
        "  - {partner: Library, offer: books, cite: a}\nscore: {value: {min: 350, max: 900}, cite: a}\n"
    )
    other = tree(
        "benefits:\n  - {partner: Library, offer: books, cite: a}\n"
        "  - {partner: Mobrella, offer: umbrellas, min_score: 650, note: Since 2017., cite: [b, c]}\n"
        "score: {value: {min: 350, max: 950}, cite: a}\n"
    )

    assert changes(one, other) == (
        Change(
            "benefits",
            "changed",
            (
                Part("min_score", ("600",), ("650",)),
                Part("note", (), ("Since 2017.",)),
                Part("cite", ("a",), ("c",)),
            ),
            "Mobrella",
        ),
        Change("score", "changed", (Part("value.max", ("900",), ("950",)),)),
    )


def test_the_one_value_of_a_field_is_changed_however_little_the_two_have_in_common() -> None:
    assert changes(tree("layer: state\n"), tree("layer: commercial\n")) == (
        Change("layer", "changed", (Part("value", ("state",), ("commercial",)),)),
    )


def test_fields_that_no_record_has_today_are_compared_all_the_same() -> None:
    assert changes(tree("colour: red\n"), tree("color: red\n")) == (
        Change("color", "added", (Part("value", (), ("red",)),)),
        Change("colour", "removed", (Part("value", ("red",), ()),)),
    )
