"""The words of the interface, read from one table, ``words.yml``, in which another language is another column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

LANGUAGE = "en"


@cache
def table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the whole table: part, word, language."""
    text = files("xinyong.words").joinpath("words.yml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.load(text, yaml.CSafeLoader)
    return found


def column(part: str, language: str = LANGUAGE) -> dict[str, str]:
    """Return one part of the table in one language; raise KeyError where a word is missing in it."""
    return {key: word[language] for key, word in table()[part].items()}


WORDS = column("labels")
"""Labels, headings, legends."""

KIND_MANY = column("kinds")
"""What several records of a kind are called."""

KIND_ONE = column("kind")
"""What one record of a kind is called."""

FIGURES = column("figures")
"""What stands in and under the drawings."""

PROBLEMS = column("problems")
"""What stands on the pages of the problems' codes."""

HISTORY = column("history")
"""What is said of changes and states."""

FIELDS: Mapping[str, str] = WORDS | column("fields")
"""What the fields of records are called."""

PARTS = column("parts")
"""What the parts of an entry are called, where their own names do not read as words."""

SCRIPTS = column("scripts")
"""What the page scripts say."""

TABLES = column("tables")
"""Headings and controls of the indexes and of other tables."""

COMPARING = column("comparing")
"""What the compare view says."""

ERRATA = column("errata")
"""Headings of the errata."""

EVIDENCE = column("evidence")
"""Headings of the state of the evidence."""

ANSWERS = column("answers")
"""What is said of how the addresses of sources answered."""

LANGUAGES = column("languages")
"""The names of the languages that sources are in, by their code of two letters."""

REFERENCES = column("references")
"""What a full reference says beside the data of the work."""

GUIDE = column("guide")
"""What the contributors' reference says of fields."""

PREVIEW = column("preview")
"""What the live preview says in the pages that it shows."""

MARKS: Mapping[str, str] = {
    "primary": "◆",
    "corroborated": "●●",
    "single": "●",
    "second-hand": "○",
    "disputed": "≠",
    "inferred": "∴",
}
"""The mark of each standing."""

STANDING: Mapping[str, tuple[str, str]] = {
    key: (MARKS[key], word) for key, word in column("standing").items()
}
"""The mark and the words for each standing."""

ASSESSMENT_MARKS: Mapping[str, str] = {
    "supported": "✓",
    "partly": "◐",
    "unsupported": "○",
    "refuted": "✗",
    "outdated": "◷",
    "contested": "⇄",
}
"""The mark of each assessment of a claim."""


def field_word(name: str) -> str:
    """Return what a field is called; one that no record has today by its own name."""
    return FIELDS.get(name) or part_word(name).capitalize()


def part_word(name: str) -> str:
    """Return what a part of an entry is called, inside a sentence."""
    return PARTS.get(name) or name.replace("_", " ")
