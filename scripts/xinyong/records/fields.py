"""Each field of a record, described once: read off the models for all who ask.

Schema, field reference, pages, compare, tables and ``new`` follow from these descriptions. A field
that is added to a model is therefore known to all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from xinyong.records import MODELS
from xinyong.records.base import SINGLE, Fact, Record, Relation
from xinyong.records.types import Link, To
from xinyong.records.vocabularies import Vocabulary

Shape = Literal["one", "facts", "points", "relations", "links", "several"]
"""How many values a field holds, and of what sort.

``one`` is a single value without a cite; ``facts`` are a history or a disagreement about one true
value; ``points`` are facts side by side; ``relations`` are links that may have a cite; ``links``
are plain links; ``several`` is any other list.
"""


@dataclass(frozen=True)
class Field:
    """One field of a model.

    ``name`` is what is written, ``attribute`` where the model keeps it. ``type`` is that of one
    value: for facts and relations the type of their ``value``. ``entry`` is the model of one entry,
    where entries are mappings. ``marks`` are the annotations of the value, its vocabulary and the
    kinds that it links to among them.
    """

    name: str
    attribute: str
    meaning: str
    required: bool
    shape: Shape
    type: Any
    entry: type[BaseModel] | None
    marks: tuple[Any, ...] = ()

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The vocabulary that its values are taken from, if any."""
        return next((mark for mark in self.marks if isinstance(mark, Vocabulary)), None)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that its values link to; empty where they are no links."""
        return next((mark.kinds for mark in self.marks if isinstance(mark, To)), ())

    @property
    def is_list(self) -> bool:
        """Whether it holds a list, for which a single entry may stand."""
        return self.shape != "one"

    @property
    def section(self) -> str:
        """The section of the page in which it stands.

        ``facts`` for what fits on a line, else one of its own.
        """
        return "facts" if self.shape in ("one", "facts", "relations", "links") else self.name


@cache
def fields(model: type[BaseModel]) -> tuple[Field, ...]:
    """Return the fields of a model, in the order in which it names them."""
    return tuple(_field(name, info) for name, info in model.model_fields.items())


@cache
def of_kind(kind: str) -> Mapping[str, Field]:
    """Return the fields of a kind by their names; raise KeyError for no kind."""
    return {field.name: field for field in fields(MODELS[kind])}


@cache
def own(kind: str) -> tuple[Field, ...]:
    """Return the fields that only this kind has, and not every record."""
    shared = Record.model_fields
    return tuple(field for field in fields(MODELS[kind]) if field.attribute not in shared)


def _field(name: str, info: FieldInfo) -> Field:
    outer, marks, in_list = _unwrapped(info.annotation, tuple(info.metadata))
    entry = outer if isinstance(outer, type) and issubclass(outer, BaseModel) else None
    value, value_marks = outer, marks
    if entry and issubclass(entry, Fact | Relation):
        inner = entry.model_fields["value"]
        value, value_marks, _ = _unwrapped(inner.annotation, tuple(inner.metadata))
    return Field(
        info.alias or name,
        name,
        info.description or "",
        info.is_required(),
        _shape(entry, value, single=SINGLE in info.metadata, in_list=in_list),
        value,
        entry,
        value_marks,
    )


def _shape(entry: type[BaseModel] | None, value: Any, *, single: bool, in_list: bool) -> Shape:
    if not in_list:
        return "one"
    if single:
        return "facts"
    if entry and issubclass(entry, Fact):
        return "points"
    if entry and issubclass(entry, Relation):
        return "relations"
    return "links" if value is Link else "several"


def _unwrapped(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...], bool]:
    """Return the type inside lists, annotations and ``None``, its annotations, and whether it was in a list."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _unwrapped(inner, (*marks, *more))
    if origin in (Union, UnionType):
        inner = next(one for one in get_args(annotation) if one is not type(None))
        return _unwrapped(inner, marks)
    if origin is list:
        found, inner_marks, _ = _unwrapped(get_args(annotation)[0], ())
        return found, inner_marks, True
    return annotation, marks, False
