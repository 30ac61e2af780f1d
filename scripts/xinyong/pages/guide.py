"""The contributors' reference: the fields of each kind and the vocabularies, read off the models themselves."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from markupsafe import Markup
from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from xinyong.markup import text
from xinyong.pages.page import heading
from xinyong.pages.views import View
from xinyong.records import MODELS
from xinyong.records import vocabularies as tables
from xinyong.records.base import SINGLE, Cited, Detail, Fact, Name, Record, Relation
from xinyong.records.types import FORMER_SCHEMA, ID_SCHEMA, Chinese, Matching, Pinyin, Prose, To
from xinyong.records.vocabularies import Vocabulary
from xinyong.source.cites import Cite
from xinyong.source.edtf import Edtf
from xinyong.words import GUIDE, KIND_ONE

VOCABULARIES: tuple[Vocabulary, ...] = tuple(value for value in vars(tables).values() if isinstance(value, Vocabulary))
"""Every vocabulary, in the order of their module."""

SHARED: tuple[type[BaseModel], ...] = (Record, Name, Fact, Relation, Detail)
"""The models that stand on the page of what all records share."""

_TYPES: Mapping[type, str] = {
    Prose: "prose",
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
    own = [name for name in model.model_fields if name not in Record.model_fields or _is_changed(model, name)]
    parts = [_table(view, model, own)]
    for inner in dict.fromkeys(_inner(model, own)):
        names = [name for name in inner.model_fields if name not in Cited.model_fields or not issubclass(inner, Cited)]
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
        rows = [row.format(key, text(value.label), text(value.meaning)) for key, value in table.values.items()]
        parts += [heading(2, slug(table), text(_capital(table.name))), _whole(("write", "shown", "meaning"), rows)]
    return Markup("\n").join(parts)


def slug(table: Vocabulary) -> str:
    """Return the anchor of a vocabulary on its page."""
    return table.name.replace(" ", "-")


def _as_fact(view: View, model: type[BaseModel]) -> Markup:
    """Say of a mapping that is a fact what it has as such, instead of saying it of each again."""
    if not issubclass(model, Cited):
        return Markup("")
    names = Markup(", ").join(Markup("<code>{}</code>").format(name) for name in Cited.model_fields)
    link = Markup('<a href="{}contribute/fields/#{}">{}</a>').format(view.root, _anchor(Fact), GUIDE["every-fact"])
    return Markup("<p>{} {}: {}.</p>").format(GUIDE["it-has"], link, names)


def _table(view: View, model: type[BaseModel], names: list[str]) -> Markup:
    row = Markup('<tr><td><code id="{0}">{1}</code>{2}</td><td>{3}</td><td>{4}</td></tr>')
    rows = []
    for name in names:
        field = model.model_fields[name]
        shown = field.alias or name
        needed = Markup("<br><strong>{}</strong>").format(GUIDE["needed"]) if field.is_required() else Markup("")
        anchor = f"{_anchor(model)}-{shown}"
        rows.append(row.format(anchor, shown, needed, _allowed(view, field), text(field.description or "")))
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


def _allowed(view: View, field: FieldInfo) -> Markup:
    """Say what may stand in a field."""
    return Markup(" ").join(_words(view, field.annotation, tuple(field.metadata)))


def _words(view: View, annotation: Any, metadata: tuple[Any, ...]) -> Iterator[Markup]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _words(view, inner, (*metadata, *more))
    elif origin in (Union, types.UnionType):
        for inner in get_args(annotation):
            if inner is not type(None):
                yield from _words(view, inner, metadata)
    elif origin is list:
        yield Markup(GUIDE["one-true" if SINGLE in metadata else "several"])
        yield from _words(view, get_args(annotation)[0], ())
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _model(view, annotation)
    else:
        yield _value(view, annotation, metadata)


def _model(view: View, model: type[BaseModel]) -> Iterator[Markup]:
    name = model.__name__.partition("[")[0]
    place = "" if not issubclass(model, Record) and name not in {shared.__name__ for shared in SHARED} else (
        f"{view.root}contribute/fields/"
    )  # fmt: skip
    yield Markup('<a href="{}#{}">{}</a>').format(place, _anchor(model), getattr(model, "noun", "entry"))
    if name in ("Fact", "Relation"):
        value = model.model_fields["value"]
        yield Markup("{}").format(GUIDE["of"])
        yield from _words(view, value.annotation, tuple(value.metadata))


def _value(view: View, annotation: Any, metadata: tuple[Any, ...]) -> Markup:
    for mark in metadata:
        if isinstance(mark, Vocabulary):
            html = '<a href="{}contribute/vocabularies/#{}">{}</a>'
            return Markup(html).format(view.root, slug(mark), mark.name)
        if isinstance(mark, To):
            kinds = [KIND_ONE[kind].lower() for kind in mark.kinds]
            return Markup(GUIDE["id-of"].format(kind=kinds[0] if len(kinds) == 1 else GUIDE["any-record"]))
        if isinstance(mark, Matching):
            return text(mark.what)
    if isinstance(annotation, TypeVar):
        return Markup(GUIDE["depends"])
    if annotation is str:
        schemas = [mark.json_schema or {} for mark in metadata if isinstance(mark, WithJsonSchema)]
        pattern = schemas[0].get("pattern", "") if schemas else ""
        return Markup(GUIDE[_PATTERNS.get(pattern, "text")])
    return Markup(GUIDE[_TYPES[annotation]])


def _inner(model: type[BaseModel], names: list[str]) -> Iterator[type[BaseModel]]:
    """Yield the mappings that stand in fields, and those that stand in these, but for what all records share."""
    for name in names:
        for inner in _models(model.model_fields[name].annotation):
            if inner.__name__.partition("[")[0] in {shared.__name__ for shared in SHARED}:
                value = inner.model_fields.get("value")
                yield from _inner_of(_models(value.annotation)) if value else ()
            else:
                yield from _inner_of((inner,))


def _inner_of(models: Any) -> Iterator[type[BaseModel]]:
    for model in models:
        yield model
        yield from _inner(model, [name for name in model.model_fields if name not in Cited.model_fields])


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _is_changed(model: type[Record], name: str) -> bool:
    return model.model_fields[name].is_required() != Record.model_fields[name].is_required()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
