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
from functools import cache
from typing import Any

from pydantic import BaseModel

from xinyong.exports.columns import Column, Table, Type
from xinyong.exports.general_tables import GENERAL, HOLD, NAMING, RECORDS
from xinyong.records import MODELS
from xinyong.records.base import Cited
from xinyong.records.cities import Coordinates
from xinyong.records.fields import Field, fields
from xinyong.records.programs import Score
from xinyong.records.types import Link, Prose
from xinyong.source.edtf import Edtf


@dataclass(frozen=True)
class Part:
    """One column made from a field of a record: how its value is got."""

    column: Column
    get: Callable[[Any], Any]


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
    return {table.name: table for table in (*map(kind_table, MODELS), *GENERAL)}


@cache
def kind_table(kind: str) -> Table:
    """Return the table of a kind: its fields that hold one value at a time, and its links."""
    own = tuple(part.column for part in parts(kind))
    work = _WORK if kind == "citations" else ()
    return Table(kind, f"One row a record of the kind {kind}.", (*NAMING, *work, *own), ("id",))


@cache
def parts(kind: str) -> tuple[Part, ...]:
    """Return the columns that are made from the fields of a kind, with the way to get each value."""
    return tuple(part for field in fields(MODELS[kind]) for part in _parts(field))


@cache
def fact_model(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of the fields of a fact's model that are its own.

    Its value first, then its other parts.
    """
    own = [name for name in model.model_fields if name not in Cited.model_fields]
    return ("value", *[name for name in own if name != "value"]) if "value" in own else tuple(own)


@cache
def named(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a model, each with the name by which records call it."""
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())


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
            column = Column(name, "list", f"{field.meaning} {HOLD}", vocabulary=_vocabulary(field))
            yield Part(
                column, lambda record: [_linked(item) for item in getattr(record, name) or ()]
            )
    elif field.type in _SCALARS or field.type is Link:
        type_ = _SCALARS.get(field.type, "text")
        column = Column(
            name,
            type_,
            field.meaning,
            required=field.required,
            points_to=_points_to(field),
            vocabulary=_vocabulary(field),
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
        column = Column(
            name, type_, meaning, points_to=_points_to(field), vocabulary=_vocabulary(field)
        )
        yield Part(column, _current(name))


def _points_to(field: Field) -> str:
    """Return the table whose key a link names: that of its kind, or the one of all records."""
    if not field.kinds:
        return ""
    return field.kinds[0] if len(field.kinds) == 1 else RECORDS.name


def _vocabulary(field: Field) -> str:
    return field.vocabulary.key if field.vocabulary else ""


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
