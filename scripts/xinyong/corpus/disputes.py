"""Facts that contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xinyong.records.base import Cited, Fact
from xinyong.source.edtf import Edtf


def disagreements(facts: Sequence[Fact[Any]]) -> set[int]:
    """Return the indexes of facts that contradict another one of the same date."""
    return {
        index
        for index, fact in enumerate(facts)
        for other in facts
        if _same_time(fact, other) and not compatible(fact.value, other.value)
    }


def compatible(one: Any, other: Any) -> bool:
    """Say whether two values can both be true; a year agrees with a day in it."""
    if isinstance(one, Edtf) and isinstance(other, Edtf):
        return one.earliest <= other.latest and other.earliest <= one.latest
    return bool(one == other)


def _same_time(one: Cited, other: Cited) -> bool:
    return one.as_of == other.as_of
