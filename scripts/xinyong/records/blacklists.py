"""Blacklists and redlists."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from xinyong.records.base import Cited, Contact, Facts, Figure, Points, Record, Relations, Several
from xinyong.records.programs import Benefit, Consequence
from xinyong.records.types import (
    AnyLink,
    CitationLink,
    CityLink,
    Date,
    OrganizationLink,
    Text,
    Truth,
)
from xinyong.records.vocabularies import LAYER, LIST_KIND, POLARITY, STATUS, SUBJECT


class Publicity(Cited):
    """Whether a list is public, and where."""

    noun: ClassVar[str] = "publicity"
    value: Truth = Field(description="Whether anyone may see the entries.")
    where: Text | None = Field(None, description="Where they can be seen.")


class Blacklist(Record):
    """A blacklist or redlist."""

    kind: ClassVar[str] = "blacklists"
    noun: ClassVar[str] = "list"
    polarity: Annotated[str, POLARITY] = Field(
        description="Whether it is a blacklist or a redlist."
    )
    layer: Annotated[str, LAYER] = Field(description="Who keeps it: the layer that it belongs to.")
    list_kind: Annotated[str, LIST_KIND] | None = Field(
        None, description="What kind of list it is."
    )
    subjects: Several[Annotated[str, SUBJECT]] = Field(
        [], description="Whether persons, firms or both can be listed."
    )
    authority: Relations[OrganizationLink] = Field(
        [], description="The organizations that keep it."
    )
    signatories: Points[Text] = Field([], description="Bodies that agreed to act on it together.")
    legal_basis: Points[CitationLink] = Field(
        [], description="The documents that it rests on, as ids of citations."
    )
    status: Facts[Annotated[str, STATUS]] = Field(
        [], description="Its status over time, each with 'as_of'."
    )
    announced: Facts[Date] = Field([], description="When it was made known.")
    in_force: Facts[Date] = Field([], description="When its rules came into force.")
    online_since: Facts[Date] = Field([], description="When entries were first published.")
    ended: Facts[Date] = Field([], description="When it ended.")
    listed: Points[Text] = Field([], description="Who can be listed: persons, firms, both.")
    criteria: Points[Text] = Field([], description="What has to have happened for a listing.")
    consequences: Several[Consequence] = Field([], description="What follows from a listing.")
    benefits: Several[Benefit] = Field([], description="For a redlist: what those on it get.")
    public: Several[Publicity] = Field([], description="Whether entries are public, and where.")
    term: Facts[Text] = Field([], description="How long an entry stays.")
    exit: Points[Text] = Field(
        [], description="How one gets off the list, or has an entry repaired."
    )
    changes: Points[Text] = Field(
        [], description="How the list changed over time, each with 'as_of'."
    )
    cities: Relations[CityLink] = Field(
        [], description="The places it is limited to or reported from."
    )
    succeeds: Relations[AnyLink] = Field([], description="The list that it replaced.")
    concerns: Relations[AnyLink] = Field([], description="Other records that it has to do with.")
    figures: Several[Figure] = Field([], description="Entries and effects over time.")
    contacts: Several[Contact] = Field(
        [], description="Where it joins two layers; shown where the layers are explained."
    )
