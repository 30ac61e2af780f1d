"""The timeline as iCalendar (RFC 5545) and as JSON.

A calendar knows days only. An event whose day is not known, only its year or month, would fill it
with a bar that says something else: it lies on the first day that its date may mean, and its title
says what is known: "Start of a trial (2015)". An interval lies on all its days; one without an end,
or without a beginning, on the one day that is known.

The format is written here, since folding and escaping are all that it asks of us; the tests read it
back with ``icalendar``, which the program need not bring along.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.text import plain
from xinyong.edition import Edition
from xinyong.exports.rows import first_day, last_day
from xinyong.records import Event
from xinyong.records.vocabularies import LAYER
from xinyong.source.edtf import Edtf

_LINE = 75
"""The longest line in octets, its line end not counted (RFC 5545, 3.1)."""


def events(corpus: Corpus, edition: Edition) -> list[dict[str, Any]]:
    """Return all events as JSON data, in the order of time."""
    return [_event(corpus, entry, event, edition) for entry, event in _sorted(corpus)]


def icalendar(corpus: Corpus, edition: Edition) -> str:
    """Return all events as a calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{edition.name}//timeline//EN",
        f"X-WR-CALNAME:{escaped(edition.name)}",
    ]
    for entry, event in _sorted(corpus):
        lines += _lines(corpus, entry, event, edition)
    return "".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def escaped(text: str) -> str:
    """Write a text as a value (RFC 5545, 3.3.11)."""
    plain_text = " ".join(text.split())
    return plain_text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> str:
    """Cut a line into pieces of at most 75 octets, never inside a character, each further one behind a space."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"


def _sorted(corpus: Corpus) -> list[tuple[Entry, Event]]:
    found = [
        (entry, entry.record)
        for entry in corpus.of_kind("events")
        if isinstance(entry.record, Event)
    ]
    return sorted(found, key=lambda pair: (pair[1].date[0].value, pair[0].id))


def _event(corpus: Corpus, entry: Entry, event: Event, edition: Edition) -> dict[str, Any]:
    date = event.date[0].value
    return {
        "id": entry.id,
        "name": event.name.en,
        "name_zh": event.name.zh,
        "date": date.text,
        "date_words": date.words,
        "start": _iso(first_day(date)),
        "end": _iso(last_day(date)),
        "layers": list(event.layers),
        "concerns": [link.id for link in event.concerns],
        "places": [relation.value.id for relation in event.places],
        "standing": corpus.standing_of(event.date[0]),
        "summary": plain(event.summary, corpus),
        "url": edition.base + entry.url,
    }


def _lines(corpus: Corpus, entry: Entry, event: Event, edition: Edition) -> Iterator[str]:
    date = event.date[0].value
    start, end = _days(date)
    stamp = (edition.released or start.isoformat()).replace("-", "")
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.id}@{edition.host}"
    yield f"DTSTAMP:{stamp}T000000Z"
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    # The end of a day event is the day after it.
    yield f"DTEND;VALUE=DATE:{end + datetime.timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{escaped(_title(event, date))}"
    yield f"DESCRIPTION:{escaped(f'{date.words}. {plain(event.summary, corpus)}')}"
    yield f"CATEGORIES:{','.join(escaped(LAYER[layer].label) for layer in event.layers)}"
    yield f"URL:{edition.base}{entry.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _title(event: Event, date: Edtf) -> str:
    start, end = first_day(date), last_day(date)
    return event.name.en if start == end else f"{event.name.en} ({date.words})"


def _days(date: Edtf) -> tuple[datetime.date, datetime.date]:
    start, end = first_day(date), last_day(date)
    known = start or end
    assert known is not None
    if "/" not in date.text:
        return known, known
    return start or known, end or known


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
