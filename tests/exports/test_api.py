"""The static API is what its description says, and every record is in it."""

from __future__ import annotations

import json
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
