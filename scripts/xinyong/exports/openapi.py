"""The description of the static API (OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0), made from the models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinyong.edition import Edition
from xinyong.exports.api import FOLDER
from xinyong.exports.components import FOLDER as COMPONENTS
from xinyong.exports.components import components
from xinyong.records import MODELS
from xinyong.records.types import SINGULAR

Schema = dict[str, Any]


def description(edition: Edition, examples: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the description of all addresses of the API and of what they answer.

    ``examples`` is the id of one record of each kind.
    """
    examples = examples or {}
    paths = {"/index.json": _index()}
    for kind in MODELS:
        paths[f"/{kind}.json"] = _list(kind)
        paths[f"/{kind}/{{id}}.json"] = _record(kind, examples.get(kind, ""))
    tags = [{"name": kind, "description": model.__doc__ or ""} for kind, model in MODELS.items()]
    return {
        "openapi": "3.1.0",
        "info": _info(edition),
        "servers": [{"url": f"{edition.base}{FOLDER}"}],
        "security": [],
        "tags": [{"name": "index", "description": "Where the lists are."}, *tags],
        "paths": paths,
        "components": {"schemas": components()},
    }


def _info(edition: Edition) -> dict[str, Any]:
    contact = {"name": edition.name, "url": edition.repository or edition.base}
    return {
        "title": f"{edition.name} API",
        "version": edition.version or "0",
        "description": "The records of the corpus as static JSON files; every address is a file.",
        "contact": contact,
        "license": {"name": edition.licence, "identifier": edition.licence},
    }


def _index() -> dict[str, Any]:
    more = "Its title, version and licence, and for each kind how many records there are and where."
    return {"get": _get("index", "index", "What the data are.", more, "Index")}


def _list(kind: str) -> dict[str, Any]:
    more = "Each with its id, its names, the address of its page and that of its data."
    return {"get": _get(f"list-{kind}", kind, f"All records of the kind {kind}.", more, "List")}


def _record(kind: str, example: str) -> dict[str, Any]:
    model = MODELS[kind].__name__
    more = (
        "The record with the standing of each fact, and the ids of the records that link to it or "
        "cite it. A record that was withdrawn is answered by a note that says why."
    )
    found = _get(
        f"get-{model.lower()}",
        kind,
        f"One {SINGULAR[kind]}.",
        more,
        f"{model}Document",
        "Withdrawn",
    )
    found["responses"]["404"] = {"description": "There is no such record."}
    return {"get": found, "parameters": [_id(example)]}


def _get(name: str, tag: str, meaning: str, more: str, *schemas: str) -> dict[str, Any]:
    answers: list[Schema] = [{"$ref": f"{COMPONENTS}{schema}"} for schema in schemas]
    answer = answers[0] if len(answers) == 1 else {"oneOf": answers}
    content = {"application/json": {"schema": answer}}
    return {
        "operationId": name,
        "tags": [tag],
        "summary": meaning,
        "description": more,
        "responses": {"200": {"description": meaning, "content": content}},
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
