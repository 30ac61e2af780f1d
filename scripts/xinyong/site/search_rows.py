"""The rows of the search index: for each record its names in all forms, and what it weighs.

A row holds names as they are written. The page script folds them (tone marks, traditional
characters, brackets) in the same way as what a reader types, so that no form has to be written
twice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.dates import date_of
from xinyong.corpus.text import plain
from xinyong.records import Citation, City, Event, Program, Term
from xinyong.records.base import Name
from xinyong.references.labels import References
from xinyong.source.han import HAN

WEIGHTS: Mapping[str, int] = {
    "programs": 6, "terms": 5, "cities": 5, "blacklists": 4, "organizations": 3, "claims": 2, "events": 2,
}  # fmt: skip
"""What a kind weighs between records whose names are hit equally well; kinds not named weigh
nothing."""

PER_DOUBLING = 1.5
"""What a record weighs more for each doubling of the records that point to it."""

_CITY_ZH = re.compile(r"(?<=..)[市区县]$")
_CITY_PINYIN = re.compile(r"\s+(?:Shì|Qū|Xiàn)$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]")
_SEPARATOR = re.compile(r"\s*;\s*")
_NUMBER = re.compile(rf"({HAN.pattern}+)\s*[〔\[［(（]\s*(\d{{4}})\s*[〕\]］)）]\s*(\d+)\s*号")


@dataclass(frozen=True)
class Row:
    """What the search knows of a record, or of a section of a hand-written page.

    ``place`` is what follows the kind in the address; ``also`` are other names, ``more`` are
    authors, numbers, years and accounts. The first of ``more`` is how a source is named in links: a
    law by its name and number, so that those of one title are told apart, others by author and year.
    """

    kind: str
    place: str
    weight: int
    name: str
    text: str
    zh: str = ""
    pinyin: str = ""
    layer: str = ""
    also: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


def row(entry: Entry, corpus: Corpus, references: References) -> Row:
    """Make the row of a record."""
    record = entry.record
    names = record.names
    about = record.summary or record.annotation
    forms = dict.fromkeys(_also(entry, names))
    more = dict.fromkeys(_more(entry, references))
    return Row(
        entry.kind,
        f"{entry.id}/",
        _weight(entry, corpus),
        names.en,
        plain(about, corpus) if about else "",
        names.zh or "",
        names.pinyin or "",
        getattr(record, "layer", None) or "",
        tuple(form for form in forms if form not in (names.en, names.zh, names.pinyin)),
        tuple(more),
    )


def packed(row: Row, kinds: Mapping[str, int], layers: Mapping[str, int]) -> list[Any]:
    """Pack a row for the index: kind and layer as numbers, what is empty at its end left out."""
    values: list[Any] = [
        kinds[row.kind],
        row.place,
        row.weight,
        row.name,
        row.zh,
        row.pinyin,
        layers.get(row.layer, 0),
        list(row.also),
        list(row.more),
    ]
    while not values[-1]:
        values.pop()
    return values


def number_forms(number: str) -> Iterator[str]:
    """Yield a document number as it is written, and as translations write it: 国发〔2014〕21号, Guofa [2014] No. 21."""
    yield number
    chinese = _NUMBER.search(number)
    if chinese:
        from pypinyin import lazy_pinyin

        yield f"{''.join(lazy_pinyin(chinese[1])).capitalize()} [{chinese[2]}] No. {chinese[3]}"


def _weight(entry: Entry, corpus: Corpus) -> int:
    pointing = corpus.cited_by if entry.kind == "citations" else corpus.linked_from
    return round(
        WEIGHTS.get(entry.kind, 0) + PER_DOUBLING * math.log2(1 + len(pointing.get(entry.id, ())))
    )


def _also(entry: Entry, names: Name) -> Iterator[str]:
    """Yield the other names: those given, parts of a double one, one without its aside, a place's without 'city'."""
    yield from names.also
    if entry.kind != "citations":
        for name in (names.en, *names.also):
            bare = _ASIDE.sub("", name)
            yield from (part for part in (bare, *_SEPARATOR.split(bare)) if part and part != name)
    if isinstance(entry.record, City):
        yield from (
            _CITY_ZH.sub("", zh) for zh in (names.zh or "", *names.also) if _CITY_ZH.search(zh)
        )
        yield from (
            _CITY_PINYIN.sub("", spelled)
            for spelled in (names.pinyin or "",)
            if _CITY_PINYIN.search(spelled)
        )
    if isinstance(entry.record, Term):
        yield from (
            part for item in entry.record.renderings for part in _SEPARATOR.split(item.value)
        )


def _more(entry: Entry, references: References) -> Iterator[str]:
    record = entry.record
    if isinstance(record, Citation):
        yield references.name(entry.id)
        yield references.label(entry.id)
        for author in record.authors:
            yield author.name or " ".join(filter(None, (author.given, author.family)))
            if author.zh:
                yield author.zh
        for fact in record.number:
            yield from number_forms(str(fact.value))
        date = date_of(record)
        if date:
            yield date.year
    elif isinstance(record, Program):
        yield from (band.zh for band in record.bands if band.zh)
    elif isinstance(record, City):
        yield from (account.handle for account in record.accounts)
    elif isinstance(record, Event):
        yield from (fact.value.year for fact in record.date[:1])
