"""What is promised of the published columns and fields, held against a list of them that is kept."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xinyong.edition import SCHEMA, Edition, version
from xinyong.exports import openapi
from xinyong.exports.schema import tables
from xinyong.exports.sqlite import VIEWS, create

WRITE = (
    "write the list anew: GOLDEN=write .venv/bin/python -m pytest tests/exports/test_versions.py"
)
PAGE = "docs/data-versions.md"


@dataclass(frozen=True)
class Listed:
    """The version of the schema, and every column and field by name with its type."""

    schema: str
    types: Mapping[str, str]

    @property
    def text(self) -> str:
        """The list as it is kept."""
        return f"schema {self.schema}\n" + "".join(f"{k}: {v}\n" for k, v in self.types.items())


def read(text: str) -> Listed:
    """Read a list that was kept."""
    first, *lines = text.splitlines()
    pairs = (line.rpartition(": ") for line in lines)
    return Listed(first.removeprefix("schema "), {name: type_ for name, _, type_ in pairs})


def now() -> Listed:
    """Return the list of what the program publishes."""
    found = [*_columns(), *_views(), *_fields()]
    return Listed(SCHEMA, dict(found))


def faults(before: Listed, after: Listed, page: str) -> Iterator[str]:
    """Say how ``after`` breaks what was promised with ``before``; ``page`` is the one of all versions."""
    (old, _), (new, _) = version(before.schema), version(after.schema)
    for name, was in before.types.items():
        is_now = after.types.get(name)
        if is_now == was:
            continue
        what = f"is now '{is_now}' and was '{was}'" if is_now else "is gone"
        if new == old:
            remedy = "put it back, and the new one beside it, until SCHEMA has a new first number"
            yield f"{name} {what}, which breaks what others made of the data; {remedy}"
        elif not any(f"`{name}` goes" in text for text in _before(page, new)):
            remedy = f"leave it for one more version, of which {PAGE} says '`{name}` goes'"
            yield f"{name} {what}, and no version before announced it; {remedy}"
    for name in after.types.keys() - before.types.keys():
        if version(after.schema) <= version(before.schema):
            first, second = version(before.schema)
            yield f"{name} is new; set SCHEMA in edition.py to {first}.{second + 1}"
        elif f"`{name}`" not in sections(page).get(after.schema, ""):
            yield f"{name} is new; say so on {PAGE} under {after.schema}, as '`{name}`: …'"


def sections(page: str) -> dict[str, str]:
    """Return what the page says of each version of the schema."""
    _, *parts = re.split(r"^### Schema (\d+\.\d+).*$", page, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _before(page: str, major: int) -> list[str]:
    return [text for number, text in sections(page).items() if version(number)[0] < major]


def _columns() -> Iterator[tuple[str, str]]:
    for table in tables().values():
        for column in table.columns:
            always = ", always given" if column.required else ""
            yield f"table {table.name}.{column.name}", f"{column.type}{always}"


def _views() -> Iterator[tuple[str, str]]:
    database = sqlite3.connect(":memory:")
    for table in tables().values():
        database.execute(create(table))
    for name, (_, query) in VIEWS.items():
        for column, *_ in database.execute(query).description:
            yield f"view {name}.{column}", "column"
    database.close()


def _fields() -> Iterator[tuple[str, str]]:
    schemas: Mapping[str, Any] = openapi.description(Edition())["components"]["schemas"]
    for component, schema in schemas.items():
        required = schema.get("required", ())
        for name, field in schema.get("properties", {}).items():
            always = ", always given" if name in required else ""
            yield f"api {component}.{name}", f"{_type(field)}{always}"
            yield from _values(f"api {component}.{name}", field)
        yield from _values(f"api {component}", schema)


def _values(name: str, schema: Any) -> Iterator[tuple[str, str]]:
    """Yield the values of a vocabulary, each by itself: one more is an addition."""
    if isinstance(schema, dict):
        for value in schema.get("enum", ()):
            yield f"{name} = {value}", "value"
        for key in ("items", "anyOf", "oneOf"):
            yield from _values(name, schema.get(key))
    elif isinstance(schema, list):
        for part in schema:
            yield from _values(name, part)


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(map(_type, schema[key])))
    if "const" in schema:
        return f"always {schema['const']}"
    if "enum" in schema:
        return "one of"
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    found = schema.get("type", "anything")
    return " or ".join(found) if isinstance(found, list) else str(found)
