"""Dates as EDTF, the Extended Date/Time Format of ISO 8601-2:2019 (https://www.loc.gov/standards/datetime/).

The profile: a year, month or day (``2015``, ``2015-01``, ``2018-05-22``), with unknown digits at the end (``201X``,
``2015-XX``), each with one qualifier (``?`` uncertain, ``~`` approximate, ``%`` both), and intervals of two such dates
(``2014/2020``), open at an end with ``..``. Dates stay the text they were and sort by the first day they may mean.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field

_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)\Z", re.ASCII)
_OPEN = ".."
_QUALIFIERS = {"": "", "?": "possibly ", "~": "about ", "%": "possibly about "}


@dataclass(frozen=True, order=True)
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
        """The date in English: ``28 January 2015``, ``about 2015``, ``2014 to 2020``."""
        start, slash, end = self.text.partition("/")
        if not slash:
            return _words(start)
        if start == _OPEN:
            return f"until {_words(end)}"
        return f"since {_words(start)}" if end == _OPEN else f"{_words(start)} to {_words(end)}"

    @property
    def year(self) -> str:
        """The first year, as written, without qualifier; empty for an interval open at its start."""
        return "" if self.text.startswith(_OPEN) else self.text[:4]


def parse(text: str) -> Edtf:
    """Parse an EDTF date of the profile; raise ValueError with a sentence that says what is wrong."""
    start, slash, end = text.partition("/")
    if not slash:
        return Edtf(*_days(start), text)
    if start == end == _OPEN:
        raise ValueError("an interval needs a date on one side at least")
    earliest = datetime.date.min if start == _OPEN else _days(start)[0]
    latest = datetime.date.max if end == _OPEN else _days(end)[1]
    if earliest > latest:
        raise ValueError("the interval ends before it starts")
    return Edtf(earliest, latest, text)


def _days(text: str) -> tuple[datetime.date, datetime.date]:
    match = _DATE.match(text)
    if not match:
        raise ValueError("write it as 2015, 2015-01, 2018-05-22, 2014/2020 or 2015~")
    year, month, day, _ = match.groups()
    if ("X" in year and month) or (month == "XX" and day and day != "XX"):
        raise ValueError("only the last digits may be X")
    if year.startswith("0000") or year == "00XX":
        raise ValueError("there is no year 0")
    first_year, last_year = max(int(year.replace("X", "0")), 1), int(year.replace("X", "9"))
    first_month, last_month = (1, 12) if month in (None, "XX") else (int(month), int(month))
    if not 1 <= first_month <= 12:
        raise ValueError(f"there is no month {month}")
    length = calendar.monthrange(last_year, last_month)[1]
    first_day, last_day = (1, length) if day in (None, "XX") else (int(day), int(day))
    if not 1 <= first_day <= length:
        raise ValueError(f"there is no day {day} in {calendar.month_name[first_month]} {last_year}")
    return datetime.date(first_year, first_month, first_day), datetime.date(last_year, last_month, last_day)


def _words(text: str) -> str:
    match = _DATE.match(text)
    assert match, text
    year, month, day, qualifier = match.groups()
    parts = [year.replace("X", "0") + "s" if "X" in year else year]
    if month and month != "XX":
        parts.insert(0, calendar.month_name[int(month)])
        if day and day != "XX":
            parts.insert(0, str(int(day)))
    return _QUALIFIERS[qualifier] + " ".join(parts)
