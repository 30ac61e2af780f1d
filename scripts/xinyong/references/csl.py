"""CSL-JSON (https://docs.citationstyles.org, 1.0.2), which pandoc, Zotero and every citation processor read.

``title`` is the title in the work's own language, ``original-title`` the title of the law that a
translation translates, ``title-short`` the short name in use. CSL has no field for a translated or
a romanized title (``original-title`` means another thing), so these stand in ``custom``, the place
that the schema keeps for what it does not know, and in words in ``note``, which Zotero shows as
Extra. Laws and documents are ``report`` with ``number`` and ``genre``: the Chicago style leaves the
author of ``legislation`` out, after the Bluebook.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from xinyong.records.citations import Author
from xinyong.references.remarks import remarks
from xinyong.references.types import TYPES
from xinyong.references.work import Work, flat
from xinyong.source.edtf import Edtf

Item = dict[str, Any]

_WITHOUT = dict.fromkeys(("article", "dataset", "document"), ("container",))
"""The fields of a citation that Zotero does not read in a type of CSL."""


def csl_json(works: Iterable[Work]) -> str:
    """Return works as a list of CSL items, one item a line."""
    return listed([line(work) for work in works])


def line(work: Work) -> str:
    """Return one work as a CSL item on one line."""
    return json.dumps(item(work), ensure_ascii=False)


def listed(lines: Sequence[str]) -> str:
    """Return CSL items, each on its line, as a list."""
    return "[\n" + ",\n".join(lines) + "\n]\n"


def unlisted(text: str) -> str:
    """Return the line of the only item of a list."""
    return text.removeprefix("[\n").removesuffix("\n]\n")


def item(work: Work) -> Item:
    """Return one work as a CSL item."""
    record = work.record
    custom = {
        "title-english": work.translated_title,
        "title-pinyin": work.pinyin,
        "authors-zh": work.chinese_authors,
    }
    made: Item = {
        "id": work.key,
        "type": TYPES[record.type].csl,
        "author": [*map(_name, work.authors)],
        "editor": [*map(_name, record.editors)],
        "translator": [*map(_name, record.translators)],
        "title": work.title,
        "original-title": work.original_title,
        "title-short": work.short_title,
        _container(work): flat(record.container or ""),
        "publisher": flat(record.publisher or ""),
        "publisher-place": flat(record.place or ""),
        "genre": work.genre,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "number": work.number,
        "issued": _date(work.date),
        "accessed": _date(record.accessed),
        "language": record.language,
        "DOI": record.doi,
        "ISBN": record.isbn,
        "URL": record.url,
        "note": " ".join(remarks(work, _WITHOUT.get(TYPES[record.type].csl, ()))),
        "custom": _given(custom),
    }
    return _given(made)


def _container(work: Work) -> str:
    """Return the field for what a work stands in: a report, a book or a thesis stands in a series."""
    type_ = TYPES[work.record.type]
    is_whole = type_.coins in ("book", "dissertation") and work.record.type != "chapter"
    return "collection-title" if is_whole else "container-title"


def _given(item: Item) -> Item:
    """Return an item without what is empty."""
    return {key: value for key, value in item.items() if value}


def _name(author: Author) -> Item:
    if not author.family:
        return {"literal": flat(author.name or "")}
    return _given({"family": flat(author.family), "given": flat(author.given or "")})


def _date(date: Edtf | None) -> Item | None:
    if date is None:
        return None
    ends = [_parts(end) for end in date.text.split("/")]
    if not all(ends):
        return {"literal": date.words}
    circa = any(mark in date.text for mark in "?~%")
    return _given({"date-parts": ends, "circa": circa})


def _parts(text: str) -> list[int]:
    """Return year, month and day as far as they are known; nothing where not even the year is."""
    year, *others = text.rstrip("?~%").split("-")
    if not year.isdigit():
        return []
    return [int(part) for part in (year, *others) if part.isdigit()]
