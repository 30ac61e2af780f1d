"""The contributors' reference: the fields of each kind and the vocabularies, read off the models themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from markupsafe import Markup
from pydantic import BaseModel, WithJsonSchema

from xinyong.pages.environment import macro
from xinyong.pages.view import View
from xinyong.records import MODELS
from xinyong.records import vocabularies as tables
from xinyong.records.base import Cited, Detail, Fact, Name, Record, Relation
from xinyong.records.fields import Field
from xinyong.records.fields import fields as record_fields
from xinyong.records.types import (
    FORMER_SCHEMA,
    ID_SCHEMA,
    Chinese,
    ChineseProse,
    Matching,
    Pinyin,
    Prose,
)
from xinyong.records.vocabularies import Value, Vocabulary
from xinyong.source.cites import Cite
from xinyong.source.edtf import Edtf
from xinyong.words import GUIDE, KIND_ONE
from xinyong.words import table as word_table

VOCABULARIES: tuple[Vocabulary, ...] = tuple(
    value for value in vars(tables).values() if isinstance(value, Vocabulary)
)
"""Every vocabulary, in the order of their module."""

SHARED: tuple[type[BaseModel], ...] = (Record, Name, Fact, Relation, Detail)
"""The models that stand on the page of what all records share."""

_SHARED_NAMES = frozenset(model.__name__ for model in SHARED)

_TYPES: Mapping[type, str] = {
    Prose: "prose",
    ChineseProse: "prose",
    Chinese: "chinese",
    Pinyin: "pinyin",
    Edtf: "date",
    Cite: "cite",
    int: "whole",
    float: "number",
    bool: "truth",
}
_PATTERNS: Mapping[str, str] = {
    "^https?://": "address",
    str(ID_SCHEMA["pattern"]): "id",
    str(FORMER_SCHEMA["pattern"]): "former-id",
}
"""What a text is that has to have a form of its own."""


@dataclass(frozen=True)
class _Allowed:
    """A piece of what may stand in a field; it leads to an anchor of the page at ``address``.

    An empty address is that of the page itself; None where the piece leads nowhere.
    """

    words: str
    address: str | None = None
    anchor: str = ""


@dataclass(frozen=True)
class _Row:
    """A field: its name, what may stand there, what it means, and whether it has to be given."""

    name: str
    allowed: Sequence[_Allowed]
    meaning: str
    required: bool


@dataclass(frozen=True)
class _Model:
    """The fields of a mapping under its title; ``fact_fields`` are those that it has as a fact."""

    anchor: str
    title: str
    about: str
    fields: Sequence[_Row]
    fact_anchor: str
    fact_fields: Sequence[str]


@dataclass(frozen=True)
class _Table:
    """A vocabulary: what is written for each value, and what that is called and means."""

    anchor: str
    title: str
    values: Sequence[tuple[str, Value]]


def fields(view: View, kind: str) -> Markup | None:
    """Show the fields of a kind, those apart that every record has, and the mappings that stand in them."""
    if kind not in MODELS:
        return None
    model = MODELS[kind]
    own = [name for name in model.model_fields if _is_own(model, name)]
    inner = dict.fromkeys(_inner(model, own))
    parts = [_model(model, own, title="")]
    parts += [_model(one, _names(one), title=_noun(one)) for one in inner]
    return macro("guide.html.j2", "models")(view.root, parts)


def shared(view: View) -> Markup:
    """Show what all records share: the record itself, names, facts, relations, details."""
    parts = [_model(model, list(model.model_fields), title=_noun(model)) for model in SHARED]
    return macro("guide.html.j2", "models")(view.root, parts, level=2)


def vocabularies(view: View) -> Markup:
    """Show every vocabulary: what is written, what is shown for it, what it means."""
    tables_ = [
        _Table(slug(table), _capital(table.name), list(table.values.items()))
        for table in VOCABULARIES
    ]
    return macro("guide.html.j2", "vocabularies")(tables_)


def slug(table: Vocabulary) -> str:
    """Return the anchor of a vocabulary on its page."""
    return word_table()["vocabularies"][table.key]["en"].replace(" ", "-")


def _model(model: type[BaseModel], names: Sequence[str], *, title: str) -> _Model:
    rows = [
        _Row(field.name, list(_allowed(field)), field.meaning, field.required)
        for field in record_fields(model)
        if field.attribute in names
    ]
    is_fact_of_its_own = issubclass(model, Cited) and model not in SHARED
    fact_fields = list(Cited.model_fields) if is_fact_of_its_own else []
    about = (model.__doc__ or "").strip().split("\n")[0]
    return _Model(_anchor(model), _capital(title), about, rows, _anchor(Fact), fact_fields)


def _names(model: type[BaseModel]) -> list[str]:
    """Return the names of a mapping's fields, without those that every fact has."""
    every = Cited.model_fields if issubclass(model, Cited) else {}
    return [name for name in model.model_fields if name not in every]


def _noun(model: type[BaseModel]) -> str:
    return GUIDE["record"] if model is Record else getattr(model, "noun", "entry")


def _anchor(model: type[BaseModel]) -> str:
    return f"f-{_class_name(model).lower()}"


def _class_name(model: type[BaseModel]) -> str:
    """Return the name of a model, without the type that it is filled with: ``Fact`` of ``Fact[str]``."""
    return model.__name__.partition("[")[0]


def _allowed(field: Field) -> Iterator[_Allowed]:
    """Say what may stand in a field."""
    if field.is_list:
        yield _Allowed(GUIDE["one-true" if field.shape == "facts" else "several"])
    if not field.entry:
        yield _value(field)
        return
    yield _link(field.entry)
    if issubclass(field.entry, Fact | Relation):
        yield _Allowed(GUIDE["of"])
        yield _link(field.type) if _is_model(field.type) else _value(field)


def _link(model: type[BaseModel]) -> _Allowed:
    is_shared = issubclass(model, Record) or _class_name(model) in _SHARED_NAMES
    address = "contribute/fields/" if is_shared else ""
    return _Allowed(getattr(model, "noun", "entry"), address, _anchor(model))


def _value(field: Field) -> _Allowed:
    if field.vocabulary:
        return _Allowed(field.vocabulary.name, "contribute/vocabularies/", slug(field.vocabulary))
    return _Allowed(_value_words(field))


def _value_words(field: Field) -> str:
    if len(field.kinds) == 1:
        return GUIDE["id-of"].format(kind=KIND_ONE[field.kinds[0]].lower())
    if field.kinds:
        return GUIDE["id-of"].format(kind=GUIDE["any-record"])
    for mark in field.marks:
        if isinstance(mark, Matching):
            return mark.what
    if isinstance(field.type, TypeVar):
        return GUIDE["depends"]
    if field.type is str:
        return GUIDE[_PATTERNS.get(_pattern(field), "text")]
    return GUIDE[_TYPES[field.type]]


def _pattern(field: Field) -> str:
    """Return the pattern that a text has to match; empty where any will do."""
    schemas = [mark.json_schema or {} for mark in field.marks if isinstance(mark, WithJsonSchema)]
    return str(schemas[0].get("pattern", "")) if schemas else ""


def _inner(model: type[BaseModel], names: Sequence[str]) -> Iterator[type[BaseModel]]:
    """Yield the mappings that stand in fields, and those that stand in these, but for what all records share."""
    for field in record_fields(model):
        if field.attribute in names and _is_model(field.type) and field.type not in SHARED:
            yield field.type
            own = [name for name in field.type.model_fields if name not in Cited.model_fields]
            yield from _inner(field.type, own)


def _is_model(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, BaseModel)


def _is_own(model: type[Record], name: str) -> bool:
    """Whether a field is the kind's own, or stricter in it than in other records."""
    shared = Record.model_fields.get(name)
    return shared is None or model.model_fields[name].is_required() != shared.is_required()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
