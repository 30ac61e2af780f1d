"""The Data Package, held against its specification and read with frictionless."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from frictionless import Package
from jsonschema import Draft7Validator

from exports.conftest import Exported
from support import PROJECT
from xinyong.exports.schema import tables

PROFILE = PROJECT / "tests" / "schemas" / "datapackage-2.0.json"


def _described(exported: Exported) -> dict[str, Any]:
    text = (exported.data / "datapackage.json").read_text(encoding="utf-8")
    described: dict[str, Any] = json.loads(text)
    return described


def test_the_description_follows_the_profile_that_it_names(exported: Exported) -> None:
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))

    assert [
        error.message for error in Draft7Validator(profile).iter_errors(_described(exported))
    ] == []


def test_a_category_in_a_wrong_form_is_against_the_profile(exported: Exported) -> None:
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    described = _described(exported)
    fields = described["resources"][0]["schema"]["fields"]
    next(field for field in fields if "categories" in field)["categories"] = "state"

    assert not Draft7Validator(profile).is_valid(described)


def test_the_data_package_is_valid_with_all_types_and_keys(exported: Exported) -> None:
    report = Package(str(exported.data / "datapackage.json")).validate()

    assert report.valid, report.flatten(["name", "type", "note"])[:5]
    assert report.stats["tasks"] == len(tables())


def test_the_data_package_notices_a_wrong_key(exported_small: Exported, tmp_path: Path) -> None:
    run_into = tmp_path / "csv"
    run_into.mkdir()
    for path in (exported_small.data / "csv").iterdir():
        (run_into / path.name).write_text(
            path.read_text(encoding="utf-8").replace("\nrongcheng,cities", "\nrong,cities")
        )
    described = json.loads((exported_small.data / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(described))

    report = Package(str(tmp_path / "datapackage.json")).validate()

    assert {error[0] for error in report.flatten(["type"])} >= {"foreign-key"}


def test_a_field_of_a_vocabulary_has_its_values_as_categories(exported: Exported) -> None:
    found = 0
    for resource in _described(exported)["resources"]:
        path = exported.data / resource["path"]
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for field in resource["schema"]["fields"]:
            if categories := field.get("categories"):
                found += 1
                labels = {category["value"]: category["label"] for category in categories}
                assert {row[field["name"]] for row in rows} - {""} <= set(labels)
                assert len(set(labels.values())) == len(categories)
                assert field["type"] == "string"

    assert found == sum(
        bool(column.vocabulary) and column.type == "text"
        for table in tables().values()
        for column in table.columns
    )
    assert found > 20
