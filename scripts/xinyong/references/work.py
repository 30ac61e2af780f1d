"""What all forms of a reference are made from: a work, its key, and who answers for it.

A page of the site and the site as a whole are works too, so every form has one way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.dates import date_of
from xinyong.edition import Edition
from xinyong.records import Citation
from xinyong.records.citations import Author
from xinyong.records.vocabularies import CITATION_TYPE, LEGAL_RANK
from xinyong.references.types import TYPES
from xinyong.source import edtf
from xinyong.source.edtf import Edtf
from xinyong.words import LANGUAGES


@dataclass(frozen=True)
class Work:
    """A work with its key.

    ``authors`` are its own or the bodies that issued it, ``original`` what it translates.
    """

    key: str
    record: Citation
    authors: tuple[Author, ...]
    original: Citation | None = None

    @property
    def date(self) -> Edtf | None:
        """The date that it is known by."""
        return date_of(self.record)

    @property
    def title(self) -> str:
        """The title in the work's own language."""
        return flat((self.record.title_original if self._foreign else None) or self.record.title)

    @property
    def translated_title(self) -> str:
        """The English title of a work whose own is in another language; else empty."""
        return flat(self.record.title) if self._foreign and self.record.title_original else ""

    @property
    def pinyin(self) -> str:
        """The pinyin of its title; else empty."""
        return flat(self.record.title_pinyin or "")

    @property
    def original_title(self) -> str:
        """The title of the document that it translates, in that document's language; else empty."""
        named = None if self._foreign else self.record.title_original
        given = (self.original.title_original or self.original.title) if self.original else ""
        return flat(named or given)

    @property
    def short_title(self) -> str:
        """The short name in use; else empty."""
        return flat(self.record.name.en) if self.record.name else ""

    @property
    def number(self) -> str:
        """The document number, such as 国发〔2014〕21号; else empty."""
        return flat(self.record.number[0].value) if self.record.number else ""

    @property
    def genre(self) -> str:
        """What sort of document a law, plan, working paper or thesis is; else empty."""
        if self.record.rank:
            return LEGAL_RANK[self.record.rank].label
        type_ = self.record.type
        return CITATION_TYPE[type_].label if TYPES[type_].has_genre else ""

    @property
    def language_name(self) -> str:
        """The language in English."""
        code = self.record.language
        return LANGUAGES.get(code.partition("-")[0], code)

    @property
    def _foreign(self) -> bool:
        return not self.record.language.startswith("en")

    @property
    def chinese_authors(self) -> str:
        """The authors' names in Chinese characters; else empty."""
        return ", ".join(author.zh for author in self.authors if author.zh)

    @property
    def address(self) -> str:
        """Where it can be read: its address, or that of its DOI; else empty."""
        return self.record.url or self.record.doi_url


def works(corpus: Corpus) -> Iterator[Work]:
    """Yield every citation of the corpus as a work, in the order of the ids."""
    return (work(corpus, entry.id) for entry in corpus.of_kind("citations"))


def work(corpus: Corpus, id_: str) -> Work:
    """Return a citation as a work; raise KeyError if there is none."""
    record = corpus.citation(id_)
    authors = tuple(record.authors) or tuple(_issuers(corpus, record))
    original = corpus.citation(record.translates.id) if record.translates else None
    return Work(id_, record, authors, original)


def page(entry: Entry, edition: Edition) -> Work:
    """Return the page of a record as a work.

    Title, site, the day it was held against its sources, address.
    """
    date = entry.record.reviewed or _released(edition)
    more = {"type": "web", "url": edition.base + entry.url, "container": edition.name, "date": date}
    return _own(f"xinyong-{entry.id}", entry.record.heading, edition, more)


def withdrawn(address: str, title: str, day: Edtf, edition: Edition) -> Work:
    """Return the page that stands for a record which is gone, as a work that says so in its title."""
    key = f"xinyong-{address.rstrip('/').rpartition('/')[2]}"
    more = {"type": "web", "url": edition.base + address, "container": edition.name, "date": day}
    return _own(key, title, edition, more)


def whole(edition: Edition) -> Work:
    """Return the corpus as a whole as a work, of the type data set."""
    more = {
        "type": "dataset",
        "url": edition.base,
        "doi": edition.doi or None,
        "date": _released(edition),
    }
    return _own("xinyong", edition.title, edition, more)


def cited_by(entry: Entry) -> tuple[str, ...]:
    """Return the ids of the works that a record cites, each once, in the order of the ids."""
    return tuple(sorted({use.target for use in entry.cites} - {entry.id}))


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def _released(edition: Edition) -> Edtf | None:
    return edtf.parse(edition.released) if edition.released else None


def _own(key: str, title: str, edition: Edition, more: Mapping[str, Any]) -> Work:
    authors = [Author(name=name) for name in edition.authors]
    fields: dict[str, Any] = {"title": flat(title), "authors": authors, "language": "en", **more}
    return Work(key, Citation.model_construct(**fields), tuple(authors))


def _issuers(corpus: Corpus, record: Citation) -> Iterable[Author]:
    for relation in record.issuers:
        names = corpus[relation.value.id].record.names
        yield Author.model_construct(family=None, given=None, name=names.en, zh=names.zh)
