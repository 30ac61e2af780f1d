"""A field that is added to a model reaches every room, without a change anywhere else."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from support import PROJECT, SMALL
from xinyong import words
from xinyong.records import MODELS, fields

CITY = """mayor: {value: Li of Rongcheng, cite: koetse-2018}
capital: weihai
"""
CAPITAL = """name: {en: Weihai, zh: 威海市, pinyin: Wēihǎi Shì}
capital: weihai
summary: A city in Shandong [@koetse-2018].
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the rooms make of a place with two fields that no template, table or export names."""
    folder = tmp_path_factory.mktemp("new-field")
    for file in SMALL.rglob("*.yml"):
        target = folder / "corpus" / file.relative_to(SMALL)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    place = folder / "corpus" / "cities" / "rongcheng.yml"
    place.write_text(place.read_text(encoding="utf-8") + CITY, encoding="utf-8")
    (folder / "corpus" / "cities" / "weihai.yml").write_text(CAPITAL, encoding="utf-8")
    command = [
        sys.executable,
        str(PROJECT / "tests" / "new_field.py"),
        str(folder / "corpus"),
        str(folder / "site"),
    ]
    ran = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_the_corpus_is_still_sound(made: dict[str, Any]) -> None:
    assert made["problems"] == []


def test_the_page_shows_the_fields_without_being_told(made: dict[str, Any]) -> None:
    assert "Li of Rongcheng" in made["page"]
    assert 'id="mayor"' in made["page"]
    assert "<dt>Capital</dt>" in made["page"]
    assert 'href="../../cities/weihai/"' in made["page"]


def test_the_fact_counts_as_one_and_further_sources_are_wanted_for_it(made: dict[str, Any]) -> None:
    assert "mayor.0" in made["facts"]
    assert "Li of Rongcheng" in made["wanted"]


def test_the_reference_and_the_schema_of_editors_name_the_fields(made: dict[str, Any]) -> None:
    assert "Who heads the place." in made["guide"]
    assert {"mayor", "capital"} <= set(made["schema"])


def test_the_tables_have_the_link_with_the_right_key(made: dict[str, Any]) -> None:
    assert "capital" in made["columns"]
    assert made["capital"] == "weihai"
    assert made["keys"]["capital"] == "cities"
    assert made["broken"] == []


def test_the_comparison_has_the_rows(made: dict[str, Any]) -> None:
    assert {"mayor", "capital"} <= set(json.loads(made["compare"])["cells"])


def test_the_missing_words_are_named(made: dict[str, Any]) -> None:
    assert made["unnamed"] == ["mayor", "capital"]


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_of_a_kind_has_its_word(kind: str) -> None:
    assert [field.name for field in fields.own(kind) if field.name not in words.FIELDS] == []
