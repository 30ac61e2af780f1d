"""Read BibTeX and biblatex, as Zotero and its extension Better BibTeX export them, into works."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from bibtexparser.middlewares import names as bibnames

from xinyong.imports import bibfile, dates, latex, names, works
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
        "abstract", "annotation", "annote", "file", "keywords", "copyright", "rights", "timestamp", "owner",
        "mendeley-tags", "mendeley-groups", "groups", "ids", "options", "xref", "date-added", "date-modified",
        "bdsk-url-1", "bdsk-url-2", "bdsk-file-1", "biburl", "bibsource", "shortjournal", "issn", "lccn",
        "useprefix", "month_numeric", "creationdate", "modificationdate", "priority", "ranking",
    }
)  # fmt: skip
"""Fields of the manager itself, and those that have no place in a record by design: nothing is said
of them."""

READ = frozenset(
    {
        "title", "subtitle", "author", "editor", "translator", "date", "year", "month", "day", "urldate", "crossref",
        "xdata", "langid", "hyphenation", "language", "eprinttype", "eprintclass", "archiveprefix", "primaryclass",
        "titlepinyin", "titletranslation", "usera", "entrysubtype",
    }
)  # fmt: skip
"""Fields that are read in a way of their own."""

EPRINTS: Mapping[str, str] = {
    "arxiv": "https://arxiv.org/abs/{}",
    "jstor": "https://www.jstor.org/stable/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "hdl": "https://hdl.handle.net/{}",
    "ssrn": "https://ssrn.com/abstract={}",
}
"""The address of a work in an archive, by the archive's name in ``eprinttype``."""

Texts = Mapping[str, str]
_END = (
    r"(?:\.?\s*(?=(?:title in pinyin|authors in chinese|translated by|published in|published by|"
    r"pages|isbn):)|\s*[\n;]|\.?$)"
)
"""Where one of our own remarks ends: at the next, or with its line."""
_LABEL = re.compile(
    r"(?:^|[\n;])\s*(?:title[- ]translation|translated title|title in english)\s*:\s*"
    rf"(.+?){_END}",
    re.IGNORECASE,
)
_PINYIN = re.compile(rf"title in pinyin:\s*(.+?){_END}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>{}]+")
_ACCESSED = re.compile(
    r"(?:last )?(?:accessed|visited|retrieved|abgerufen|引用日期)(?: on| am)?:?\s*(?P<day>[^;,.]{4,30})",
    re.IGNORECASE,
)
_VERBATIM = frozenset({"url", "doi", "file", "eprint"})


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
    used |= {name for name in ("type", "note") if SUBTYPES.get(given.get(name, "").casefold())}
    if given.get("type", "").casefold() in (item.type, kind):
        used.add("type")
    used |= _titles(work, given)
    _names(work, item)
    used |= _plain(work, given)
    used |= _addresses(work, raw, given)
    _dates(work, given, item.lines)
    _language(work, given)
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
    for name in ("entrysubtype", "type", "note"):
        subtype = SUBTYPES.get(given.get(name, "").casefold())
        if subtype:
            return subtype
    if entry_type == "book" and given.get("booktitle"):
        return "chapter"
    return FROM_BIBTEX.get(entry_type)


def _titles(work: Work, given: Texts) -> set[str]:
    """Add the titles; return the fields that were used up."""
    used: set[str] = set()
    title = given["title"]
    if given.get("subtitle"):
        title = f"{title}{'：' if works.has_han(title) else ': '}{given['subtitle']}"
    remarks = "\n".join(given.get(name, "") for name in ("note", "annotation", "annote"))
    chinese = works.has_han(title)
    translation = ""
    if chinese or _code(given) not in ("", "en"):
        translation = given.get("titletranslation") or _remarked(_LABEL, remarks)
    remarked = translation and translation != given.get("titletranslation")
    addon = given.get("titleaddon", "").strip("[]")
    if chinese and not translation and not works.has_han(addon):
        translation = addon
    if addon and addon == translation:
        used.add("titleaddon")
    spelled = given.get("titlepinyin") or given.get("usera") or _remarked(_PINYIN, remarks)
    if remarked or _remarked(_PINYIN, remarks):
        used.add("note")
    work.fields |= works.titles(title, translation, spelled)
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
        for written in _written(item.fields.get(name, "")):
            if written.casefold() == "others":
                work.remark(f"more {target} than are named ('and others')", line)
                continue
            if names.is_doubtful(written):
                work.remark(f"'{short(written)}' may be one name or several; look at it", line)
            found.append(_person(written))
        if found:
            work.fields[target] = found


def _written(value: str) -> list[str]:
    """Return the names of a field, each as it is written."""
    value = works.unescaped(value)
    pieces = [piece.strip() for piece in bibnames.split_multiple_persons_names(value)]
    whole = [[piece] if _is_braced(piece) else names.apart(piece) for piece in pieces]
    return [name.strip() for piece in whole for name in piece if name.strip()]


def _person(written: str) -> dict[str, str]:
    if _is_braced(written):
        return works.body(latex.text(written))
    if re.match(r"(?:family|given|prefix|suffix)\s*=", written):
        return _extended(written)
    try:
        parts = bibnames.parse_single_name_into_parts(written, strict=False)
    except bibnames.InvalidNameError:
        return works.body(latex.text(written))
    family = latex.text(" ".join([*parts.von, *parts.last]))
    given = latex.text(" ".join([*parts.first, *parts.jr]))
    # One word alone is the name of a body, or of a person whose parts are not known.
    return works.person(family, given) if family and given else works.body(family or given)


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
    parts = {key.strip(): latex.text(value.strip().strip('"')) for key, _, value in pairs}
    family = clean(f"{parts.get('prefix', '')} {parts.get('family', '')}")
    given = clean(f"{parts.get('given', '')} {parts.get('suffix', '')}")
    return works.person(family, given) if family and given else works.body(family or given)


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


def _plain(work: Work, given: Texts) -> set[str]:
    """Add the fields that go over one by one; return those that were used up."""
    used = set()
    for name, (target, made) in _TAKEN.items():
        value = made(given[name]) if given.get(name) else ""
        if value and work.fields.setdefault(target, value) == value:
            used.add(name)
    title = f"{given.get('booktitle', '')}: {given.get('booksubtitle', '')}".strip(": ")
    given = {**given, **({"booktitle": title} if given.get("booksubtitle") else {})}
    containers = [n for n in CONTAINERS if given.get(n) and not _ADDRESS.search(given[n])]
    publishers = [name for name in PUBLISHERS if given.get(name)]
    if not containers and work.fields["type"] in ("web", "news"):
        containers, publishers = publishers, []
    for target, found in (("container", containers), ("publisher", publishers)):
        if found:
            work.fields[target] = given[found[0]]
            used |= {name for name in found if given[name] == given[found[0]]}
    return used | ({"booksubtitle"} if "booktitle" in used else set())


def _addresses(work: Work, raw: Texts, given: Texts) -> set[str]:
    """Add an address, and the day it was read, from fields where people write them in words."""
    used = set()
    archive = (given.get("eprinttype") or given.get("archiveprefix") or "arxiv").casefold()
    if given.get("eprint") and archive in EPRINTS:
        address = EPRINTS[archive].format(given["eprint"])
        if work.fields.setdefault("url", address) == address or given["eprint"] in str(work.fields):
            used.add("eprint")
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


def _dates(work: Work, given: Texts, lines: Mapping[str, int]) -> None:
    year = given.get("year", "")
    named = "date" if given.get("date") else "year"
    written = given.get("date") or dates.of_year_and_month(
        year, given.get("month", ""), given.get("day", "")
    )
    dates.add(work, "date", written, lines.get(named, 0))
    if "date" not in work.fields and named == "year" and dates.read(year)[0]:
        work.fields["date"] = dates.read(year)[0]
    if named == "date" and year and year not in given["date"]:
        message = f"the field 'year' says {short(year)}; the field 'date' was taken"
        work.remark(message, lines.get("year", 0))
    dates.add(work, "accessed", given.get("urldate", ""), lines.get("urldate", 0))


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
        return works.readable(latex.verbatim(value)).strip()
    return clean(latex.text(value))
