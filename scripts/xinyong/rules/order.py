"""Dates and numbers stand in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import Any

from xinyong.corpus import Entry
from xinyong.corpus.contacts import layers_around
from xinyong.problems import Path, Problem
from xinyong.records import Program, Record
from xinyong.records.base import Cited, Contact, Fact
from xinyong.records.programs import Band, Benefit, Score
from xinyong.rules import Context, problem
from xinyong.source.edtf import Edtf

SEQUENCES: Sequence[Sequence[str]] = (
    ("announced", "launched", "ended"),
    ("in_force", "ended"),
    ("founded", "ended"),
    ("adopted", "dated"),
    ("adopted", "published"),
    ("adopted", "in_force"),
    ("dated", "in_force", "ended"),
    ("dated", "published"),
)
"""Fields of which none may lie before the one that stands left of it.

Published may follow in force.
"""

FAR = 40
"""Years ahead for which no plan is made: a date beyond them is a typing error."""


def dates_in_order(entry: Entry, context: Context) -> Iterator[Problem]:
    """X401: nothing ends before it begins."""
    for earlier, later in _pairs(type(entry.record)):
        yield from _pair(entry, earlier, later)


def no_future_dates(entry: Entry, context: Context) -> Iterator[Problem]:
    """X402: a fact holds as of a day that has come, a record was reviewed on one, and no plan is for a far year."""
    for path, fact in entry.values(Cited):
        if fact.as_of and _is_future(fact.as_of, context):
            message = f"'{fact.as_of}' has not come yet; write the day on which it was so, and plans in the value"
            yield problem(entry, "X402", message, (*path, "as_of"))
    for name in ("reviewed", "accessed"):
        date = getattr(entry.record, name, None)
        if date and _is_future(date, context):
            yield problem(
                entry,
                "X402",
                f"'{date}' has not come yet; write the day on which it was done",
                (name,),
            )
    for path, date in entry.values(Edtf):
        past = path[-1] in ("as_of", "reviewed", "accessed") and _is_future(date, context)
        if date.last_year > context.today.earliest.year + FAR and not past:
            message = f"'{date}' is more than {FAR} years away; check the year"
            yield problem(entry, "X402", message, path)


def contacts_join_layers(entry: Entry, context: Context) -> Iterator[Problem]:
    """X410: a point of contact joins two layers, both of which the record or one linked with it belongs to."""
    for path, contact in entry.values(Contact):
        if contact.from_ == contact.to:
            message = (
                f"a contact joins two layers, not '{contact.to}' with itself; name the other one"
            )
            yield problem(entry, "X410", message, (*path, "to"))
            continue
        around = layers_around(context.corpus, entry)
        missing = [layer for layer in (contact.from_, contact.to) if layer not in around]
        if missing:
            message = (
                f"neither this record nor one that it is linked with belongs to the layer '{missing[0]}'; "
                f"link it with one that does, or take the contact out"
            )
            yield problem(entry, "X410", message, path)


def ranges_in_order(entry: Entry, context: Context) -> Iterator[Problem]:
    """X403: the lower end of a range is not above the upper end."""
    ranges: Iterable[tuple[Path, Score | Band]] = chain(entry.values(Score), entry.values(Band))
    for path, value in ranges:
        if value.min is not None and value.max is not None and value.min > value.max:
            message = f"the range runs from {value.min} down to {value.max}; exchange the two"
            yield problem(entry, "X403", message, (*path, "min"))


def thresholds_in_range(entry: Entry, context: Context) -> Iterator[Problem]:
    """X404, X405: the thresholds of benefits and the limits of bands lie inside the program's score."""
    scores = _scores(entry.record)
    if not isinstance(entry.record, Program) or not scores:
        return
    low = min((score.min for score in scores if score.min is not None), default=None)
    high = max((score.max for score in scores if score.max is not None), default=None)
    for path, benefit in entry.values(Benefit):
        if benefit.min_score is not None and not _inside(benefit.min_score, low, high):
            message = (
                f"the threshold {benefit.min_score} lies outside the score, "
                f"{_range(low, high)}; correct one of the two"
            )
            yield problem(entry, "X404", message, (*path, "min_score"))
    for index, band in enumerate(entry.record.bands or []):
        for name in ("min", "max"):
            limit = getattr(band, name)
            if limit is not None and not _inside(limit, low, high):
                message = (
                    f"the band's limit {limit} lies outside the score, {_range(low, high)}; "
                    "correct one of the two"
                )
                yield problem(entry, "X405", message, ("bands", index, name))


@cache
def _pairs(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of fields of a kind of record of which the second may not lie before the first."""
    pairs = (pair for names in SEQUENCES for pair in pairwise(names))
    return tuple(pair for pair in pairs if model.model_fields.keys() >= set(pair))


def _pair(entry: Entry, earlier: str, later: str) -> Iterator[Problem]:
    first, second = _dates(entry.record, earlier), _dates(entry.record, later)
    if not first or not second:
        return
    start = min(date.earliest for _, date in first)
    for path, date in second:
        if date.latest < start:
            message = (
                f"'{later}' ({date}) lies before '{earlier}' ({first[0][1]}); check both dates"
            )
            yield problem(entry, "X401", message, path)


def _dates(record: Record, name: str) -> list[tuple[Path, Edtf]]:
    found: Any = getattr(record, name, None) or []
    return [
        ((name, index, "value"), fact.value)
        for index, fact in enumerate(found)
        if isinstance(fact, Fact) and isinstance(fact.value, Edtf)
    ]


def _scores(record: Record) -> list[Score]:
    return [fact.value for fact in (record.score or [])] if isinstance(record, Program) else []


def _inside(number: int, low: int | None, high: int | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)


def _range(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"at least {low}" if low is not None else f"at most {high}"
    return f"{low} to {high}"


def _is_future(date: Edtf, context: Context) -> bool:
    return date.earliest > context.today.latest
