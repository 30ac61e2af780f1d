"""RIS, which Zotero, EndNote, Mendeley and Citavi read.

The tags are those of the format's description by Research Information Systems. ``TI`` is the title
in the work's own language, ``TT`` its English translation, ``OP`` the title of the law that a
translation translates, ``ST`` the short name in use. Zotero reads neither ``TT`` nor ``OP``, so what
they say, the pinyin and the authors' Chinese names stand in words in ``M2``, which it keeps in its
field "Extra"; it would make a note of its own of each ``N1``, the issue of a journal of ``M1``, and
the day on which a web page was read. Laws and documents are ``GOVDOC``, which Zotero takes
for a report and so keeps with their authors; ``STAT`` would lose them in the Chicago style. A
document number is both ``SN``, where Zotero looks for the number of a report, and ``M1``, where
EndNote does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html.entities import html5

from xinyong.records.citations import Author
from xinyong.references.remarks import remarks
from xinyong.references.types import TYPES, WITH_TRANSLATIONS
from xinyong.references.work import Work, flat
from xinyong.source.edtf import Edtf

_ENTITY = re.compile(f"&({'|'.join(name for name in html5 if not name.endswith(';'))})")
"""What HTML reads as a sign even without a semicolon, such as ``&sect``."""

_WITHOUT: Mapping[str, tuple[str, ...]] = {
    "DATA": ("container",),
    "MANSCPT": ("container",),
    "MPCT": ("container",),
    "THES": ("container",),
}
"""The fields of a citation that Zotero does not read in a type of RIS."""


def ris(works: Iterable[Work]) -> str:
    """Return works as RIS references, an empty line after each."""
    return "\n".join(map(reference, works))


def reference(work: Work) -> str:
    """Return one work as a RIS reference."""
    lines = [f"{tag}  - {flat(value)}\n" for tag, value in tags(work) if value]
    return f"TY  - {TYPES[work.record.type].ris}\n{''.join(lines)}ER  - \n"


def tags(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the tags of a work's reference between its first and its last, with their values.

    Empty ones too.
    """
    record = work.record
    without = _without(work)
    yield "ID", work.key
    yield from (("AU", _creator(author)) for author in work.authors)
    yield from (("ED", _creator(author)) for author in record.editors)
    yield from (("A4", _creator(author)) for author in record.translators)
    yield "TI", work.title
    yield "TT", work.translated_title
    yield "OP", work.original_title
    yield "ST", work.short_title
    yield "T2", record.container or ""
    yield "PB", record.publisher or ""
    yield "CY", record.place or ""
    yield "PY", work.date.year[:4] if work.date and work.date.year.isdigit() else ""
    yield "DA", _day(work.date)
    yield "VL", record.volume or ""
    yield "IS", record.issue or ""
    yield from _pages(record.pages or "")
    yield "M1", work.number
    yield "SN", record.isbn or (work.number if record.type in WITH_TRANSLATIONS else "")
    yield "M3", work.genre
    yield "DO", record.doi or ""
    yield "UR", address(record.url or "")
    yield "Y2", "" if "accessed" in without else _day(record.accessed)
    yield "LA", record.language
    yield from (("M2", text) for text in remarks(work, without))


def name(author: Author) -> str:
    """Return the name of a person as ``family, given``, and that of a body as it is."""
    return ", ".join(filter(None, (author.family, author.given))) or author.name or ""


def address(url: str) -> str:
    """Return the same address as every reader takes it.

    They part a value at a semicolon, and Zotero reads the sign § in ``&section=1``.
    """
    escaped = _ENTITY.sub(lambda found: f"&%{ord(found[1][0]):X}{found[1][1:]}", url)
    return escaped.replace(";", "%3B")


def _without(work: Work) -> tuple[str, ...]:
    """Return the fields that Zotero reads in no tag, or in which it would read more than is known."""
    accessed = work.record.accessed
    without = _WITHOUT.get(TYPES[work.record.type].ris, ())
    if accessed is None or accessed.earliest == accessed.latest:
        return without
    return (*without, "accessed")


def _creator(author: Author) -> str:
    """Return a name in which a comma stands only between a family name and given names."""
    return name(author) if author.family else name(author).replace(",", ";")


def _day(date: Edtf | None) -> str:
    """Write the first day that a date may mean as far as it is known.

    ``2015/01/28``, ``2015/01//``, ``2015///``.
    """
    if not date or not date.year.isdigit():
        return ""
    parts = [
        part for part in date.text.partition("/")[0].rstrip("?~%").split("-") if part.isdigit()
    ]
    return "/".join([*parts, "", "", ""][:3]) + ("/" if len(parts) < 3 else "")


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    first, dash, last = pages.replace("—", "–").replace("-", "–").partition("–")
    if not dash or "–" in last:
        yield "SP", pages
        return
    yield "SP", first.strip()
    yield "EP", last.strip()
