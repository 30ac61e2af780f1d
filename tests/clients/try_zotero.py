"""The pages and the files of references in Zotero's translation server.

No registry holds it. ``ZOTERO_TRANSLATION_SERVER`` is the folder of a copy
(https://github.com/zotero/translation-server) in which ``npm install`` was run.
"""

# /// script
# dependencies = []
# ///

from __future__ import annotations

import html
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote
from urllib.request import Request, urlopen

import pytest

Item = dict[str, Any]
Tried = Callable[..., None]

FOLDER = os.environ.get("ZOTERO_TRANSLATION_SERVER", "")
pytestmark = pytest.mark.skipif(
    not FOLDER or not shutil.which("node"),
    reason="ZOTERO_TRANSLATION_SERVER names no copy of Zotero's translation server, or no node",
)

TYPES: Mapping[str, str] = {
    "article": "preprint",
    "article-journal": "journalArticle",
    "article-newspaper": "newspaperArticle",
    "book": "book",
    "chapter": "bookSection",
    "dataset": "dataset",
    "document": "document",
    "motion_picture": "film",
    "report": "report",
    "thesis": "thesis",
    "webpage": "webpage",
}
"""Zotero's name of each type of CSL."""

TOLD: Mapping[str, Mapping[str, str]] = {
    "bib": {"newspaperArticle": "journalArticle", "preprint": "manuscript", "dataset": "document"},
    "ris": {"preprint": "manuscript", "document": "report"},
    "csl.json": {},
}
"""What Zotero has no other name for in a format; docs/data.md tells each loss."""

_STANDS_IN = ("container-title", "collection-title")
_NUMBERS = ("reportNumber",)
_CONTAINERS = (
    "publicationTitle", "websiteTitle", "bookTitle", "seriesTitle", "series", "publisher",
)  # fmt: skip
_LANGUAGES = {
    "Chinese": "zh", "Dutch": "nl", "French": "fr", "German": "de", "Indonesian": "id", "Italian": "it",
    "Japanese": "ja", "Korean": "ko", "Portuguese": "pt", "english": "en",
}  # fmt: skip


class Server:
    """A translation server on loopback."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, path: str, text: str) -> tuple[int, Any]:
        """Send a text; return the status of the answer, and what was made of it."""
        request = Request(f"{self.address}{path}", text.encode(), {"Content-Type": "text/plain"})
        try:
            with urlopen(request, timeout=120) as answer:
                return answer.status, json.load(answer)
        except HTTPError as error:
            body = error.read()
            return error.code, json.loads(body) if error.code == 300 else body.decode()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = {"port": port, "host": "127.0.0.1"}
    environment = os.environ | {"NODE_CONFIG": json.dumps(config)}
    program = ["node", "src/server.js"]
    running = subprocess.Popen(
        program, cwd=FOLDER, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, running)
        yield Server(f"http://127.0.0.1:{port}/")
    finally:
        running.terminate()
        running.wait()


def _wait(port: int, running: subprocess.Popen[bytes]) -> None:
    while running.poll() is None:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the translation server ended before it answered")


@pytest.fixture(scope="module")
def version() -> str:
    package = json.loads((Path(FOLDER) / "package.json").read_text(encoding="utf-8"))
    translators = Path(FOLDER) / "modules" / "translators"
    texts = (path.read_text(encoding="utf-8") for path in translators.glob("*.js"))
    newest = max(day for text in texts for day in re.findall(r'"lastUpdated": "([\d-]+)', text)[:1])
    return f"{package['version']}, translators of {newest}"


@pytest.fixture(scope="module")
def sources(site: Path) -> list[Item]:
    """Every source as an item of CSL."""
    items: list[Item] = json.loads((site / "data" / "xinyong.csl.json").read_text(encoding="utf-8"))
    return items


def test_every_page_of_a_source_is_that_source(
    server: Server, version: str, address: str, sources: list[Item], tried: Tried
) -> None:
    faults = {}
    for source in sources:
        status, found = server.ask("web", f"{address}citations/{source['id']}/")
        one = status == 200 and len(found) == 1
        faults[source["id"]] = [*differences(found[0], source)] if one else ["offered"]
    what = "pages of sources: type, creators, date, title"
    _tell(tried, version, what, faults)


def test_every_page_of_a_record_offers_itself_first(
    server: Server, version: str, address: str, site: Path, tried: Tried
) -> None:
    faults = {}
    lines = (site / "data" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    for record in map(json.loads, lines):
        if record["kind"] == "citations":
            continue
        file = site / "cite" / f"{record['id']}.csl.json"
        page = json.loads(file.read_text(encoding="utf-8"))[0]
        status, found = server.ask("web", f"{address}{record['kind']}/{record['id']}/")
        first = found[0] if status == 200 else {}
        title = found["items"]["0"] if status == 300 else first.get("title")
        faults[record["id"]] = [] if title == page["title"] else ["title"]
    _tell(tried, version, "pages of records: themselves first", faults)


@pytest.mark.parametrize("ending", ["bib", "ris", "csl.json"])
def test_every_source_is_imported(
    ending: str, server: Server, version: str, site: Path, sources: list[Item], tried: Tried
) -> None:
    faults = {}
    for source in sources:
        text = (site / "cite" / f"{source['id']}.{ending}").read_text(encoding="utf-8")
        status, found = server.ask("import", text)
        if status != 200 or found[0]["itemType"] == "note":
            faults[source["id"]] = ["offered"]
            continue
        first, *others = found
        kept = " ".join([first.get("extra", ""), *(html.unescape(note["note"]) for note in others)])
        differing = differences(first, source, TOLD[ending], kept)
        faults[source["id"]] = [*differing, *losses(first, source, kept)]
        if ending != "bib" and others:
            faults[source["id"]].append("notes")
    _tell(tried, version, f"files of sources imported: {ending}", faults)


def differences(
    found: Item, source: Item, told: Mapping[str, str] | None = None, kept: str = ""
) -> Iterator[str]:
    """Yield the names of what is not as the source has it; ``kept`` is what Zotero keeps in words."""
    type_ = TYPES[source["type"]]
    if found["itemType"] not in {type_, (told or {}).get(type_)}:
        yield "type"
    expected = [*_creators(source, found["itemType"], kept)]
    if [*map(_creator, found["creators"])] not in (expected, _contributed(expected)):
        yield "creators"
    if _day(found.get("date", "")) not in _days(source):
        yield "date"
    if found.get("title") != source["title"]:
        yield "title"


def losses(found: Item, source: Item, kept: str) -> Iterator[str]:
    """Yield the names of what is lost in an import."""
    for key, where in (("number", _NUMBERS), *((name, _CONTAINERS) for name in _STANDS_IN)):
        value = source.get(key, "")
        if value not in kept and not any(value in found.get(at, "") for at in where):
            yield key
    if source.get("custom", {}).get("title-english", "") not in kept:
        yield "English title"
    language = found.get("language", "")
    if _LANGUAGES.get(language, language) != source["language"]:
        yield "language"
    if unquote(source.get("URL", "")) != unquote(found.get("url", "")):
        yield "address"
    if source.get("DOI", "") not in found.get("DOI", "") + found.get("extra", ""):
        yield "DOI"
    accessed = {""} if "Accessed: " in kept else _days(source, "accessed")
    if _day(found.get("accessDate", "")) not in accessed:
        yield "accessed"
    if found.get("issue", source.get("issue")) != source.get("issue"):
        yield "issue"


def _creators(source: Item, type_: str, kept: str) -> Iterator[tuple[str, str, str]]:
    for role in ("author", "editor", "translator"):
        if role == "translator" and "Translated by: " in kept:
            continue
        for name in source.get(role, []):
            yield _ROLES.get((type_, role), role), *_parts(name)


_ROLES = {("film", "author"): "director", ("dataset", "translator"): "contributor"}
"""What Zotero has for a role in a type that lacks it."""


def _parts(name: Mapping[str, str]) -> tuple[str, str]:
    return _undotted(name.get("literal") or name["family"]), _undotted(name.get("given", ""))


def _contributed(creators: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return creators as a page tells them, which has one word for all who are not authors."""
    return [(role if role == "author" else "contributor", *name) for role, *name in creators]  # type: ignore[misc]


def _creator(creator: Item) -> tuple[str, str, str]:
    name = creator.get("name") or creator.get("lastName", "")
    return creator["creatorType"], _undotted(name), _undotted(creator.get("firstName", ""))


def _undotted(name: str) -> str:
    """Return a name without the full stops that Zotero sets behind initials."""
    return name.replace(".", "")


_MONTHS = "January February March April May June July August September October November December"


def _day(text: str) -> str:
    """Return the first day that a date of Zotero names, as ISO 8601 writes it."""
    if named := re.match(r"(?:([A-Z]\w+)\s?)?(?:(\d{1,2}), )?(\d{4})$", text):
        month, day, year = named.groups()
        numbers = [_MONTHS.split().index(month) + 1] if month else []
        return "-".join([year, *(f"{int(part):02d}" for part in [*numbers, *filter(None, [day])])])
    return text.partition("T")[0].partition("/")[0].rstrip("~?")


def _days(source: Item, key: str = "issued") -> set[str]:
    """Return the ways in which the first day of a date can be told; a date in words as it is."""
    date = source.get(key)
    if not date:
        return {""}
    if "literal" in date:
        return {"", date["literal"], *re.findall(r"\d{4}", date["literal"])}
    parts = date["date-parts"][0]
    return {"-".join([str(parts[0]), *(f"{part:02d}" for part in parts[1:])])}


def _tell(tried: Tried, version: str, what: str, faults: Mapping[str, list[str]]) -> None:
    counted = Counter(fault for found in faults.values() for fault in found)
    for fault, number in counted.most_common():
        examples = [id_ for id_, found in faults.items() if fault in found][:12]
        print(f"{what}: {fault}: {number}: {', '.join(examples)}")
    right = sum(not found for found in faults.values())
    tried("Zotero", version, what, right=right, offered=len(faults))
