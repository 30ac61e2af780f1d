"""Work that time makes: what has to be looked at again, counted from the day of an edition."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from xinyong.corpus import law
from xinyong.corpus.entries import Corpus, Entry
from xinyong.records import Blacklist, Citation, Event, Program
from xinyong.records.base import Fact
from xinyong.records.events import Awaited

REVIEW_YEARS = 1
"""After how many years a record is to be held against its sources again."""

STATUS_YEARS = 2
"""After how many years a status is to be looked up again."""

FINAL = ("ended", "changed", "superseded", "repealed", "expired", "unknown")
"""The statuses after which nothing new is to be expected, or of which it is said that nothing was found."""


@dataclass(frozen=True)
class Announcement:
    """Something announced and not seen to happen, in its record; ``is_due`` says that its time has passed."""

    entry: Entry
    awaited: Awaited
    is_due: bool


def unreviewed(corpus: Corpus, day: datetime.date) -> list[Entry]:
    """Return the records not held against their sources for over a year, the longest ago first."""
    limit = years_before(day, REVIEW_YEARS)
    found = [entry for entry in corpus if _reviewed(entry) < limit]
    return sorted(found, key=lambda entry: (_reviewed(entry), entry.id))


def stale_statuses(corpus: Corpus, day: datetime.date) -> list[tuple[Entry, Fact[str]]]:
    """Return the records whose newest status is over two years old and not final, the oldest first."""
    limit = years_before(day, STATUS_YEARS)
    found = [(entry, fact) for entry, fact in _statuses(corpus) if _held(fact) < limit]
    return sorted(found, key=lambda pair: (_held(pair[1]), pair[0].id))


def announcements(corpus: Corpus, day: datetime.date) -> list[Announcement]:
    """Return what was announced and not seen to happen: what is due first, by its time; then what has no time."""
    found = [
        Announcement(entry, awaited, awaited.due is not None and awaited.due.latest < day)
        for entry in corpus
        if isinstance(entry.record, Event)
        for awaited in entry.record.awaited
    ]
    return sorted(found, key=lambda one: (not one.is_due, _due(one.awaited), one.entry.id))


def years_before(day: datetime.date, years: int) -> datetime.date:
    """Return the same day some years before; for 29 February the day before it where there is none."""
    year = day.year - years
    try:
        return day.replace(year=year)
    except ValueError:
        return datetime.date(year, 2, 28)


def _statuses(corpus: Corpus) -> Iterator[tuple[Entry, Fact[str]]]:
    for entry in corpus:
        if isinstance(entry.record, Blacklist | Program | Citation):
            newest = law.newest(entry.record.status)
            if newest and newest.as_of and newest.value not in FINAL:
                yield entry, newest


def _reviewed(entry: Entry) -> datetime.date:
    return entry.record.reviewed.latest if entry.record.reviewed else datetime.date.min


def _held(fact: Fact[str]) -> datetime.date:
    assert fact.as_of is not None
    return fact.as_of.latest


def _due(awaited: Awaited) -> datetime.date:
    return awaited.due.latest if awaited.due else datetime.date.max
