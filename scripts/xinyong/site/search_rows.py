"""The rows of the search index: for each record its names in all forms, what it says, its weight."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from pydantic import BaseModel

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.dates import date_of
from xinyong.corpus.text import plain
from xinyong.problems import CODES, explain
from xinyong.problems.formats import page_of
from xinyong.records import Citation, City, Claim, Event, Program, Term
from xinyong.records.base import Name, Record
from xinyong.records.fields import own
from xinyong.records.types import Prose
from xinyong.records.vocabularies import ASSESSMENT, LAYER
from xinyong.references.labels import References
from xinyong.source.han import HAN

PROBLEMS = "problems"
"""The kind of the pages of the problems' codes."""

WEIGHTS: Mapping[str, int] = {
    "programs": 6, "terms": 5, "cities": 5, "blacklists": 5, "organizations": 3, "claims": 3, "events": 2,
}  # fmt: skip
"""What a kind weighs between records whose names are hit equally well; kinds not named weigh
nothing."""

DOCUMENT = 4
"""What a source weighs that is a document with a number."""

PER_DOUBLING = 1.0
"""What a record weighs more for each doubling of the records that point to it."""

_dumped = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_CITY_ZH = re.compile(r"(?<=..)[市区县]$")
_CITY_PINYIN = re.compile(r"\s+(?:Shì|Qū|Xiàn)$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]")
_SEPARATOR = re.compile(r"\s*;\s*")
_NUMBER = re.compile(rf"({HAN.pattern}+)\s*[〔\[［(（]\s*(\d{{4}})\s*[〕\]］)）]\s*(\d+)\s*号")
_ORDER = re.compile(r"(?:Order\s+No\.?\s*(\d+)|令\s*第?\s*(\d+)\s*号|第?\s*(\d+)\s*号令)")
_LINK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
_YEAR = re.compile(r"\d{4}")


class Section(NamedTuple):
    """What stands at one place of a page: its anchor, empty for the top, and its sentences."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Row:
    """What the search knows of a record, or of a section of a hand-written page.

    ``place`` is what follows the kind in the address; ``also`` are other names, ``asked`` phrases
    that people type, ``numbers`` what identifies it, ``more`` authors, years and accounts. The first
    of ``more`` is how a source is named in links: a law by its name and number, others by author and
    year. ``mark`` is a verdict, shown beside the name.
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
    asked: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    mark: str = ""
    sections: tuple[Section, ...] = ()

    @property
    def address(self) -> str:
        """The address of the page from the site's root, with its anchor."""
        return self.place if self.kind == "pages" else f"{self.kind}/{self.place}"

    def noted(self) -> str:
        """Return the row as JSON, from which ``read`` makes it again."""
        return _dumped([*vars(self).values()])

    @classmethod
    def read(cls, text: str) -> Row:
        """Make the row again that was noted as JSON."""
        known: list[Any] = json.loads(text)
        known[-1] = [Section(*pair) for pair in known[-1]]
        values: list[Any] = [tuple(found) if isinstance(found, list) else found for found in known]
        return cls(*values)


def row(entry: Entry, corpus: Corpus, references: References) -> Row:
    """Make the row of a record."""
    record = entry.record
    names = record.names
    about = record.summary or record.annotation
    forms = dict.fromkeys(_also(entry, names))
    more = dict.fromkeys(_more(entry, corpus, references))
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
        tuple(record.asked),
        tuple(dict.fromkeys(_numbers(record))) if isinstance(record, Citation) else (),
        ASSESSMENT[record.assessment].label if isinstance(record, Claim) else "",
        tuple(_sections(entry, corpus)),
    )


def problem_rows() -> Iterator[Row]:
    """Yield a row for the page of each code: found by the code, its title, and what it means."""
    for code, title in CODES.items():
        told = explain(code)
        place = page_of(code).removeprefix(f"{PROBLEMS}/")
        said = (Section("why", told.reason), Section("fix", told.fix))
        yield Row(
            PROBLEMS, place, 0, f"{code}: {title}", told.meaning, also=(title, code), sections=said
        )


def number_forms(number: str) -> Iterator[str]:
    """Yield a document number as it is written, and as translations write it: 国发〔2014〕21号, Guofa [2014] No. 21."""
    yield number
    chinese = _NUMBER.search(number)
    if chinese:
        from pypinyin import lazy_pinyin

        yield f"{''.join(lazy_pinyin(chinese[1])).capitalize()} [{chinese[2]}] No. {chinese[3]}"


def _short_numbers(number: str, year: str) -> Iterator[str]:
    """Yield what people quote of a document number: year and number, or the number of an order."""
    chinese = _NUMBER.search(number)
    if chinese:
        yield f"{chinese[2]} No. {chinese[3]}"
        yield f"No. {chinese[3]} of {chinese[2]}"
    order = _ORDER.search(number)
    if order:
        found = next(filter(None, order.groups()))
        yield f"Order {found}"
        if year:
            yield f"Order {found} of {year}"


def _weight(entry: Entry, corpus: Corpus) -> int:
    """Return what a record weighs. A translation weighs less than the document itself."""
    if getattr(entry.record, "translates", None):
        return 0
    pointing = corpus.cited_by if entry.kind == "citations" else corpus.linked_from
    own = DOCUMENT if getattr(entry.record, "number", None) else WEIGHTS.get(entry.kind, 0)
    return round(own + PER_DOUBLING * math.log2(1 + len(pointing.get(entry.id, ()))))


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


def _more(entry: Entry, corpus: Corpus, references: References) -> Iterator[str]:
    record = entry.record
    if isinstance(record, Citation):
        yield references.name(entry.id)
        yield references.label(entry.id)
        yield from _of_source(record, corpus)
    elif isinstance(record, Program):
        yield from (band.zh for band in record.bands if band.zh)
    elif isinstance(record, City):
        yield from (account.handle for account in record.accounts)
    elif isinstance(record, Event):
        yield from (fact.value.year for fact in record.date[:1])


def _of_source(record: Citation, corpus: Corpus) -> Iterator[str]:
    date = date_of(record)
    year = date.year if date else ""
    for author in chain(record.authors, record.editors, record.translators):
        yield author.name or " ".join(filter(None, (author.given, author.family)))
        if author.zh:
            yield author.zh
    original = corpus[record.translates.id].record if record.translates else None
    if isinstance(original, Citation):
        yield from _numbers(original)
    for house in filter(None, (record.container, record.publisher)):
        yield f"{house} {year}".strip()
    if year:
        yield year


def _numbers(record: Citation) -> Iterator[str]:
    """Yield what identifies a document: its numbers, a DOI, an ISBN."""
    date = date_of(record)
    for fact in record.number:
        yield from number_forms(str(fact.value))
        yield from _short_numbers(str(fact.value), date.year if date else "")
    yield from filter(None, (record.doi, record.isbn))


def _sections(entry: Entry, corpus: Corpus) -> Iterator[Section]:
    """Yield what the page says below its summary, by the anchors of its sections."""
    record = entry.record
    if record.annotation and record.summary:
        yield Section("annotation", plain(record.annotation, corpus))
    for field in own(entry.kind):
        if field.attribute in _SHOWN_AS_NAME:
            continue
        anchor = "facts" if field.attribute in _AMONG_FACTS else field.section
        for said in _said(getattr(record, field.attribute), corpus):
            yield Section(anchor, said)
    for said in _said(record.details, corpus):
        yield Section("details", said)


_SHOWN_AS_NAME = frozenset(
    {
        *("title", "title_original", "title_pinyin", "authors", "editors", "translators", "number"),
        *("container", "publisher", "place", "volume", "issue", "pages", "url", "archive_url"),
        *("doi", "isbn", "language", "layer", "renderings", "read", "reliability", "type"),
    }
)
_AMONG_FACTS = frozenset({"public", "licences", "owners", "members", "former_names"})
"""Fields with many values that pages show in the section of the short ones."""

_UNSAID = frozenset({"cite", "url", "pinyin", "type", "stance", "effect", "form", "status"})


def _said(value: object, corpus: Corpus) -> Iterator[str]:
    """Yield the sentences of each entry of a field: its texts and its remark."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Prose):
            yield plain(item, corpus)
        elif isinstance(item, BaseModel):
            said = " · ".join(_texts(item, corpus))
            if said:
                yield said


def _texts(item: BaseModel, corpus: Corpus) -> Iterator[str]:
    for name in type(item).model_fields:
        value = getattr(item, name)
        if name in _UNSAID or not value:
            continue
        if isinstance(value, str) and (" " in value or HAN.search(value)):
            yield _unlinked(value, corpus)
        elif isinstance(value, BaseModel) and not isinstance(value, Record):
            yield from _texts(value, corpus)


def _unlinked(text: str, corpus: Corpus) -> str:
    """Return a text with the names of the records to which it links."""
    if "[[" not in text:
        return text
    return _LINK.sub(lambda found: found[2] or corpus[found[1]].record.heading, text)


def layers() -> list[list[str]]:
    """Return the keys and names of the layers."""
    return [[key, LAYER[key].label] for key in LAYER.values]
