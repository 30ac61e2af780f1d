"""What changed, day by day: the newest days on the page of changes, each month on a page of its own."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from xinyong.history import text
from xinyong.history.lines import Line, State
from xinyong.history.text import ChangeText
from xinyong.pages.environment import macro
from xinyong.pages.page import Page
from xinyong.pages.view import View
from xinyong.records import MODELS
from xinyong.words import HISTORY, KIND_MANY, KIND_ONE

URL = "changes/"
DETAILED = 40
"""Of a day on which more records changed only their names are shown, each with a link to what changed in it."""

PLACES = 12
"""Of one record at most so many changes are shown; its own page shows all."""

NAMED = 20
"""Of more new records of one kind only the number is shown."""

LISTED = 300
"""Of more changed records of one kind only so many are named."""

RECENT = 400
"""The page of changes shows days, the newest first, until so many records have been shown or named."""

Changed = tuple[Line, State]
"""A record with what it became on a day."""

Dated = tuple[datetime.date, Sequence[Changed]]
"""A day with all records that changed on it."""


@dataclass(frozen=True)
class _Record:
    """A record on a day: its name (empty where it is gone), and where its history says what changed."""

    id: str
    url: str
    place: str
    name: str
    number: int
    became: str = ""


@dataclass(frozen=True)
class _Detailed(_Record):
    """A record with what changed in it; ``more`` counts the changes that are not shown."""

    kind: str = ""
    counted: str = ""
    changes: Sequence[ChangeText] = ()
    more: str = ""


@dataclass(frozen=True)
class _Removed:
    """A record that is gone; ``now`` leads to the one that took its place, and is empty without one."""

    name: str
    url: str
    now: Markup


@dataclass(frozen=True)
class _Named:
    """Changed records of one kind by name; ``more`` counts those that are not named."""

    title: str
    records: Sequence[_Record]
    more: str


@dataclass(frozen=True)
class _Added:
    """New records of one kind, as links where they are not too many."""

    kind: str
    title: str
    links: Sequence[Markup]


@dataclass(frozen=True)
class _Day:
    """What is shown of a day, in this order; either what changed in each record, or names only."""

    anchor: str
    title: Markup
    counts: str
    changed: Sequence[_Detailed]
    changed_names: Sequence[_Named]
    added: Sequence[_Added]
    renamed: Sequence[_Record]
    removed: Sequence[_Removed]


@dataclass(frozen=True)
class _Month:
    """A month in the list of all."""

    url: str
    name: str
    counts: str


def changes(view: View) -> Markup:
    """Show the newest days, ways to follow, and all months; or say why nothing is known."""
    history = view.library.history
    if not history.days:
        return macro("changes.html.j2", "nothing")(HISTORY[history.lack or "empty"])
    days = [_day(view, date, found) for date, found in _newest(view)]
    all_months = [
        _Month(f"{URL}{month}/", _month_words(found), _counts(_all(found)))
        for month, found in _by_month(view)
    ]
    kinds = [(kind, KIND_MANY[kind]) for kind in MODELS]
    return macro("changes.html.j2", "newest")(view.root, kinds, days, all_months)


def months(view: View) -> Iterator[Page]:
    """Render the page of each month in which something changed, the newest first."""
    for month, found in _by_month(view):
        title = f"{HISTORY['what-changed']}: {_month_words(found)}"
        days = [_day(view, date, changed) for date, changed in found]
        body = macro("changes.html.j2", "month")(view.root, month, title, days)
        about = f"{title}. {_counts(_all(found))}"
        contents = tuple((_anchor(date), text.words(date)) for date, _ in found)
        yield Page(f"{URL}{month}/", title, about, str(body), contents, "docs/changes/index.md")


def day(view: View, date: datetime.date, found: Sequence[Changed]) -> Markup:
    """Show one day: what is new, what changed in which fields, what was renamed or removed."""
    return macro("changes.html.j2", "day")(view.root, _day(view, date, found))


def _newest(view: View) -> Iterator[Dated]:
    records = 0
    for date, found in view.library.history.days.items():
        if records >= RECENT:
            return
        yield date, found
        records += len(found)


def _by_month(view: View) -> Iterator[tuple[str, list[Dated]]]:
    days = view.library.history.days.items()
    for month, found in groupby(days, key=lambda pair: pair[0].isoformat()[:7]):
        yield month, list(found)


def _all(days: Sequence[Dated]) -> list[Changed]:
    return [one for _, found in days for one in found]


def _day(view: View, date: datetime.date, found: Sequence[Changed]) -> _Day:
    by: dict[str, list[Changed]] = {"changed": [], "added": [], "renamed": [], "removed": []}
    for line, state in found:
        by[state.became].append((line, state))
    changed = by["changed"]
    detailed = len(changed) <= DETAILED
    return _Day(
        _anchor(date),
        text.day(date),
        _counts(found),
        [_detailed(view, *one) for one in changed] if detailed else [],
        [] if detailed else [_named(view, *pair) for pair in _by_kind(changed)],
        [_added(view, *pair) for pair in _by_kind(by["added"])],
        [_record(view, *one) for one in by["renamed"]],
        [_removed(view, line) for line, _ in by["removed"]],
    )


def _record(view: View, line: Line, state: State) -> _Record:
    became = text.became(line, state)
    return _Record(line.id, line.url, state.place, _name(view, line), len(state.changes), became)


def _detailed(view: View, line: Line, state: State) -> _Detailed:
    more = len(state.changes) - PLACES
    return _Detailed(
        line.id,
        line.url,
        state.place,
        _name(view, line),
        len(state.changes),
        kind=KIND_ONE[line.kind].lower(),
        counted=text.times(state.changes),
        changes=view.library.names.texts(line.kind, state.changes[:PLACES]),
        more=HISTORY["and-more"].format(n=more) if more > 0 else "",
    )


def _named(view: View, kind: str, found: Sequence[Changed]) -> _Named:
    more = len(found) - LISTED
    return _Named(
        _counted(kind, len(found)),
        [_record(view, *one) for one in found[:LISTED]],
        HISTORY["and-more"].format(n=f"{more:,}") if more > 0 else "",
    )


def _added(view: View, kind: str, found: Sequence[Changed]) -> _Added:
    links = [_link(view, line) for line, _ in found] if len(found) <= NAMED else []
    return _Added(kind, _counted(kind, len(found)), links)


def _removed(view: View, line: Line) -> _Removed:
    after = view.library.history.lines.get(line.after_key)
    now = _link(view, after) if after else Markup("")
    return _Removed(f"{line.kind}/{line.id}", line.url, now)


def _name(view: View, line: Line) -> str:
    """Return a record's name; nothing where it is gone."""
    return view.name(view.corpus[line.id]) if _is_here(view, line) else ""


def _link(view: View, line: Line) -> Markup:
    """Link to a record's page; to its history where it is gone."""
    if _is_here(view, line):
        return view.link(line.id, layer=False)
    return macro("changes.html.j2", "past")(view.root, line.url, line.id)


def _is_here(view: View, line: Line) -> bool:
    return line.id in view.corpus and view.corpus[line.id].kind == line.kind


def _counts(found: Sequence[Changed]) -> str:
    numbers = Counter(state.became for _, state in found)
    places = sum(len(state.changes) for _, state in found)
    return ", ".join(
        HISTORY[f"day-{became}"].format(n=f"{numbers[became]:,}", m=f"{places:,}")
        for became in ("added", "changed", "renamed", "removed")
        if numbers[became]
    )


def _by_kind(found: Sequence[Changed]) -> Iterator[tuple[str, list[Changed]]]:
    for kind, of_kind in groupby(found, key=lambda one: one[0].kind):
        yield kind, list(of_kind)


def _counted(kind: str, number: int) -> str:
    noun = KIND_ONE[kind].lower() if number == 1 else KIND_MANY[kind]
    return f"{number:,} {noun}"


def _anchor(date: datetime.date) -> str:
    return f"d{date.isoformat()}"


def _month_words(days: Sequence[Dated]) -> str:
    return text.words(days[0][0]).partition(" ")[2]
