r"""BibTeX for biblatex and biber, which Zotero, JabRef and pandoc read too.

The fields are those of the biblatex manual (3.20, chapter 2). A Chinese work keeps its three titles
apart: ``title`` is the original, ``titleaddon`` the English translation, which biblatex prints
after it, ``usera`` the pinyin. A translation of a law has the title of the law in ``origtitle``.
Since Zotero knows neither ``titleaddon`` nor ``usera``, and has one name for an author, ``annote``
says the same in words; it becomes a note there, and biblatex, where it is ``annotation``, does not
print it. Laws and documents are ``@techreport``, with ``number`` and ``type``: ``@legislation`` is
printed without its author. Data sets are ``@misc``, since Zotero drops ``@dataset``.

One file serves BibTeX without biblatex too, whose styles know neither ``@report`` nor ``@thesis``,
neither ``journaltitle`` nor ``date``, and sort a work without an author by its ``key``. biblatex
has the older names as aliases, and takes ``date`` where a year stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xinyong.records.citations import Author
from xinyong.references.remarks import in_order, remarks
from xinyong.references.types import TYPES
from xinyong.references.work import Work, flat
from xinyong.words import REFERENCES


@dataclass(frozen=True)
class _EntryType:
    """What an entry type has: the fields for what a work stands in and for who published it."""

    container: str = ""
    publisher: str = ""
    pages: bool = False
    translator: bool = False
    isbn: bool = False

    @property
    def without(self) -> frozenset[str]:
        """The fields of a citation that an entry of this type has no place for in Zotero."""
        has = {
            # Zotero passes a short one by.
            "container": self.container.removeprefix("howpublished"),
            "publisher": self.publisher,
            "pages": self.pages,
            "translators": self.translator,
            "isbn": self.isbn,
        }
        return frozenset(name for name, field in has.items() if not field)


_ENTRY_TYPES: Mapping[str, _EntryType] = {
    "article": _EntryType("journal", pages=True, translator=True),
    "book": _EntryType(publisher="publisher", pages=True, translator=True, isbn=True),
    "incollection": _EntryType("booktitle", "publisher", pages=True, translator=True, isbn=True),
    "techreport": _EntryType(publisher="institution", pages=True),
    "phdthesis": _EntryType(publisher="school", pages=True, isbn=True),
    "online": _EntryType("organization"),
    "unpublished": _EntryType("howpublished"),
    "misc": _EntryType("howpublished", "organization"),
}

_LANGID = {
    "zh": "chinese",
    "en": "english",
    "de": "german",
    "nl": "dutch",
    "fr": "french",
    "ja": "japanese",
    "pt": "portuguese",
    "es": "spanish",
    "it": "italian",
    "ko": "korean",
    "id": "indonesian",
}
_ESCAPES = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        # A brace counts for the reader even behind a backslash, so braces get their own commands.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_NAMES = frozenset({"author", "editor", "translator"})
_VERBATIM = frozenset({"url", "doi", "date", "urldate"})
_URL_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_HYPHENS = re.compile("-(?=-)")
_AND = re.compile(r"\band\b|,", re.IGNORECASE)


def bibtex(works: Iterable[Work]) -> str:
    """Return works as BibTeX entries, one empty line between them."""
    return "\n".join(map(entry, works))


def entry(work: Work) -> str:
    """Return one work as a BibTeX entry."""
    kind = TYPES[work.record.type].bibtex
    lines = [f"  {key} = {{{value}}},\n" for key, value in fields(work) if value]
    return f"@{kind}{{{work.key},\n{''.join(lines)}}}\n"


def fields(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the fields of a work's entry with their values, escaped; empty ones too."""
    for key, value in _fields(work, _ENTRY_TYPES[TYPES[work.record.type].bibtex]):
        if key:
            yield key, value if key in _NAMES else _escaped(key, value)


def _fields(work: Work, type_: _EntryType) -> Iterator[tuple[str, str]]:
    record = work.record
    language = record.language.partition("-")[0]
    yield "author", _names(work.authors)
    yield "editor", _names(record.editors)
    if type_.translator:
        yield "translator", _names(record.translators)
    if not work.authors and not record.editors:
        yield "key", work.pinyin or work.title
    yield "title", work.title
    yield "titleaddon", work.translated_title
    yield "usera", work.pinyin
    yield "origtitle", work.original_title
    yield "shorttitle", work.short_title
    yield type_.container, record.container or ""
    yield type_.publisher, record.publisher or ""
    yield "location", record.place or ""
    if record.type == "news":
        yield "entrysubtype", "newspaper"
    yield "type", work.genre
    yield "volume", record.volume or ""
    yield "number", record.issue or work.number
    if type_.pages:
        yield "pages", (record.pages or "").replace("–", "--")
    yield "date", str(work.date or "")
    yield "year", _year(work)
    yield "doi", record.doi or ""
    yield "isbn", (record.isbn or "") if type_.isbn else ""
    yield "url", record.url or ""
    yield "urldate", str(record.accessed or "")
    yield "addendum", ", ".join(_further(work, type_))
    # Zotero reads only this one; biblatex prints none that is the language of the text.
    yield "language", "english" if language == "en" else work.language_name
    yield "langid", _LANGID.get(language, "")
    yield "annote", " ".join(remarks(work, type_.without))


def _year(work: Work) -> str:
    """Return the year alone, for BibTeX without biblatex; empty where it is not certain."""
    year = work.date.year if work.date else ""
    return year if year.isdigit() else ""


def _further(work: Work, type_: _EntryType) -> Iterator[str]:
    """Say what the entry's type has no field for; biblatex prints it at the end."""
    record = work.record
    if record.translators and not type_.translator:
        yield REFERENCES["translated-by"].format(in_order(record.translators))
    if record.container and not type_.container:
        yield record.container
    if record.publisher and not type_.publisher:
        yield record.publisher
    if record.pages and not type_.pages:
        yield record.pages
    if record.isbn and not type_.isbn:
        yield f"ISBN {record.isbn}"


def _names(authors: Sequence[Author]) -> str:
    return " and ".join(_name(author) for author in authors)


def _name(author: Author) -> str:
    if not author.family:
        # Braces keep the name of a body from being cut into family and given names.
        return f"{{{_escaped('', author.name or '')}}}"
    if not author.given:
        return _part(author.family)
    return f"{_part(author.family)}, {_part(author.given)}"


def _part(name: str) -> str:
    escaped = _escaped("", name)
    return f"{{{escaped}}}" if _AND.search(name) else escaped


def _escaped(key: str, value: str) -> str:
    text = flat(value)
    if key in _VERBATIM:
        return text.translate(_URL_ESCAPES)
    # TeX and Zotero read two hyphens as a dash; in page numbers they are meant as one.
    escaped = text.translate(_ESCAPES)
    return escaped if key == "pages" else _HYPHENS.sub("-{}", escaped)
