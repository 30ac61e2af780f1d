"""Files with a line a field, each behind its tag: RIS, and the forms of EndNote, RefWorks and NoteExpress.

CNKI, Wanfang and VIP export all four. What the others call a field is told here in the tags of RIS
(https://en.wikipedia.org/wiki/RIS_(file_format)).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xinyong.imports.bibfile import short
from xinyong.imports.works import Refused

LETTERS = "TY A1 A2 A3 A4 AB AD AN AU BT CA CN CP CY DA DB DO DP ED EP ER ET ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RN RP SE SN SP ST T1 T2 T3 TA TI TT U1 U2 UR VL VO Y1 Y2 C1 C2 C3 C4 C5 C6 C7 C8"  # noqa: E501
"""The tags of RIS; what has another one is no field where its line is written carelessly."""


_HEADER = re.compile(r"[A-Z]\w+: ?\S")
"""What some publishers write before the first entry, such as ``Provider: Elsevier``."""


@dataclass(frozen=True)
class Given:
    """A field as it stands in a file: its tag in RIS, what it is called there, its text and line."""

    tag: str
    name: str
    text: str
    line: int


@dataclass
class Entry:
    """The fields of one entry, and the line at which it begins."""

    line: int
    fields: list[Given] = field(default_factory=list)


@dataclass(frozen=True)
class _Form:
    """How a form writes a field, with which one an entry begins and ends, and what its fields are in RIS.

    ``sign`` stands before a tag.
    """

    field: re.Pattern[str]
    first: str
    tags: Mapping[str, str]
    last: str = ""
    sign: str = ""


_RIS = _Form(
    # Many exports have one space, or none, where the format asks for two and one.
    re.compile(
        rf"\s*(?:([A-Z][A-Z0-9])  -(?: |$)|({'|'.join(LETTERS.split())})[ \t]{{0,3}}-[ \t]?)(.*)"
    ),
    "TY",
    {},
    "ER",
)
_ENDNOTE = _Form(
    re.compile(r"%(.)(?:[ \t]|$)()(.*)"),
    "0",
    {
        "0": "TY", "A": "AU", "B": "T2", "C": "CY", "D": "PY", "E": "A2", "G": "LA", "I": "PB", "J": "JF",
        "K": "KW", "L": "CN", "M": "AN", "N": "IS", "P": "SP", "Q": "TT", "R": "DO", "S": "T3", "T": "TI",
        "U": "UR", "V": "VL", "W": "DP", "X": "AB", "Y": "A3", "7": "ET", "8": "DA", "9": "M3", "?": "A4",
        "@": "SN", "!": "ST", "+": "AD", "[": "Y2", "~": "DB", "F": "LB", ">": "L1",
    },
    sign="%",
)  # fmt: skip
_REFWORKS = _Form(
    re.compile(r"(RT|SR|A[1-5]|AB|AD|AN|AV|CL|CN|CP|DB|DO|DS|ED|FD|IP|IS|JF|JO|K1|LA|LK|NO|OP|PB|PP|RD|SN|SP|T1|T2|T3|TT|UL|UR|VO|YR|vo)"
               r"(?:[ \t]|$)()(.*)"),
    "RT",
    {
        "RT": "TY", "A1": "AU", "K1": "KW", "LK": "UR", "UL": "UR", "DS": "DP", "VO": "VL", "vo": "VL", "YR": "PY",
        "FD": "DA", "RD": "Y2", "PP": "CY", "ED": "ET", "OP": "EP", "NO": "N1", "IP": "IS", "T2": "T2",
    },
)  # fmt: skip
_NOTEEXPRESS = _Form(
    re.compile(r"\{([A-Z][A-Za-z /]*)\}:()(.*)"),
    "Reference Type",
    {
        "Reference Type": "TY", "Title": "TI", "Translated Title": "TT", "Author": "AU", "Author Address": "AD",
        "Secondary Author": "A2", "Editor": "A2", "Translator": "A4", "Journal": "JF", "Secondary Title": "T2",
        "Media": "JF", "Newspaper": "JF", "Tertiary Title": "T3", "Year": "PY", "Date": "DA", "Volume": "VL",
        "Issue": "IS", "Pages": "SP", "Publisher": "PB", "Place Published": "CY", "Keywords": "KW",
        "Abstract": "AB", "ISBN/ISSN": "SN", "ISSN": "SN", "ISBN": "SN", "URL": "UR", "DOI": "DO", "Language": "LA",
        "Database Provider": "DP", "Name of Database": "DB", "Accession Number": "AN", "Call Number": "CN",
        "Edition": "ET", "Type of Work": "M3", "Access Date": "Y2", "Short Title": "ST", "Label": "LB",
        "Author Affiliation": "AD", "School": "PB", "University": "PB",
    },
)  # fmt: skip
FORMS: Mapping[str, _Form] = {
    "RIS": _RIS,
    "EndNote": _ENDNOTE,
    "RefWorks": _REFWORKS,
    "NoteExpress": _NOTEEXPRESS,
}


def form_of(text: str) -> str:
    """Return which form a text has, by the first line that begins an entry; empty for none of them."""
    for line in _lines(text):
        if line.lstrip().startswith("@"):
            return ""
        for name, form in FORMS.items():
            match = form.field.match(line)
            if match and (match[1] or match[2]) == form.first:
                return name
    return ""


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text.lstrip("\ufeff"))


def read(text: str) -> Iterator[Entry | Refused]:
    """Yield the entries of a file, those that do not end as refusals."""
    form = FORMS[form_of(text) or "RIS"]
    entry: Entry | None = None
    begun = False
    for number, line in enumerate(_lines(text), 1):
        match = form.field.match(line)
        name = (match[1] or match[2]) if match else ""
        if name and name == form.first:
            yield from _ended(entry, form)
            entry = Entry(number)
            begun = True
        elif entry and name and name == form.last:
            yield entry
            entry = None
            continue
        if entry and match:
            entry.fields.append(
                Given(form.tags.get(name, name), form.sign + name, match[3].strip(), number)
            )
        elif entry and line.strip():
            before = entry.fields.pop()
            joined = f"{before.text} {line.strip()}".strip()
            entry.fields.append(Given(before.tag, before.name, joined, before.line))
        elif line.strip() and (begun or not _HEADER.match(line)):
            yield Refused(number, f"'{short(line.strip())}' stands outside of an entry")
    yield from _ended(entry, form)


def _ended(entry: Entry | None, form: _Form) -> Iterator[Entry | Refused]:
    """Yield an entry at whose end another begins, or the file ends."""
    if entry and form.last:
        begin = f"{entry.fields[0].name}  - {entry.fields[0].text}"
        fix = f"add the line '{form.last}  - '"
        yield Refused(entry.line, f"the entry '{short(begin)}' does not end; {fix}")
    elif entry:
        yield entry
