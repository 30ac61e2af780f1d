"""Size: no list, no number of links or cites, no date and no place that an honest record has."""

from __future__ import annotations

from collections.abc import Iterator

from xinyong.corpus import Entry
from xinyong.problems import Problem
from xinyong.records import limits
from xinyong.records.cities import Coordinates
from xinyong.rules import Context, problem
from xinyong.source.edtf import Edtf

_LATITUDES, _LONGITUDES = (3, 54), (73, 136)
"""The degrees between which China lies, islands claimed included."""


def records_are_bounded(entry: Entry, context: Context) -> Iterator[Problem]:
    """X314: no list, and no number of links or cites, is longer than those of honest records."""
    for path, _ in entry.spots if len(entry.spots) > limits.ENTRIES else ():
        if path and path[-1] == limits.ENTRIES:
            message = f"this list has more than {limits.ENTRIES:,} entries; split the record"
            yield problem(entry, "X314", message, path)
    counted = (("links", entry.links, limits.LINKS), ("cites", entry.cites, limits.CITES))
    for what, uses, most in counted:
        if len(uses) > most:
            message = f"the record has {len(uses):,} {what}, more than {most:,}; split it"
            yield problem(entry, "X314", message, uses[most].path)


def years_are_of_this_subject(entry: Entry, context: Context) -> Iterator[Problem]:
    """X406: no date lies before all that a record can be about."""
    for path, date in entry.values(Edtf):
        if date.first_year < limits.FIRST_YEAR:
            message = f"'{date}' names a year before {limits.FIRST_YEAR}; check the year"
            yield problem(entry, "X406", message, path)


def points_lie_in_china(entry: Entry, context: Context) -> Iterator[Problem]:
    """X317: the point of a place lies in China."""
    for path, point in entry.values(Coordinates):
        if not (_inside(point.lat, _LATITUDES) and _inside(point.lon, _LONGITUDES)):
            exchanged = _inside(point.lon, _LATITUDES) and _inside(point.lat, _LONGITUDES)
            todo = "exchange 'lat' and 'lon'" if exchanged else "check both numbers"
            message = f"{point.lat:g}, {point.lon:g} lies outside China; {todo}"
            yield problem(entry, "X317", message, path)


def _inside(degrees: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= degrees <= limits[1]
