"""Cities, districts, counties and other places."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from xinyong.records.base import Cited, Facts, Figure, Points, Record, Several, Strict
from xinyong.records.types import (
    CitationLink,
    Date,
    Latitude,
    Line,
    Longitude,
    Matching,
    ProgramLink,
    Text,
    Truth,
    Verbatim,
)
from xinyong.records.vocabularies import CITY_LEVEL, DESIGNATION, PROVINCE

DivisionCode = Annotated[
    str, Matching(r"\d{6}", "a division code of six digits (GB/T 2260), such as 371082")
]


class Coordinates(Strict):
    """A point on the earth (WGS 84)."""

    noun: ClassVar[str] = "point"
    lat: Latitude = Field(description="Latitude in degrees, north positive.")
    lon: Longitude = Field(description="Longitude in degrees, east positive.")


class Designation(Cited):
    """A place's entry on a list of pilot or model cities."""

    noun: ClassVar[str] = "designation"
    list: Annotated[str, DESIGNATION] = Field(description="Which list and batch.")
    date: Date | None = Field(
        None, description="The date of the notice, or of its publication; the note says which."
    )
    document: CitationLink | None = Field(None, description="The notice, as a citation.")


class Scheme(Cited):
    """A local scheme that has no record of its own, or the place's part in one that has."""

    noun: ClassVar[str] = "scheme"
    value: Text = Field(description="What the scheme is.")
    program: ProgramLink | None = Field(None, description="The scheme's own record.")


class Account(Cited):
    """An account on a social platform."""

    noun: ClassVar[str] = "account"
    platform: Line = Field(description="The platform, such as Weibo.")
    handle: Verbatim = Field(description="The account's name as shown, with its @.")
    official: Truth | None = Field(
        None, description="Whether a public body runs it; left out where unknown."
    )
    since: Date | None = Field(None, description="When it was opened.")


class City(Record):
    """A city, district, county or other place."""

    kind: ClassVar[str] = "cities"
    noun: ClassVar[str] = "city"
    province: Facts[Annotated[str, PROVINCE]] = Field(
        [], description="The province-level unit that it lies in."
    )
    level: Facts[Annotated[str, CITY_LEVEL]] = Field(
        [], description="Its level in the state's division."
    )
    part_of: Facts[Text] = Field(
        [], description="The larger place it belongs to below the province."
    )
    division_code: Facts[DivisionCode] = Field(
        [], description="Its code in the state's division (GB/T 2260)."
    )
    coordinates: Facts[Coordinates] = Field([], description="Where it lies, in degrees.")
    designations: Several[Designation] = Field(
        [], description="The lists of pilot and model cities that name it."
    )
    schemes: Several[Scheme] = Field(
        [], description="Local credit schemes; a scheme with a record names its cities there."
    )
    accounts: Several[Account] = Field(
        [], description="Accounts on social platforms that speak for its credit work."
    )
    rules: Points[Text] = Field([], description="Local laws, measures and plans on credit.")
    practice: Points[Text] = Field(
        [], description="What the place has done: platforms, perks, displays, incidents."
    )
    figures: Several[Figure] = Field([], description="Numbers over time.")
