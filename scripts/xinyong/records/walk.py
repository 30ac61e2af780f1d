"""Walk through a record: every fact, link, cite, date and text in it, with its path."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from xinyong.problems import Path
from xinyong.records.base import Cited, Record
from xinyong.records.fields import fields

V = TypeVar("V")


Spot = tuple[Path, Any]
"""The path that leads to a value from the record's root, and the value."""


def spots(record: Record) -> Iterator[Spot]:
    """Yield every value of the record that is given, mappings included, in the order of the fields."""
    found: list[Spot] = []
    _gather(record, (), found)
    yield from found


def values(record: Record, type_: type[V]) -> Iterator[tuple[Path, V]]:
    """Yield the values of one type: ``values(record, Cite)``."""
    return ((path, value) for path, value in spots(record) if isinstance(value, type_))


def facts(record: Record) -> Iterator[tuple[Path, Cited]]:
    """Yield the facts of a record: everything in it that carries cites of its own."""
    yield from values(record, Cited)


@cache
def single_fields(model: type[BaseModel]) -> frozenset[str]:
    """Return the names of the fields that hold one true value at a time."""
    return frozenset(field.attribute for field in fields(model) if field.shape == "facts")


def _gather(value: Any, path: Path, found: list[Spot]) -> None:
    found.append((path, value))
    type_: Any = type(value)
    for name, key in _fields(type_):
        inner = getattr(value, name)
        if type(inner) is list:
            for index, item in enumerate(inner):
                _gather(item, (*path, key, index), found)
        elif inner is not None:
            _gather(inner, (*path, key), found)


@cache
def _fields(type_: type) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model, as kept and as written; none of a bare value."""
    if not issubclass(type_, BaseModel):
        return ()
    return tuple((name, field.alias or name) for name, field in type_.model_fields.items())
