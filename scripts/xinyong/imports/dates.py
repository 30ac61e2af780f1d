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
_FIGURES = re.compile(r"(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?")


def add(work: Work, target: str, text: str, line: int = 0) -> None:
    """Put a date into a field of a work; say what of it could not be taken."""
    date, left = read(text)
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
    text = re.sub(r"T\d.*$", "", text.strip().replace("--", "/"))
    if not text:
        return "", False
    figures = _FIGURES.fullmatch(text)
    if figures:
        text = f"{figures[1]}-{int(figures[2]):02}-{int(figures[3]):02}"
    exact = _parsed(text) or edtf.guess(text)
    if exact:
        return exact, False
    season = _SEASON_NUMBER.match(text)
    if season:
        return season[1], True
    years = _YEAR.findall(text)
    if len(years) == 1 and _SEASON.search(text):
        return years[0], True
    if len(years) == 1 and _YEAR_ALONE.fullmatch(text):
        return years[0], False
    return "", True


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
