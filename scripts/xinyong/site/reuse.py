"""What a build takes over from the last one at its place: all of it, or the files of records.

The last build notes what it was made from (``inputs``), which files it wrote, what was read while
the files of each record were made (``reads``), and what stands in each page (``links``). A file is
taken over by a hard link, as long as it is the one that was written: by its size, its time and its
inode, as git knows files. Without notes, or with notes that cannot be believed, all is made.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from xinyong.corpus import Entry
from xinyong.pages import compare
from xinyong.problems import Problem
from xinyong.publication import Library
from xinyong.site import cache, inputs
from xinyong.site.addresses import PATTERNS, file_at
from xinyong.site.links import Built, Document
from xinyong.site.place import target_of
from xinyong.site.reads import Digests, ReadLibrary, reading

Stamp = list[int]
"""A file's size, the time at which it was written, and its inode."""


@dataclass(frozen=True)
class Place:
    """Where a site is built, from what, and in which folder notes of it are kept."""

    out: Path
    root: Path
    config: Path
    notes: Path

    def file(self, name: str) -> Path:
        """Return the file of notes of that name."""
        own = inputs.digest(*(str(target_of(path)) for path in (self.out, self.root, self.config)))
        return self.notes / f"{own[:16]}-{name}.json"


class Whole:
    """Whether the site at a place is the one that would be built."""

    def __init__(self, place: Place, today: str, demand: str) -> None:
        self._place = place
        self._file = place.file("whole")
        self._key = inputs.digest(
            *(inputs.program(), inputs.settings(place.config), today, demand, _umask()),
            *(str(path) for path in (Path.cwd(), place.out, place.root, place.config)),
        )

    def warnings(self) -> list[Problem] | None:
        """Return the warnings of the last build; None where something has changed since then."""
        notes = cache.load(self._file, self._key)
        if notes is None or notes["inputs"] != self.inputs:
            return None
        if notes["files"] != dict(stamps(target_of(self._place.out))):
            return None
        return [Problem(**found | {"path": tuple(found["path"])}) for found in notes["warnings"]]

    @cached_property
    def inputs(self) -> str:
        """A digest of the files that the site is made from, as they were when it was first asked for."""
        return self._inputs()

    def note(self, docs: Path, warnings: Iterable[Problem]) -> None:
        """Note that the site was built, unless something has changed meanwhile.

        ``docs`` is the folder of the hand-written pages; of another than the usual one nothing is
        known.
        """
        usual = target_of(docs) == target_of(self._place.config.parent / inputs.DOCS)
        if usual and self.inputs == self._inputs():
            notes = {
                "inputs": self.inputs,
                "files": dict(stamps(target_of(self._place.out))),
                "warnings": [dataclasses.asdict(problem) for problem in warnings],
            }
            cache.save(self._file, self._key, notes)

    def _inputs(self) -> str:
        root, config = self._place.root, self._place.config
        return inputs.digest(inputs.texts(config), inputs.records(root), inputs.past(root))


@dataclass(frozen=True)
class _Now:
    """What a build under way notes in its turn."""

    library: ReadLibrary
    digests: Digests
    bases: dict[str, str]
    but: Set[str]


@dataclass
class Last:
    """What the last build at a place noted of the files of records and of all pages."""

    place: Place
    units: Mapping[str, list[int]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    bases: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Stamp] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Document] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    now: _Now | None = None

    @classmethod
    def of(cls, place: Place) -> Last:
        """Read the notes of a place; empty ones where there are none."""
        notes = cache.load(place.file("parts"), _key())
        if notes is None:
            return cls(place)
        pages = _unpacked(notes.pop("pages"), notes.pop("links"))
        return cls(place, pages=pages, **notes)

    def take(
        self, site: Path, plain: Library, shells: Mapping[str, object], but: Set[str]
    ) -> Library:
        """Link the files of records that are as they would be made anew into a new site.

        Return the library with which the others are made. The pages ``but`` are made in any case.
        """
        library, digests = reading(plain), Digests(plain)
        self.now = _Now(library, digests, _bases(plain, shells), but)
        target = target_of(self.place.out)
        stale = {n for n, name in enumerate(self.names) if digests[name] != self.digests[n]}
        for entry in plain.corpus:
            reads = self.units.get(entry.url)
            same = self.bases.get(entry.kind) == self.now.bases[entry.kind]
            if reads is None or not same or entry.url in but or not stale.isdisjoint(reads):
                continue
            names = list(files_of(entry))
            if all(_stamp(target / name) == self.files.get(name) for name in names):
                self._link(target, site, entry, names, library.standing)
        return library

    def _link(
        self, target: Path, site: Path, entry: Entry, names: list[str], standing: set[str]
    ) -> None:
        linked = []
        try:
            for name in names:
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                os.link(target / name, site / name)
                linked.append(name)
        except OSError:  # across file systems, or where the system lets nobody link
            for name in linked:  # never written through, since they are the old site's too
                (site / name).unlink()
            return
        standing.add(entry.url)
        self.taken.update(names)

    def page(self, name: str, file: Path) -> Document | None:
        """Return what stands in a page that is as it was; None where that has to be read."""
        if name not in self.taken:
            self.seen[name] = hashlib.sha256(file.read_bytes()).hexdigest()
            if self.sums.get(name) != self.seen[name]:
                return None
        return self.pages.get(name)

    def note(self, built: Built) -> None:
        """Note the site that was built for the next build."""
        if self.now is None:
            return
        library, digests = self.now.library, self.now.digests
        kept = {url: {self.names[number] for number in self.units[url]} for url in library.standing}
        made = {url: reads for url, reads in library.read.items() if url not in self.now.but}
        units = kept | made
        names = sorted(set().union(*units.values()))
        numbers = {name: number for number, name in enumerate(names)}
        files = {name for entry in library.plain.corpus for name in files_of(entry)}
        pages, links = _packed(built.pages)
        notes = {
            "units": {url: sorted(numbers[name] for name in found) for url, found in units.items()},
            "names": names,
            "digests": [digests[name] for name in names],
            "bases": self.now.bases,
            "files": {n: s for n, s in stamps(target_of(self.place.out)) if n in files},
            "sums": self.seen,
            "pages": pages,
            "links": links,
        }
        cache.save(self.place.file("parts"), _key(), notes)


def _bases(library: Library, shells: Mapping[str, object]) -> dict[str, str]:
    """Return by kind what the files of all its records have in common: their shell, the edition, where it lives."""
    known = library.corpus.published
    about = [sorted(table.items()) for table in (known.answers, known.moved, known.gone)]
    lack = library.history.lack
    return {
        kind: inputs.digest(shells[kind], library.home, library.edition, about, lack)
        for kind in PATTERNS
    }


def files_of(entry: Entry) -> Iterator[str]:
    """Yield the files that are made for a record, by their names from the site's root."""
    yield file_at(entry.url)
    yield from (pattern.replace("*", entry.id) for pattern in PATTERNS[entry.kind])
    if entry.kind in compare.COMPARED:
        yield compare.file_of(entry)


def stamps(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield the name of every file below a folder, with its stamp."""
    start = len(str(folder)) + 1
    for above, _, names in os.walk(folder):
        for name in names:
            path = f"{above}/{name}"
            yield path[start:], _stamp(path)


def _stamp(path: Path | str) -> Stamp:
    try:
        at = os.lstat(path)
    except OSError:
        return []
    return [at.st_size, at.st_mtime_ns, at.st_ino]


def _key() -> str:
    return inputs.digest(inputs.program(), _umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _packed(pages: Mapping[str, Document]) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """Write what stands in pages as JSON: of links, most of which stand in many pages, their numbers."""
    numbers: dict[tuple[str, str, str], int] = {}
    packed = {
        name: [
            list(page.ids),
            {id_: times for id_, times in page.ids.items() if times > 1},
            page.anchors,
            [numbers.setdefault(link, len(numbers)) for link in page.links],
            page.redirect,
            page.refused,
        ]
        for name, page in pages.items()
    }
    return packed, list(numbers)


def _unpacked(packed: Mapping[str, Any], links: list[list[str]]) -> Mapping[str, Document]:
    known = [(tag, attribute, link) for tag, attribute, link in links]
    return {
        name: Document(
            Counter(dict.fromkeys(ids, 1) | more),
            tuple(anchors),
            [known[number] for number in found],
            redirect,
            refused,
        )
        for name, (ids, more, anchors, found, redirect, refused) in packed.items()
    }
