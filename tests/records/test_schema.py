"""The schemas by which editors help: fresh, valid, and at peace with every record, however an
editor reads its YAML.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml as pyyaml
from ruamel.yaml import YAML

from support import PROJECT, SMALL, run
from xinyong.records import MODELS, schema
from xinyong.source import yaml

CORPUS = PROJECT / "corpus"
SETTINGS = json.loads((PROJECT / ".vscode" / "settings.json").read_text(encoding="utf-8"))


def _held(kind: str) -> Any:
    return json.loads((CORPUS / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))


def _as_json(value: Any) -> Any:
    """Turn what a YAML reader gives into what a schema is made for: dates are text there."""
    if isinstance(value, dict):
        return {str(key): _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _readings(file: Path) -> list[Any]:
    """Read a record as we do, as YAML 1.1 has it, and as YAML 1.2 has it."""
    text = file.read_text(encoding="utf-8")
    return [
        yaml.read(text)[0],
        _as_json(pyyaml.load(text, pyyaml.CSafeLoader)),
        _as_json(YAML(typ="safe", pure=False).load(text)),
    ]


@pytest.mark.parametrize("kind", MODELS)
def test_the_schemas_of_the_corpus_are_those_that_the_models_make(kind: str) -> None:
    assert schema.without_ids(_held(kind)) == schema.without_ids(schema.schema(kind))


def test_the_command_says_that_they_are_fresh() -> None:
    ran = run("schema", "--check", "--corpus", str(CORPUS))

    assert (ran.output, ran.status) == ("8 schemas are up to date\n", 0)


def test_the_command_names_those_that_are_not(tmp_path: Path) -> None:
    assert run("schema", "--write", "--corpus", str(tmp_path)).status == 0
    (tmp_path / "schema" / "events.schema.json").write_text("{")
    (tmp_path / "schema" / "terms.schema.json").unlink()
    ran = run("schema", "--check", "--corpus", str(tmp_path))

    assert ran.status == 1
    assert ran.output == "".join(
        f"{tmp_path}/schema/{kind}.schema.json is out of date; make it anew with 'xinyong schema --write'\n"
        for kind in ("terms", "events")
    )


@pytest.mark.parametrize("kind", MODELS)
def test_a_schema_is_one(kind: str) -> None:
    held = _held(kind)

    jsonschema.Draft202012Validator.check_schema(held)
    assert held["additionalProperties"] is False
    assert "x-kinds" not in json.dumps(held)
    assert len(schema.as_text(held)) < 64 * 1024


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", MODELS)
def test_no_record_gets_a_red_line(kind: str) -> None:
    validator = jsonschema.Draft202012Validator(_held(kind))

    for file in [*(CORPUS / kind).glob("*.yml"), *(SMALL / kind).glob("*.yml")]:
        for tree in _readings(file):
            assert [
                f"{file}: {error.json_path} {error.message}"
                for error in validator.iter_errors(tree)
            ] == []


@pytest.mark.parametrize(
    ("kind", "tree"),
    [
        ("programs", {"layers": "state"}),
        ("programs", {"layer": "comercial"}),
        ("programs", {"launched": {"value": "soon", "cite": "a"}}),
        ("programs", {"launched": {"value": "2015"}}),
        ("programs", {"operators": "Ant Group"}),
        ("programs", {"base_score": {"value": "many", "cite": "a"}}),
        ("cities", {"coordinates": {"value": {"lat": 122, "lon": 37}, "cite": "a"}}),
        ("citations", {"doi": "https://doi.org/10.1/x"}),
        ("citations", {"url": "www.example.org"}),
        ("terms", {"name": {"en": "x", "zh": "laolai"}}),
        ("claims", {"evidence": {"stance": "neutral", "value": "x", "cite": "a"}}),
    ],
)
def test_a_mistake_gets_a_red_line(kind: str, tree: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(_held(kind))
    required = {error.message for error in validator.iter_errors({})}

    assert [error for error in validator.iter_errors(tree) if error.message not in required]


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_has_its_hover_text_and_every_word_its_meaning(kind: str) -> None:
    held = _held(kind)
    assert all(field.get("description") for field in held["properties"].values())
    for words in _all(held, "enum"):
        if words["enum"] != [True, False, "true", "false"]:
            assert len(words["markdownEnumDescriptions"]) == len(words["enum"])


def test_ids_are_offered_where_a_program_an_organization_or_a_list_is_linked_to() -> None:
    definitions = _held("programs")["$defs"]

    assert "ant-group" in definitions["id-of-organizations"]["examples"]
    assert "alipay" in definitions["id-of-programs"]["examples"]
    assert "id-of-programs" not in _held("claims")["$defs"]


def test_visual_studio_code_is_told_which_schema_belongs_to_which_folder() -> None:
    assert SETTINGS["yaml.schemas"] == {
        f"./corpus/schema/{kind}.schema.json": f"corpus/{kind}/*.yml" for kind in MODELS
    }
    assert SETTINGS["[yaml]"]["editor.formatOnSave"] is False


def _all(tree: Any, keyword: str) -> list[Any]:
    inner = (
        list(tree.values()) if isinstance(tree, dict) else tree if isinstance(tree, list) else []
    )
    own = [tree] if isinstance(tree, dict) and isinstance(tree.get(keyword), list) else []
    return own + [found for value in inner for found in _all(value, keyword)]
