"""Citations: the sources, with what was read of them and how far they can be trusted."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar
from urllib.parse import quote

from pydantic import BeforeValidator, Field

from xinyong.records.base import Cited, Facts, Name, Points, Record, Relations, Several, Strict
from xinyong.records.identifiers import Doi, Isbn, Language
from xinyong.records.types import (
    AnyLink,
    Chinese,
    CitationLink,
    Date,
    Line,
    OrganizationLink,
    PersonName,
    Pinyin,
    Prose,
    Remark,
    Text,
    Truth,
    Url,
)
from xinyong.records.vocabularies import CITATION_TYPE, LEGAL_RANK, LEGAL_STATUS, READ, RELIABILITY


class Author(Strict):
    """A person (family and given name) or a body (name)."""

    noun: ClassVar[str] = "author"
    family: PersonName | None = Field(None, description="A person's family name.")
    given: PersonName | None = Field(None, description="A person's given names.")
    name: Line | None = Field(
        None,
        description="The name of a body, or of a person whose parts are not known.",
    )
    zh: Chinese | None = Field(None, description="The name in Chinese characters.")


_IN_ADDRESSES = "/:;()!$&'*+,=@"
"""The signs that the path of an address may hold (RFC 3986, 3.3)."""


def _author(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


BY_NAME = BeforeValidator(_author, json_schema_input_type=Line | Author)
"""Lets the name alone stand for an author."""


class Erratum(Cited):
    """Something that a source says and that is not so."""

    noun: ClassVar[str] = "erratum"
    says: Text = Field(description="What the source says, in our words.")
    right: Text = Field(description="What is right, or what better sources say.")
    where: Text | None = Field(None, description="Where in the source it stands.")


class Citation(Record):
    """A source."""

    kind: ClassVar[str] = "citations"
    noun: ClassVar[str] = "citation"
    name: Name | None = Field(
        None, description="Short names in use, for laws and documents known by a name."
    )  # type: ignore[assignment]
    summary: Prose | None = Field(
        None, description="What the work is, where the title does not tell."
    )  # type: ignore[assignment]
    type: Annotated[str, CITATION_TYPE] = Field(description="What type of work it is.")
    title: Line = Field(description="The title in English: the work's own, or a translation of it.")
    title_original: Line | None = Field(
        None,
        description="The title in the work's language, if that is not English.",
    )
    title_pinyin: Pinyin | None = Field(
        None, description="The pinyin of a Chinese title, with tone marks."
    )
    title_is_ours: Truth | None = Field(
        None,
        description="true where the title is our description, since the work's own was not seen.",
    )
    authors: list[Annotated[Author, BY_NAME]] = Field(
        [], description="The authors, in their order."
    )
    editors: list[Annotated[Author, BY_NAME]] = Field([], description="The editors.")
    translators: list[Annotated[Author, BY_NAME]] = Field([], description="The translators.")
    container: Line | None = Field(
        None,
        description="The journal, newspaper, book or website it stands in.",
    )
    publisher: Line | None = Field(None, description="The publisher.")
    place: Line | None = Field(None, description="The place of publication.")
    volume: Line | None = Field(None, description="The volume.")
    issue: Line | None = Field(None, description="The issue.")
    pages: Line | None = Field(None, description="The pages.")
    date: Date | None = Field(
        None, description="The date of publication. For laws, see the five dates below."
    )
    language: Language = Field(description="The language of the work: en, zh, nl, de …")
    url: Url | None = Field(None, description="Its address at its publisher's.")
    archive_url: Url | None = Field(None, description="The address of an archived copy.")
    accessed: Date | None = Field(None, description="The day on which the address was read.")
    doi: Doi | None = Field(None, description="Its DOI, without https://doi.org/.")
    isbn: Isbn | None = Field(None, description="Its ISBN.")
    reference_note: Remark | None = Field(
        None,
        description="A remark on an author, the title or what it stands in, which no reference shows.",
    )
    read: Annotated[str, READ] = Field(description="How much of it was read for this corpus.")
    reliability: Annotated[str, RELIABILITY] = Field(
        description="What kind of source it is, and so how far to trust it."
    )
    number: Facts[Text] = Field([], description="The document number, such as 国发〔2014〕21号.")
    rank: Annotated[str, LEGAL_RANK] | None = Field(
        None, description="For laws and documents: their rank."
    )
    issuers: Relations[OrganizationLink] = Field([], description="The bodies that issued it.")
    adopted: Facts[Date] = Field([], description="The day it was passed or decided on.")
    dated: Facts[Date] = Field([], description="The date that stands on the document.")
    published: Facts[Date] = Field([], description="The day it was made public.")
    in_force: Facts[Date] = Field([], description="The day it came into force.")
    ended: Facts[Date] = Field([], description="The day it ceased to be in force.")
    status: Facts[Annotated[str, LEGAL_STATUS]] = Field(
        [], description="Its legal status, with 'as_of'."
    )
    content: Points[Text] = Field([], description="What it lays down, point by point.")
    amends: Relations[CitationLink] = Field([], description="The documents that it changes.")
    repeals: Relations[CitationLink] = Field(
        [], description="The documents that it replaces or ends."
    )
    implements: Relations[CitationLink] = Field(
        [], description="The documents that it carries out."
    )
    translates: CitationLink | None = Field(None, description="The document that it translates.")
    derived_from: Relations[CitationLink] = Field(
        [],
        description="The works it repeats: a reprint, a syndicated report. They count as one source with it.",
    )
    about: Relations[AnyLink] = Field([], description="The records that it is mainly about.")
    errata: Several[Erratum] = Field([], description="What it says that is not so.")

    @property
    def heading(self) -> str:
        """The title of the work."""
        return self.title

    @property
    def doi_url(self) -> str:
        """The address of its DOI, in which what no address may hold is escaped; empty without one."""
        return f"https://doi.org/{quote(self.doi, safe=_IN_ADDRESSES)}" if self.doi else ""

    @property
    def names(self) -> Name:
        """The title in its forms, and the short names."""
        chinese = self.language.startswith("zh")
        also = [*self.name.also, self.name.en] if self.name else []
        if self.title_original and not chinese:
            also.append(self.title_original)
        zh = self.name.zh if self.name else None
        if self.title_original and chinese:
            zh = Chinese(self.title_original)
        return Name.model_construct(en=self.title, zh=zh, pinyin=self.title_pinyin, also=also)
