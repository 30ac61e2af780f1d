"""References: short ones as labels of cites, full ones in the author-date style of the Chicago Manual (17th ed.)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from markupsafe import Markup

from xinyong.corpus import Corpus
from xinyong.corpus.dates import date_of, year
from xinyong.records import Citation
from xinyong.references import chicago

_ACRONYM = re.compile(r"[A-Z]{3,6}")
_LONG = 3


class References:
    """The references of a corpus; labels are unique: two works that would share one get letters after the year."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._full: dict[str, Markup] = {}
        self._names: dict[str, str] = {}

    def label(self, id_: str) -> str:
        """Return the short reference, ``Koetse 2018`` or ``Daum 2017b``."""
        return self.labels[id_]

    def name(self, id_: str) -> str:
        """Return how a source is named in a link: a law by name and number, others by their short reference."""
        if id_ not in self._names:
            self._names[id_] = _law_name(self._corpus.citation(id_)) or self.label(id_)
        return self._names[id_]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The short references of all citations by id."""
        works = {
            entry.id: self._corpus.citation(entry.id) for entry in self._corpus.of_kind("citations")
        }
        plain = {
            id_: (short_author(work, self.acronyms), year(work)) for id_, work in works.items()
        }
        shared: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_, key in plain.items():
            shared[key].append(id_)
        letters = {
            id_: _letter(index) if len(ids) > 1 else ""
            for ids in shared.values()
            for index, id_ in enumerate(sorted(ids, key=lambda i: (_sort_date(works[i]), i)))
        }
        return {
            id_: f"{author.removesuffix(f' {when}')} {when}{letters[id_]}"
            for id_, (author, when) in plain.items()
        }

    @cached_property
    def acronyms(self) -> Mapping[str, str]:
        """The acronyms of organizations with a long name, by that name in small letters."""
        found: dict[str, str] = {}
        for entry in self._corpus.of_kind("organizations"):
            names = entry.record.names
            acronym = next((name for name in names.also if _ACRONYM.fullmatch(name)), None)
            if acronym and len(names.en.split()) > _LONG:
                found[names.en.casefold()] = acronym
        return found

    def order(self, id_: str) -> str:
        """Return the key by which references stand in the order of their first words, names in full."""
        work = self._corpus.citation(id_)
        return f"{short_author(work)} {self.labels[id_].rsplit(' ', 1)[-1]}".casefold()

    def full(self, id_: str) -> Markup:
        """Return the full reference as HTML: authors, year, title with its original, container, address."""
        if id_ not in self._full:
            self._full[id_] = self._reference(id_)
        return self._full[id_]

    def _reference(self, id_: str) -> Markup:
        work = self._corpus.citation(id_)
        issuers = [self._corpus[item.value.id].record.heading for item in work.issuers]
        return chicago.reference(work, self.labels[id_].rsplit(" ", 1)[-1], date_of(work), issuers)


def short_author(work: Citation, acronyms: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the author part of a short reference: family names, a body, or a shortened title.

    ``acronyms`` gives the acronyms of bodies by their names in small letters; others stay as they are.
    """
    authors = work.authors
    if not authors and work.type in chicago.DOCUMENTS:
        return _shortened(work.name.en if work.name else work.title)
    if not authors:
        return _shortened(chicago.custodian(work) or work.title)
    first = authors[0].family or _body(authors[0].name or "", acronyms)
    if len(authors) == 1:
        return first
    second = authors[1].family or _body(authors[1].name or "", acronyms)
    return f"{first} and {second}" if len(authors) == 2 else f"{first} et al."


def _law_name(work: Citation) -> str:
    """Return the name of a law or policy document with its number; empty for other works."""
    if work.type not in chicago.DOCUMENTS:
        return ""
    name = work.name.en if work.name else _shortened(work.title, 9)
    numbers = [fact.value for fact in work.number if fact.value not in name]
    return ", ".join([name, *numbers[:1]])


def _body(name: str, acronyms: Mapping[str, str]) -> str:
    return acronyms.get(name.casefold()) or _shortened(name)


def _shortened(name: str, words: int = 5) -> str:
    name = name.removeprefix("[").removesuffix(
        "]"
    )  # a title that is known only in translation stands in brackets
    parts = name.split()
    return name if len(parts) <= words else " ".join(parts[:words]) + " …"


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else _letter(index // 26 - 1) + _letter(index % 26)


def _sort_date(work: Citation) -> str:
    date = date_of(work)
    return date.earliest.isoformat() if date else "9999"
