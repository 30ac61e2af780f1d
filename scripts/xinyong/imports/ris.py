"""Read RIS and its relatives, as CNKI, Wanfang, publishers and reference managers export them, into works."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xinyong.imports import csljson, tagged
from xinyong.imports.bibfile import short
from xinyong.imports.tagged import Entry, Given
from xinyong.imports.works import Refused, Work, clean, has_han, isbns
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
    # What EndNote, RefWorks and NoteExpress write out.
    "journal article": "article-journal", "journal": "article-journal", "electronic article": "article-journal",
    "newspaper article": "article-newspaper", "newspaper": "article-newspaper", "magazine article": "article-magazine",
    "book": "book", "whole book": "book", "electronic book": "book", "edited book": "book",
    "conference proceedings": "paper-conference", "conference paper": "paper-conference", "book section": "chapter",
    "thesis": "thesis", "dissertation": "thesis", "dissertation/thesis": "thesis", "report": "report",
    "web page": "webpage", "online multimedia": "webpage", "blog": "post-weblog", "statute": "legislation",
    "laws/statutes": "legislation", "legal rule or regulation": "regulation", "bill": "bill",
    "government document": "legislation", "standard": "legislation", "case": "legal_case", "dataset": "dataset",
    "manuscript": "manuscript", "unpublished work": "manuscript", "generic": "document",
    "encyclopedia": "entry-encyclopedia", "dictionary": "entry-dictionary",
}  # fmt: skip
"""The type of a CSL item for each type of RIS, and for those that its relatives write out."""

TEXTS: Mapping[str, Sequence[str]] = {
    "id": ("ID", "AN"),
    "title": ("TI", "T1"),
    "translated-title": ("TT",),
    "container-title": ("T2", "JF", "JO", "BT", "JA", "J2", "J1"),
    "collection-title": ("T3",),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "volume": ("VL", "VO"),
    "issue": ("IS", "CP"),
    "DOI": ("DO",),
    "language": ("LA",),
}
"""The fields of a CSL item, each with the tags that become it, the best first."""

PEOPLE: Mapping[str, Sequence[str]] = {
    "author": ("A1", "AU"),
    "editor": ("A2", "A3", "ED"),
    "translator": ("A4",),
}
SILENT = frozenset(
    {
        "TY", "AB", "N2", "KW", "ST", "JA", "J1", "J2", "L1", "L2", "L3", "L4", "DB", "DP", "RN", "CN", "LB",
        "AD", "SN", "AN", "ID", "SR", "CL", "AV", "U1",
    }
)  # fmt: skip
"""Fields of the manager itself, and those that have no place in a record by design: nothing is said
of them."""

_ADDRESSES = ("UR", "LK", "L2", "L1")
_DATES = ("DA", "PY", "Y1")
_CALLED = {target: tags[0] for target, tags in {**TEXTS, **PEOPLE}.items()}


def is_ris(text: str) -> bool:
    """Say whether a text looks like RIS or one of its relatives."""
    return bool(tagged.form_of(text))


def read(text: str) -> Iterator[Work | Refused]:
    """Yield the entries of a file as works, those that cannot be taken as refusals, in the order of the file."""
    nothing = True
    for entry in tagged.read(text):
        nothing = False
        yield _work(entry) if isinstance(entry, Entry) else entry
    if nothing:
        yield Refused(1, "this is no RIS that can be read; export it again as RIS")


def _work(entry: Entry) -> Work | Refused:
    given = [one for one in entry.fields if one.text]
    item, used = _item(given)
    work = csljson.work_of(entry.line, item, _CALLED)
    if isinstance(work, Work):
        for one in given:
            if one.tag not in SILENT and one not in used:
                message = (
                    f"the field '{one.name}' has no place in a record: {short(clean(one.text))}"
                )
                work.remark(message, one.line)
    return work


def _item(given: Sequence[Given]) -> tuple[dict[str, Any], list[Given]]:
    """Return fields as a CSL item, and those of them that are in it."""
    used: list[Given] = []
    item: dict[str, Any] = {"type": _type(given)}
    for target, tags in TEXTS.items():
        found = [one for one in _all(given, tags) if one not in used]
        if target == "title" and not found and FROM_CSL.get(item["type"]) == "book":
            found = _all(given, ("BT",))
        if found:
            item[target] = found[0].text
            used += [one for one in found if clean(one.text) == clean(found[0].text)]
    for target, tags in PEOPLE.items():
        named = [one for one in given if one.tag in tags]
        is_adviser = target == "editor" and item["type"] == "thesis"
        if named and not is_adviser:
            item[target] = [person for one in named for person in _persons(one.text)]
            used += named
    web = [one for one in _all(given, _ADDRESSES) if one.text.startswith(("http://", "https://"))]
    if web:
        item["URL"] = web[0].text
        used += [one for one in web if one.text == web[0].text]
    ends = [*_all(given, ("SP",))[:1], *_all(given, ("EP",))[:1]]
    if ends:
        item["page"] = "–".join(dict.fromkeys(one.text for one in ends))
        used += ends
    item["ISBN"] = [number for one in _all(given, ("SN",)) for number in isbns(one.text)]
    return item, used + _add_dates(item, given)


def _type(given: Sequence[Given]) -> str:
    kind = next((one.text for one in given if one.tag == "TY"), "")
    return TYPES.get(kind) or TYPES.get(kind.casefold(), kind)


def _all(given: Sequence[Given], tags: Sequence[str]) -> list[Given]:
    """Return the fields that have one of some tags, in the order of the tags."""
    return [one for tag in tags for one in given if one.tag == tag]


def _add_dates(item: dict[str, Any], given: Sequence[Given]) -> list[Given]:
    """Add the dates to an item; return the fields that say no more than they do."""
    dated = [(*_date(one.text), one) for one in _all(given, _DATES)]
    longest = max((text for text, _, _ in dated), key=len, default="")
    if longest:
        item["issued"] = {"raw": longest}
    used = [one for text, whole, one in dated if whole and text in longest]
    for one in _all(given, ("Y2",))[:1]:
        text, whole = _date(one.text)
        item["accessed"] = {"raw": text}
        used += [one] if whole else []
    return used


def _date(text: str) -> tuple[str, bool]:
    """Return ``2019/05/07/`` and ``2019///`` as dates, ``2019///Spring`` with its words first.

    And whether that is all that the text says.
    """
    parts = [part.strip() for part in text.split("/")]
    if len(parts) < 2 or not re.fullmatch(r"\d{4}", parts[0]):
        return text.strip(), True
    figures = "-".join(f"{part:0>2}" for part in parts[:3] if part)
    rest = " ".join(part for part in parts[3:] if part)
    if rest and len(figures) == 4:
        return f"{rest} {figures}", True
    return figures, not rest


def _persons(text: str) -> list[dict[str, str]]:
    """Return the names of a field, which may hold several behind semicolons."""
    names = re.split(r"\s*[;；]\s*", text)
    return [_person(name) for name in names if name.strip(" ,，")]


def _person(name: str) -> dict[str, str]:
    if not has_han(name):
        name = name.replace("，", ",")
    family, comma, given = name.partition(",")
    if not comma or (has_han(name) and len(family.strip()) > 1):
        return {"literal": name}
    return {"family": family.strip(), "given": " ".join(given.replace(",", " ").split())}
