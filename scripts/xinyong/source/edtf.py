"""Dates as EDTF, the Extended Date/Time Format of ISO 8601-2:2019 (https://www.loc.gov/standards/datetime/).

The profile: a year, month or day (``2015``, ``2015-01``, ``2018-05-22``), with unknown digits at
the end (``201X``, ``2015-XX``), each with one qualifier (``?`` uncertain, ``~`` approximate, ``%``
both), and intervals of two such dates (``2014/2020``), open at an end with ``..``. Dates stay the
text they were and sort by the first day they may mean.
"""

from __future__ import annotations

import calendar
import datetime
import os
import re
from dataclasses import dataclass, field
from functools import lru_cache

from xinyong.words import DATES

_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)\Z", re.ASCII)
_OPEN = ".."
_FARTHEST = datetime.timezone(datetime.timedelta(hours=14))
_LONGEST = 60
_QUALIFIERS = {"?": "possibly", "~": "about", "%": "possibly-about"}


@dataclass(frozen=True, order=True, slots=True)
class Edtf:
    """A date or interval: ``text`` as written, ``earliest`` and ``latest`` as the days that it may mean."""

    earliest: datetime.date
    latest: datetime.date
    text: str = field(compare=False)

    def __str__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edtf) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def words(self) -> str:
        """The date in words: ``28 January 2015``, ``about 2015``, ``2014 to 2020``."""
        start, slash, end = self.text.partition("/")
        if not slash:
            return _words(start)
        if start == _OPEN:
            return DATES["until"].format(_words(end))
        if end == _OPEN:
            return DATES["since"].format(_words(start))
        return DATES["from-to"].format(_words(start), _words(end))

    @property
    def first_year(self) -> int:
        """The first year that it names; of an open interval, that of its other end."""
        start = self.text.partition("/")[0]
        return (self.latest if start == _OPEN else self.earliest).year

    @property
    def last_year(self) -> int:
        """The last year that it names; of an open interval, that of its other end."""
        return (self.earliest if self.text.endswith(_OPEN) else self.latest).year

    @property
    def year(self) -> str:
        """The first year, as written, without qualifier.

        Empty for an interval open at its start.
        """
        return "" if self.text.startswith(_OPEN) else self.text[:4]


@lru_cache(maxsize=1 << 14)
def parse(text: str) -> Edtf:
    """Parse an EDTF date of the profile.

    Raise ValueError with a sentence that says what is wrong.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return Edtf(*_days(start), text)
    if start == end == _OPEN:
        raise ValueError("an interval has a date on one side at least; write 2014/.. or ../2020")
    earliest = datetime.date.min if start == _OPEN else _days(start)[0]
    latest = datetime.date.max if end == _OPEN else _days(end)[1]
    if earliest > latest:
        raise ValueError("the interval ends before it starts; exchange the two")
    return Edtf(earliest, latest, text)


def guess(text: str) -> str:
    """Return the date that a person most likely means by ``text``, as EDTF.

    Empty where that is not clear. ``2015年1月28日``, ``28 January 2015``, ``Jan 2015``, ``2015.1.28``,
    ``about 2015``, ``2014 to 2020``. A date in figures is only taken with its year first: in
    1/2/2015 nobody knows the month.
    """
    if len(text) > _LONGEST:
        return ""
    sides = re.split(r"\s*(?:\bto\b|\buntil\b|[–—至])\s*", text.strip())
    found = (
        "/".join(_guess(side) for side in sides)
        if len(sides) <= 2 and all(map(_guess, sides))
        else ""
    )
    try:
        return str(parse(found))
    except ValueError:
        return ""


def today() -> Edtf:
    """Return the last day that is not in the future: the last that has begun somewhere on earth.

    It is counted from SOURCE_DATE_EPOCH where that is set, else from the clock, in the time zone
    that is farthest ahead (UTC+14, https://data.iana.org/time-zones/tz-link.html).
    """
    moment = _epoch(os.environ.get("SOURCE_DATE_EPOCH", "")) or datetime.datetime.now(datetime.UTC)
    return parse(moment.astimezone(_FARTHEST).date().isoformat())


def _epoch(seconds: str) -> datetime.datetime | None:
    """Return the moment that lies so many seconds behind 1970; None for what is no such number."""
    if not re.fullmatch("[0-9]{1,11}", seconds):
        return None
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)


def _days(text: str) -> tuple[datetime.date, datetime.date]:
    match = _DATE.match(text)
    if not match:
        raise ValueError("write it as 2015, 2015-01, 2018-05-22, 2014/2020 or 2015~")
    year, month, day, _ = match.groups()
    if ("X" in year and month) or (month == "XX" and day and day != "XX"):
        raise ValueError("only the last digits may be X; write 201X, 2015-XX or 2015-01-XX")
    if year.startswith("0000") or year == "00XX":
        raise ValueError("there is no year 0; write 0001 or later")
    first_year, last_year = max(int(year.replace("X", "0")), 1), int(year.replace("X", "9"))
    first_month, last_month = (1, 12) if month in (None, "XX") else (int(month), int(month))
    if not 1 <= first_month <= 12:
        raise ValueError(f"there is no month {month}; write 01 to 12")
    length = calendar.monthrange(last_year, last_month)[1]
    first_day, last_day = (1, length) if day in (None, "XX") else (int(day), int(day))
    if not 1 <= first_day <= length:
        raise ValueError(
            f"{calendar.month_name[first_month]} {last_year} has no day {day}; write 01 to {length}"
        )
    return datetime.date(first_year, first_month, first_day), datetime.date(
        last_year, last_month, last_day
    )


_FIGURES = re.compile(r"(\d{4})(?:[年./-](\d{1,2})(?:[月./-](\d{1,2})日?|月)?|年)?\Z", re.ASCII)
_IN_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})\.?(?: (\d{1,2})(?:st|nd|rd|th)?,?)? (\d{4})\Z",
    re.ASCII,
)
_ABOUT = re.compile(r"(?:about|around|circa|ca?\.?|approx\.?|约)\s*")


def _guess(text: str) -> str:
    rest = text.strip().lower()
    about = _ABOUT.match(rest)
    rest = rest[about.end() :] if about else rest
    year = month = day = None
    if match := _FIGURES.match(rest):
        year, month, day = match.groups()
    elif match := _IN_WORDS.match(rest):
        year, month, day = match[4], _month(match[2]), match[1] or match[3]
        if not month:
            return ""
    if not year:
        return ""
    parts = [year, *(f"{int(part):02d}" for part in (month, day) if part)]
    return "-".join(parts) + ("~" if about else "")


def _month(word: str) -> str:
    found = [n for n in range(1, 13) if calendar.month_name[n].lower().startswith(word)]
    return str(found[0]) if len(found) == 1 else ""


def _words(text: str) -> str:
    match = _DATE.match(text)
    assert match, text
    year, month, day, qualifier = match.groups()
    date = DATES["decade"].format(year.replace("X", "0")) if "X" in year else year
    if month and month != "XX":
        parts = {"year": year, "month": DATES[month], "day": (day or "").lstrip("0")}
        date = DATES["day" if day and day != "XX" else "month"].format(**parts)
    return DATES[_QUALIFIERS[qualifier]].format(date) if qualifier else date
