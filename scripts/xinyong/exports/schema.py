"""The tables that all tabular exports are views of.

Their columns, types, keys and what each column means.

The tables of the kinds are made from the models, so a new field is a new column with the
description that contributors read. One description serves CSV, JSON, SQLite, Parquet, the Data
Package and the data dictionary.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

from pydantic import BaseModel

from xinyong.records import MODELS
from xinyong.records.base import Cited
from xinyong.records.cities import Coordinates
from xinyong.records.fields import Field, fields
from xinyong.records.programs import Score
from xinyong.records.types import Link, Prose
from xinyong.source.edtf import Edtf

Type = Literal["text", "integer", "number", "boolean", "date", "list", "json"]
Row = dict[str, Any]
"""One row: a value for every column of its table, None where there is none.

A list is a list of texts.
"""


@dataclass(frozen=True)
class Column:
    """A column.

    Its name, type and meaning, whether it is always given, and the table whose key it points to.
    """

    name: str
    type: Type
    meaning: str
    required: bool = False
    points_to: str = ""


@dataclass(frozen=True)
class Table:
    """A table: its name, what one row is, its columns and the columns that make its key."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    by_kind: bool = False

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @cached_property
    def typed(self) -> tuple[tuple[int, Type], ...]:
        """The columns that are no plain text, by their places, each with its type."""
        return tuple(
            (place, column.type)
            for place, column in enumerate(self.columns)
            if column.type != "text"
        )


@dataclass(frozen=True)
class Part:
    """One column made from a field of a record: how its value is got."""

    column: Column
    get: Callable[[Any], Any]


_NAMES = (
    Column(
        "id",
        "text",
        "The record's id, unique in the whole corpus; its page is /<kind>/<id>/.",
        required=True,
    ),
    Column("name", "text", "The English name, or the title in English.", required=True),
    Column("name_zh", "text", "The name in simplified Chinese characters."),
    Column("name_pinyin", "text", "The pinyin of the Chinese name, with tone marks."),
)
_PLACE = (
    Column("record", "text", "The record in which it stands.", required=True, points_to="records"),
    Column("kind", "text", "The kind of that record.", required=True),
    Column("path", "text", "Where in the record it stands.", required=True),
)
_HOLD = "List of texts: JSON arrays in CSV and SQLite."

RECORDS = Table(
    "records",
    "One row a record of any kind.",
    (
        _NAMES[0],
        Column("kind", "text", "The kind of record.", required=True),
        *_NAMES[1:],
        Column("names_also", "list", f"Every other name in use. {_HOLD}"),
        Column("layer", "text", "Who runs it: state, municipal, commercial or financial."),
        Column("summary", "text", "What a newcomer has to know, as plain text."),
        Column("summary_zh", "text", "The summary in simplified Chinese, as plain text."),
        Column(
            "annotation",
            "text",
            "What is disputed, what changed, what the sources cannot show, as plain text.",
        ),
        Column("reviewed", "date", "The day on which it was last held against its sources."),
        Column("facts", "integer", "How many facts it states.", required=True),
        Column("formerly", "list", f"Ids that it had before. {_HOLD}"),
        Column("url", "text", "The address of its page.", required=True),
    ),
    ("id",),
    by_kind=True,
)
FACTS = Table(
    "facts",
    "One row a fact: a value, when it held, how well it stands, and the citations that support it.",
    (
        Column("id", "text", "The record's id and the path, joined by '#'.", required=True),
        Column("record", "text", "The record that states it.", required=True, points_to="records"),
        Column("kind", "text", "The kind of that record.", required=True),
        Column(
            "field", "text", "The field of the record, such as launched or benefits.", required=True
        ),
        Column("path", "text", "Where in the record it stands, such as benefits.0.", required=True),
        Column(
            "value",
            "text",
            "What is so, as text; of an entry with several parts the first.",
            required=True,
        ),
        Column("number", "number", "The value as a number, where it is one."),
        Column("date_from", "date", "The first day that the value may mean, where it is a date."),
        Column(
            "date_to",
            "date",
            "The last day that the value may mean, where it is a date with an end.",
        ),
        Column(
            "target",
            "text",
            "The record that the value names, where it is a link.",
            points_to="records",
        ),
        Column(
            "more",
            "json",
            "The other parts of the entry, as a JSON object; see the model's fields.",
        ),
        Column("as_of", "text", "The date at which it held, in EDTF."),
        Column("as_of_from", "date", "The first day of that date."),
        Column("as_of_to", "date", "The last day of that date, where it has an end."),
        Column(
            "standing",
            "text",
            "How well it is supported: primary, corroborated, single, second-hand or inferred.",
            required=True,
        ),
        Column(
            "disputed",
            "boolean",
            "Whether another entry for the same time contradicts it.",
            required=True,
        ),
        Column("cite", "list", f"The citations that support it, by id. {_HOLD}", required=True),
        Column(
            "locator",
            "list",
            f"Where in each of them, in the same order; empty where not said. {_HOLD}",
            required=True,
        ),
        Column(
            "via",
            "list",
            f"The work in which each was read, where it was not read itself. {_HOLD}",
            required=True,
        ),
        Column("note", "text", "What is counted, what is doubtful, why an entry is preferred."),
        Column(
            "inferred",
            "text",
            "Given where no source says it but it follows from what they say: how.",
        ),
    ),
    ("id",),
    by_kind=True,
)
CITES = Table(
    "cites",
    "One row a cite: a place in a record that points to a citation.",
    (
        *_PLACE,
        Column("position", "integer", "Its place among the cites there, from 0.", required=True),
        Column(
            "fact",
            "text",
            "The fact that it supports; empty for a cite in a text or a relation.",
            points_to="facts",
        ),
        Column(
            "citation", "text", "The citation that it names.", required=True, points_to="citations"
        ),
        Column("locator", "text", "Where in that work."),
        Column(
            "via",
            "text",
            "The cite of the work in which it was read, where it was not read itself.",
        ),
        Column(
            "read",
            "text",
            "The citation that was read: the one named, or the last of via.",
            required=True,
            points_to="citations",
        ),
    ),
    ("record", "path", "position"),
    by_kind=True,
)
LINKS = Table(
    "links",
    "One row a link from one record to another, in a field or in a text.",
    (
        *_PLACE,
        Column("position", "integer", "Its place among the links there, from 0.", required=True),
        Column("field", "text", "The field: what the link means.", required=True),
        Column(
            "target", "text", "The record that it points to.", required=True, points_to="records"
        ),
        Column("target_kind", "text", "The kind of that record.", required=True),
    ),
    ("record", "path", "position"),
    by_kind=True,
)
NAMES = Table(
    "names",
    "One row a name by which a record can be found.",
    (
        Column("record", "text", "The record.", required=True, points_to="records"),
        Column("kind", "text", "The kind of that record.", required=True),
        Column("position", "integer", "Its place among the record's names, from 0.", required=True),
        Column("form", "text", "en, zh, pinyin or also.", required=True),
        Column("name", "text", "The name.", required=True),
    ),
    ("record", "position"),
    by_kind=True,
)
VOCABULARY = Table(
    "vocabulary",
    "One row a value of a controlled vocabulary.",
    (
        Column("vocabulary", "text", "The vocabulary.", required=True),
        Column("value", "text", "The value as it stands in the records.", required=True),
        Column("label", "text", "Its label in English.", required=True),
        Column("meaning", "text", "The line that defines it.", required=True),
    ),
    ("vocabulary", "value"),
)
_WORK = (
    Column("label", "text", "The short reference, such as Koetse 2018.", required=True),
    Column(
        "reference",
        "text",
        "The full reference in the author-date style of the Chicago Manual.",
        required=True,
    ),
    Column("issued", "text", "The date that the work is known by, in EDTF."),
    Column("issued_from", "date", "The first day of that date."),
    Column(
        "year",
        "integer",
        "The year of that date, of an interval the first; empty where only a decade is known.",
    ),
)

_SKIPPED = frozenset(
    {
        "id",
        "name",
        "summary",
        "summary_zh",
        "annotation",
        "details",
        "formerly",
        "title",
        "reviewed",
    }
)


@cache
def tables() -> Mapping[str, Table]:
    """Return all tables by name, in the order in which they are shown."""
    general = (RECORDS, FACTS, CITES, LINKS, NAMES, VOCABULARY)
    return {table.name: table for table in (*map(kind_table, MODELS), *general)}


@cache
def kind_table(kind: str) -> Table:
    """Return the table of a kind: its fields that hold one value at a time, and its links."""
    own = tuple(part.column for part in parts(kind))
    work = _WORK if kind == "citations" else ()
    return Table(kind, f"One row a record of the kind {kind}.", (*_NAMES, *work, *own), ("id",))


@cache
def parts(kind: str) -> tuple[Part, ...]:
    """Return the columns that are made from the fields of a kind, with the way to get each value."""
    return tuple(part for field in fields(MODELS[kind]) for part in _parts(field))


def fact_model(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of the fields of a fact's model that are its own.

    Its value first, then its other parts.
    """
    own = [name for name in model.model_fields if name not in Cited.model_fields]
    return ("value", *[name for name in own if name != "value"]) if "value" in own else tuple(own)


def current(facts: list[Any]) -> Any:
    """Return the value that held last: of the latest ``as_of``, and the first given among equals.

    None for none.
    """
    return (
        max(facts, key=lambda fact: fact.as_of.latest.toordinal() if fact.as_of else 0).value
        if facts
        else None
    )


def _parts(field: Field) -> Iterator[Part]:
    name = field.attribute
    if name in _SKIPPED:
        return
    if field.shape == "facts":
        yield from _value_parts(field)
    elif field.is_list:
        if field.type is Link or (field.type is str and not field.entry):
            column = Column(name, "list", f"{field.meaning} {_HOLD}")
            yield Part(
                column, lambda record: [_linked(item) for item in getattr(record, name) or ()]
            )
    elif field.type in _SCALARS or field.type is Link:
        type_ = _SCALARS.get(field.type, "text")
        column = Column(
            name, type_, field.meaning, required=field.required, points_to=_points_to(field)
        )
        yield Part(column, lambda record: plain(getattr(record, name)))


def _value_parts(field: Field) -> Iterator[Part]:
    name, inner = field.attribute, field.type
    meaning = f"{field.meaning} The entry that held last; all entries are in facts."
    if inner is Coordinates:
        yield Part(Column("latitude", "number", f"{meaning} Degrees north."), _of(name, "lat"))
        yield Part(Column("longitude", "number", f"{meaning} Degrees east."), _of(name, "lon"))
    elif inner is Score:
        yield Part(Column(f"{name}_min", "integer", f"{meaning} The lowest."), _of(name, "min"))
        yield Part(Column(f"{name}_max", "integer", f"{meaning} The highest."), _of(name, "max"))
    elif inner is Edtf:
        yield Part(Column(name, "text", f"{meaning} In EDTF."), _current(name))
        yield Part(
            Column(f"{name}_from", "date", f"{meaning} Its first day."), _of(name, "earliest")
        )
    else:
        type_ = _SCALARS.get(inner, "text")
        yield Part(Column(name, type_, meaning, points_to=_points_to(field)), _current(name))


def _points_to(field: Field) -> str:
    """Return the table whose key a link names: that of its kind, or the one of all records."""
    if not field.kinds:
        return ""
    return field.kinds[0] if len(field.kinds) == 1 else RECORDS.name


def _current(source: str) -> Callable[[Any], Any]:
    return lambda record: plain(current(getattr(record, source)))


def _of(source: str, attribute: str) -> Callable[[Any], Any]:
    def get(record: Any) -> Any:
        value = getattr(current(getattr(record, source)), attribute, None)
        return None if value == datetime.date.min else value

    return get


def plain(value: Any) -> Any:
    """Return a single value as it stands in a row.

    A date or link as its text, a number as it is.
    """
    return value if value is None or isinstance(value, bool | int | float) else str(value)


_SCALARS: Mapping[Any, Type] = {
    str: "text",
    Prose: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    Edtf: "text",
}


def _linked(item: Any) -> str:
    return str(getattr(item, "value", item))
