"""Programs: frameworks, platforms, scores, points schemes, credit bureaus."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from xinyong.records.base import (
    Cited,
    Contact,
    Facts,
    Figure,
    Points,
    Record,
    Relations,
    Several,
    Strict,
)
from xinyong.records.types import (
    AnyLink,
    Chinese,
    CitationLink,
    CityLink,
    Count,
    Date,
    Integer,
    Line,
    OrganizationLink,
    Percent,
    Pinyin,
    ProgramLink,
    Text,
    refuse,
)
from xinyong.records.vocabularies import (
    CONSEQUENCE_TYPE,
    FORM,
    LAYER,
    PARTICIPATION,
    STATUS,
    SUBJECT,
)


class Score(Strict):
    """The lowest and highest number that a score can take; either may be open."""

    noun: ClassVar[str] = "score"
    min: Integer | None = Field(None, description="The lowest score.")
    max: Integer | None = Field(None, description="The highest score.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.min is None and self.max is None:
            refuse(
                "X302",
                "a score needs a field 'min', 'max' or both; add the end that the source gives",
            )
        return self


class Band(Cited):
    """A band or grade of a score."""

    noun: ClassVar[str] = "band"
    label: Line = Field(
        description="The name of the band or grade in English, or the grade's letters.",
    )
    zh: Chinese | None = Field(None, description="Its Chinese name.")
    pinyin: Pinyin | None = Field(None, description="The pinyin of its Chinese name.")
    min: Integer | None = Field(None, description="The lowest score in the band.")
    max: Integer | None = Field(None, description="The highest score in the band.")


class Input(Cited):
    """Something that a score or scheme is made from."""

    noun: ClassVar[str] = "input"
    value: Text = Field(description="What counts, and for how much.")
    effect: Text | None = Field(
        None, description="Whether it raises or lowers the score, if it does one of the two."
    )
    weight_percent: Percent | None = Field(None, description="Its share in the score, in percent.")


class Benefit(Cited):
    """An advantage given to those with a good score or on a redlist."""

    noun: ClassVar[str] = "benefit"
    partner: Text = Field(description="Who gives it.")
    offer: Text = Field(description="What is given.")
    min_score: Count | None = Field(None, description="The lowest score that has it.")
    condition: Text | None = Field(
        None, description="Any other condition, such as a grade or a real-name check."
    )
    places: Relations[CityLink] = Field([], description="Where it is given, as ids of places.")
    when: Date | None = Field(None, description="Since when, or during what time.")


class Consequence(Cited):
    """A disadvantage that follows from a listing or a low score."""

    noun: ClassVar[str] = "consequence"
    value: Text = Field(description="What follows, and for whom.")
    type: Annotated[str, CONSEQUENCE_TYPE] | None = Field(
        None, description="Its type, for the comparison of lists."
    )


class Program(Record):
    """A framework, platform, score, points scheme or credit bureau."""

    kind: ClassVar[str] = "programs"
    noun: ClassVar[str] = "program"
    layer: Annotated[str, LAYER] = Field(description="Who runs it: the layer that it belongs to.")
    form: Annotated[str, FORM] | None = Field(None, description="What form of program it is.")
    operators: Relations[OrganizationLink] = Field([], description="The organizations that run it.")
    part_of: Relations[ProgramLink] = Field([], description="The program that it belongs to.")
    succeeds: Relations[ProgramLink] = Field([], description="The program that it replaced.")
    announced: Facts[Date] = Field([], description="When it was first made public.")
    launched: Facts[Date] = Field([], description="When it came into use.")
    ended: Facts[Date] = Field([], description="When it went out of use.")
    status: Facts[Annotated[str, STATUS]] = Field(
        [], description="Its status over time, each with 'as_of'."
    )
    participation: Facts[Annotated[str, PARTICIPATION]] = Field(
        [], description="Whether people choose to take part."
    )
    subjects: Several[Annotated[str, SUBJECT]] = Field(
        [], description="Whether persons, firms or both get a score, file or entry."
    )
    scored: Points[Text] = Field([], description="Who gets a score, file or entry.")
    score: Facts[Score] = Field([], description="The range of its score.")
    base_score: Facts[Integer] = Field([], description="The score that everyone starts with.")
    bands: Several[Band] = Field(
        [], description="The bands or grades of its score, from the lowest."
    )
    inputs: Several[Input] = Field(
        [], description="What a score or entry is made from; what raises and lowers it."
    )
    benefits: Several[Benefit] = Field([], description="Advantages given to those who score well.")
    consequences: Several[Consequence] = Field([], description="Disadvantages that follow.")
    term: Facts[Text] = Field([], description="How long a grade or an entry holds.")
    exit: Points[Text] = Field([], description="How an entry is corrected, repaired or removed.")
    cities: Relations[CityLink] = Field([], description="The places where it is in use.")
    legal_basis: Points[CitationLink] = Field(
        [], description="The documents that it rests on, as ids of citations."
    )
    users: Several[Figure] = Field([], description="Users, participants or records over time.")
    concerns: Relations[AnyLink] = Field(
        [], description="Other records that it makes use of, such as a list."
    )
    contacts: Several[Contact] = Field(
        [], description="Where it joins two layers; shown where the layers are explained."
    )
