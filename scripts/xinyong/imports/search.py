"""Find the citation that somebody means.

By author, year, words of the title, document number, DOI or address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from xinyong.corpus import Corpus
from xinyong.imports.known import address
from xinyong.records import Citation
from xinyong.references.labels import References
from xinyong.source.han import HAN

CLOSE = 80.0
"""From this likeness on (0 to 100) a word is taken for a misspelling of another."""

ENOUGH = 0.5
"""A citation is found where at least this part of what was asked for is in it."""

UNREAD = " (not read; cite it as '{} via' a work that reports it)"

_WORD = re.compile(r"[^\W_]+")
_HAN_RUN = re.compile(f"(?:{HAN.pattern})+")


@dataclass(frozen=True)
class Found:
    """A citation that was found.

    Its id, short reference, title, how well it fits, from 0 to 1, how much was read.
    """

    id: str
    reference: str
    title: str
    score: float
    read: str


def seek(corpus: Corpus, asked: str, limit: int = 10) -> list[Found]:
    """Return the citations that best fit what was asked, the best first; empty where none does."""
    labels = References(corpus).labels
    found = []
    for entry in corpus.of_kind("citations"):
        assert isinstance(entry.record, Citation)
        score = _Sought(entry.id, labels[entry.id], entry.record).score(asked)
        if score >= ENOUGH:
            found.append(
                Found(
                    entry.id,
                    labels[entry.id],
                    _title(entry.record),
                    round(score, 3),
                    entry.record.read,
                )
            )
    return sorted(found, key=lambda one: (-one.score, one.id))[:limit]


def as_lines(found: Sequence[Found]) -> list[str]:
    """Say what was found, a line a citation, and which of them may be cited only via another work."""
    width = max((len(one.id) for one in found), default=0)
    return [
        f"{one.id:<{width}}  {one.reference} — {one.title}{UNREAD.format(one.id) if one.read == 'none' else ''}"
        for one in found
    ]


class _Sought:
    """One citation with all the words by which it may be asked for."""

    def __init__(self, id_: str, label: str, work: Citation) -> None:
        self._id = id_
        self._label = label
        self._work = work

    def score(self, asked: str) -> float:
        """Say how much of what was asked for is in the citation.

        More than 1 where it is named outright.
        """
        asked = asked.strip()
        if self._is_named(asked):
            return 2.0
        pieces = [*_pieces(asked)]
        if not pieces:
            return 0.0
        total = sum(len(piece) for piece in pieces)
        found = sum(len(piece) * self._piece(piece) for piece in pieces) / total
        # Of two that have all words, the one named by author and year comes first.
        named = len({*_pieces(asked)} & self._first) / len(pieces)
        return min(found, 1.0) * 0.9 + named * 0.1 if found >= ENOUGH else 0.0

    def _is_named(self, asked: str) -> bool:
        work = self._work
        numbers = [_bare(str(fact.value)) for fact in work.number or []]
        if asked.casefold() in (self._id, self._label.casefold()) or _bare(asked) in numbers:
            return True
        doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", asked, flags=re.IGNORECASE)
        if work.doi and doi.casefold() == work.doi.casefold():
            return True
        if "://" not in asked and not re.match(r"[\w-]+(?:\.[\w-]+)+/", asked):
            return False
        given = address(asked if "://" in asked else f"https://{asked}")
        return given in {address(url) for url in (work.url, work.archive_url) if url}

    def _piece(self, piece: str) -> float:
        if HAN.search(piece):
            if piece in self._chinese:
                return 1.0
            pairs = [piece[at : at + 2] for at in range(len(piece) - 1)] or [piece]
            return 0.8 * sum(pair in self._chinese for pair in pairs) / len(pairs)
        if piece in self._words:
            return 1.0
        if piece.isdigit():
            return 0.0
        if any(word.startswith(piece) for word in self._words):
            return 0.9
        best = process.extractOne(piece, self._words, scorer=fuzz.ratio, score_cutoff=CLOSE)
        return 0.8 * best[1] / 100 if best else 0.0

    @cached_property
    def _first(self) -> frozenset[str]:
        return frozenset(_pieces(f"{self._label} {self._id.replace('-', ' ')}"))

    @cached_property
    def _words(self) -> list[str]:
        return sorted({piece for text in self._texts() for piece in _pieces(text)})

    @cached_property
    def _chinese(self) -> str:
        return " ".join(text for text in self._texts() if HAN.search(text))

    def _texts(self) -> Iterator[str]:
        work = self._work
        yield from (self._id.replace("-", " "), self._label, work.title)
        yield from filter(
            None, (work.title_original, work.title_pinyin, work.container, work.publisher)
        )
        for person in (*(work.authors or []), *(work.editors or []), *(work.translators or [])):
            yield from filter(None, (person.family, person.given, person.name, person.zh))
        yield from (str(fact.value) for fact in work.number or [])
        if work.name:
            yield from filter(None, (work.name.en, work.name.zh, *work.name.also))
        yield from (date.text for date in (work.date,) if date)


def _pieces(text: str) -> Iterator[str]:
    """Yield the words of a text in small letters without accents, and its runs of Chinese characters."""
    spread = unicodedata.normalize("NFD", text.casefold())
    for match in _WORD.finditer(
        "".join(char for char in spread if not unicodedata.combining(char))
    ):
        runs = _HAN_RUN.findall(match.group())
        yield from runs
        yield from _WORD.findall(_HAN_RUN.sub(" ", match.group()))


def _bare(number: str) -> str:
    """Return a document number without brackets and spaces, so that 国发[2014]21号 is 国发〔2014〕21号."""
    return re.sub(r"[\s〔〕\[\]()（）【】\[［］]", "", number).casefold()


def _title(work: Citation) -> str:
    original = work.title_original
    return f"{original} [{work.title}]" if original and original != work.title else work.title


__all__: Sequence[str] = ("Found", "seek")
