"""Read BibTeX and biblatex, as Zotero and its extension Better BibTeX export them, into works."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import names as bibnames
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)
from pylatexenc.latex2text import LatexNodes2Text

from xinyong.imports import works
from xinyong.imports.works import IN_MANAGER, NO_TITLE, NO_TYPE, Refused, Work, clean
from xinyong.references.types import DOCUMENTS, FROM_BIBTEX
from xinyong.source import edtf

SUBTYPES: Mapping[str, str] = {
    "magazine": "news",
    "newspaper": "news",
    "blogpost": "web",
    "forumpost": "web",
}
"""The type of citation by biblatex's ``entrysubtype`` and Zotero's ``note`` on what an item is."""

CONTAINERS = (
    "journaltitle",
    "journal",
    "booktitle",
    "maintitle",
    "howpublished",
    "eventtitle",
    "series",
)
PUBLISHERS = ("publisher", "institution", "school", "organization")
SILENT = frozenset(
    {
        "abstract", "annote", "annotation", "file", "keywords", "note", "shortjournal", "issn", "copyright", "rights",
        "urldate", "month", "day", "langid", "hyphenation", "pubstate", "eprint", "eprinttype", "eprintclass",
        "archiveprefix", "primaryclass", "timestamp", "owner", "lccn", "pagetotal", "shorttitle", "titlepinyin",
        "titletranslation", "titleaddon", "subtitle", "entrysubtype", "year", "mendeley-tags", "edition", "nameaddon",
        "venue", "eventdate", "eventtitle", "series", "collaborator", "language", "type", "crossref", "xref",
        "usera", "origtitle", "addendum",
    }
)  # fmt: skip
"""Fields that are read elsewhere, or that have no place in a record, so that nothing is said of
them."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: at for at, name in enumerate(_MONTHS, 1)}

Texts = Mapping[str, str]
_LABEL = re.compile(
    r"(?:^|[\n;])\s*(?:title[- ]translation|translated title|title in english)\s*:\s*"
    r"(.+?)(?:\.?\s*(?=title in pinyin:|authors in chinese:)|\s*[\n;]|\.?$)",
    re.IGNORECASE,
)
_PINYIN = re.compile(
    r"title in pinyin:\s*(.+?)(?:\.?\s*(?=authors in chinese:)|\s*[\n;]|\.?$)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://\S+")
_VERBATIM = frozenset({"url", "doi", "file", "eprint"})


def read(text: str) -> Iterator[Work | Refused]:
    """Yield the entries of a file as works, those that cannot be taken as refusals, in the order of the file."""
    # What the library warns of is said here, with its place.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    try:
        library = parse_string(text)
    except Exception:
        yield Refused(1, "this is no BibTeX that can be read; export it again as BibTeX")
        return
    blocks = [*library.entries, *library.failed_blocks]
    for block in sorted(blocks, key=lambda block: block.start_line or 0):
        line = (block.start_line or 0) + 1
        inner = getattr(block, "ignore_error_block", None)
        if isinstance(block, Entry):
            yield _taken(block)
        elif isinstance(block, _DUPLICATES) and isinstance(inner, Entry):
            work = _taken(inner)
            if isinstance(block, DuplicateBlockKeyBlock) and isinstance(work, Work):
                work.remark(f"the key '{block.key}' stands in the file twice", line)
            yield work
        elif isinstance(block, ParsingFailedBlock):
            fix = "add the missing brace or quotation mark"
            yield Refused(line, f"the entry '{_begin(block.raw)}' does not end; {fix}")


_DUPLICATES = (DuplicateFieldKeyBlock, DuplicateBlockKeyBlock)


def _taken(entry: Entry) -> Work | Refused:
    try:
        return _work(entry)
    except Exception:
        what = f"'{_short(str(entry.key))}' holds LaTeX that cannot be read"
        line = (entry.start_line or 0) + 1
        return Refused(line, f"{what}; write it in plain text {IN_MANAGER}")


def _work(entry: Entry) -> Work | Refused:
    line = (entry.start_line or 0) + 1
    raw, lines, twice = _raw(entry)
    given = {name: _text(name, value) for name, value in raw.items()}
    kind = _type(entry.entry_type.lower(), given)
    if kind is None:
        return Refused(line, f"'{entry.key}' is a @{entry.entry_type}, which {NO_TYPE}")
    if not given.get("title"):
        return Refused(line, f"'{entry.key}' {NO_TITLE}")
    work = Work(entry.key, line, {"type": kind})
    for name, at in twice:
        work.remark(f"the field '{name}' stands there twice; the first was taken", at)
    _titles(work, given)
    _names(work, raw, lines)
    _plain(work, given)
    _dates(work, given, lines)
    _language(work, given)
    _document(work, given, lines)
    for name in sorted(given.keys() - _KNOWN):
        message = f"the field '{name}' has no place in a record: {_short(given[name])}"
        work.remark(message, lines[name])
    return work


def _raw(entry: Entry) -> tuple[dict[str, str], dict[str, int], list[tuple[str, int]]]:
    """Return the fields as they are written, by their names in small letters; the line of each.

    Those given twice.
    """
    raw: dict[str, str] = {}
    lines: dict[str, int] = {}
    twice = []
    for field in entry.fields:
        name = field.key.lower()
        line = (field.start_line or 0) + 1
        if name in raw:
            twice.append((name, line))
            continue
        raw[name] = str(field.value)
        lines[name] = line
    return raw, lines, twice


def _type(entry_type: str, given: Texts) -> str | None:
    """Return the type of citation; the entry's subtype and its note say more than its type."""
    for name in ("entrysubtype", "type", "note"):
        subtype = SUBTYPES.get(given.get(name, "").casefold())
        if subtype:
            return subtype
    if entry_type == "book" and given.get("booktitle"):
        return "chapter"
    return FROM_BIBTEX.get(entry_type)


def _titles(work: Work, given: Texts) -> None:
    title = given["title"]
    if given.get("subtitle"):
        title = f"{title}{'：' if works.has_han(title) else ': '}{given['subtitle']}"
    remarks = f"{given.get('note', '')}\n{given.get('annotation', '')}"
    chinese = works.has_han(title)
    translation = ""
    if chinese or _code(given) not in ("", "en"):
        translation = given.get("titletranslation") or _remarked(_LABEL, remarks)
    addon = given.get("titleaddon", "").strip("[]")
    if chinese and not translation and not works.has_han(addon):
        translation = addon
    spelled = given.get("titlepinyin") or given.get("usera") or _remarked(_PINYIN, remarks)
    work.fields |= works.titles(title, translation, spelled)
    if work.fields.get("title") == work.fields.get("title_original"):
        work.remark("the title has no English translation; write one into the field 'title'")
    short = given.get("shorttitle", "")
    if short and work.fields["type"] in DOCUMENTS and not works.has_han(short):
        work.fields["name"] = {"en": short}


def _remarked(label: re.Pattern[str], remarks: str) -> str:
    """Return what a note says behind a label; empty where it does not."""
    match = label.search(remarks)
    return clean(match[1]) if match else ""


def _names(work: Work, raw: Texts, lines: Mapping[str, int]) -> None:
    for name in ("author", "editor", "translator"):
        target = f"{name}s"
        found = []
        for written in bibnames.split_multiple_persons_names(raw.get(name, "")):
            if written.strip().casefold() == "others":
                work.remark(f"more {target} than are named ('and others')", lines[name])
            elif written.strip():
                found.append(_person(written.strip()))
        if found:
            work.fields[target] = found


def _person(written: str) -> dict[str, str]:
    if _is_braced(written):
        return works.body(_latex(written))
    if re.match(r"(?:family|given|prefix|suffix)\s*=", written):
        return _extended(written)
    try:
        parts = bibnames.parse_single_name_into_parts(written, strict=False)
    except bibnames.InvalidNameError:
        return works.body(_latex(written))
    family = _latex(" ".join([*parts.von, *parts.last]))
    given = _latex(" ".join([*parts.first, *parts.jr]))
    # One word alone is the name of a body, or of a person whose parts are not known.
    return works.person(family, given) if given else works.body(family)


def _is_braced(written: str) -> bool:
    """Say whether one pair of braces holds the whole of a name, as the name of a body has it."""
    depth = 0
    for at, char in enumerate(written):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return written.startswith("{") and at == len(written) - 1
    return False


def _extended(written: str) -> dict[str, str]:
    """Read biblatex's extended name format: ``family=Vries, given=Jan, prefix=de``."""
    pairs = (part.partition("=") for part in written.split(","))
    parts = {key.strip(): _latex(value.strip().strip('"')) for key, _, value in pairs}
    family = clean(f"{parts.get('prefix', '')} {parts.get('family', '')}")
    return works.person(family, clean(f"{parts.get('given', '')} {parts.get('suffix', '')}"))


_TAKEN: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "doi": ("doi", works.doi),
    "isbn": ("isbn", works.isbn),
    "url": ("url", str.strip),
    "volume": ("volume", clean),
    "pages": ("pages", works.pages),
    "location": ("place", clean),
    "address": ("place", clean),
    "number": ("issue", clean),
    "issue": ("issue", clean),
}
"""The fields that go over one by one: the field of the record, and what brings a value into its
form."""


_KNOWN = frozenset(
    {
        *("title", "author", "editor", "translator", "date"),
        *SILENT,
        *_TAKEN,
        *CONTAINERS,
        *PUBLISHERS,
    }
)


def _plain(work: Work, given: Texts) -> None:
    for name, (target, made) in _TAKEN.items():
        if given.get(name) and target not in work.fields:
            work.fields[target] = made(given[name])
    named = [given[name] for name in CONTAINERS if given.get(name)]
    for address in filter(_ADDRESS.fullmatch, named):
        work.fields.setdefault("url", address)
    containers = [name for name in named if not _ADDRESS.fullmatch(name)]
    publishers = [given[name] for name in PUBLISHERS if given.get(name)]
    if not containers and work.fields["type"] in ("web", "news"):
        containers, publishers = publishers, []
    if containers:
        work.fields["container"] = containers[0]
    if publishers:
        work.fields["publisher"] = publishers[0]


def _dates(work: Work, given: Texts, lines: Mapping[str, int]) -> None:
    named = "date" if "date" in given else "year"
    _add_date(work, "date", given.get("date") or _year_month(given), lines.get(named, 0))
    _add_date(work, "accessed", given.get("urldate", ""), lines.get("urldate", 0))


def _add_date(work: Work, target: str, text: str, line: int) -> None:
    date = _date(text)
    if date:
        work.fields[target] = date
    elif text:
        message = f"'{_short(text)}' is not a date that can be read; write it into '{target}'"
        work.remark(message, line)


def _year_month(given: Texts) -> str:
    year = given.get("year", "")
    month = given.get("month", "").strip().casefold()
    number = int(month) if month.isdigit() else MONTHS.get(month[:3], 0)
    if not (year.isdigit() and 1 <= number <= 12):
        return year
    day = given.get("day", "")
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day.isdigit() else "")


def _date(text: str) -> str:
    """Return a date in the form of a record, or an empty text; a time of the day is left out."""
    text = re.sub(r"T\d.*$", "", text.strip().replace("--", "/"))
    text = re.sub(
        r"^(\d{4})[./年](\d{1,2})[./月](\d{1,2})日?$",
        lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}",
        text,
    )
    try:
        return edtf.parse(text).text
    except ValueError:
        year = re.search(r"\b(1[89]\d\d|20\d\d)\b", text)
        return year[1] if year and re.fullmatch(r"[\W_]*\d{4}[\W_]*", text) else ""


def _language(work: Work, given: Texts) -> None:
    code = _code(given)
    if code:
        work.fields["language"] = code
        return
    original = str(work.fields.get("title_original") or work.fields["title"])
    work.fields["language"] = "zh" if works.has_han(original) else "en"
    work.remark(f"the language is not given; '{work.fields['language']}' was taken from the title")


def _code(given: Texts) -> str:
    """Return the code of the language that an entry names.

    Empty where it names none that is known.
    """
    codes = (works.language(given.get(name, "")) for name in ("language", "langid", "hyphenation"))
    return next(filter(None, codes), "")


def _document(work: Work, given: Texts, lines: Mapping[str, int]) -> None:
    """Keep the number of a document out.

    It is a fact, which needs a cite that this file cannot give.
    """
    if work.fields["type"] not in DOCUMENTS:
        return
    number = work.fields.pop("issue", "")
    if number:
        field = f"number: {{value: {number}, cite: …}}"
        message = f"a document number is a fact; add '{field}' with where it was read"
        work.remark(message, lines.get("number", 0))


def _text(name: str, value: str) -> str:
    if name in _VERBATIM:
        plain = re.sub(r"\\([&%$#_{}~])", r"\1", value.replace(r"\textasciitilde", "~"))
        return works.readable(plain.replace("{", "").replace("}", "")).strip()
    return clean(_latex(value))


def _latex(value: str) -> str:
    """Return the text that a piece of LaTeX sets.

    A per cent sign is one, even where it lacks its backslash.
    """
    if "\\~" not in value:
        value = value.replace("~", " ")
    if "\\" not in value and "$" not in value:
        return value.replace("{", "").replace("}", "").replace("---", "—").replace("--", "–")
    guarded = re.sub(r"(?<!\\)%", r"\\%", value)
    return str(LatexNodes2Text(math_mode="text").latex_to_text(guarded))


def _begin(raw: str | None) -> str:
    return _short((raw or "").strip().partition("\n")[0])


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rstrip()}…"
