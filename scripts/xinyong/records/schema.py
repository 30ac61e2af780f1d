"""JSON Schemas of the kinds, for editors.

Completion, hover text and red lines while a record is typed.

They are made from the models (JSON Schema 2020-12) and say less than the check does: what an editor
cannot know, such as whether a citation exists, stays with ``xinyong check``. An editor reads YAML's
own types, so a number, a date or a yes without quotes comes to it as such; the program reads all
scalars as text. The schemas allow both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xinyong.edition import SCHEMA
from xinyong.records import MODELS
from xinyong.records.types import ID_SCHEMA

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OFFERED = ("programs", "organizations", "blacklists")
"""The kinds whose ids are offered where a link to them is typed.

The ids of new records are taken as well.
"""

KINDS = "x-kinds"
"""The keyword under which a type of link says which kinds it may point to.

It is taken out of the finished schema.
"""

Schema = dict[str, Any]


def schema(kind: str, ids: Mapping[str, Sequence[str]] | None = None) -> Schema:
    """Return the schema of a kind.

    ``ids`` are those that are offered, by the kind of the record that is linked to.
    """
    model = MODELS[kind]
    made = model.model_json_schema(mode="validation")
    names = dict(_short_names(made.get("$defs", {})))
    plain: Schema = _plain(made, names)
    used = json.dumps(plain)
    definitions = plain.pop("$defs", {}) | {
        f"id-of-{linked}": {**ID_SCHEMA, "examples": sorted((ids or {}).get(linked, ()))}
        for linked in OFFERED
        if f"id-of-{linked}" in used
    }
    comment = f"The published data have the schema {SCHEMA}."
    return {
        "$schema": DIALECT,
        "title": f"Xinyong: {model.noun}",
        "$comment": comment,
        **plain,
        "$defs": definitions,
    }


def without_ids(made: Any) -> Any:
    """Return a schema without the ids that it offers, which may lag behind the corpus."""
    if isinstance(made, list):
        return [without_ids(item) for item in made]
    if not isinstance(made, dict):
        return made
    return {
        key: without_ids(value)
        for key, value in made.items()
        if key != "examples" or not isinstance(value, list)
    }


def as_text(made: Schema) -> str:
    """Write a schema as it is kept in the corpus."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _short_names(definitions: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name what pydantic names by a whole type.

    ``Fact_Annotated_str_…`` becomes ``Fact``, the next one ``Fact2``.
    """
    times: dict[str, int] = {}
    for name in definitions:
        short = name.partition("_")[0]
        times[short] = times.get(short, 0) + 1
        yield name, short if times[short] == 1 else f"{short}{times[short]}"


def _plain(made: Any, names: Mapping[str, str]) -> Any:
    """Take out what is of no use to an editor.

    Titles made from names, defaults, and null for what is left out.
    """
    if isinstance(made, list):
        return [_plain(item, names) for item in made]
    if not isinstance(made, dict):
        return made
    found = {key: value for key, value in made.items() if key not in ("default", KINDS)}
    if not isinstance(found.get("title"), dict):
        found.pop("title", None)  # a field may be named 'title'
    if "$ref" in found:
        name = found["$ref"].removeprefix("#/$defs/")
        found["$ref"] = f"#/$defs/{names.get(name, name)}"
    if "$defs" in found:
        found["$defs"] = {names[name]: inner for name, inner in found["$defs"].items()}
    if made.get(KINDS) and set(made[KINDS]) <= set(OFFERED) and len(made[KINDS]) == 1:
        found = {"$ref": f"#/$defs/id-of-{made[KINDS][0]}"}
    choices = [choice for choice in found.pop("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        return _plain(choices[0] | found, names)
    found = {key: _plain(value, names) for key, value in found.items()}
    return found | {"anyOf": _plain(choices, names)} if choices else found
