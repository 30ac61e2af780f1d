"""RIS, which Zotero, EndNote, Mendeley and Citavi read.

The tags are those of the format's description by Research Information Systems. ``TI`` is the title
in the work's own language, ``TT`` its English translation, ``OP`` the title of the law that a
translation translates, ``ST`` the short name in use. Zotero reads neither ``TT`` nor ``OP``, so what
they say, the pinyin and the authors' Chinese names stand in words in ``M1``, which it keeps in its
field "Extra"; ``N1`` would make a note of its own of each. Laws and documents are ``GOVDOC``, which Zotero takes
for a report and so keeps with their authors; ``STAT`` would lose them in the Chicago style. A
document number is both ``SN``, where Zotero looks for the number of a report, and ``M1``, where
EndNote does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xinyong.records.citations import Author
from xinyong.references.bibtex import remarks
from xinyong.references.types import TYPES, WITH_TRANSLATIONS
from xinyong.references.work import Work, flat
from xinyong.source.edtf import Edtf


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
    # Readers part a value at a semicolon.
    yield "UR", (record.url or "").replace(";", "%3B")
    yield "Y2", _day(record.accessed)
    yield "LA", record.language
    yield from (("M1", text) for text in remarks(work))


def name(author: Author) -> str:
    """Return the name of a person as ``family, given``, and that of a body as it is."""
    return ", ".join(filter(None, (author.family, author.given))) or author.name or ""


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
