"""The order of fields in a record.

What a thing is called, what is true of it, what we say of it, how it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pydantic import BaseModel

from xinyong.problems import Path
from xinyong.records import MODELS
from xinyong.records.base import Cited, Record, Relation
from xinyong.records.read import field_models

_FIRST = ("id", "formerly", "name", "asked")
_LAST = ("details", "summary", "summary_zh", "annotation", "see", "reviewed")
_EXCEPTIONS = {
    "cities": ((*_FIRST, "summary", "summary_zh", "annotation"), ("details", "see", "reviewed")),
    "citations": (
        _FIRST,
        ("details", "summary", "summary_zh", "annotation", "about", "errata", "see", "reviewed"),
    ),
}
"""Of a place, what it is known for comes first.

Of a source, what it is about and where it errs come last.
"""

_SUPPORT = ("as_of", "cite", "note", "inferred")


def order(kind: str, path: Path) -> Sequence[str]:
    """Return the fields of the mapping at ``path`` of a record of a kind, in the order in which they are written."""
    return fields(field_models(MODELS[kind], path))


@cache
def fields(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a model in the order in which they are written.

    Its own, then what supports them.
    """
    names = [field.alias or name for name, field in model.model_fields.items()]
    if issubclass(model, Record):
        first, last = _EXCEPTIONS.get(model.kind, (_FIRST, _LAST))
        return (*first, *(name for name in names if name not in (*first, *last)), *last)
    if issubclass(model, Cited | Relation):
        own = [name for name in names if name not in _SUPPORT]
        return (*own, *(name for name in _SUPPORT if name in names))
    return tuple(names)
