"""Turn a tree into a record, or into problems that say what does not fit.

Never stop at the first.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError, create_model
from pydantic_core import ErrorDetails

from xinyong.problems import MOST, Path, Problem, a, nearest
from xinyong.records import MODELS
from xinyong.records.base import Record
from xinyong.records.fields import fields
from xinyong.records.types import FAULTS_OF_TEXT, describe, quoted
from xinyong.source.yaml import Tree
from xinyong.source.yaml_errors import foreign

_ATTEMPTS = 6
_KEEP = {"keep": True}
"""The context that lets a text be kept whatever is wrong with it."""


@dataclass(frozen=True)
class Reading:
    """A record, whole or with its faulty parts left out (None where nothing could be kept), and its problems."""

    record: Record | None
    whole: bool
    problems: tuple[Problem, ...]


def read(kind: str, tree: Tree, file: str) -> Reading:
    """Read the tree of a file of ``kind``; ``file`` is the path named in the problems."""
    model = MODELS[kind]
    if not isinstance(tree, dict):
        message = (
            f"a record is a list of 'field: value' lines, not {describe(tree)}; {_beginning(tree)}"
        )
        return Reading(None, False, (Problem("X112", message, file),))
    try:
        return Reading(model.model_validate(tree), True, ())
    except ValidationError as error:
        details = error.errors(include_url=False)[: MOST + 1]
        problems = tuple(_problem(detail, model, file) for detail in details)
        return Reading(_salvage(model, tree, error), False, problems)


def field_models(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel]:
    """Return the model of the mapping that ``path`` leads into, beginning at ``model``."""
    for step in path:
        if not isinstance(step, str):
            continue
        inner = next(
            (field.entry for field in fields(model) if step in (field.name, field.attribute)), None
        )
        if inner is None:
            return model
        model = inner
    return model


def _problem(detail: ErrorDetails, model: type[Record], file: str) -> Problem:
    path: Path = detail["loc"]
    kind = detail["type"]
    if kind.startswith("X"):
        return Problem(kind, detail["msg"], file, path, detail["ctx"].get("needle", ""))
    owner = field_models(model, path[:-1])
    noun = getattr(owner, "noun", "entry")
    if kind == "missing":
        return _missing(owner, noun, path, file)
    if kind == "extra_forbidden":
        names = [field.alias or name for name, field in owner.model_fields.items()]
        message = (
            f"{a(noun)} has no field {quoted(str(path[-1]))}{_field_hint(str(path[-1]), names)}"
        )
        return Problem("X301", message, file, path, on_key=True)
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        owner = field_models(model, path)
        needed = [name for name, field in owner.model_fields.items() if field.is_required()]
        wanted = ", ".join(
            f"{name}: …" for name in sorted(needed or owner.model_fields, key="value".__ne__)
        )
        found = describe(detail["input"])
        message = f"here belong the fields of {a(getattr(owner, 'noun', 'entry'))}, not {found}; write {{{wanted}}}"
        return Problem("X303", message, file, path)
    message = (
        f"{describe(detail['input'])} does not belong here; write what the field reference asks for"
    )
    return Problem("X303", message, file, path)


def _beginning(tree: Tree) -> str:
    """Say how a file begins that holds no fields.

    Most often the colon of its first line is none.
    """
    sign = foreign(tree) if isinstance(tree, str) else ""
    if sign:
        return sign.removeprefix("; ")
    if isinstance(tree, str) and re.match(r"\w+:\S", tree):
        return f"write a space behind the colon of '{tree.partition(':')[0]}:'"
    return "begin with a line such as 'name: …'"


def _field_hint(name: str, names: Sequence[str]) -> str:
    key, colon, _ = name.partition(":")
    if colon and key in names:
        return f"; write a space behind the colon of '{key}:'"
    if re.search(r"[：“”‘’「」\u00a0\u3000]", name):
        return foreign(name)
    if re.search(r"\s|[^\x00-\x7f]", name):
        return "; if it is part of a text inside {…}, put the text in quotes: a comma ends it otherwise"
    return nearest(name, names, f"write one of: {', '.join(names)}")


def _missing(owner: type[BaseModel], noun: str, path: Path, file: str) -> Problem:
    name = str(path[-1])
    if name == "cite":
        message = (
            f"this {noun} has no cite; add 'cite:' with the id of the citation that supports it"
        )
        return Problem("X501", message, file, path[:-1])
    field = next(f for n, f in owner.model_fields.items() if name in (n, f.alias))
    meaning = (field.description or "").rstrip(".")
    message = f"{a(noun)} needs a field '{name}'; add it: {meaning[:1].lower()}{meaning[1:]}"
    return Problem("X302", message, file, path[:-1])


def _salvage(
    model: type[Record], tree: Mapping[str, Tree], error: ValidationError
) -> Record | None:
    """Keep what is sound of a faulty record, so that its links and cites are checked in the same run."""
    kept: Any = copy.deepcopy(dict(tree))
    partial = _partial(model)
    taken = FAULTS_OF_TEXT
    for _ in range(_ATTEMPTS):
        details = [d for d in error.errors(include_url=False) if d["type"] not in taken]
        for detail in sorted(details, key=lambda d: _backwards(d["loc"]), reverse=True):
            _remove(kept, detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"])
        try:
            return partial.model_validate(kept, context=_KEEP)
        except ValidationError as next_error:
            error, taken = next_error, frozenset()
    return None


def _backwards(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)


def _remove(tree: Any, path: Path) -> None:
    container, step = _last(tree, path)
    if isinstance(container, dict):
        container.pop(step, None)
    elif isinstance(container, list) and isinstance(step, int) and step < len(container):
        del container[step]


def _last(tree: Any, path: Path) -> tuple[Any, str | int]:
    """Follow ``path`` as far as it goes: the innermost container and the step into it."""
    container, last = tree, path[0] if path else ""
    for step in path:
        if isinstance(step, int) and not isinstance(tree, list):
            continue  # a single entry stands for a list of one
        if not isinstance(tree, dict | list):
            break
        container, last = tree, step
        if isinstance(tree, dict):
            tree = tree.get(str(step))
        else:
            tree = tree[step] if isinstance(step, int) and step < len(tree) else None
    return container, last


@cache
def _partial(model: type[Record]) -> type[Record]:
    fields: Any = {
        name: (field.rebuild_annotation() | None, None)
        for name, field in model.model_fields.items()
        if field.is_required()
    }
    return create_model(f"Partial{model.__name__}", __base__=model, **fields)
