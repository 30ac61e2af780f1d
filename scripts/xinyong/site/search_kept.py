"""The index of the search as the last build left it, and what the next one takes over from it.

The row of a record whose files stand is the one that was noted. Where rows are others than those
noted, their words are taken out of the files in which they stood and put where they stand now; all
other files are linked. The whole index is made where that cannot be: where documents get other
slots, words are shared out to other files, or a file is not the one that was written.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xinyong.publication import Library
from xinyong.site import cache, inputs
from xinyong.site.place import target_of
from xinyong.site.search import FOLDER, PARTS, Noted, write_common, write_file, write_rows
from xinyong.site.search_edit import Edit
from xinyong.site.search_rows import Row, problem_rows, row
from xinyong.site.search_slots import Slots, slots
from xinyong.site.search_terms import most_of
from xinyong.site.whole import Place, Stamp, stamp


@dataclass
class Kept:
    """The index that the last build at a place wrote, and the one that this build writes."""

    place: Place
    last: Noted | None = None
    files: Mapping[str, Stamp] = field(default_factory=dict)
    now: Noted | None = None

    @classmethod
    def of(cls, place: Place) -> Kept:
        """Read what was noted at a place."""
        found = cache.load(place.file("search"), inputs.program())
        return cls(place, Noted(**found["index"]), found["files"]) if found else cls(place)

    def note(self, written: Mapping[str, Stamp]) -> None:
        """Note the index for the next build, whose files are among those ``written``."""
        if self.now:
            start = f"{FOLDER.as_posix()}/"
            files = {name: found for name, found in written.items() if name.startswith(start)}
            notes = {"index": vars(self.now), "files": files}
            cache.save(self.place.file("search"), inputs.program(), notes)


def write(site: Path, library: Library, pages: Iterable[Row], kept: Kept | None = None) -> None:
    """Write the index of the records and of the sections ``pages`` of hand-written pages."""
    known = kept.last.rows if kept and kept.last else {}
    standing = {
        entry.url: known[entry.url]
        for entry in library.corpus
        if entry.url in known and library.has_files(entry.url)
    }
    made = [*pages, *problem_rows()]
    for entry in library.corpus:
        if entry.url not in standing:
            with library.making(entry.url):
                made.append(row(entry, library.corpus, library.references))
    update(site, made, standing, kept)


def update(site: Path, made: list[Row], standing: Mapping[str, str], kept: Kept | None) -> None:
    """Write the index of rows that were made and of those noted, ``standing`` by address."""
    now = _edited(site, kept, standing, made) if kept else None
    if now is None:
        now = write_rows(site, [*made, *map(Row.read, standing.values())])
    if kept:
        # Of two sections at one address, what was noted of one is lost.
        kept.now = now if len(now.rows) == len(standing) + len(made) else None


def _edited(site: Path, kept: Kept, standing: Mapping[str, str], made: list[Row]) -> Noted | None:
    """Write an index with what has not changed taken over; None where that cannot be."""
    last = kept.last
    rows = {**standing, **{item.address: item.noted() for item in made}}
    if last is None or len(rows) < len(standing) + len(made):
        return None
    before = slots(last.rows)
    after = before if rows.keys() == last.rows.keys() else slots(rows)
    old = str(target_of(kept.place.out))
    stand = (stamp(f"{old}/{name}") == found for name, found in kept.files.items())
    if not _agree(last, before, after) or not all(stand):
        return None
    there = {name.partition("/")[2].removesuffix(".json") for name in kept.files}
    edit = Edit(Path(old) / FOLDER, there, last, rows, after.shift)
    by_address = {item.address: item for item in made}
    addresses = last.rows.keys() | rows.keys()
    # Those that go come first, since others may get their slots.
    for address in sorted(addresses, key=lambda address: address in rows):
        if last.rows.get(address) != rows.get(address):
            was = Row.read(last.rows[address]) if address in last.rows else None
            slot = (after if address in rows else before).of[address]
            edit.change(slot, was, by_address.get(address))
    if not edit.finish() or not _link(site, old, kept.files, edit.files):
        return None
    _write(site / FOLDER, edit, after, there)
    return edit.now


def _agree(last: Noted, before: Slots, after: Slots) -> bool:
    """Whether documents keep their slots, and the words that tell nothing are the same."""
    least, most = most_of(len(before.of)), most_of(len(after.of))
    return (
        before.shift == after.shift
        and all(after.of.get(address, slot) == slot for address, slot in before.of.items())
        and least <= most
        and not any(least < times <= most for times in last.times.values())
    )


def _link(site: Path, old: str, files: Iterable[str], but: Container[str]) -> bool:
    """Link the files of the old index into the new one; return whether all stand there."""
    for part in ("names", "contents", *PARTS):
        (site / FOLDER / part).mkdir(parents=True, exist_ok=True)
    try:
        for name in files:
            _, _, within = name.partition("/")
            if "/" in within and within.removesuffix(".json") not in but:
                os.link(f"{old}/{name}", f"{site}/{name}")
    except OSError:  # across file systems, or where nobody may link
        return False
    return True


def _write(folder: Path, edit: Edit, places: Slots, there: Iterable[str]) -> None:
    for name, content in edit.files.items():
        if content:
            write_file(f"{folder}/{name}.json", content)
    gone = {name for name, content in edit.files.items() if not content}
    files: dict[str, list[str]] = {"names": [], "contents": []}
    for name in sorted({*there, *edit.files} - gone):
        part, _, file = name.partition("/")
        if part in files:
            files[part].append(file)
    documents = sorted((slot, edit.now.documents[address]) for address, slot in places.of.items())
    write_common(folder, edit.now, places.shift, documents, files)
