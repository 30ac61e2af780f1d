"""The contributors' guide is true: its examples are sound, and it names every field, value and
command there is.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from pydantic import BaseModel

from support import PROJECT, SMALL, run
from xinyong.cli import COMMANDS
from xinyong.corpus import Corpus, load
from xinyong.pages import guide
from xinyong.pages.fragments import fragment
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.records.fields import fields
from xinyong.records.vocabularies import Vocabulary
from xinyong.rules.all import check, today

GUIDE = PROJECT / "docs" / "contribute"
EXAMPLES = GUIDE / "examples"


@pytest.fixture(scope="module")
def examples() -> Corpus:
    corpus, problems = load(EXAMPLES)
    assert problems == []
    return corpus


def test_the_examples_are_a_sound_corpus_without_a_warning(examples: Corpus) -> None:
    assert check(examples, today()) == []


def test_the_examples_check_clean_beside_other_records(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "corpus")
    shutil.copytree(EXAMPLES, tmp_path / "corpus", dirs_exist_ok=True)

    assert run("check", "--corpus", str(tmp_path / "corpus")).output.endswith(
        "records: no problems\n"
    )


@pytest.mark.parametrize("kind", MODELS)
def test_the_examples_of_a_kind_use_all_of_its_fields(kind: str, examples: Corpus) -> None:
    used: set[str] = set()
    for entry in examples.of_kind(kind):
        used |= {
            name
            for name in type(entry.record).model_fields
            if getattr(entry.record, name) not in (None, [])
        }

    own = set(MODELS[kind].model_fields) - {
        "id",
        "annotation",
        "details",
        "see",
        "formerly",
        "reviewed",
    }
    assert own - used == set()


@pytest.mark.parametrize("kind", MODELS)
def test_the_guide_to_a_kind_shows_an_example_and_all_fields(kind: str) -> None:
    page = (GUIDE / f"{kind}.md").read_text(encoding="utf-8")
    shown = re.findall(r'--8<-- "contribute/examples/(.+)"', page)

    assert shown
    assert all((EXAMPLES / path).is_file() and path.startswith(f"{kind}/") for path in shown)
    assert f"<!-- slot: fields-{kind} -->" in page


def _fields(fragment_: str) -> dict[str, set[str]]:
    """Return the fields that a reference shows, by the mapping they belong to."""
    found: dict[str, set[str]] = {}
    for anchor in html.fromstring(f"<div>{fragment_}</div>").xpath("//td/code/@id"):
        _, model, name = str(anchor).split("-", 2)
        found.setdefault(model, set()).add(name)
    return found


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """Return a model with those of all mappings that stand in it."""
    found = {model}
    for field in fields(model):
        for inner in (field.entry, field.type):
            if isinstance(inner, type) and issubclass(inner, BaseModel) and inner not in found:
                found |= _models(inner)
    return found


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_of_every_mapping_is_in_the_reference(kind: str, library: Library) -> None:
    shown = _fields(fragment(library, f"fields-{kind}", "../../") or "")
    for model, names in _fields(fragment(library, "shared-fields", "../../") or "").items():
        shown.setdefault(model, set()).update(names)
    shown[MODELS[kind].__name__.lower()] |= shown["record"]

    for model in _models(MODELS[kind]):
        names = {field.alias or name for name, field in model.model_fields.items()}
        of_fact = {"cite", "as_of", "note", "inferred"} if model.__name__ != "Confusion" else set()
        assert names - of_fact <= shown[model.__name__.partition("[")[0].lower()], model


def test_every_value_of_every_vocabulary_is_shown_with_its_meaning(library: Library) -> None:
    shown = html.fromstring(f"<div>{fragment(library, 'vocabularies', '../../')}</div>")
    cells = {code.text: row for row in shown.xpath("//tr[td]") for code in row.xpath("./td/code")}

    for table in guide.VOCABULARIES:
        assert shown.xpath(f"//h2[@id='{guide.slug(table)}']")
        for key, value in table.values.items():
            assert key in cells
            assert value.meaning in shown.text_content()


def test_every_vocabulary_that_a_field_uses_is_shown() -> None:
    def used(annotation: Any, metadata: Any) -> set[Vocabulary]:
        found = {mark for mark in metadata if isinstance(mark, Vocabulary)}
        for inner in getattr(annotation, "__args__", ()):
            found |= used(inner, getattr(inner, "__metadata__", ()))
        return found

    for kind in MODELS.values():
        for model in _models(kind):
            for field in model.model_fields.values():
                assert used(field.annotation, field.metadata) <= set(guide.VOCABULARIES)


def test_the_reference_of_commands_is_as_the_program_is() -> None:
    """Write it again with: .venv/bin/xinyong commands > docs/contribute/commands.md."""
    page = (GUIDE / "commands.md").read_text(encoding="utf-8")

    assert run("commands").output == page
    for command in COMMANDS:
        assert f"## {command} {{#{command}}}" in page


def test_every_page_of_the_guide_is_in_the_contents() -> None:
    contents = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")

    for page in GUIDE.glob("*.md"):
        assert f"contribute/{page.name}" in contents


@pytest.mark.parametrize(
    "file",
    ["README.md", "CONTRIBUTING.md", *(f"docs/contribute/{p.name}" for p in GUIDE.glob("*.md"))],
)
def test_every_command_that_the_docs_name_exists(file: str) -> None:
    text = (PROJECT / file).read_text(encoding="utf-8")
    targets = re.findall(
        r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert set(
        re.findall(r"xinyong ([a-z]+)\b(?! contributors)", re.sub(r"git clone .*", "", text))
    ) <= {*COMMANDS}
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= {*targets}


def test_the_messages_that_the_guide_quotes_are_said() -> None:
    page = (GUIDE / "first-change.md").read_text(encoding="utf-8")
    text = " ".join(
        path.read_text(encoding="utf-8") for path in PROJECT.glob("tests/broken/*/says.txt")
    )
    quoted = re.findall(r'^\| "(.+?)" \|', page, re.MULTILINE)

    assert len(quoted) == 4
    for message in quoted:
        assert re.sub("'.*'", "", message).strip() in re.sub("'[^']*'", "", text), message
