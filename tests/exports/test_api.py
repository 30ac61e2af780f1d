"""The static API is what its description says, and every record is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from exports.conftest import Exported
from xinyong.corpus import STANDINGS
from xinyong.records import MODELS


@pytest.fixture(scope="session")
def description(exported: Exported) -> dict[str, Any]:
    """The description of the API."""
    found: dict[str, Any] = _read(exported.site / "api/v1/openapi.json")
    return found


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _validator(description: dict[str, Any], name: str) -> Draft202012Validator:
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    )


def test_the_description_is_valid(description: dict[str, Any]) -> None:
    validate(description)


@pytest.mark.parametrize(("kind", "model"), MODELS.items())
def test_every_record_is_as_described(
    kind: str, model: type, exported: Exported, description: dict[str, Any]
) -> None:
    validator = _validator(description, f"{model.__name__}Document")

    for entry in exported.corpus.of_kind(kind):
        document = _read(exported.site / f"api/v1/{kind}/{entry.id}.json")
        assert [error.message for error in validator.iter_errors(document)] == []
        assert document["id"] == entry.id
        assert document["linked_from"] == list(exported.corpus.linked_from.get(entry.id, ()))


def test_makers_of_clients_find_names_that_differ_and_say_what_they_name(
    description: dict[str, Any],
) -> None:
    schemas = description["components"]["schemas"]
    titles = [schema.get("title", name) for name, schema in schemas.items()]

    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(name.isalpha() for name in schemas)
    assert {"DateFact", "CityLevelFact", "CitationRelation"} < schemas.keys()


def test_makers_of_clients_find_one_type_a_value(description: dict[str, Any]) -> None:
    schemas = [*_nodes(description["components"]["schemas"])]
    enums = [node["enum"] for node in schemas if isinstance(node.get("enum"), list)]
    several = [node["type"] for node in schemas if isinstance(node.get("type"), list)]

    assert enums
    assert all(len({type(value) for value in enum}) == 1 for enum in enums)
    assert several == [["string", "null"]]
    assert not any("anyOf" in node for node in schemas)


def test_every_schema_is_used(description: dict[str, Any]) -> None:
    named = {node["$ref"] for node in _nodes(description) if "$ref" in node}

    assert named == {
        f"#/components/schemas/{name}" for name in description["components"]["schemas"]
    }


def test_calls_are_named_and_grouped_by_kind(description: dict[str, Any]) -> None:
    calls = {path: item["get"] for path, item in description["paths"].items()}

    assert calls["/blacklists/{id}.json"]["operationId"] == "get-blacklist"
    assert {call["tags"][0] for call in calls.values()} == {"index", *MODELS}
    assert {tag["name"] for tag in description["tags"]} == {"index", *MODELS}
    assert all(tag["description"] for tag in description["tags"])
    assert description["security"] == []


def test_what_is_said_to_editors_is_not_said_to_readers_of_data(
    description: dict[str, Any],
) -> None:
    keys = {key for node in _nodes(description) for key in node}

    assert not keys & {"patternErrorMessage", "markdownEnumDescriptions", "defaultSnippets"}
    assert not [key for key in keys if key.startswith("x-")]


def test_every_address_with_an_id_gives_an_example_that_answers(
    exported: Exported, description: dict[str, Any]
) -> None:
    for path, item in description["paths"].items():
        for parameter in item.get("parameters", []):
            address = path.replace("{id}", parameter["example"])
            assert (exported.site / f"api/v1{address}").is_file()
    assert sum("parameters" in item for item in description["paths"].values()) == len(MODELS)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _nodes(one)


def test_lists_and_index_lead_to_every_record(
    exported: Exported, description: dict[str, Any]
) -> None:
    index = _read(exported.site / "api/v1/index.json")
    _validator(description, "Index").validate(index)

    for kind in index["kinds"]:
        listed = _read(exported.site / kind["api"].removeprefix("https://example.org/x/"))
        _validator(description, "List").validate(listed)
        assert (
            kind["count"]
            == listed["count"]
            == len(listed["items"])
            == len(exported.corpus.of_kind(kind["kind"]))
        )
        for item in listed["items"]:
            assert (exported.site / item["api"].removeprefix("https://example.org/x/")).is_file()


def test_a_fact_has_its_standing(exported_small: Exported) -> None:
    document = _read(exported_small.site / "api/v1/programs/sesame-credit.json")

    assert {fact["standing"] for fact in document["record"]["score"]} <= {*STANDINGS} - {"disputed"}
    assert document["record"]["name"]["zh"] == "芝麻信用"
