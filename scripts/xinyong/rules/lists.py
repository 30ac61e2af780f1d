"""Lists: what leads to a listing and what follows from it are kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xinyong.corpus import Entry
from xinyong.problems import Problem
from xinyong.records import Blacklist
from xinyong.rules import Context, problem

_WORD = re.compile(r"[a-z]{4,}")
_FEWEST = 3
_SAME = 0.8
"""Of the shorter text's words so many stand in the other where the two say the same thing."""


def consequences_are_not_grounds(entry: Entry, context: Context) -> Iterator[Problem]:
    """X351: no consequence of a listing repeats a ground for it."""
    record = entry.record
    if not isinstance(record, Blacklist):
        return
    grounds = [_words(fact.value) for fact in record.criteria]
    for index, consequence in enumerate(record.consequences):
        said = _words(consequence.value)
        if any(_alike(said, ground) for ground in grounds):
            message = (
                "this stands under 'criteria' too; keep it under 'consequences' "
                "only if it follows from the listing"
            )
            yield problem(entry, "X351", message, ("consequences", index, "value"))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer = min(len(one), len(other))
    return fewer >= _FEWEST and len(one & other) >= _SAME * fewer
