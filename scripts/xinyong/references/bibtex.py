r"""BibTeX for biblatex and biber, which Zotero, JabRef and pandoc read too.

The fields are those of the biblatex manual (3.20, chapter 2). A Chinese work keeps its three titles
apart: ``title`` is the original, ``titleaddon`` the English translation, which biblatex prints
after it, ``usera`` the pinyin. A translation of a law has the title of the law in ``origtitle``.
Since Zotero knows neither ``titleaddon`` nor ``usera``, and has one name for an author,
``annotation`` says the same in words; it becomes a note there and is not printed by biblatex. Laws
and documents are ``@report``, with ``number`` and ``type``: ``@legislation`` is printed without its
author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xinyong.records.citations import Author
from xinyong.references.types import TYPES
from xinyong.references.work import Work, flat

_CONTAINER = {
    "article": "journaltitle",
    "incollection": "booktitle",
    "online": "organization",
    "dataset": "organization",
    "unpublished": "howpublished",
    "misc": "howpublished",
}
"""The field for what a work stands in, where its type has one."""

_PUBLISHER = {
    "book": "publisher",
    "incollection": "publisher",
    "dataset": "publisher",
    "report": "institution",
    "thesis": "institution",
    "misc": "organization",
}
"""The field for who published a work, where its type has one."""

_UNPAGED = frozenset({"online", "unpublished", "misc", "dataset"})
_UNTRANSLATED = frozenset({"report", "online", "unpublished", "misc", "dataset", "thesis"})
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
}
_ESCAPES = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        # A brace counts for the reader even behind a backslash, so braces get commands of their own.
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
    for key, value in _fields(work, TYPES[work.record.type].bibtex):
        yield key, value if key in _NAMES else _escaped(key, value)


def _fields(work: Work, kind: str) -> Iterator[tuple[str, str]]:
    record = work.record
    yield "author", _names(work.authors)
    yield "editor", _names(record.editors)
    yield "translator", "" if kind in _UNTRANSLATED else _names(record.translators)
    yield "title", work.title
    yield "titleaddon", work.translated_title
    yield "usera", work.pinyin
    yield "origtitle", work.original_title
    yield "shorttitle", work.short_title
    yield _CONTAINER.get(kind, ""), (record.container or "") if kind in _CONTAINER else ""
    yield _PUBLISHER.get(kind, ""), (record.publisher or "") if kind in _PUBLISHER else ""
    yield "location", record.place or ""
    yield "entrysubtype", "newspaper" if record.type == "news" else ""
    yield "type", work.genre
    yield "volume", record.volume or ""
    yield "number", record.issue or work.number
    yield "pages", "" if kind in _UNPAGED else (record.pages or "").replace("–", "--")
    yield "date", work.date.text if work.date else ""
    yield "doi", record.doi or ""
    yield "isbn", record.isbn or ""
    yield "url", record.url or ""
    yield "urldate", record.accessed.text if record.accessed else ""
    yield "addendum", ", ".join(_further(work, kind))
    yield "language", "" if record.language.startswith("en") else work.language_name
    yield "langid", _LANGID.get(record.language.partition("-")[0], "")
    yield "annotation", " ".join(remarks(work))


def _further(work: Work, kind: str) -> Iterator[str]:
    """Say what the entry's type has no field for; biblatex prints it at the end."""
    record = work.record
    if kind in _UNTRANSLATED and record.translators:
        names = (
            " ".join(filter(None, (a.given, a.family))) or a.name or "" for a in record.translators
        )
        yield f"translated by {' and '.join(names)}"
    if record.container and kind not in _CONTAINER:
        yield record.container
    if record.publisher and kind not in _PUBLISHER:
        yield record.publisher
    if record.pages and kind in _UNPAGED:
        yield record.pages


def remarks(work: Work) -> Iterator[str]:
    """Say in words what reference managers have no field for.

    The English title, the pinyin, the Chinese authors.
    """
    for label, value in (
        ("Title in English", work.translated_title),
        ("Title in pinyin", work.pinyin),
        ("Authors in Chinese", work.chinese_authors),
    ):
        if value:
            yield f"{label}: {value}{'' if value[-1] in '.?!' else '.'}"


def _names(authors: Sequence[Author]) -> str:
    return " and ".join(_name(author) for author in authors)


def _name(author: Author) -> str:
    if not author.family:
        # Braces keep the name of a body from being cut into family and given names.
        return f"{{{_escaped('', author.name or '')}}}"
    parts = [_part(author.family), *([_part(author.given)] if author.given else [])]
    return ", ".join(parts)


def _part(name: str) -> str:
    escaped = _escaped("", name)
    return f"{{{escaped}}}" if _AND.search(name) else escaped


def _escaped(key: str, value: str) -> str:
    text = flat(value)
    return text.translate(_URL_ESCAPES) if key in _VERBATIM else text.translate(_ESCAPES)
