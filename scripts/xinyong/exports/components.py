"""The schemas of what the API answers (JSON Schema 2020-12), made from the models."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from xinyong.corpus import STANDINGS
from xinyong.records import MODELS
from xinyong.records.schema import KINDS
from xinyong.words import vocabulary_table

Schema = dict[str, Any]

FOLDER = "#/components/schemas/"

_TEXT: Schema = {"type": "string"}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_IDS: Schema = {"type": "array", "items": _TEXT}
_KIND: Schema = {"type": "string", "enum": [*MODELS]}

_FOR_EDITORS = frozenset(
    {
        "patternErrorMessage",
        "errorMessage",
        "markdownEnumDescriptions",
        "defaultSnippets",
        "default",
        "title",
        KINDS,
    }
)
"""What a JSON Schema says to those who write records: no word of it concerns a reader of data."""

_VALUES = (
    (r"_Edtf__", "Date"),
    (r"_int__", "Integer"),
    (r"_str__Matching__", "Code"),
    (r"_str__Plain__", "Text"),
)
"""What the value of a fact is called, by what its model says of it."""


def components() -> dict[str, Schema]:
    """Return the schemas by name: answers, records, and what these hold."""
    wanted: list[tuple[type[BaseModel], Literal["serialization"]]] = [
        (model, "serialization") for model in MODELS.values()
    ]
    made = models_json_schema(wanted, by_alias=True, ref_template=f"{FOLDER}{{model}}")[1]["$defs"]
    names = _names(made)
    schemas = {
        names[name]: _published(_judged(schema), names) | {"title": names[name]}
        for name, schema in made.items()
    }
    schemas |= {f"{model.__name__}Document": _document(kind) for kind, model in MODELS.items()}
    schemas |= {
        "Index": _index(),
        "List": _list(),
        "Standing": _standing(),
        "Withdrawn": _withdrawn(),
    }
    used = {
        "Index",
        "List",
        "Withdrawn",
        *(f"{model.__name__}Document" for model in MODELS.values()),
    }
    reached = _reached(schemas, used)
    return {name: schema for name, schema in schemas.items() if name in reached}


def _reached(schemas: Mapping[str, Schema], first: set[str]) -> set[str]:
    """Return the names of the schemas that some lead to, they too."""
    found: set[str] = set()
    queue = [*first]
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            queue += [ref.removeprefix(FOLDER) for ref in _references(schemas[name])]
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        value = [*value.values()]
    for inner in value if isinstance(value, list) else ():
        yield from _references(inner)


def _names(definitions: Mapping[str, Schema]) -> dict[str, str]:
    """Give each schema a short name of its own, which says what it holds.

    Makers of clients tell the schemas apart by nothing else. A new field must give none of the
    others another name.
    """
    times: Counter[str] = Counter()
    found = {}
    for name, schema in definitions.items():
        short = _name(name, schema)
        times[short] += 1
        found[name] = short if times[short] == 1 else f"{short}{times[short]}"
    return found


def _name(name: str, schema: Schema) -> str:
    generic = re.search(r"(?:^|__)(Fact|Relation)_", name)
    if not generic:
        return re.sub(r"[^A-Za-z0-9]", "", name.rpartition("__")[2])
    value = schema["properties"]["value"]
    return f"{_value_name(name, value)}{generic[1]}"


def _value_name(name: str, value: Schema) -> str:
    """Say in a word what the value of a fact or relation is."""
    if "$ref" in value:
        return str(value["$ref"]).removeprefix(FOLDER)
    if KINDS in value:
        kinds = value[KINDS]
        return MODELS[kinds[0]].__name__ if len(kinds) == 1 else "Record"
    if "enum" in value:
        tables = vocabulary_table().items()
        key = next((key for key, table in tables if [*table] == value["enum"]), "")
        return "".join(word.capitalize() for word in key.split("-"))
    return next((word for pattern, word in _VALUES if re.search(pattern, name)), "")


def _published(schema: Any, names: Mapping[str, str]) -> Schema:
    """Return a schema of what is published: one type for a value that records may write in several.

    What is not there is left out, and never null.
    """
    made = {key: value for key, value in schema.items() if key not in _FOR_EDITORS}
    choices = [choice for choice in made.pop("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        return _published(choices[0] | made, names)
    if choices:
        made["anyOf"] = [_published(choice, names) for choice in choices]
    if "$ref" in made:
        name = str(made["$ref"]).removeprefix(FOLDER)
        made["$ref"] = f"{FOLDER}{names.get(name, name)}"
    if isinstance(made.get("type"), list):
        made["type"] = made["type"][0]
    if made.get("type") in ("integer", "number"):
        made.pop("pattern", None)
    if True in made.get("enum", ()):
        made = {key: value for key, value in made.items() if key != "enum"} | {"type": "boolean"}
    if "properties" in made:
        made["properties"] = {
            name: _published(inner, names) for name, inner in made["properties"].items()
        }
    if "items" in made:
        made["items"] = _published(made["items"], names)
    return made


def _judged(schema: Schema) -> Schema:
    """Let a fact carry its standing, which records do not hold and the API adds."""
    if "cite" in schema.get("required", ()):
        standing = {"$ref": f"{FOLDER}Standing"}
        return schema | {
            "properties": schema["properties"] | {"standing": standing},
            "required": [*schema["required"], "standing"],
        }
    return schema


def _standing() -> Schema:
    meanings = " ".join(
        f"{key}: {meaning}" for key, meaning in STANDINGS.items() if key != "disputed"
    )
    return {
        "type": "string",
        "enum": [key for key in STANDINGS if key != "disputed"],
        "description": meanings,
    }


def _document(kind: str) -> Schema:
    properties = {
        "id": _TEXT,
        "kind": {"type": "string", "const": kind},
        "name": _TEXT,
        "url": _ADDRESS,
        "record": {"$ref": f"{FOLDER}{MODELS[kind].__name__}"},
        "linked_from": _IDS | {"description": "The records that link to it."},
        "cited_by": _IDS | {"description": "The records that cite it."},
    }
    return _object(properties)


def _withdrawn() -> Schema:
    see = {"type": "array", "items": _ADDRESS}
    text = _object({"on": _TEXT | {"format": "date"}, "why": _TEXT, "see": see})
    meaning = "What stands in the place of a record that was published and is gone."
    properties = {"id": _TEXT, "kind": _KIND, "url": _ADDRESS, "withdrawn": text}
    return _object(properties) | {"description": meaning}


def _list() -> Schema:
    item = _object(
        {
            "id": _TEXT,
            "name": _TEXT,
            "name_zh": {"type": ["string", "null"]},
            "url": _ADDRESS,
            "api": _ADDRESS,
        }
    )
    count = {"type": "integer", "minimum": 0}
    return _object({"kind": _KIND, "count": count, "items": {"type": "array", "items": item}})


def _index() -> Schema:
    kind = _object({"kind": _KIND, "count": {"type": "integer"}, "api": _ADDRESS})
    texts = dict.fromkeys(("title", "version", "released", "schema_version", "licence"), _TEXT)
    links = {"licence_url": _ADDRESS, "openapi": _ADDRESS}
    return _object({**texts, **links, "kinds": {"type": "array", "items": kind}})


def _object(properties: dict[str, Any]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }
