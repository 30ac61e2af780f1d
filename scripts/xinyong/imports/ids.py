"""Give a new citation an id that a reader could guess: author, year, a word of the title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from typing import Any

from pypinyin import lazy_pinyin

from xinyong.source.han import HAN

STOP = frozenset({
    "a", "an", "and", "are", "as", "at", "by", "can", "does", "for", "from", "has", "have", "how", "in", "into", "is",
    "it", "its", "new", "not", "of", "on", "or", "that", "the", "this", "to", "was", "what", "when", "where", "who",
    "why", "will", "with", "der", "die", "das", "und", "le", "la", "les", "des", "de", "het", "een", "el", "los",
})  # fmt: skip
"""Words of titles that name nothing."""

LETTERS = {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "œ": "oe"}
_WORD = re.compile(r"[a-z0-9]+")


def new_id(fields: Mapping[str, Any], taken: Container[str]) -> str:
    """Return an id for a work that is not yet taken.

    ``koetse-2018-sesame``, then ``koetse-2018-sesame-2``.
    """
    year = re.search(r"\d{4}", str(fields.get("date", "")))
    parts = [_who(fields), year[0] if year else "nd", _what(fields)]
    base = "-".join(part for part in parts if part)[:60].strip("-")
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def _who(fields: Mapping[str, Any]) -> str:
    authors = fields.get("authors") or fields.get("editors") or []
    first = authors[0] if authors else {}
    if first.get("family"):
        return "".join(_words(first["family"]))
    name = first.get("name") or fields.get("container") or fields.get("publisher") or ""
    if HAN.search(name):
        return "".join(_words(name)[:2])
    words = [word for word in _words(name) if word not in STOP]
    # A long name of a body is known by its initials, as NDRC is.
    return "".join(word[0] for word in words) if len(words) > 3 else "".join(words[:2])


def _what(fields: Mapping[str, Any]) -> str:
    title = str(fields.get("title", ""))
    if HAN.search(title):
        return "".join(_words(title)[:3])
    words = [word for word in _words(title) if word not in STOP and len(word) > 2]
    return words[0] if words else "".join(_words(title)[:1])


def _words(text: str) -> list[str]:
    """Return the words of a text in plain small letters; of Chinese, its syllables."""
    spelled = " ".join(lazy_pinyin(text)) if HAN.search(text) else text
    folded = "".join(LETTERS.get(char, char) for char in spelled.casefold())
    bare = "".join(
        char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char)
    )
    return _WORD.findall(bare.replace("'", "").replace("’", ""))
