"""The description of the static API (OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0), made from the models."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from xinyong.corpus import STANDINGS
from xinyong.edition import Edition
from xinyong.exports.api import FOLDER
from xinyong.records import MODELS
from xinyong.records.types import SINGULAR

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_ADDRESS: Schema = {"type": "string", "format": "uri"}
_IDS: Schema = {"type": "array", "items": _TEXT}


_FOR_EDITORS = frozenset(
    {
        "patternErrorMessage",
        "errorMessage",
        "markdownEnumDescriptions",
        "defaultSnippets",
        "default",
    }
)
"""What a JSON Schema says to those who write records: no word of it concerns a reader of data."""


def description(edition: Edition, examples: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the description of all addresses of the API and of what they answer.

    ``examples`` is the id of one record of each kind.
    """
    examples = examples or {}
    paths: dict[str, Any] = {
        "/index.json": _path("index", "What the data are, and the list of each kind.", "Index")
    }
    # Made together: facts of different values have one name in the models and get names of their own here.
    wanted: list[tuple[type[BaseModel], Literal["validation"]]] = [
        (model, "validation") for model in MODELS.values()
    ]
    names, made = models_json_schema(
        wanted, by_alias=True, ref_template="#/components/schemas/{model}"
    )
    renamed = _names(made["$defs"])
    schemas = {
        renamed[name]: _for_readers(_judged(schema), renamed) | {"title": renamed[name]}
        for name, schema in made["$defs"].items()
    }
    schemas |= {
        "Index": _index(),
        "List": _list(),
        "Standing": _standing(),
        "Withdrawn": _withdrawn(),
    }
    for kind, model in MODELS.items():
        schemas[f"{model.__name__}Document"] = _document(
            kind, _for_readers(names[model, "validation"], renamed)
        )
        paths[f"/{kind}.json"] = _path(f"list-{kind}", f"All records of the kind {kind}.", "List")
        one = _path(
            f"get-{SINGULAR[kind]}",
            f"One {SINGULAR[kind]}.",
            f"{model.__name__}Document",
            missing=True,
        )
        paths[f"/{kind}/{{id}}.json"] = one | {"parameters": [_id(examples.get(kind, ""))]}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{edition.name} API",
            "version": edition.schema,
            "description": "The records of the corpus as static JSON files; every address is a file.",
            "license": {"name": edition.licence, "identifier": edition.licence},
        },
        "servers": [{"url": f"{edition.base}{FOLDER}"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _id(example: str) -> dict[str, Any]:
    found = {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "The record's id: the last part of its page's address.",
        "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    }
    return found | ({"example": example} if example else {})


def _names(definitions: Iterable[str]) -> dict[str, str]:
    """Give each schema a short name of its own; makers of clients tell them apart by nothing else."""
    times: Counter[str] = Counter()
    found = {}
    for name in definitions:
        short = re.sub(
            r"[^A-Za-z0-9]", "", name.rpartition("__records__")[2].rpartition("base__")[2]
        )
        short = re.sub(r"^Fact.*", "Fact", re.sub(r"^Relation.*", "Relation", short))
        short = re.sub(r"[0-9]+$", "", short)
        times[short] += 1
        found[name] = short if times[short] == 1 else f"{short}{times[short]}"
    return found


def _for_readers(schema: Any, names: Mapping[str, str]) -> Any:
    """Return a schema of what is published: one type for a value that records may write in several."""
    if isinstance(schema, list):
        return [_for_readers(item, names) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: value for key, value in schema.items() if key not in _FOR_EDITORS}
    if isinstance(made.get("title"), str):
        del made["title"]  # a field may be named 'title'
    if "$ref" in made:
        folder, _, name = str(made["$ref"]).rpartition("/")
        made["$ref"] = f"{folder}/{names.get(name, name)}"
    if "enum" in made and {True, False} <= {one for one in made["enum"] if isinstance(one, bool)}:
        made = {key: value for key, value in made.items() if key != "enum"} | {"type": "boolean"}
    return {key: _for_readers(value, names) for key, value in made.items()}


def _path(name: str, meaning: str, schema: str, *, missing: bool = False) -> dict[str, Any]:
    answer: Schema = {"$ref": f"#/components/schemas/{schema}"}
    if missing:
        answer = {"oneOf": [answer, {"$ref": "#/components/schemas/Withdrawn"}]}
    content = {"application/json": {"schema": answer}}
    responses: dict[str, Any] = {"200": {"description": meaning, "content": content}}
    if missing:
        responses["404"] = {"description": "There is no such record."}
    return {"get": {"operationId": name, "summary": meaning, "responses": responses}}


def _judged(schema: Schema) -> Schema:
    """Let a fact carry its standing, which records do not hold and the API adds."""
    if "cite" in schema.get("required", ()):
        standing = {"$ref": "#/components/schemas/Standing"}
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


def _document(kind: str, record: Schema) -> Schema:
    properties = {
        "id": _TEXT,
        "kind": {"const": kind},
        "name": _TEXT,
        "url": _ADDRESS,
        "record": record,
        "linked_from": _IDS | {"description": "The records that link to it."},
        "cited_by": _IDS | {"description": "The records that cite it."},
    }
    return _object(properties)


def _withdrawn() -> Schema:
    see = {"type": "array", "items": _ADDRESS}
    text = _object({"on": _TEXT | {"format": "date"}, "why": _TEXT, "see": see})
    meaning = "What stands in the place of a record that was published and is gone."
    properties = {"id": _TEXT, "kind": {"enum": [*MODELS]}, "url": _ADDRESS, "withdrawn": text}
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
    return _object(
        {"kind": {"enum": [*MODELS]}, "count": count, "items": {"type": "array", "items": item}}
    )


def _index() -> Schema:
    kind = _object({"kind": {"enum": [*MODELS]}, "count": {"type": "integer"}, "api": _ADDRESS})
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
