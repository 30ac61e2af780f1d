"""Load a corpus from its files, each record with the problems of its own file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xinyong.corpus import published
from xinyong.corpus.entries import Corpus, Entry
from xinyong.problems import Problem
from xinyong.records import MODELS, read
from xinyong.source import snapshot, yaml
from xinyong.source.cites import ID
from xinyong.source.snapshot import Item
from xinyong.source.yaml import Fault, Tree

_IGNORED = frozenset({"schema", "README.md"})
_EMPTY = "there is no record in it; name the corpus with --corpus, or begin one with 'xinyong new'"


@dataclass
class Trees:
    """The values in files without a fault, by the checksums of the files.

    Those that were ``known`` before, and those that were read or taken from these now.
    """

    known: Mapping[str, Tree] = field(default_factory=dict)
    now: dict[str, Tree] = field(default_factory=dict)

    def read(self, data: bytes, digest: str) -> tuple[Tree | None, list[Fault]]:
        """Read a file, if its values are not known; return them with its faults."""
        if (tree := self.known.get(digest)) is None:
            text, faults = yaml.decode(data)
            tree, faults = (None, faults) if faults else yaml.read(text)
            if tree is None or faults:
                return tree, faults
        self.now[digest] = tree
        return tree, []


def load(root: Path, trees: Trees | None = None) -> tuple[Corpus, list[Problem]]:
    """Load the corpus below ``root`` (``root/<kind>/<id>.yml``) with the problems of each file for itself.

    A corpus that holds no record at all is a problem, since nobody means to check or publish
    nothing. ``trees`` may know what some files hold.
    """
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    unread: set[str] = set()
    for kind, item in _records(root, problems):
        entry, found = _load_item(kind, item, trees)
        problems += found
        if entry is None:
            unread.add(item.path.stem)
            continue
        if entry.id in entries:
            message = f"the id '{entry.id}' is taken by {entries[entry.id].file}; choose another for one of the two"
            problems.append(Problem("X201", message, entry.file))
            continue
        entries[entry.id] = entry
    if not entries and not problems:
        problems.append(Problem("X113", _EMPTY, str(root)))
    known = published.read(root.parent / published.FOLDER)
    return Corpus(entries, frozenset(unread), known), [*problems, *known.problems]


def _records(root: Path, problems: list[Problem]) -> Iterator[tuple[str, Item]]:
    if not root.is_dir():
        problems.append(
            Problem("X113", "there is no such folder; name the corpus with --corpus", str(root))
        )
        return
    for folder in snapshot.take(root):
        name = folder.path.name
        if folder.trouble:
            message = f"the folder cannot be opened ({folder.trouble}); make it readable"
            problems.append(Problem("X113", message, str(folder.path)))
            continue
        if name in _IGNORED:
            continue
        if name not in MODELS or folder.type != "folder":
            message = f"here belong the folders {', '.join(MODELS)} only; move it"
            problems.append(Problem("X113", message, str(folder.path)))
            continue
        for item in folder.inside:
            fault = _misplaced(item)
            if fault:
                problems.append(fault)
            else:
                yield name, item


def _misplaced(item: Item) -> Problem | None:
    file = item.path
    if file.suffix != snapshot.SUFFIX or item.type != "file":
        return Problem(
            "X113", "a record is a file whose name ends in .yml; rename or move it", str(file)
        )
    if not ID.match(file.stem):
        message = (
            f"'{file.stem}' is not an id: small letters, digits and single hyphens; rename the file"
        )
        return Problem("X203", message, str(file))
    return None


def _load_item(kind: str, item: Item, trees: Trees | None) -> tuple[Entry | None, list[Problem]]:
    shown = str(item.path)
    if item.trouble:
        return None, [
            Problem("X113", f"the file cannot be opened ({item.trouble}); make it readable", shown)
        ]
    if item.size > snapshot.MAX_BYTES:
        fault = yaml.too_large(item.size)
        return None, [
            Problem(fault.code, fault.message, shown, line=fault.line, column=fault.column)
        ]
    return read_entry(kind, item.path, item.data, trees)


def read_entry(
    kind: str, file: Path, data: bytes, trees: Trees | None = None
) -> tuple[Entry | None, list[Problem]]:
    """Read the record of ``kind`` that the bytes of ``file`` hold, with its problems.

    The file itself is not opened.
    """
    shown = str(file)
    digest = hashlib.sha256(data).hexdigest()
    tree, faults = (trees or Trees()).read(data, digest)
    problems = [Problem(f.code, f.message, shown, line=f.line, column=f.column) for f in faults]
    if tree is None:
        if not problems:
            problems = [
                Problem("X112", "the file is empty; begin it with a line such as 'name: …'", shown)
            ]
        return None, problems
    found = read.read(kind, tree, shown)
    problems += found.problems
    if found.record is None:
        return None, problems
    if found.record.id not in (None, file.stem):
        message = f"the id '{found.record.id}' differs from the file name '{file.stem}'; leave the field out"
        problems.append(Problem("X202", message, shown, ("id",)))
    whole = found.whole and not faults
    return Entry(kind, file.stem, shown, found.record, whole, digest), problems
