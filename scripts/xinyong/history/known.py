"""What was found out about files of the past, which never change: kept for the next reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from xinyong.history.changes import Change, Part

Pair = tuple[str, str]
"""The blobs of two states of a record, the older one first."""


@dataclass
class Known:
    """Which files can be read, by their blobs, and what changed in meaning between two of them.

    ``found`` is what was known before, the other two what was asked for: from these the next
    reading begins, so that what nobody asks for any more is forgotten.
    """

    readable: dict[str, bool] = field(default_factory=dict)
    changes: dict[Pair, tuple[Change, ...]] = field(default_factory=dict)
    found: Mapping[str, Any] = field(default_factory=dict)

    def is_readable(self, blob: str) -> bool | None:
        """Say whether a file can be read; None where that is not known."""
        noted: bool | None = self.found.get("readable", {}).get(blob)
        return noted

    def between(self, pair: Pair) -> tuple[Change, ...] | None:
        """Return what changed from one file to another; None where that is not known."""
        noted = self.found.get("changes", {}).get(" ".join(pair))
        return None if noted is None else tuple(_change(*fields) for fields in noted)

    def notes(self) -> dict[str, Any]:
        """Return what is known now, as data for JSON."""
        changes = {" ".join(pair): [*map(astuple, found)] for pair, found in self.changes.items()}
        return {"readable": self.readable, "changes": changes}


def _change(name: str, what: Any, parts: list[Any], *others: str) -> Change:
    told = tuple(Part(part, tuple(before), tuple(after)) for part, before, after in parts)
    return Change(name, what, told, *others)
