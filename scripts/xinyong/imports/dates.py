"""Dates as reference managers and databases write them: in figures, in words, seasons, ranges."""

from __future__ import annotations

import re

from xinyong.imports.works import Work
from xinyong.source import edtf

_SEASON = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter|(?:first|second|third|fourth) quarter|q[1-4])\b|[春夏秋冬]季?",
    re.IGNORECASE,
)
_SEASON_NUMBER = re.compile(r"(\d{4})-(?:2[1-9]|3\d|4[01])\Z")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_YEAR_ALONE = re.compile(r"[\W_]*\d{4}[\W_]*")
_YEARS = re.compile(r"(\d{4})(?:[-/–](?=\d{4}\Z)|[/–])(\d{4}|1[3-9]|[2-9]\d)")
_LETTERED = re.compile(r"\d{4}[a-z]")
_RANGE = re.compile(
    r"(?P<first>[^\d\W]+\.?)(?P<day> \d{1,2})?\s*[-–—/]\s*"
    r"(?:(?P<last>[^\d\W]+\.?)(?P<end> \d{1,2})?|(?P<only>\d{1,2})),?\s+(?P<year>\d{4})"
)
_FIGURES = re.compile(r"(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?")


def add(work: Work, target: str, text: str, line: int = 0, instead: str = "") -> None:
    """Put a date into a field of a work; say what of it could not be taken.

    Where nothing of it can be read, ``instead`` is tried.
    """
    date, left = read(text)
    if not date and instead:
        date = read(instead)[0]
    if date:
        work.fields[target] = date
    if left and date:
        work.remark(f"of the date '{_short(text)}' only '{date}' was taken", line)
    elif left:
        message = f"'{_short(text)}' is not a date that can be read; write it into '{target}'"
        work.remark(message, line)


def read(text: str) -> tuple[str, bool]:
    """Return a date in the form of a record, empty where there is none; say if something was left.

    A time of the day is left out, and nothing is said of it. Of a season the year stays.
    """
    text = re.sub(r"(?<=\d)[T ]\d{1,2}:\d.*$", "", text.strip().replace("--", "/"))
    if not text:
        return "", False
    text = _open(text)
    figures = _FIGURES.fullmatch(text)
    if figures:
        text = f"{figures[1]}-{int(figures[2]):02}-{int(figures[3]):02}"
    years = _YEARS.fullmatch(text)
    if years:
        text = f"{years[1]}/{years[1][: 4 - len(years[2])]}{years[2]}"
    exact = _parsed(text) or edtf.guess(text)
    if exact:
        return exact, False
    return _inexact(text)


def _inexact(text: str) -> tuple[str, bool]:
    """Return what can be taken of an interval in words, a season or a year with signs around it."""
    between = _between(text)
    if between:
        return between, False
    season = _SEASON_NUMBER.match(text)
    if season:
        return season[1], True
    named = _YEAR.findall(text)
    if named and _SEASON.search(text):
        one = "/".join(dict.fromkeys(named))
        return (one, True) if len(named) <= 2 and _parsed(one) else ("", True)
    if len(named) == 1 and _LETTERED.fullmatch(text):
        return named[0], True
    if len(named) == 1 and _YEAR_ALONE.fullmatch(text):
        return named[0], False
    return "", True


def _open(text: str) -> str:
    """Return an interval without a beginning or an end in the form that records have."""
    if text.startswith(("/", "..")) and text.strip("./"):
        return f"../{text.strip('./')}"
    return f"{text.rstrip('/.')}/.." if re.fullmatch(r"[\d-]+/(?:\.\.)?", text) else text


def _between(text: str) -> str:
    """Return the interval of ``January–March 2019`` and ``May 3-5, 2019``; empty for none."""
    found = _RANGE.fullmatch(text)
    if not found:
        return ""
    year, last = found["year"], found["last"] or found["first"]
    first = edtf.guess(f"{found['first']}{found['day'] or ''} {year}")
    end = found["end"] or (f" {found['only']}" if found["only"] else "")
    second = edtf.guess(f"{last}{end} {year}")
    return _parsed(f"{first}/{second}") if first and second else ""


def of_year_and_month(year: str, month: str, day: str) -> str:
    """Return the date that a year, a month and a day give, as words that ``read`` takes."""
    month = month.strip()
    if not month or not re.fullmatch(r"\d{4}", year):
        return year
    if month.isdigit() and len(month) <= 2:
        days = f"-{int(day):02}" if day.isdigit() and len(day) <= 2 else ""
        return f"{year}-{int(month):02}{days}"
    if day.isdigit():
        return f"{day} {month} {year}"
    ends = [end.strip() for end in re.split(r"\s*(?:--?|–|/)\s*", month) if end.strip()]
    if len(ends) == 2 and all(edtf.guess(f"{end} {year}") for end in ends):
        return "/".join(edtf.guess(f"{end} {year}") for end in ends)
    return f"{month} {year}"


def _parsed(text: str) -> str:
    try:
        return edtf.parse(text).text
    except ValueError:
        return ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rstrip()}…"
