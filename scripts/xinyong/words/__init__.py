"""The words of the interface, read from two tables in which another language is another column.

``words.yml`` holds labels, headings and sentences, ``vocabularies.yml`` the values of the vocabularies.
The names below are live: what they give is in the language that is being rendered, so that a word has
to be looked up while rendering, never when a module is imported. Templates, which are compiled for
each language, hold the words that they name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from importlib.resources import files
from typing import Any, ParamSpec, TypeVar

import yaml

P = ParamSpec("P")
T = TypeVar("T")

_language: ContextVar[str] = ContextVar("language", default="en")


def current_language() -> str:
    """Return the language that is being rendered, a code of two letters."""
    return _language.get()


@contextmanager
def rendering_in(language: str) -> Iterator[None]:
    """Render in a language that has a column in both tables."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def cached(made: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function returns, in each language for itself; its arguments are hashable."""
    found: dict[Any, T] = {}

    @wraps(made)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        key = _language.get(), args, tuple(kwargs.items())
        if key not in found:
            found[key] = made(*args, **kwargs)
        return found[key]

    return call


@cache
def table() -> Mapping[str, Mapping[str, dict[str, str]]]:
    """Return the table of words: part, word, language."""
    found: Mapping[str, Mapping[str, dict[str, str]]] = _read("words.yml")
    return found


@cache
def vocabulary_table() -> Mapping[str, Mapping[str, Mapping[str, dict[str, str]]]]:
    """Return the table of vocabularies: vocabulary, value, ``label`` or ``meaning``, language."""
    found: Mapping[str, Mapping[str, Mapping[str, dict[str, str]]]] = _read("vocabularies.yml")
    return found


def _read(name: str) -> Any:
    text = files("xinyong.words").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, yaml.CSafeLoader)


class Words(Mapping[str, str]):
    """Parts of the table of words in the language that is being rendered.

    A word that has no column in that language raises KeyError.
    """

    def __init__(self, *parts: str) -> None:
        self._parts = parts

    def __getitem__(self, key: str) -> str:
        return _column(self._parts, _language.get())[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_column(self._parts, _language.get()))

    def __len__(self) -> int:
        return len(_column(self._parts, _language.get()))


@cache
def _column(parts: tuple[str, ...], language: str) -> Mapping[str, str]:
    return {key: word[language] for part in parts for key, word in table()[part].items()}


WORDS = Words("labels")
"""Labels, headings, legends."""

KIND_MANY = Words("kinds")
"""What several records of a kind are called."""

KIND_ONE = Words("kind")
"""What one record of a kind is called."""

VOCABULARY = Words("vocabularies")
"""What one value of a vocabulary is called, inside a sentence."""

FIGURES = Words("figures")
"""What stands in and under the drawings."""

PROBLEMS = Words("problems")
"""What stands on the pages of the problems' codes."""

HISTORY = Words("history")
"""What is said of changes and states."""

FIELDS: Mapping[str, str] = Words("labels", "fields")
"""What the fields of records are called."""

PARTS = Words("parts")
"""What the parts of an entry are called, where their own names do not read as words."""

SCRIPTS = Words("scripts")
"""What the page scripts say."""

TABLES = Words("tables")
"""Headings and controls of the indexes and of other tables."""

COMPARING = Words("comparing")
"""What the compare view says."""

ERRATA = Words("errata")
"""Headings of the errata."""

STUDIES = Words("studies")
"""Headings of the studies compared."""

CORRECTIONS = Words("corrections")
"""What is said of how to ask for a correction, and of what was corrected."""

EVIDENCE = Words("evidence")
"""Headings of the state of the evidence."""

FRESHNESS = Words("freshness")
"""What is said of work that time makes."""

IN_FORCE = Words("in-force")
"""What is said of the law as it stands."""

ANSWERS = Words("answers")
"""What is said of how the addresses of sources answered."""

NOW = Words("now")
"""What the box beside a record's summary says."""

LANGUAGES = Words("languages")
"""The names of the languages that sources are in, by their code of two letters."""

REFERENCES = Words("references")
"""What a full reference says beside the data of the work."""

GUIDE = Words("guide")
"""What the contributors' reference says of fields."""

NUMBERS = Words("numbers")
"""What a number means, by its name, where that does not say it."""

QUERIES = Words("queries")
"""What the queries of the data page and the query page answer, by their ids."""

DATES = Words("dates")
"""How dates are written."""

PREVIEW = Words("preview")
"""What the live preview says in the pages that it shows."""

MARKDOWN = Words("markdown")
"""What pages say as Markdown that they do not say as HTML."""

CRAWLERS = Words("crawlers")
"""What ``llms.txt`` says."""

MARKS: Mapping[str, str] = {
    "primary": "◆",
    "corroborated": "●●",
    "single": "●",
    "second-hand": "○",
    "disputed": "≠",
    "inferred": "∴",
}
"""The mark of each standing."""


class _Standings(Mapping[str, tuple[str, str]]):
    def __getitem__(self, key: str) -> tuple[str, str]:
        return MARKS[key], _STANDING_WORDS[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_STANDING_WORDS)

    def __len__(self) -> int:
        return len(_STANDING_WORDS)


_STANDING_WORDS = Words("standing")

STANDING: Mapping[str, tuple[str, str]] = _Standings()
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
