"""What a record is called and what its prose says, as plain text."""

from __future__ import annotations

import re
from functools import lru_cache

from xinyong.corpus import Corpus, Entry
from xinyong.source.prose import RecordLink, parse

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def plain_phrase(phrase: str) -> str:
    """Return a phrase as a search takes it: small letters, one space between words, no punctuation."""
    return _BETWEEN_WORDS.sub(" ", phrase.casefold()).strip()


def title_of(entry: Entry) -> str:
    """Return the title of a record's page.

    Its English name, and the Chinese one where there is one.
    """
    names = entry.record.names
    return f"{names.en} {names.zh}" if names.zh and entry.kind != "citations" else names.en


def plain(source: str, corpus: Corpus) -> str:
    """Return prose as plain text for descriptions and the search.

    A link gives its label or the record's name.
    """
    pieces = [
        piece if isinstance(piece, str) else piece.label or corpus[piece.id].record.heading
        for piece in _pieces(source)
    ]
    joined = " ".join("".join(pieces).split())
    for mark in ".,;:":
        joined = joined.replace(f" {mark}", mark)
    return joined


@lru_cache(maxsize=1 << 17)
def _pieces(source: str) -> tuple[str | RecordLink, ...]:
    pieces: list[str | RecordLink] = []
    for token in parse(source).tokens:
        for child in token.children or ():
            if child.type == "record_link":
                pieces.append(child.meta["link"])
            elif child.type in ("text", "code_inline"):
                pieces.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                pieces.append(" ")
        pieces.append(" " if token.type == "paragraph_close" else "")
    return tuple(pieces)
