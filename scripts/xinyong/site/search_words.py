"""How the search cuts a text into words: in the index, written here, as in what a reader types.

``docs/assets/search-words.js`` does the same for the reader. A text is folded: small letters
without tone marks or accents, simplified characters. A run of Chinese characters gives its pairs of
characters, a single one itself. What means the same stands in ``synonyms.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from xinyong.source.han import HAN

_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['’‘`]")
_PLAIN_RUNS = re.compile("[a-z0-9]+")
_RUNS = re.compile(rf"{HAN.pattern}+|[^\W_{HAN.pattern[1:-1]}]+")
_ORDER = re.compile(r"令\s*第?\s*(\d+)\s*号|第?\s*(\d+)\s*号令")
_NUMBER = re.compile(r"第?\s*(\d+)\s*号(?:公告)?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_DIGIT = re.compile(r"\d")
_NO = re.compile(r"\bno\b\.?\s*(?=\d)")


@cache
def simplified() -> Mapping[str, str]:
    """Return the simplified form of each traditional character known."""
    text = files("xinyong.site").joinpath("traditional.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {pair[0]: pair[1] for line in lines for pair in line.split()}


@cache
def synonyms() -> Mapping[str, Any]:
    """Return the table of synonyms: ``words``, ``phrases`` and ``silent`` words."""
    text = files("xinyong.site").joinpath("synonyms.yml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found


def fold(text: str) -> str:
    """Return a text in small letters without marks or accents, and in simplified characters."""
    small = text.lower()
    if not small.isascii():
        small = unicodedata.normalize("NFKC", text).lower()
        small = _MARKS.sub("", unicodedata.normalize("NFD", small))
        small = _traditional().sub(lambda found: simplified()[found[0]], small)
    return _plain_numbers(_APOSTROPHES.sub("", small))


def words(text: str) -> list[str]:
    """Return the words of a text, silent ones among them."""
    folded = fold(text)
    if folded.isascii():
        return _PLAIN_RUNS.findall(folded)
    found: list[str] = []
    for run in _RUNS.findall(folded):
        if run.isascii() or not HAN.match(run):
            found.append(run)
        else:
            found += _pairs(run)
    return found


def stem(word: str) -> str:
    """Return an English word without the ending of its form: ``scored`` and ``scores`` as ``scor``."""
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return word
    base = _without_ending(word)
    return base[:-1] if len(base) > 3 and base.endswith("e") else base


@cache
def groups() -> Mapping[str, str]:
    """Return the first word of the line of synonyms in which a word stands, by the word's stem."""
    return {stem(word): line[0] for line in synonyms()["words"] for word in line}


@cache
def silent() -> frozenset[str]:
    """Return the words that say nothing of what is looked for."""
    return frozenset(word for line in synonyms()["silent"] for word in line.split())


@cache
def _traditional() -> re.Pattern[str]:
    """Find them one by one: few texts have any, and ``str.translate`` looks each character up."""
    return re.compile(f"[{''.join(simplified())}]")


@cache
def _silent_han() -> re.Pattern[str]:
    found = sorted((word for word in silent() if HAN.search(word)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, found)))


def _plain_numbers(text: str) -> str:
    """Write ``第44号令`` and ``No. 44`` as translations and as readers may: ``order 44``, ``44``."""
    if not _DIGIT.search(text):
        return text
    if "号" in text:
        text = _ORDER.sub(lambda found: f" order {found[1] or found[2]} ", text)
        text = _NUMBER.sub(r" \1 ", text)
    if "年" in text:
        text = _YEAR.sub(r" \1 ", text)
    return _NO.sub("", text) if "no" in text else text


def _pairs(run: str) -> Iterator[str]:
    for piece in _silent_han().split(run):
        if len(piece) == 1:
            yield piece
        for at in range(len(piece) - 1):
            yield piece[at : at + 2]


def _without_ending(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2:
            is_double = base[-1] == base[-2] and base[-1] not in "lsaeiou"
            return base[:-1] if is_double else base
    return word
