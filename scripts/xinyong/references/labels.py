"""References.

Short ones as labels of cites, full ones in the author-date style of the Chicago Manual (17th ed.).
"""

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
from xinyong.records.citations import Author
from xinyong.references import chicago
from xinyong.references.pieces import Runs, as_html, as_text
from xinyong.references.types import DOCUMENTS
from xinyong.words import REFERENCES

_ACRONYM = re.compile(r"[A-Z]{3,6}")
_LONG = 3


class References:
    """The references of a corpus.

    Labels are unique: two works that would share one get letters after the year.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._runs: dict[str, Runs] = {}
        self._names: dict[str, str] = {}
        self._html: dict[str, Markup] = {}

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
        sharing: dict[tuple[str, str], list[str]] = defaultdict(list)
        for entry in self._corpus.of_kind("citations"):
            work = self._corpus.citation(entry.id)
            sharing[short_author(work, self.acronyms), year(work)].append(entry.id)
        labels: dict[str, str] = {}
        for (author, when), ids in sharing.items():
            label = f"{author.removesuffix(f' {when}')} {when}"
            if len(ids) == 1:
                labels[ids[0]] = label
                continue
            for index, id_ in enumerate(sorted(ids, key=self._by_date)):
                labels[id_] = f"{label}{_letter(index)}"
        return labels

    def _by_date(self, id_: str) -> tuple[str, str]:
        date = date_of(self._corpus.citation(id_))
        return date.earliest.isoformat() if date else "9999", id_

    @cached_property
    def acronyms(self) -> Mapping[str, str]:
        """The acronyms of organizations with a long name, by that name in small letters."""
        acronyms: dict[str, str] = {}
        for entry in self._corpus.of_kind("organizations"):
            names = entry.record.names
            short = [name for name in names.also if _ACRONYM.fullmatch(name)]
            if short and len(names.en.split()) > _LONG:
                acronyms[names.en.casefold()] = short[0]
        return acronyms

    def order(self, id_: str) -> str:
        """Return the key by which references stand in the order of their first words, names in full."""
        work = self._corpus.citation(id_)
        return f"{short_author(work)} {self.labels[id_].rsplit(' ', 1)[-1]}".casefold()

    def full(self, id_: str) -> Markup:
        """Return the full reference as HTML.

        Authors, year, title with its original, container, address.
        """
        if id_ not in self._html:
            self._html[id_] = as_html(self._reference(id_))
        return self._html[id_]

    def plain(self, id_: str) -> str:
        """Return the full reference as plain text, its address to be followed and not read."""
        return as_text(self._reference(id_))

    def _reference(self, id_: str) -> Runs:
        if id_ not in self._runs:
            self._runs[id_] = self._made(id_)
        return self._runs[id_]

    def _made(self, id_: str) -> Runs:
        work = self._corpus.citation(id_)
        issuers = [self._corpus[item.value.id].record.heading for item in work.issuers]
        return chicago.reference(work, self.labels[id_].rsplit(" ", 1)[-1], date_of(work), issuers)


def short_author(work: Citation, acronyms: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the author part of a short reference: family names, a body, or a shortened title.

    ``acronyms`` gives the acronyms of bodies by their names in small letters; others stay as they
    are.
    """
    authors = work.authors
    if not authors and work.name and work.type in DOCUMENTS:
        return _shortened(work.name.en)
    if not authors:
        return _shortened(chicago.custodian(work) or work.title)
    first, *others = [_family_or_body(author, acronyms) for author in authors]
    if not others:
        return first
    if len(others) == 1:
        return f"{first} {REFERENCES['and']} {others[0]}"
    return f"{first} {REFERENCES['and-others']}"


def _law_name(work: Citation) -> str:
    """Return the name of a law or policy document with its number; empty for other works."""
    if work.type not in DOCUMENTS:
        return ""
    name = work.name.en if work.name else _shortened(work.title, 9)
    numbers = [fact.value for fact in work.number if fact.value not in name]
    return ", ".join([name, *numbers[:1]])


def _family_or_body(author: Author, acronyms: Mapping[str, str]) -> str:
    if author.family:
        return author.family
    name = author.name or ""
    return acronyms.get(name.casefold()) or _shortened(name)


def _shortened(name: str, words: int = 5) -> str:
    parts = name.split()
    return name if len(parts) <= words else " ".join(parts[:words]) + " …"


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else _letter(index // 26 - 1) + _letter(index % 26)
