"""The line of a record: its states, day by day, each of which has an address for ever."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from xinyong.history.changes import Change
from xinyong.history.git import Lack

Key = tuple[str, str]
"""A record's kind and id."""

Became = Literal["added", "changed", "renamed", "removed"]


@dataclass(frozen=True)
class State:
    """A record from one day on, until the next state.

    What became of it on that day, and its file at the day's end.

    ``moment`` is the time of the commit in seconds since 1970. A record that was removed has no
    blob. ``place`` is the end of its address: the commit's date, and a number where an earlier
    state of the record has that date.

    """

    day: datetime.date
    moment: int
    blob: str
    became: Became
    place: str
    changes: tuple[Change, ...] = ()

    @property
    def time(self) -> str:
        """The time of the commit as RFC 3339 has it: ``2026-11-24T16:37:38Z``."""
        return datetime.datetime.fromtimestamp(self.moment, datetime.UTC).strftime(
            "%Y-%m-%dT%H:%M:%SZ"
        )


@dataclass(frozen=True)
class Line:
    """All states of a record under one id, the oldest first.

    ``before`` is the id that it had until it was renamed to this one, ``after`` that of the record
    which took its place; their kinds are its own unless ``before_kind`` or ``after_kind`` says
    another. ``aside`` are files that stood on other days in work that was taken in later.
    """

    kind: str
    id: str
    states: tuple[State, ...]
    before: str = ""
    after: str = ""
    aside: tuple[State, ...] = ()
    before_kind: str = ""
    after_kind: str = ""

    @property
    def before_key(self) -> Key:
        """The kind and id that it had before; the id is empty where it had none."""
        return self.before_kind or self.kind, self.before

    @property
    def after_key(self) -> Key:
        """The kind and id of the record that took its place; the id is empty where none did."""
        return self.after_kind or self.kind, self.after

    @property
    def key(self) -> Key:
        """Its kind and id."""
        return self.kind, self.id

    @property
    def url(self) -> str:
        """The address of its page, from the site's root."""
        return f"history/{self.kind}/{self.id}/"

    @property
    def newest(self) -> State | None:
        """Its last state.

        None for a record that stood only in work of which it was no part when that was taken in.
        """
        return self.states[-1] if self.states else None

    def address(self, state: State) -> str:
        """Return the dated address of one of its states, from the site's root."""
        return f"{self.url}{state.place}/"


@dataclass(frozen=True, eq=False)
class History:
    """The lines of all records that ever were.

    ``texts`` holds every file that the corpus no longer has, by its blob. ``unsaved`` are the
    records that are not as the last commit has them: of these nothing dated can be said. Where
    there is no history, ``lack`` says why in a word and ``why`` in a sentence, with what to do.
    """

    lines: Mapping[Key, Line] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    unsaved: frozenset[Key] = frozenset()
    lack: Lack = ""
    why: str = ""

    def state(self, kind: str, id_: str) -> State | None:
        """Return the state in which a record is now; None where git does not know it as it is."""
        line = self.lines.get((kind, id_))
        if line is None or line.newest is None or line.key in self.unsaved or not line.newest.blob:
            return None
        return line.newest

    def last_changed(self, kind: str, id_: str) -> datetime.date | None:
        """Return the day (UTC) on which a record last changed in meaning.

        None where git cannot say.
        """
        found = self.state(kind, id_)
        return found.day if found else None

    def has_page(self, line: Line) -> bool:
        """Say whether there is more to a record than the state in which it came and still is."""
        alone = len(line.states) == 1 and not line.before and not line.aside
        return not alone or self.state(line.kind, line.id) is None

    def chain(self, line: Line) -> Iterator[Line]:
        """Yield a line and those under the ids that the record had before, the newest first."""
        step: Line | None = line
        while step:
            yield step
            step = self.lines.get(step.before_key) if step.before else None

    @cached_property
    def days(self) -> Mapping[datetime.date, tuple[tuple[Line, State], ...]]:
        """What became of which records, by day, the newest day first.

        A day's records in the order of kinds and ids. A record that was renamed is told of once,
        under its new id.
        """
        found: dict[datetime.date, list[tuple[Line, State]]] = {}
        for line in self.lines.values():
            for state in line.states:
                if not (state.became == "renamed" and not state.blob):
                    found.setdefault(state.day, []).append((line, state))
        return {day: tuple(found[day]) for day in sorted(found, reverse=True)}


UNKNOWN = History(lack="outside")
"""The history of a corpus that no git knows."""

UNREAD = History(lack="unread")
"""The history of a corpus of which nobody asked git, as in a preview."""
