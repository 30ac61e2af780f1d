"""Searches: a phrase that people type leads to one record."""

from __future__ import annotations

from collections.abc import Iterator

from xinyong.corpus import Entry
from xinyong.corpus.text import plain_phrase
from xinyong.problems import Problem
from xinyong.rules import Context, problem


def phrases_lead_to_one_record(entry: Entry, context: Context) -> Iterator[Problem]:
    """X213: no phrase under 'asked' stands in two records, or twice in one."""
    for index, phrase in enumerate(entry.record.asked or ()):
        first, first_index = context.phrases[plain_phrase(phrase)]
        if first is not entry:
            message = f"'{phrase}' leads to {first.file} already; leave it out of one of the two"
            yield problem(entry, "X213", message, ("asked", index))
        elif first_index != index:
            message = f"'{phrase}' stands here twice; leave it out once"
            yield problem(entry, "X213", message, ("asked", index))
