"""The two states that are compared.

The corpus of a commit, and that of another or of the working folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xinyong.corpus import Corpus, Entry, published, read_entry
from xinyong.history.git import Repository, blob_name
from xinyong.problems import Problem
from xinyong.records import MODELS, Citation
from xinyong.source.cites import ID
from xinyong.words import HISTORY


@dataclass(frozen=True)
class State:
    """A corpus at one time, called ``name``.

    It has its records, the name of every file's blob, and the problems of files, both by path.
    """

    name: str
    corpus: Corpus
    blobs: Mapping[str, str]
    texts: Mapping[str, bytes] = field(default_factory=dict)
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    def entry(self, path: str) -> Entry | None:
        """Return the record of a file inside the corpus; None where there is none."""
        kind, _, file = path.partition("/")
        entry = self.corpus.entries.get(file.removesuffix(".yml"))
        return entry if entry and entry.kind == kind and path in self.blobs else None


def both(root: Path, base: str, head: str | None, *, exact: bool = False) -> tuple[State, State]:
    """Read two states of the corpus ``root``; ``head`` None is the working folder.

    Unless ``exact``, the base is the commit at which the two histories part, so that what the base
    has gained since does not look as if it were taken away. A file that is the same in both is
    read once. Raise GitError where git cannot.
    """
    repository = Repository.around(root)
    start = repository.commit(base)
    end = repository.commit(head or "HEAD")
    if not exact:
        start = repository.fork(start, end)
    old, new = repository.files(start), repository.files(end)
    if head is None:
        texts = dict(_working(root))
        like = next(iter(old.values()), "")
        new = {path: blob_name(data, like) for path, data in texts.items()}
        store = {new[path]: data for path, data in texts.items()}
    else:
        store = dict(repository.contents(new.values()))
    store |= repository.contents(set(old.values()) - store.keys())
    read = Reader(root, store)
    return read.state(base, old), read.state(head or HISTORY["working-folder"], new)


class Reader:
    """Reads the states of the corpus ``root`` from the contents of files by the names of their blobs."""

    def __init__(self, root: Path, store: Mapping[str, bytes]) -> None:
        self._root = root
        self._store = store
        self._read: dict[tuple[str, str], tuple[Entry | None, list[Problem]]] = {}

    def state(self, name: str, files: Mapping[str, str]) -> State:
        """Read the records of one state; what was read for another one is taken from there."""
        entries: dict[str, Entry] = {}
        problems: dict[str, tuple[Problem, ...]] = {}
        for path in sorted(files, key=_order):
            kind, _, file = path.partition("/")
            if kind not in MODELS or not file.endswith(".yml") or not ID.match(file[:-4]):
                continue
            entry, found = self._entry(path, kind, files[path])
            if found:
                problems[path] = tuple(found)
            if entry is not None and entry.id not in entries:
                entries[entry.id] = entry
        texts = {path: self._store[blob] for path, blob in files.items()}
        known = published.read(self._root.parent / published.FOLDER)
        return State(name, Corpus(entries, published=known), files, texts, problems)

    def _entry(self, path: str, kind: str, blob: str) -> tuple[Entry | None, list[Problem]]:
        if (path, blob) not in self._read:
            entry, problems = read_entry(kind, self._root / path, self._store[blob])
            named = entry is not None and _has_heading(entry)
            self._read[path, blob] = entry if named else None, problems
        return self._read[path, blob]


def _working(root: Path) -> list[tuple[str, bytes]]:
    return [
        (f"{file.parent.name}/{file.name}", file.read_bytes())
        for kind in MODELS
        for file in sorted((root / kind).glob("*.yml"))
        if file.is_file() and not file.is_symlink()
    ]


def _has_heading(entry: Entry) -> bool:
    """Say whether so much of a record could be read that it can be called by its name or title."""
    record = entry.record
    if isinstance(record, Citation):
        return bool(record.title and record.language)
    return bool(record.name)


def _order(path: str) -> tuple[int, str]:
    kind = path.partition("/")[0]
    return ([*MODELS].index(kind) if kind in MODELS else len(MODELS), path)
