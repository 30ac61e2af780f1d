"""What was found out about the past, which never changes: kept for the next reading."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from xinyong.history.changes import Change, Part
from xinyong.history.lines import Key
from xinyong.history.trails import Mark, Trail

Pair = tuple[str, str]
"""The blobs of two states of a record, the older one first."""


@dataclass
class Known:
    """What is known of the files of the past.

    ``readable`` says which can be read, by their blobs, ``changes`` what changed in meaning between
    two of them, ``trails`` where they stood up to a commit, ``at``, with the folder of the corpus.

    ``found`` is what was known before, the others what was asked for: from these the next
    reading begins, so that what nobody asks for any more is forgotten.
    """

    readable: dict[str, bool] = field(default_factory=dict)
    changes: dict[Pair, tuple[Change, ...]] = field(default_factory=dict)
    trails: Mapping[Key, Trail] = field(default_factory=dict)
    at: str = ""
    found: Mapping[str, Any] = field(default_factory=dict)

    def is_readable(self, blob: str) -> bool | None:
        """Say whether a file can be read; None where that is not known."""
        noted: bool | None = self.found.get("readable", {}).get(blob)
        return noted

    def between(self, pair: Pair) -> tuple[Change, ...] | None:
        """Return what changed from one file to another; None where that is not known."""
        noted = self.found.get("changes", {}).get(" ".join(pair))
        return None if noted is None else tuple(_change(*fields) for fields in noted)

    def trails_at(self, at: str) -> Mapping[Key, Trail] | None:
        """Return the trails up to a commit; None where they are not known."""
        if self.found.get("at") != at:
            return None
        return {(kind, id_): _trail(*noted) for kind, id_, *noted in self.found["trails"]}

    @property
    def has_grown(self) -> bool:
        """Whether more is known now than was before."""
        pairs = {" ".join(pair) for pair in self.changes}
        asked = {"readable": self.readable.keys(), "changes": pairs}
        known = all(found <= self.found.get(name, {}).keys() for name, found in asked.items())
        return not known or self.found.get("at") != self.at

    def notes(self) -> dict[str, Any]:
        """Return what is known now, as data for JSON."""
        changes = {" ".join(pair): [*map(astuple, found)] for pair, found in self.changes.items()}
        trails = [[*key, *_noted(trail)] for key, trail in self.trails.items()]
        return {"readable": self.readable, "changes": changes, "at": self.at, "trails": trails}


def _noted(trail: Trail) -> tuple[list[Any], ...]:
    marks = ([*map(_fields, found)] for found in (trail.marks, trail.aside.values()))
    return (*marks, trail.sources)


def _fields(mark: Mark) -> tuple[object, ...]:
    return mark.day.isoformat(), mark.moment, mark.blob, mark.place, mark.run


def _trail(marks: list[Any], aside: list[Any], sources: list[tuple[str, str]]) -> Trail:
    others = {mark.place: mark for mark in map(_mark, aside)}
    return Trail([*map(_mark, marks)], others, [(kind, id_) for kind, id_ in sources])


def _mark(fields: list[Any]) -> Mark:
    return Mark(datetime.date.fromisoformat(fields[0]), *fields[1:])


def _change(name: str, what: Any, parts: list[Any], *others: str) -> Change:
    told = tuple(Part(part, tuple(before), tuple(after)) for part, before, after in parts)
    return Change(name, what, told, *others)
