"""Read BibTeX and biblatex, as Zotero and its extension Better BibTeX export them, into works."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from xinyong.imports import bibfile, bibnames, dates, latex, names, works
from xinyong.imports.bibfile import Item, short
from xinyong.imports.works import IN_MANAGER, NO_TITLE, NO_TYPE, Refused, Work, clean
from xinyong.references.types import DOCUMENTS, FROM_BIBTEX

SUBTYPES: Mapping[str, str] = {
    "magazine": "news",
    "newspaper": "news",
    "blogpost": "web",
    "forumpost": "web",
    "data set": "dataset",
    "dataset": "dataset",
}
"""The type of citation by biblatex's ``entrysubtype`` and Zotero's ``note`` on what an item is."""

SUBTYPED = ("entrysubtype", "type", "note")

CONTAINERS = (
    "journaltitle",
    "journal",
    "booktitle",
    "maintitle",
    "howpublished",
    "eventtitle",
    "series",
)
LANGUAGES = ("language", "langid", "hyphenation")
PUBLISHERS = ("publisher", "institution", "school", "organization")
SILENT = frozenset(
    {
        "abstract", "annotation", "annote", "file", "keywords", "copyright", "rights", "timestamp", "owner",
        "mendeley-tags", "mendeley-groups", "groups", "ids", "options", "xref", "date-added", "date-modified",
        "bdsk-url-1", "bdsk-url-2", "bdsk-file-1", "biburl", "bibsource", "shortjournal", "issn", "lccn",
        "useprefix", "eprintclass", "primaryclass", "month_numeric", "creationdate", "modificationdate", "priority",
        "ranking",
    }
)  # fmt: skip
"""Fields of the manager itself, and those that have no place in a record by design: nothing is said
of them."""

READ = frozenset(
    {"title", "subtitle", "author", "editor", "translator", "date", "year", "urldate", "crossref", "xdata"}
)  # fmt: skip
"""Fields of which it is said by itself what could not be taken."""

EPRINTS: Mapping[str, str] = {
    "arxiv": "https://arxiv.org/abs/{}",
    "jstor": "https://www.jstor.org/stable/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "hdl": "https://hdl.handle.net/{}",
    "ssrn": "https://ssrn.com/abstract={}",
}
"""The address of a work in an archive, by the archive's name in ``eprinttype``."""

ARCHIVES = ("eprinttype", "archiveprefix")
"""Fields that say which archive a work is in."""

Texts = Mapping[str, str]
_LABEL = re.compile(
    r"(?:^|[\n;])\s*(?:title[- ]translation|translated title|title in english)\s*:\s*"
    r"(.+?)(?:\.?\s*(?=title in pinyin:|authors in chinese:)|\s*[\n;]|\.?$)",
    re.IGNORECASE,
)
_PINYIN = re.compile(
    r"title in pinyin:\s*(.+?)(?:\.?\s*(?=authors in chinese:)|\s*[\n;]|\.?$)", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>{}]+")
_ACCESSED = re.compile(
    r"(?:last )?(?:accessed|visited|retrieved|abgerufen|引用日期)(?: on| am)?:?\s*(?P<day>[^;,.]{4,30})",
    re.IGNORECASE,
)
_ARXIV = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?")
_VERBATIM = frozenset({"url", "doi", "file", "eprint", "date", "year", "urldate"})


def read(text: str) -> Iterator[Work | Refused]:
    """Yield the entries of a file as works, those that cannot be taken as refusals, in the order of the file."""
    for item in bibfile.read(text):
        yield _taken(item) if isinstance(item, Item) else item


def _taken(item: Item) -> Work | Refused:
    try:
        return _work(item)
    except Exception:
        # One bad entry must not stop the others, whatever is wrong with it.
        what = f"'{short(item.key)}' cannot be read"
        return Refused(item.line, f"{what}; write it in plain text {IN_MANAGER}")


def _work(item: Item) -> Work | Refused:
    raw = item.fields
    given = {name: _text(name, value) for name, value in raw.items()}
    kind = _type(item.type, given)
    if kind is None:
        return Refused(item.line, f"'{item.key}' is a @{item.type}, which {NO_TYPE}")
    if not given.get("title"):
        return Refused(item.line, f"'{item.key}' {NO_TITLE}")
    work = Work(item.key, item.line, {"type": kind}, [*item.remarks])
    _unreadable(work, item)
    used = set(READ | SILENT)
    used |= {name for name in SUBTYPED if SUBTYPES.get(given.get(name, "").casefold())}
    if given.get("type", "").casefold() in (item.type, kind):
        used.add("type")
    used |= _titles(work, given)
    _names(work, item)
    used |= _plain(work, raw, given)
    used |= _addresses(work, raw, given)
    used |= _dates(work, given, item.lines)
    used |= _language(work, given)
    _document(work, given, item.lines)
    for name in sorted(name for name in given.keys() - used if given[name]):
        message = f"the field '{name}' has no place in a record: {short(given[name])}"
        work.remark(message, item.lines[name])
    return work


def _unreadable(work: Work, item: Item) -> None:
    for name, value in item.fields.items():
        if name not in _VERBATIM | SILENT and not latex.is_readable(value):
            message = (
                f"the LaTeX of the field '{name}' is broken; its words were kept, look at them"
            )
            work.remark(message, item.lines[name])


def _type(entry_type: str, given: Texts) -> str | None:
    """Return the type of citation; the entry's subtype and its note say more than its type."""
    for name in SUBTYPED:
        subtype = SUBTYPES.get(given.get(name, "").casefold())
        if subtype:
            return subtype
    if entry_type == "book" and given.get("booktitle"):
        return "chapter"
    return FROM_BIBTEX.get(entry_type)


def _titles(work: Work, given: Texts) -> set[str]:
    """Add the titles; return the fields that were used up."""
    title = given["title"]
    if given.get("subtitle"):
        title = f"{title}{'：' if works.has_han(title) else ': '}{given['subtitle']}"
    remarks = f"{given.get('note', '')}\n{given.get('annotation', '')}"
    chinese = works.has_han(title)
    translation = ""
    if chinese or _code(given) not in ("", "en"):
        translation = given.get("titletranslation") or _remarked(_LABEL, remarks)
    remarked = translation and translation != given.get("titletranslation")
    addon = given.get("titleaddon", "").strip("[]")
    if chinese and not translation and not works.has_han(addon):
        translation = addon
    spelled = given.get("titlepinyin") or given.get("usera") or _remarked(_PINYIN, remarks)
    work.fields |= works.titles(title, translation, spelled)
    used = {"note"} if remarked or _remarked(_PINYIN, remarks) else set()
    taken = {text for name, text in work.fields.items() if name.startswith("title")}
    names = ("titletranslation", "titlepinyin", "usera", "titleaddon")
    used |= {name for name in names if given.get(name, "").strip("[]") in taken}
    if work.fields.get("title") == work.fields.get("title_original"):
        work.remark("the title has no English translation; write one into the field 'title'")
    named = given.get("shorttitle", "")
    if named and work.fields["type"] in DOCUMENTS and not works.has_han(named):
        work.fields["name"] = {"en": named}
        used.add("shorttitle")
    if named and title.casefold().startswith(named.casefold()):
        used.add("shorttitle")  # it is the beginning of the title
    return used


def _remarked(label: re.Pattern[str], remarks: str) -> str:
    """Return what a note says behind a label; empty where it does not."""
    match = label.search(remarks)
    return clean(match[1]) if match else ""


def _names(work: Work, item: Item) -> None:
    for name in ("author", "editor", "translator"):
        target = f"{name}s"
        line = item.lines.get(name, 0)
        found = []
        for written in bibnames.written(item.fields.get(name, "")):
            if written.casefold() == "others":
                work.remark(f"more {target} than are named ('and others')", line)
                continue
            if names.is_doubtful(written):
                work.remark(f"'{short(written)}' may be one name or several; look at it", line)
            found.append(bibnames.person(written))
        if found:
            work.fields[target] = found


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


def _plain(work: Work, raw: Texts, given: Texts) -> set[str]:
    """Add the fields that go over one by one; return those that were used up."""

    def has_address(name: str) -> bool:
        return bool(latex.addresses(raw.get(name, "")) or _ADDRESS.search(given[name]))

    used = set()
    for name, (target, made) in _TAKEN.items():
        value = made(given[name]) if given.get(name) else ""
        if value and work.fields.setdefault(target, value) == value:
            used.add(name)
    title = f"{given.get('booktitle', '')}: {given.get('booksubtitle', '')}".strip(": ")
    given = {**given, **({"booktitle": title} if given.get("booksubtitle") else {})}
    # Where an address stands beside it, '_addresses' parts the two.
    containers = [n for n in CONTAINERS if given.get(n) and not has_address(n)]
    publishers = [name for name in PUBLISHERS if given.get(name)]
    if not containers and work.fields["type"] in ("web", "news"):
        containers, publishers = publishers, []
    for target, found in (("container", containers), ("publisher", publishers)):
        if found:
            work.fields[target] = given[found[0]]
            used |= {name for name in found if given[name] == given[found[0]]}
    for other in works.isbns(given.get("isbn", ""))[1:]:
        work.remark(f"of several ISBNs the first was taken, not {other}")
    return used | ({"booksubtitle"} if given.get("booktitle") and "booktitle" in used else set())


def _addresses(work: Work, raw: Texts, given: Texts) -> set[str]:
    """Add an address, and the day it was read, from fields where people write them in words."""
    used = set()
    archive = (given.get("eprinttype") or given.get("archiveprefix", "")).casefold()
    if not archive and _ARXIV.fullmatch(given.get("eprint", "")):
        archive = "arxiv"
    if given.get("eprint") and archive in EPRINTS:
        address = EPRINTS[archive].format(given["eprint"])
        if work.fields.setdefault("url", address) == address or given["eprint"] in str(work.fields):
            used |= {"eprint", *ARCHIVES}
    for name in ("howpublished", "note", "addendum"):
        text = given.get(name, "")
        found = latex.addresses(raw.get(name, "")) or [
            address.rstrip(".,;)") for address in _ADDRESS.findall(text)
        ]
        web = [address for address in found if _ADDRESS.fullmatch(address)]
        accessed = _ACCESSED.search(text)
        day = dates.read(accessed["day"].strip())[0] if accessed else ""
        if day and not given.get("urldate"):
            work.fields["accessed"] = day
        taken = bool(web) and work.fields.setdefault("url", web[0]) == web[0]
        rest = _without(text, web if taken else [], accessed[0] if accessed and day else "")
        if taken and rest and name == "howpublished" and "container" not in work.fields:
            work.fields["container"] = rest
            rest = ""
        if (taken or day) and not rest:
            used.add(name)
    return used


def _without(text: str, addresses: list[str], accessed: str) -> str:
    """Return what a note says beside an address and the day it was read."""
    for piece in (*addresses, accessed):
        text = text.replace(piece, " ") if piece else text
    text = re.sub(r"\b(?:available (?:at|from|online)|online|url|at)\b:?", " ", text, flags=re.I)
    return clean(text).strip(" .,;:()[]<>")


def _dates(work: Work, given: Texts, lines: Mapping[str, int]) -> set[str]:
    """Add the dates; return the fields that were used up."""
    dates.add(work, "accessed", given.get("urldate", ""), lines.get("urldate", 0))
    year, month, day = (given.get(name, "") for name in ("year", "month", "day"))
    if given.get("date"):
        dates.add(work, "date", given["date"], lines.get("date", 0))
        if year and year not in given["date"]:
            message = f"the field 'year' says {short(year)}; the field 'date' was taken"
            work.remark(message, lines.get("year", 0))
        return _repeated(given["date"], month, day)
    whole = dates.of_year_and_month(year, month, day)
    dates.add(work, "date", whole, lines.get("year", 0), instead=year)
    if whole == year:
        return set()
    return {"month", "day"} if day.isdigit() else {"month"}


def _repeated(date: str, month: str, day: str) -> set[str]:
    """Return those fields that say again what a date says."""
    read = re.match(r"\d{4}-(\d\d)(?:-(\d\d))?", date)
    number = (
        f"{bibfile.MONTHS.index(month[:3].lower()) + 1:02}"
        if month[:3].lower() in bibfile.MONTHS
        else month
    )
    said = zip(("month", "day"), (number, day), read.groups() if read else (), strict=False)
    return {name for name, text, meant in said if meant and text.zfill(2) == meant}


def _language(work: Work, given: Texts) -> set[str]:
    """Add the language; return the fields that were used up."""
    code = _code(given)
    if code:
        work.fields["language"] = code
        return {name for name in LANGUAGES if works.language(given.get(name, "")) == code}
    original = str(work.fields.get("title_original") or work.fields["title"])
    work.fields["language"] = "zh" if works.has_han(original) else "en"
    work.remark(f"the language is not given; '{work.fields['language']}' was taken from the title")
    return set()


def _code(given: Texts) -> str:
    """Return the code of the language that an entry names.

    Empty where it names none that is known.
    """
    codes = (works.language(given.get(name, "")) for name in LANGUAGES)
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
        return works.readable(latex.verbatim(value)).strip()
    return clean(latex.text(value))
