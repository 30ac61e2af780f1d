"""What is known of the published site.

Its addresses, those that moved or are gone, and how sources answered.

Three files in the folder ``published`` beside the corpus, each of which may be missing:

``addresses.txt`` every address that was published, written by the program when it was;
``moved.yml`` where addresses lead that have nothing of their own any more, written by people;
``links.json`` how the addresses of sources answered when they were last asked, by the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from xinyong.edition import PUBLISHED
from xinyong.problems import Path as FieldPath
from xinyong.problems import Problem
from xinyong.records.types import KINDS
from xinyong.source import edtf, yaml
from xinyong.source.yaml import Tree

FOLDER = PUBLISHED
ADDRESSES = "addresses.txt"
MOVED = "moved.yml"
LINKS = "links.json"
FILES = (ADDRESSES, MOVED, LINKS)

_STEP = r"[A-Za-z0-9_.~!$()+,;=@%-]+"
ADDRESS = re.compile(rf"(?!.*(?:^|/)\.\.?(?:/|$)){_STEP}(?:/{_STEP})*/?")
"""An address of the site from its root: a page ends in a slash, a file does not."""

KEPT = "%/:=&?~#+!$,;'@()*[]"
"""What stays as it is in an address of the web that is written in ASCII."""

_ANCHOR = re.compile(r"[^\s#\"'<>&]+")
_HTTP = re.compile(r"https?://[^\s\"'<>]+")
_SHOWN = 60

STATES: Mapping[str, str] = {
    "answers": "It answers.",
    "moved": "It has moved for good, and the new address answers.",
    "dead": "It is gone: 404, 410, or there is no such host.",
    "refused": "The host answers, but not to a program: nothing certain is known.",
    "insecure": "The certificate is not right, or no secure connection comes about.",
    "slow": "No answer came in time.",
    "unclear": "The answer cannot be understood: redirects in a loop, a connection cut off.",
    "unasked": "It leads to a host that is not public, and is never asked.",
}
"""What can become of an address that is asked."""


@dataclass(frozen=True)
class Line:
    """One page or file that was published, with its anchors, and the number of its line in the manifest."""

    number: int
    address: str
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gone:
    """What is said of an address that was withdrawn: since when, why, and where to look now."""

    on: str
    why: str
    see: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """How an address of a source answered.

    The day it was last asked, its state, and why it is that.

    ``seen`` is the last day on which it answered, ``to`` where it has moved, ``copy`` a copy in an
    archive.

    """

    asked: str
    state: str
    seen: str = ""
    why: str = ""
    to: str = ""
    copy: str = ""


@dataclass(frozen=True)
class Published:
    """What the three files say.

    ``folder`` is where they stand, ``problems`` is what is wrong with them. ``patterns`` are, by
    kind, the files that every page of that kind has beside it, with ``*`` for its id.
    """

    folder: Path = Path(FOLDER)
    lines: Mapping[str, Line] = field(default_factory=dict)
    patterns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, Gone] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def problem(self, code: str, message: str, path: FieldPath) -> Problem:
        """Make a problem of the entry at ``path`` of the list of what moved."""
        return Problem(code, message, str(self.folder / MOVED), path, on_key=len(path) == ENTRY)

    def vanished(self, line: Line, anchor: str = "", file: str = "") -> Problem:
        """Make the problem of an address that was published and that nothing answers."""
        address = file or line.address + (f"#{anchor}" if anchor else "")
        table = self.folder / MOVED
        remedy = f"put it back, or write in {table}, under 'moved', where it leads now"
        if not anchor:
            remedy += ", or under 'gone' why it was withdrawn"
        kind, _, id_ = line.address.rstrip("/").rpartition("/")
        if not anchor and not file and kind in KINDS:
            former = f"add 'formerly: [{kind}/{id_}]' to the record that takes its place"
            remedy = (
                f"{former}, put it back, or write in {table}, under 'gone', why it was withdrawn"
            )
        message = f"nothing answers at '{address}', which was published; {remedy}"
        manifest = str(self.folder / ADDRESSES)
        return Problem("X911", message, manifest, line=line.number, column=1)


ENTRY = 2
"""The length of the path to an entry of the list of what moved."""

NOTHING = Published()
"""What is known of a site that was never published."""


def read(folder: Path) -> Published:
    """Read the three files of ``folder``; what is wrong with them stands in ``problems``."""
    found = _Reader(folder)
    lines, patterns = found.addresses()
    moved, gone = found.moved()
    return Published(folder, lines, patterns, moved, gone, found.answers(), tuple(found.problems))


class _Reader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[Problem] = []

    def addresses(self) -> tuple[Mapping[str, Line], Mapping[str, tuple[str, ...]]]:
        """Read the manifest: the published addresses by themselves, and the patterns by kind."""
        lines: dict[str, Line] = {}
        patterns: dict[str, tuple[str, ...]] = {}
        for number, text in enumerate(self._text(ADDRESSES).split("\n"), 1):
            if not text or text.startswith("#"):
                continue
            address, *rest = text.split(" ")
            if address.endswith("/*/"):
                patterns[address.removesuffix("/*/")] = tuple(rest)
            elif _is_line(address, rest):
                lines[address] = Line(number, address, tuple(part[1:] for part in rest))
            else:
                message = f"'{text[:_SHOWN]}' is no address; restore the line from git"
                self._wrong("X913", message, ADDRESSES, number)
        return lines, patterns

    def moved(self) -> tuple[Mapping[str, str], Mapping[str, Gone]]:
        """Read the list of what moved and of what is gone."""
        text = self._text(MOVED)
        tree, faults = yaml.read(text) if text.strip() else ({}, [])
        for fault in faults:
            self._wrong(fault.code, fault.message, MOVED, fault.line, fault.column)
        if not isinstance(tree, dict) or any(not isinstance(part, dict) for part in tree.values()):
            if tree is not None and not faults:
                message = "here belong 'moved' and 'gone', each with addresses; see the guide"
                self._wrong("X913", message, MOVED, 1)
            return {}, {}
        for name in tree.keys() - {"moved", "gone"}:
            self._entry("X913", f"'{name}' means nothing here; write 'moved' or 'gone'", (name,))
        return dict(self._moves(tree.get("moved", {}))), dict(self._ends(tree.get("gone", {})))

    def _moves(self, part: Tree) -> Iterator[tuple[str, str]]:
        for address, target in part.items() if isinstance(part, dict) else ():
            path = ("moved", address)
            if not _is_address(address):
                self._entry("X913", _no_address(address), path, on_key=True)
            elif not isinstance(target, str):
                self._entry("X913", "an address leads to one other; write that alone", path)
            elif not _is_address(target):
                self._entry("X913", _no_address(target), path)
            else:
                yield address, target

    def _ends(self, part: Tree) -> Iterator[tuple[str, Gone]]:
        for address, entry in part.items() if isinstance(part, dict) else ():
            path: FieldPath = ("gone", address)
            if not _is_address(address) or "#" in address:
                self._entry("X913", _no_address(address), path, on_key=True)
            elif (gone := self._end(entry, path)) is not None:
                yield address, gone

    def _end(self, entry: Tree, path: FieldPath) -> Gone | None:
        given = entry if isinstance(entry, dict) else {}
        on, why, see = given.get("on"), given.get("why"), given.get("see", [])
        targets = see if isinstance(see, list) else [see]
        if not given.keys() <= {"on", "why", "see"} or not _is_day(on) or not _is_text(why):
            message = "here belong 'on' (a day), 'why' (a sentence), and 'see' if you like"
            self._entry("X913", f"{message}; write all that is missing", path)
            return None
        wrong = [target for target in targets if not _is_target(target)]
        if wrong:
            self._entry("X913", _no_address(str(wrong[0])), (*path, "see"))
            return None
        return Gone(str(on), " ".join(str(why).split()), tuple(map(str, targets)))

    def answers(self) -> Mapping[str, Answer]:
        """Read how sources answered.

        A file that cannot be read is told of and counts for nothing.
        """
        text = self._text(LINKS)
        if not text:
            return {}
        try:
            return {url: Answer(**_texts(message)) for url, message in json.loads(text).items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            message = "it is not as 'xinyong links --external' writes it; restore it from git"
            self._wrong("X957", f"{message}, or delete it", LINKS, 1)
            return {}

    def _text(self, name: str) -> str:
        file = self._folder / name
        try:
            return file.read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, UnicodeDecodeError):
            code = "X957" if name == LINKS else "X913"
            self._wrong(code, "the file cannot be read; restore it from git", name, 0)
            return ""

    def _entry(self, code: str, message: str, path: FieldPath, *, on_key: bool = False) -> None:
        self.problems.append(Problem(code, message, str(self._folder / MOVED), path, on_key=on_key))

    def _wrong(self, code: str, message: str, name: str, line: int, column: int = 1) -> None:
        file = str(self._folder / name)
        self.problems.append(Problem(code, message, file, line=line, column=column if line else 0))


def _is_line(address: str, rest: list[str]) -> bool:
    anchors = all(part.startswith("#") and len(part) > 1 for part in rest)
    return (address == "./" or bool(ADDRESS.fullmatch(address))) and anchors


def _is_address(text: str) -> bool:
    address, sharp, anchor = text.partition("#")
    page = address.endswith("/") or not sharp
    whole = bool(ADDRESS.fullmatch(address)) or address == "./"
    return whole and page and (not sharp or bool(_ANCHOR.fullmatch(anchor)))


def _is_target(value: object) -> bool:
    return isinstance(value, str) and (_is_address(value) or bool(_HTTP.fullmatch(value)))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    try:
        return bool(edtf.parse(value))
    except ValueError:
        return False


def _no_address(text: str) -> str:
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return f"'{shown}' is no address of the site; write one such as 'method/' or 'method/#dates'"


def _texts(message: Any) -> dict[str, str]:
    """Return the parts of an answer; raise TypeError where one of them cannot be."""
    parts = dict(message)
    days = [parts.get("asked"), *([parts["seen"]] if "seen" in parts else [])]
    addresses = [parts[name] for name in ("to", "copy") if name in parts]
    is_right = (
        parts.get("state") in STATES
        and all(isinstance(part, str) for part in parts.values())
        and all(map(_is_day, days))
        and all(map(_HTTP.fullmatch, addresses))
    )
    if not is_right:
        raise TypeError
    return parts


def address_key(url: str) -> str:
    """Return an address of the web as it stands in ``links.json``.

    In ASCII, its host too, however it was written.

    Raise ValueError for what is no address.

    """
    parts = urlsplit(url)
    host = unquote(parts.hostname or "")
    if not host.isascii():
        with suppress(UnicodeError):
            encoded = host.encode("idna").decode()
            place = parts.netloc if parts.port is None else parts.netloc.rpartition(":")[0]
            url = url.replace(place, encoded, 1)
    return quote(url, safe=KEPT)
