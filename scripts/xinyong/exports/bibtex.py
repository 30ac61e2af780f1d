"""The sources as BibTeX, written by bibtexparser, for Zotero and LaTeX (biber)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from xinyong.corpus import Corpus
from xinyong.pages.references import date_of
from xinyong.records import Citation
from xinyong.records.citations import Author

TYPES: Mapping[str, str] = {
    "article": "article",
    "news": "article",
    "book": "book",
    "chapter": "incollection",
    "thesis": "phdthesis",
    "paper": "unpublished",
    "report": "techreport",
}
"""The entry type of each type of citation; all others are ``misc``."""

_CONTAINER = {"article": "journal", "incollection": "booktitle"}
_PUBLISHER = {"phdthesis": "school", "techreport": "institution"}
_SPECIAL = re.compile(r"([&%$#_{}])")
_VERBATIM = frozenset({"url", "doi"})


def bibtex(corpus: Corpus) -> str:
    """Return all citations of the corpus as BibTeX, keyed by their ids, in the order of the ids."""
    works = [(entry.id, corpus.citation(entry.id)) for entry in corpus.of_kind("citations")]
    return write_string(Library([_entry(id_, work) for id_, work in works]))


def _entry(id_: str, work: Citation) -> Entry:
    kind = TYPES.get(work.type, "misc")
    fields = [Field(key, _escaped(key, value)) for key, value in _fields(work, kind) if value]
    return Entry(kind, id_, fields)


def _fields(work: Citation, kind: str) -> Iterator[tuple[str, str]]:
    date = date_of(work)
    yield "author", _names(work.authors)
    yield "editor", _names(work.editors)
    yield "title", work.title_original or work.title
    yield "titletranslation", work.title if work.title_original else ""
    yield "titlepinyin", work.title_pinyin or ""
    yield _CONTAINER.get(kind, "howpublished"), work.container or ""
    yield _PUBLISHER.get(kind, "publisher"), work.publisher or ""
    yield "volume", work.volume or ""
    yield "number", work.issue or (work.number[0].value if work.number else "")
    yield "pages", (work.pages or "").replace("–", "--")
    yield "year", date.year if date else ""
    yield "date", date.text if date else ""
    yield "doi", work.doi or ""
    yield "isbn", work.isbn or ""
    yield "url", work.url or ""
    yield "language", work.language


def _names(authors: Sequence[Author]) -> str:
    return " and ".join(_name(author) for author in authors)


def _name(author: Author) -> str:
    if author.family:
        return f"{author.family}, {author.given}" if author.given else author.family
    # Braces keep the name of a body from being cut into family and given names.
    return f"{{{author.name}}}"


def _escaped(key: str, value: str) -> str:
    if key in _VERBATIM:
        return value
    if key in ("author", "editor"):
        return re.sub(r"([&%$#_])", r"\\\1", value)
    return _SPECIAL.sub(r"\\\1", value)
