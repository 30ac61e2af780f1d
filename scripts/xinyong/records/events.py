"""Events: what happened, when, and which records it concerns."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from xinyong.records.base import (
    Cited,
    Contact,
    Facts,
    Figure,
    Links,
    Points,
    Record,
    Relations,
    Several,
)
from xinyong.records.types import AnyLink, CityLink, Date, Line, Text
from xinyong.records.vocabularies import DESIGNATION, LAYER


class Awaited(Cited):
    """Something that was announced and has not been seen to happen."""

    noun: ClassVar[str] = "awaited"
    value: Text = Field(description="What was announced.")
    due: Date | None = Field(None, description="By when, if a source names a time.")
    look_for: Text = Field(description="What to look for: a title, words to search for, a body.")


class Event(Record):
    """Something that happened at a time."""

    kind: ClassVar[str] = "events"
    noun: ClassVar[str] = "event"
    date: Facts[Date] = Field(description="When it happened; an interval for what lasted.")
    layers: Several[Annotated[str, LAYER]] = Field(description="The layers that it belongs to.")
    concerns: Links[AnyLink] = Field([], description="The records that it concerns.")
    places: Relations[CityLink] = Field([], description="Where it happened.")
    outcome: Points[Text] = Field([], description="What came of it.")
    awaited: Several[Awaited] = Field(
        [],
        description="What was announced and has not been seen to happen; the work list shows it.",
    )
    reactions: Points[Text] = Field([], description="How it was received.")
    milestone: Line | None = Field(
        None,
        description="Its short name in the overview of the timeline; "
        "only the dozen events that changed the course have one.",
    )
    designates: Annotated[str, DESIGNATION] | None = Field(
        None, description="The list of pilot or model cities that it put places on."
    )
    figures: Several[Figure] = Field([], description="Numbers, such as the places it named.")
    contacts: Several[Contact] = Field(
        [], description="Where it joins two layers; shown where the layers are explained."
    )
