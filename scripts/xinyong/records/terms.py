"""Terms: the glossary."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from xinyong.records.base import Cited, Links, Points, Record, Relations, Several, Strict
from xinyong.records.types import AnyLink, Cites, Line, TermLink, Text
from xinyong.records.vocabularies import DOMAIN, LAYER


class Rendering(Cited):
    """One English rendering of a Chinese term."""

    noun: ClassVar[str] = "rendering"
    value: Line = Field(description="The rendering.")
    used_by: Line | None = Field(None, description="Who uses it.")


class Confusion(Strict):
    """A term or thing that this one must not be taken for."""

    noun: ClassVar[str] = "confusion"
    with_: TermLink = Field(alias="with", description="The id of the other term.")
    difference: Text = Field(description="How the two differ.")
    cite: Cites | None = Field(None, description="The citations that support the difference.")


class Term(Record):
    """A term. Its summary is its definition."""

    kind: ClassVar[str] = "terms"
    noun: ClassVar[str] = "term"
    domain: Annotated[str, DOMAIN] = Field(description="The domain that the term belongs to.")
    layer: Annotated[str, LAYER] | None = Field(
        None, description="The layer that it belongs to, if to one only."
    )
    literally: Text | None = Field(None, description="The literal meaning of the characters.")
    renderings: Several[Rendering] = Field(
        [], description="The English renderings in use, and who uses which."
    )
    in_text: Several[Line] | None = Field(
        None,
        description="The English forms that lead here from running text, in place of those that the program chooses: "
        "forms of several words, names and abbreviations that no other term has.",
    )
    usage: Points[Text] = Field([], description="How sources define or use it.")
    confusions: Several[Confusion] = Field([], description="What it must not be taken for.")
    broader: Links[TermLink] = Field([], description="The terms that it is a kind of.")
    related: Relations[AnyLink] = Field(
        [], description="Records that the term names or that explain it."
    )
