"""What a build takes over from the last one at its place: pages, and the other files of records.

The last build noted what was read while these were made (``reads``), and what stands in each page
(``links``). A file is taken over by a hard link, as long as it is the one that was written
(``whole.Stamp``). Without notes, or with notes that cannot be believed, all is made.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from xinyong.corpus import Entry
from xinyong.pages import compare, history
from xinyong.publication import Library
from xinyong.site import cache, feeds, inputs
from xinyong.site.addresses import PATTERNS, file_at
from xinyong.site.documents import Built, Document, packed, unpacked
from xinyong.site.place import target_of
from xinyong.site.reads import Digests, ReadLibrary, reading
from xinyong.site.search_kept import Kept
from xinyong.site.unfilled import Unfilled
from xinyong.site.whole import Place, Stamp, stamp, umask

PAST = "history"
"""What histories of records are called beside the kinds of records."""

FEEDS = "feeds"
"""What feeds are called beside them."""


_Unit = tuple[str, str, list[str]]
"""What is taken over or made as a whole: its address, its kind, its files."""


@dataclass(frozen=True)
class _Now:
    """What a build under way notes in its turn, and the numbers of those names whose digest is another now."""

    library: ReadLibrary
    digests: Digests
    bases: dict[str, str]
    but: Set[str]
    stale: Set[int]


@dataclass
class Last:
    """What the last build at a place noted of the files of records and of all pages."""

    place: Place
    index: Kept
    units: Mapping[str, list[int]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    bases: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Stamp] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Document] = field(default_factory=dict)
    measure: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    now: _Now | None = None

    @classmethod
    def of(cls, place: Place) -> Last:
        """Read the notes of a place; empty ones where there are none."""
        notes = cache.load(place.file("parts"), _key())
        if notes is None:
            return cls(place, Kept.of(place))
        pages = unpacked(notes.pop("pages"), notes.pop("links"))
        return cls(place, Kept.of(place), pages=pages, **notes)

    def take_records(
        self, site: Path, plain: Library, shells: Mapping[str, object], but: Set[str]
    ) -> Library:
        """Link the files of records that are as they would be made anew into a new site.

        Return the library with which the others are made. The pages ``but`` are made in any case.
        """
        digests = Digests(plain)
        stale = {n for n, name in enumerate(self.names) if digests[name] != self.digests[n]}
        self.now = _Now(reading(plain, self.names), digests, _bases(plain, shells), but, stale)
        self._take(site, self.now, _records(plain))
        return self.now.library

    def take_histories(self, site: Path) -> None:
        """Link the feeds, and the pages of histories, which stand in no list of its pages."""
        if self.now:
            self._take(site, self.now, _histories(self.now.library.plain))
            self._take(site, self.now, ((name, FEEDS, [name]) for name in feeds.FILES))

    def take_pages(self, pages: Unfilled) -> None:
        """Link hand-written pages that would be filled as they were, in place of the empty ones."""
        if self.now is None:
            return
        target, common = str(target_of(self.place.out)), _common(self.now.library.plain)
        for name in pages.names:
            self.now.bases[name] = inputs.digest(pages.html(name), *common)
            empty = str(pages.folder / name)
            if self._stands(target, self.now, (name, name, [name])):
                with suppress(OSError):  # across file systems, or where nobody may link
                    os.link(f"{target}/{name}", f"{empty}.last")
                    os.replace(f"{empty}.last", empty)  # noqa: PTH105 - as above
                    self.taken.add(name)
                    self.now.library.standing.add(name)

    def _take(self, site: Path, now: _Now, units: Iterable[_Unit]) -> None:
        target = str(target_of(self.place.out))
        made: set[str] = set()
        for unit in units:
            url, _, names = unit
            if self._stands(target, now, unit) and self._link(target, str(site), names, made):
                now.library.standing.add(url)

    def _stands(self, target: str, now: _Now, unit: _Unit) -> bool:
        """Whether the files of a unit stand in the old site as they would be made anew."""
        url, kind, names = unit
        reads = self.units.get(url)
        same = self.bases.get(kind) == now.bases[kind]
        if reads is None or not same or url in now.but or not now.stale.isdisjoint(reads):
            return False
        return all(stamp(f"{target}/{name}") == self.files.get(name) for name in names)

    def _link(self, target: str, site: str, names: list[str], made: set[str]) -> bool:
        """Link files of the old site into the new one; return whether they stand there.

        The folders that were ``made`` for them before are added to.
        """
        linked = []
        try:
            for name in names:
                if (folder := name.rpartition("/")[0]) not in made:
                    os.makedirs(f"{site}/{folder}", exist_ok=True)  # noqa: PTH103 - so often
                    made.add(folder)
                os.link(f"{target}/{name}", f"{site}/{name}")
                linked.append(name)
        except OSError:  # across file systems, or where the system lets nobody link
            for name in linked:  # never written through, since they are the old site's too
                Path(site, name).unlink()
            return False
        self.taken.update(names)
        return True

    def page(self, name: str, file: Path) -> Document | None:
        """Return what stands in a page that is as it was; None where that has to be read."""
        if name not in self.taken:
            self.seen[name] = hashlib.sha256(file.read_bytes()).hexdigest()
            if self.sums.get(name) != self.seen[name]:
                return None
        return self.pages.get(name)

    def sound(self, base: str, unlinked: Set[str]) -> Built | None:
        """Return the last site, if its links were checked by the same measure as now."""
        before, self.measure = self.measure, inputs.digest(base, sorted(unlinked))
        return Built(frozenset(self.files), self.pages) if before == self.measure else None

    def note(self, built: Built, written: Mapping[str, Stamp]) -> None:
        """Note the site that was ``built``, and its files as they were ``written``, for the next build."""
        if self.now is None:
            return
        library, digests = self.now.library, self.now.digests
        kept = {url: self.units[url] for url in library.standing}
        made = {url: [*seen] for url, seen in library.read.items() if url not in self.now.but}
        names = library.reads.names
        pages, links = packed({name: page.whole() for name, page in built.pages.items()})
        notes = {
            "units": kept | made,
            "names": names,
            "digests": [digests[name] for name in names],
            "bases": self.now.bases,
            "files": written,
            "sums": self.seen,
            "measure": self.measure,
            "pages": pages,
            "links": links,
        }
        cache.save(self.place.file("parts"), _key(), notes)
        self.index.note(written)


def _bases(library: Library, shells: Mapping[str, object]) -> dict[str, str]:
    """Return digests by kind of what the files of all its records have in common.

    That is their shell, the edition, where the site lives.
    """
    common = _common(library)
    past = library.home, library.history.lack, sorted(history.sources(library))
    found = {kind: inputs.digest(shells[kind], *common) for kind in PATTERNS}
    return found | {PAST: inputs.digest(*past), FEEDS: inputs.digest(library.home)}


def _common(library: Library) -> tuple[object, ...]:
    """Return what pages have in common that is not noted where it is read."""
    known = library.corpus.published
    about = [sorted(table.items()) for table in (known.answers, known.moved, known.gone)]
    return library.home, library.edition, about, library.history.lack


def _records(library: Library) -> Iterator[_Unit]:
    for entry in library.corpus:
        yield entry.url, entry.kind, list(_files_of(entry))


def _histories(library: Library) -> Iterator[_Unit]:
    for line in library.history.lines.values():
        yield line.url, PAST, list(map(file_at, history.addresses(library.history, line)))


def _files_of(entry: Entry) -> Iterator[str]:
    """Yield the files that are made for a record, by their names from the site's root."""
    yield file_at(entry.url)
    yield from (pattern.replace("*", entry.id) for pattern in PATTERNS[entry.kind])
    if entry.kind in compare.COMPARED:
        yield compare.file_of(entry)


def _key() -> str:
    return inputs.digest(inputs.program(), umask())
