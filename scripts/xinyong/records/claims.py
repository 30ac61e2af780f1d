"""Claims: widespread statements about the subject, held against the evidence."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from xinyong.records.base import Cited, Links, Points, Record, Several
from xinyong.records.types import AnyLink, Text
from xinyong.records.vocabularies import ASSESSMENT, STANCE


class Evidence(Cited):
    """One piece of evidence for or against a claim."""

    noun: ClassVar[str] = "piece of evidence"
    stance: Annotated[str, STANCE] = Field(
        description="Whether it speaks for the claim, against it, or explains it."
    )
    value: Text = Field(description="What the evidence is.")


class Claim(Record):
    """A claim; its name is the statement."""

    kind: ClassVar[str] = "claims"
    noun: ClassVar[str] = "claim"
    claimants: Points[Text] = Field(description="Who made it, and where.")
    assessment: Annotated[str, ASSESSMENT] = Field(description="What the evidence makes of it.")
    about: Links[AnyLink] = Field([], description="The records that it is about.")
    evidence: Several[Evidence] = Field(description="The evidence for and against it.")
