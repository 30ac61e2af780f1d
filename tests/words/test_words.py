"""All words of the interface stand in one table, so that the site can be had in another language by
a column more.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from support import PROJECT
from xinyong import words
from xinyong.corpus import Corpus

TEMPLATES = [
    *(PROJECT / "scripts" / "xinyong").rglob("*.j2"),
    *(PROJECT / "docs" / "overrides").rglob("*.html"),
]
SCRIPTS = sorted((PROJECT / "docs" / "assets").glob("*.js"))
SPOKEN = ("title", "aria-label", "alt", "placeholder")
_JINJA = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]{2,}")
_SAID = re.compile(r"\bsay\(([^,()]+)")
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`', re.DOTALL)


@pytest.mark.parametrize("template", sorted(TEMPLATES), ids=lambda path: path.name)
def test_a_template_holds_no_words_of_its_own(template: Path) -> None:
    tree = html.fragment_fromstring(
        _JINJA.sub("", template.read_text(encoding="utf-8")), create_parent="div"
    )
    spoken = [value for element in tree.iter() for name in SPOKEN if (value := element.get(name))]

    shown = "".join(tree.xpath(".//text()[not(parent::script)]"))

    assert _WORD.findall(shown) == []
    assert [value for value in spoken if _WORD.search(value)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_nothing_but_words_of_the_table(script: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script.read_text(encoding="utf-8"), flags=re.DOTALL)
    sentences = [
        text for text in _LITERAL.findall(code) if re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", text)
    ]

    assert sentences == []


def test_every_word_that_a_script_asks_for_is_in_the_table() -> None:
    asked = {
        word
        for script in SCRIPTS
        for key in _SAID.findall(script.read_text(encoding="utf-8"))
        for word in re.findall(r'"([a-z-]+)"', key)
    }

    assert asked
    assert asked - set(words.SCRIPTS) == set()


def test_every_word_of_the_scripts_is_asked_for() -> None:
    files = [
        *(PROJECT / "docs" / "assets").glob("*.js"),
        *(PROJECT / "scripts" / "xinyong").rglob("*.py"),
        *(PROJECT / "scripts" / "xinyong").rglob("*.j2"),
    ]
    code = "".join(file.read_text(encoding="utf-8") for file in files)

    assert [
        word for word in words.SCRIPTS if not re.search(rf'"{word}"|[wW]ords\.{word}\b', code)
    ] == []


def test_every_word_has_its_english() -> None:
    for part, rows in words.table().items():
        for word, columns in rows.items():
            assert columns["en"].strip(), (part, word)


def test_the_language_of_every_source_has_a_name(real: Corpus) -> None:
    works = (real.citation(entry.id) for entry in real.of_kind("citations"))
    spoken = {work.language.partition("-")[0] for work in works if work.language}

    assert spoken - {*words.LANGUAGES} == set()
