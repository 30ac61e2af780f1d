"""Whether the site at a place is the one that would be built: then there is nothing to do.

It imports little, so that this is soon said.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from xinyong.problems import Problem
from xinyong.site import cache, inputs
from xinyong.site.place import target_of, workshop_of

Stamp = list[int]
"""A file's size, the time at which it was written, and its inode, by which git knows files, too."""


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
        return self.notes / f"{own[:16]}-{name}.notes"


class Whole:
    """Whether the site at a place is the one that would be built."""

    def __init__(self, place: Place, today: str, demand: str) -> None:
        self.place = place
        self._file = place.file("whole")
        self._settings = inputs.digest(
            *(inputs.program(), today, demand, umask()),
            *(str(path) for path in (Path.cwd(), place.out, place.root, place.config)),
        )
        self._before = self._inputs()

    @cached_property
    def warnings(self) -> list[Problem] | None:
        """The warnings of the last build; None where something has changed since then.

        So it is where a run was killed, too: what that has left is put right by building.
        """
        notes = cache.load(self._file, self._settings)
        if notes is None or self._before == "" or notes["inputs"] != self._before:
            return None
        target = target_of(self.place.out)
        if workshop_of(target).exists() or notes["files"] != dict(stamps(target)):
            return None
        return [Problem(**found | {"path": tuple(found["path"])}) for found in notes["warnings"]]

    def note(self, docs: Path, warnings: Iterable[Problem], files: Mapping[str, Stamp]) -> None:
        """Note that the site was built, unless something has changed meanwhile.

        ``docs`` is the folder of the hand-written pages; of another than the usual one nothing is
        known. ``files`` are those of the site.
        """
        usual = target_of(docs) == target_of(self.place.config.parent / inputs.DOCS)
        if usual and self._before == self._inputs():
            notes = {
                "inputs": self._before,
                "files": files,
                "warnings": [dataclasses.asdict(problem) for problem in warnings],
            }
            cache.save(self._file, self._settings, notes)

    def known(self, what: str) -> dict[str, Any]:
        """Return what was noted about what never changes, under a name; empty where nothing was."""
        return cache.load(self.place.file(what), inputs.program()) or {}

    def keep(self, what: str, notes: dict[str, Any]) -> None:
        """Note under a name what never changes, as long as the program is the same."""
        cache.save(self.place.file(what), inputs.program(), notes)

    def _inputs(self) -> str:
        """Return a digest of what the site is made from; empty where that cannot be read, as building tells."""
        root, config = self.place.root, self.place.config
        try:
            of_files = inputs.settings(config), inputs.texts(config), inputs.records(root)
            return inputs.digest(of_files, inputs.past(root))
        except OSError:
            return ""


def stamps(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield the name of every file below a folder, with its stamp."""
    start = len(str(folder)) + 1
    for above, _, names in os.walk(folder):
        for name in names:
            path = f"{above}/{name}"
            yield path[start:], stamp(path)


def stamp(path: Path | str) -> Stamp:
    """Return the stamp of a file; empty where there is none."""
    try:
        at = os.lstat(path)
    except OSError:
        return []
    return [at.st_size, at.st_mtime_ns, at.st_ino]


def umask() -> int:
    """Return the rights that the user takes from what is written."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
