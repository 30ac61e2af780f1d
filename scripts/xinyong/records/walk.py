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
    yield from _spots(record, ())


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


def _spots(value: Any, path: Path) -> Iterator[Spot]:
    if isinstance(value, BaseModel):
        yield path, value
        for name, key in _fields(type(value)):
            inner = getattr(value, name)
            if inner is not None and inner != []:
                yield from _spots(inner, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _spots(item, (*path, index))
    else:
        yield path, value


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple((name, field.alias or name) for name, field in model.model_fields.items())
