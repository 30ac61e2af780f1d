"""What all records share: names, facts, prose, and the look of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticUndefined

from xinyong.records.types import (
    AnyLink,
    Chinese,
    ChineseProse,
    Cites,
    Date,
    FormerId,
    Id,
    Line,
    Number,
    OneOrMore,
    Pinyin,
    Prose,
    Remark,
    Text,
    no_repetition,
)
from xinyong.records.vocabularies import LAYER, SERIES

T = TypeVar("T")


class Strict(BaseModel):
    """A mapping with known fields only, which nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    noun: ClassVar[str] = "entry"

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        for field in cls.model_fields.values():
            if field.default == []:
                field.default, field.default_factory = PydanticUndefined, _nothing


def _nothing() -> list[Any]:
    """Return what every list without entries is: one for all, where pydantic would copy it."""
    return _NOTHING


_NOTHING: list[Any] = []


class Name(Strict):
    """The names of a thing in all languages."""

    noun: ClassVar[str] = "name"
    en: Line = Field(
        description="The English name, or the rendering of the Chinese name that this site uses.",
    )
    zh: Chinese | None = Field(None, description="The name in simplified Chinese characters.")
    pinyin: Pinyin | None = Field(
        None, description="The pinyin of the Chinese name, with tone marks."
    )
    also: list[Line] = Field(
        [],
        description="Every other name or rendering in use; all of them can be searched for.",
    )


class Cited(Strict):
    """Something said with its source."""

    noun: ClassVar[str] = "fact"
    cite: Cites = Field(
        description="The citations that support it: one id or a list; see 'cite' in the guide."
    )
    as_of: Date | None = Field(
        None, description="The date at which it held, or to which a figure refers."
    )
    note: Remark | None = Field(
        None, description="A remark: what is counted, what is doubtful, why one entry is preferred."
    )
    inferred: Remark | None = Field(
        None,
        description="Given where no source says it but it follows from what they say: how it follows.",
    )


class Fact(Cited, Generic[T]):
    """A value, when it held, and the citations that support it."""

    value: T = Field(description="What is so.")


SINGLE = "single"
"""Marks a field that has one true value at a time: entries that differ for one date are a
disagreement."""


def _from_id(value: Any) -> Any:
    return {"value": value} if isinstance(value, str) else value


class Relation(Strict, Generic[T]):
    """A link to another record; a bare id, or a mapping with its cite."""

    noun: ClassVar[str] = "relation"
    value: T = Field(description="The id of the record linked to.")
    cite: Cites | None = Field(None, description="The citations that support the relation.")
    as_of: Date | None = Field(None, description="The date at which it held.")
    note: Remark | None = Field(None, description="A remark, such as the part played.")


def _one_or_more(item: Any) -> Any:
    """Return the type of a list for which a single entry may stand."""
    return Annotated[list[item], OneOrMore()]


# Generic models keep no type parameter inside a generic alias, so the aliases are built when they are subscripted.
if TYPE_CHECKING:
    Facts = list[Fact[T]]
    Points = list[Fact[T]]
    Relations = list[Relation[T]]
    Several = list[T]
    Links = list[T]
else:

    class Facts:
        """One true value at a time.

        Several entries are a history (``as_of``) or a disagreement between sources.
        """

        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[_one_or_more(Fact[item]), SINGLE]

    class Points:
        """Any number of values that hold side by side."""

        def __class_getitem__(cls, item: Any) -> Any:
            return _one_or_more(Fact[item])

    class Relations:
        """Links to other records: ids, or mappings with ``value`` and ``cite``."""

        def __class_getitem__(cls, item: Any) -> Any:
            bare = BeforeValidator(_from_id, json_schema_input_type=item | Relation[item])
            return _one_or_more(Annotated[Relation[item], bare])

    class Several:
        """One entry or a list of them."""

        def __class_getitem__(cls, item: Any) -> Any:
            return _one_or_more(item)

    class Links:
        """Plain links to other records, which state no fact of their own."""

        def __class_getitem__(cls, item: Any) -> Any:
            return Annotated[_one_or_more(item), AfterValidator(no_repetition)]


class Detail(Cited):
    """A fact for which the kind has no field of its own."""

    noun: ClassVar[str] = "detail"

    label: Line = Field(
        description="What it is about, in a few words: 'Rank in the city monitoring'.",
    )
    value: Text = Field(description="What is so.")


class Contact(Cited):
    """A point at which one layer reaches into another."""

    noun: ClassVar[str] = "contact"
    from_: Annotated[str, LAYER] = Field(alias="from", description="The layer that it starts from.")
    to: Annotated[str, LAYER] = Field(description="The layer that it reaches.")
    value: Text = Field(description="What happens there, in one sentence.")


class Figure(Cited):
    """A number at a time, and what it counts."""

    noun: ClassVar[str] = "figure"
    value: Number = Field(description="The number, without separators.")
    counts: Line = Field(
        description="What is counted, in words that cannot be taken for something else.",
    )
    series: Annotated[str, SERIES] = Field(
        description="Whether it counts all since a start, one day, or a period."
    )


class Record(Strict):
    """What every record has."""

    kind: ClassVar[str]
    id: Id | None = Field(
        None, description="The record's id; may be left out, since the file's name says it."
    )
    name: Name = Field(description="The names of the thing.")
    asked: Several[Line] = Field(
        [],
        description="Phrases and questions, in English and Chinese, that people type into a search when this page "
        "is the answer. A phrase stands in one record only.",
    )
    summary: Prose = Field(
        description="What a newcomer has to know, in a few sentences of our own, each cited."
    )
    summary_zh: ChineseProse | None = Field(
        None,
        description="The summary in simplified Chinese: one or two sentences of our own, each cited, "
        "which say nothing that the English summary does not say.",
    )
    annotation: Prose | None = Field(
        None, description="What is disputed, what changed, and what the sources cannot show."
    )
    details: Several[Detail] = Field([], description="Facts for which there is no field.")
    see: Links[AnyLink] = Field(
        [], description="Other records that a reader of this one should know of."
    )
    formerly: Links[FormerId] = Field(
        [],
        description="Ids that this record had before; their addresses lead here for ever. "
        "With the kind before it where the record was of another kind: cities/zhima.",
    )
    reviewed: Date | None = Field(
        None, description="The day on which it was last held against its sources."
    )

    @property
    def heading(self) -> str:
        """The title of the record's page."""
        return self.name.en

    @property
    def names(self) -> Name:
        """The names under which it is found."""
        return self.name
