"""Organizations: ministries, courts, companies, credit bureaus, research bodies, media."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from xinyong.records.base import Facts, Figure, Points, Record, Relations, Several
from xinyong.records.types import Date, OrganizationLink, Text, Url
from xinyong.records.vocabularies import LAYER, ORGANIZATION_TYPE


class Organization(Record):
    """A body that makes, runs, uses or describes credit systems."""

    kind: ClassVar[str] = "organizations"
    noun: ClassVar[str] = "organization"
    type: Annotated[str, ORGANIZATION_TYPE] = Field(description="What type of organization it is.")
    layer: Annotated[str, LAYER] | None = Field(
        None, description="The layer that it works in, if in one only."
    )
    role: Points[Text] = Field([], description="What it does in the credit systems.")
    founded: Facts[Date] = Field([], description="When it was founded or set up.")
    ended: Facts[Date] = Field([], description="When it was dissolved or merged.")
    former_names: Points[Text] = Field([], description="Names that it had before, with 'as_of'.")
    parent: Relations[OrganizationLink] = Field(
        [], description="The organization that it belongs to."
    )
    owners: Points[Text] = Field([], description="Who owns it, with shares.")
    members: Points[Text] = Field([], description="Who belongs to it.")
    seat: Facts[Text] = Field([], description="Where it has its seat.")
    licences: Points[Text] = Field([], description="Licences and permits it was given or refused.")
    figures: Several[Figure] = Field([], description="Numbers over time.")
    website: Url | None = Field(None, description="Its website.")
