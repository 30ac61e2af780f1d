"""Read RIS, as CNKI, Wanfang, publishers and reference managers export it, into works."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import rispy

from xinyong.imports import csljson
from xinyong.imports.works import Refused, Work, has_han
from xinyong.references.types import FROM_CSL

TYPES: Mapping[str, str] = {
    "JOUR": "article-journal", "JFULL": "article-journal", "EJOUR": "article-journal", "ABST": "article-journal",
    "INPR": "article-journal", "NEWS": "article-newspaper", "MGZN": "article-magazine",
    "CHAP": "chapter", "ECHAP": "chapter", "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "SER": "book", "THES": "thesis",
    "CONF": "book", "CPAPER": "paper-conference", "UNPB": "manuscript", "MANSCPT": "manuscript", "SLIDE": "speech",
    "RPRT": "report", "STAT": "legislation", "BILL": "bill", "LEGAL": "regulation", "CASE": "legal_case",
    "HEAR": "legislation", "GOVDOC": "legislation", "STAND": "legislation", "ELEC": "webpage", "WEB": "webpage",
    "BLOG": "post-weblog", "GEN": "document", "DATA": "dataset", "AGGR": "dataset", "VIDEO": "motion_picture",
    "MPCT": "motion_picture",
}  # fmt: skip
"""The type of a CSL item for each type of RIS."""

TEXTS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "accession_number"),
    "title": ("title", "primary_title"),
    "translated-title": ("translated_title",),
    "container-title": ("secondary_title", "alternate_title3", "journal_name", "alternate_title1"),
    "collection-title": ("tertiary_title",),
    "publisher": ("publisher",),
    "publisher-place": ("place_published",),
    "volume": ("volume",),
    "issue": ("number",),
    "DOI": ("doi",),
    "language": ("language",),
    "edition": ("edition",),
    "genre": ("type_of_work",),
    "note": ("notes",),
}
"""The fields of a CSL item, each with the names that its RIS library gives what becomes of it."""

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "author": ("first_authors", "authors"),
    "editor": ("secondary_authors", "tertiary_authors"),
    "translator": ("subsidiary_authors",),
}
_SILENT = frozenset(
    {
        "type_of_reference", "abstract", "notes_abstract", "keywords", "issn", "short_title", "file_attachments1",
        "file_attachments2", "name_of_database", "database_provider", "figure", "research_notes", "call_number",
        "label", "author_address",
    }
)  # fmt: skip
_ADDRESSES = ("urls", "url", "link", "file_attachments1")
_DATES = ("date", "year", "publication_year", "access_date")
_PAGES = ("start_page", "end_page")
_TAGS = {name: tag for tag, name in rispy.config.TAG_KEY_MAPPING.items()}
_BEGIN = re.compile(r"^[ \t]*TY[ \t]{1,2}-", re.MULTILINE)
_TAG = re.compile(r"^([A-Z][A-Z0-9])\s*-\s?", re.MULTILINE)


def is_ris(text: str) -> bool:
    """Say whether a text looks like RIS."""
    return _BEGIN.match(text.lstrip("\ufeff\r\n ")) is not None


def read(text: str) -> Iterator[Work | Refused]:
    """Yield the entries of a file as works, those that cannot be taken as refusals, in the order of the file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = [match.start() for match in _BEGIN.finditer(text)]
    if not starts:
        yield Refused(1, "this is no RIS that can be read; export it again as RIS")
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield _taken(text[start:end], text.count("\n", 0, start) + 1)


def _taken(text: str, line: int) -> Work | Refused:
    if not re.search(r"^\s*ER\s*-", text, re.MULTILINE):
        begin = text.strip().partition("\n")[0][:60]
        return Refused(line, f"the entry '{begin}' does not end; add the line 'ER  - '")
    try:
        # Many exports have one space, or none, where the format asks for two and one.
        (given,) = rispy.loads(_TAG.sub(r"\1  - ", text).strip())
    except Exception:
        return Refused(line, "the entry cannot be read; export it again as RIS")
    made = csljson.work_of(line, _item(given))
    if isinstance(made, Work):
        _remarks(made, given)
    return made


def _item(given: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(given.get("type_of_reference", ""))
    item: dict[str, Any] = {"type": TYPES.get(kind, kind)}
    for target, names in TEXTS.items():
        texts = [_text(given.get(name)) for name in names]
        item[target] = next(filter(None, texts), "")
    for target, names in PEOPLE.items():
        people = [name for key in names for name in _list(given.get(key))]
        if people:
            item[target] = [_person(name) for name in people]
    addresses = [url for name in _ADDRESSES for url in _list(given.get(name))]
    item["URL"] = next((url for url in addresses if url.startswith(("http://", "https://"))), "")
    if given.get("start_page"):
        item["page"] = "–".join(_text(given[name]) for name in _PAGES if given.get(name))
    _add_dates(item, given)
    if FROM_CSL.get(item["type"]) == "book":
        item["ISBN"] = _text(given.get("issn"))
    return item


def _add_dates(item: dict[str, Any], given: Mapping[str, Any]) -> None:
    written = [_date(_text(given.get(name))) for name in _DATES[:3]]
    longest = max(written, key=len)
    if longest:
        item["issued"] = {"raw": longest}
    if given.get("access_date"):
        item["accessed"] = {"raw": _date(_text(given["access_date"]))}


def _date(text: str) -> str:
    """Return ``2019/05/07/`` and ``2019///`` as dates, ``2019///Spring`` with its words first."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) < 2 or not re.fullmatch(r"\d{4}", parts[0]):
        return text.strip()
    figures = "-".join(f"{part:0>2}" for part in parts[:3] if part)
    rest = " ".join(part for part in parts[3:] if part)
    return f"{rest} {figures}" if rest and len(figures) == 4 else figures


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    if not comma or (has_han(name) and len(family.strip()) > 1):
        return {"literal": name}
    return {"family": family.strip(), "given": " ".join(given.replace(",", " ").split())}


def _remarks(work: Work, given: Mapping[str, Any]) -> None:
    read_ = {name for names in (*TEXTS.values(), *PEOPLE.values()) for name in names}
    known = read_ | _SILENT | {*_ADDRESSES, *_DATES, *_PAGES}
    unknown = given.get("unknown_tag")
    more = dict(unknown) if isinstance(unknown, Mapping) else {}
    rest = {name: given[name] for name in given if name not in known and name != "unknown_tag"}
    for name, value in sorted((rest | more).items()):
        text = _text(value)
        if text:
            tag = _TAGS.get(name, name)
            work.remark(f"the field '{tag}' has no place in a record: {text[:60]}")


def _list(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(one).strip() for one in values if one]


def _text(value: Any) -> str:
    return "; ".join(_list(value))
