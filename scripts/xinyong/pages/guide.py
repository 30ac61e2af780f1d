"""The contributors' reference: the fields of each kind and the vocabularies, read off the models themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from markupsafe import Markup
from pydantic import BaseModel, WithJsonSchema

from xinyong.markup import text
from xinyong.pages.page import heading
from xinyong.pages.views import View
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
from xinyong.records.vocabularies import Vocabulary
from xinyong.source.cites import Cite
from xinyong.source.edtf import Edtf
from xinyong.words import GUIDE, KIND_ONE

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


def fields(view: View, kind: str) -> Markup | None:
    """Show the fields of a kind, those apart that every record has, and the mappings that stand in them."""
    if kind not in MODELS:
        return None
    model = MODELS[kind]
    own = [
        name
        for name in model.model_fields
        if name not in Record.model_fields or _is_changed(model, name)
    ]
    parts = [_table(view, model, own)]
    for inner in dict.fromkeys(_inner(model, own)):
        names = [
            name
            for name in inner.model_fields
            if name not in Cited.model_fields or not issubclass(inner, Cited)
        ]
        parts += [_heading(inner), _as_fact(view, inner), _table(view, inner, names)]
    return Markup("\n").join(parts)


def shared(view: View) -> Markup:
    """Show what all records share: the record itself, names, facts, relations, details."""
    parts = []
    for model in SHARED:
        parts += [_heading(model, 2), _table(view, model, list(model.model_fields))]
    return Markup("\n").join(parts)


def vocabularies(view: View) -> Markup:
    """Show every vocabulary: what is written, what is shown for it, what it means."""
    parts = []
    for table in VOCABULARIES:
        row = Markup("<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>")
        rows = [
            row.format(key, text(value.label), text(value.meaning))
            for key, value in table.values.items()
        ]
        parts += [
            heading(2, slug(table), text(_capital(table.name))),
            _whole(("write", "shown", "meaning"), rows),
        ]
    return Markup("\n").join(parts)


def slug(table: Vocabulary) -> str:
    """Return the anchor of a vocabulary on its page."""
    return table.name.replace(" ", "-")


def _as_fact(view: View, model: type[BaseModel]) -> Markup:
    """Say of a mapping that is a fact what it has as such, instead of saying it of each again."""
    if not issubclass(model, Cited):
        return Markup("")
    names = Markup(", ").join(Markup("<code>{}</code>").format(name) for name in Cited.model_fields)
    link = Markup('<a href="{}contribute/fields/#{}">{}</a>').format(
        view.root, _anchor(Fact), GUIDE["every-fact"]
    )
    return Markup("<p>{} {}: {}.</p>").format(GUIDE["it-has"], link, names)


def _table(view: View, model: type[BaseModel], names: list[str]) -> Markup:
    row = Markup('<tr><td><code id="{0}">{1}</code>{2}</td><td>{3}</td><td>{4}</td></tr>')
    rows = []
    for field in record_fields(model):
        if field.attribute not in names:
            continue
        needed = (
            Markup("<br><strong>{}</strong>").format(GUIDE["needed"])
            if field.required
            else Markup("")
        )
        anchor = f"{_anchor(model)}-{field.name}"
        rows.append(
            row.format(anchor, field.name, needed, _allowed(view, field), text(field.meaning))
        )
    return _whole(("field", "stands", "meaning"), rows)


def _whole(heads: tuple[str, ...], rows: list[Markup]) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(GUIDE[name]) for name in heads)
    table = '<table class="xy-plain xy-fields"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    return Markup(f'<div class="xy-wide">{table}</div>').format(head, Markup("").join(rows))


def _heading(model: type[BaseModel], level: int = 3) -> Markup:
    about = (model.__doc__ or "").strip().split("\n")[0]
    title = _capital(getattr(model, "noun", "entry") if model is not Record else GUIDE["record"])
    return heading(level, _anchor(model), text(title)) + Markup("<p>{}</p>").format(text(about))


def _anchor(model: type[BaseModel]) -> str:
    return f"f-{model.__name__.partition('[')[0].lower()}"


def _allowed(view: View, field: Field) -> Markup:
    """Say what may stand in a field."""
    pieces = []
    if field.is_list:
        pieces.append(Markup(GUIDE["one-true" if field.shape == "facts" else "several"]))
    if field.entry:
        pieces.append(_model(view, field.entry))
    if field.entry and issubclass(field.entry, Fact | Relation):
        pieces.append(Markup(GUIDE["of"]))
        pieces.append(_model(view, field.type) if _is_model(field.type) else _value(view, field))
    if not field.entry:
        pieces.append(_value(view, field))
    return Markup(" ").join(pieces)


def _model(view: View, model: type[BaseModel]) -> Markup:
    name = model.__name__.partition("[")[0]
    shared = issubclass(model, Record) or name in _SHARED_NAMES
    place = f"{view.root}contribute/fields/" if shared else ""
    return Markup('<a href="{}#{}">{}</a>').format(
        place, _anchor(model), getattr(model, "noun", "entry")
    )


def _value(view: View, field: Field) -> Markup:
    if field.vocabulary:
        html = '<a href="{}contribute/vocabularies/#{}">{}</a>'
        return Markup(html).format(view.root, slug(field.vocabulary), field.vocabulary.name)
    if field.kinds:
        one = KIND_ONE[field.kinds[0]].lower() if len(field.kinds) == 1 else GUIDE["any-record"]
        return Markup(GUIDE["id-of"].format(kind=one))
    for mark in field.marks:
        if isinstance(mark, Matching):
            return text(mark.what)
    if isinstance(field.type, TypeVar):
        return Markup(GUIDE["depends"])
    if field.type is str:
        schemas = [
            mark.json_schema or {} for mark in field.marks if isinstance(mark, WithJsonSchema)
        ]
        pattern = schemas[0].get("pattern", "") if schemas else ""
        return Markup(GUIDE[_PATTERNS.get(pattern, "text")])
    return Markup(GUIDE[_TYPES[field.type]])


def _inner(model: type[BaseModel], names: list[str]) -> Iterator[type[BaseModel]]:
    """Yield the mappings that stand in fields, and those that stand in these, but for what all records share."""
    for field in record_fields(model):
        if field.attribute in names and _is_model(field.type) and field.type not in SHARED:
            yield field.type
            yield from _inner(
                field.type,
                [name for name in field.type.model_fields if name not in Cited.model_fields],
            )


def _is_model(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, BaseModel)


def _is_changed(model: type[Record], name: str) -> bool:
    return model.model_fields[name].is_required() != Record.model_fields[name].is_required()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
