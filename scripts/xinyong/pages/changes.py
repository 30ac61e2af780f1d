"""What changed, day by day: the newest days on the page of changes, each month on a page of its own."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from xinyong.history import text as told
from xinyong.history.lines import Line, State
from xinyong.markup import folded, text
from xinyong.pages.page import Page, heading
from xinyong.pages.views import View
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

Told = tuple[Line, State]


def changes(view: View) -> Markup:
    """Show the newest days, ways to follow, and all months; or say why nothing is known."""
    history = view.library.history
    if not history.days:
        return Markup("<p>{} {}</p>").format(
            HISTORY["no-history"], HISTORY[history.lack or "empty"]
        )
    shown, records = [], 0
    for date, found in history.days.items():
        if records >= RECENT:
            break
        shown.append(day(view, date, found))
        records += len(found)
    return _follow(view) + Markup("").join(shown) + _months(view)


def months(view: View) -> Iterator[Page]:
    """Render the page of each month in which something changed, the newest first."""
    for month, days in groupby(view.library.history.days.items(), key=lambda pair: _month(pair[0])):
        found = list(days)
        title = f"{HISTORY['what-changed']}: {_month_words(found[0][0])}"
        body = heading(1, month, text(title)) + Markup("").join(
            day(view, date, told_) for date, told_ in found
        )
        about = f"{title}. {_counts([one for _, told_ in found for one in told_])}"
        contents = tuple((_anchor(date), told.words(date)) for date, _ in found)
        yield Page(f"{URL}{month}/", title, about, str(body), contents, "docs/changes/index.md")


def day(view: View, date: datetime.date, found: Sequence[Told]) -> Markup:
    """Show one day: what is new, what changed in which fields, what was renamed or removed."""
    by = {became: [one for one in found if one[1].became == became] for became in _SECTIONS}
    head = heading(2, _anchor(date), told.day(date)) + Markup("\n<p>{}</p>\n").format(
        _counts(found)
    )
    return head + Markup("").join(
        _section(view, date, became, by[became]) for became in _SECTIONS if by[became]
    )


def _section(view: View, date: datetime.date, became: str, found: Sequence[Told]) -> Markup:
    title = Markup('<h3 id="{}-{}">{}</h3>\n').format(
        _anchor(date), became, HISTORY[f"became-{became}"]
    )
    return title + _SECTIONS[became](view, found)


def _added(view: View, found: Sequence[Told]) -> Markup:
    rows = []
    for kind, of_kind in _by_kind(found):
        named = [_name(view, line) for line, _ in of_kind] if len(of_kind) <= NAMED else []
        counted = Markup('<a href="{}{}/">{:,} {}</a>').format(
            view.root, kind, len(of_kind), _kind(kind, len(of_kind))
        )
        names = Markup(": ") + Markup(", ").join(named) if named else ""
        rows.append(Markup("<li>{}{}</li>\n").format(counted, names))
    return _list(rows)


def _changed(view: View, found: Sequence[Told]) -> Markup:
    if len(found) > DETAILED:
        return _named(view, found)
    return Markup("").join(_detailed(view, line, state) for line, state in found)


def _renamed(view: View, found: Sequence[Told]) -> Markup:
    item = Markup("<li>{}: {}</li>\n")
    return _list(
        [
            item.format(_history(view, line, state), told.became(line, state))
            for line, state in found
        ]
    )


def _removed(view: View, found: Sequence[Told]) -> Markup:
    item = Markup('<li><a href="{}{}"><code>{}/{}</code></a>{}</li>\n')
    return _list(
        [
            item.format(view.root, line.url, line.kind, line.id, _taken(view, line))
            for line, _ in found
        ]
    )


def _taken(view: View, line: Line) -> Markup:
    """Name the record that took the place of one that is gone; nothing where there is none."""
    found = view.library.history.lines.get(line.after_key)
    return Markup(" {} {}").format(HISTORY["arrow"], _name(view, found)) if found else Markup("")


def _detailed(view: View, line: Line, state: State) -> Markup:
    more = len(state.changes) - PLACES
    rest = (
        Markup("<li>{}</li>\n").format(HISTORY["and-more"].format(n=more))
        if more > 0
        else Markup("")
    )
    html = Markup('<p class="xy-what">{} · {} · {}</p>\n')
    counted = told.times(state.changes)
    head = html.format(_history(view, line, state), KIND_ONE[line.kind].lower(), counted)
    return head + _list([told.changes(state.changes, PLACES), rest])


def _named(view: View, found: Sequence[Told]) -> Markup:
    rows = []
    for kind, of_kind in _by_kind(found):
        item = Markup('{} <span class="xy-asof">×{}</span>')
        named = [
            item.format(_history(view, line, state), len(state.changes))
            for line, state in of_kind[:LISTED]
        ]
        if len(of_kind) > LISTED:
            named.append(text(HISTORY["and-more"].format(n=f"{len(of_kind) - LISTED:,}")))
        counted = f"{len(of_kind):,} {_kind(kind, len(of_kind))}"
        rows.append(folded(counted, Markup(", ").join(named)))
    return Markup("\n").join(rows)


_SECTIONS = {"changed": _changed, "added": _added, "renamed": _renamed, "removed": _removed}
"""What is shown of a day, in this order."""


def _history(view: View, line: Line, state: State) -> Markup:
    """Name a record with a link to what became of it on a day."""
    name = (
        text(view.name(view.corpus[line.id]))
        if _is_here(view, line)
        else Markup("<code>{}</code>").format(line.id)
    )
    return Markup('<a href="{}{}#d{}">{}</a>').format(view.root, line.url, state.place, name)


def _name(view: View, line: Line) -> Markup:
    """Name a record with a link to its page; one that is gone by its id, with a link to its history."""
    if _is_here(view, line):
        return view.link(line.id, layer=False)
    return Markup('<a href="{}{}"><code>{}</code></a>').format(view.root, line.url, line.id)


def _is_here(view: View, line: Line) -> bool:
    return line.id in view.corpus and view.corpus[line.id].kind == line.kind


def _counts(found: Sequence[Told]) -> str:
    numbers = Counter(state.became for _, state in found)
    places = sum(len(state.changes) for _, state in found)
    return ", ".join(
        HISTORY[f"day-{became}"].format(n=f"{numbers[became]:,}", m=f"{places:,}")
        for became in ("added", "changed", "renamed", "removed")
        if numbers[became]
    )


def _follow(view: View) -> Markup:
    item = Markup('<a href="{}{}">{}</a>')
    kinds = Markup(", ").join(
        item.format(view.root, f"feeds/{kind}.xml", KIND_MANY[kind]) for kind in MODELS
    )
    feed = item.format(view.root, "feed.xml", HISTORY["feed"])
    json = item.format(view.root, "data/changes.json", HISTORY["json"])
    return Markup('<p class="xy-follow">{}: {} · {}: {} · {}</p>\n').format(
        HISTORY["follow"], feed, HISTORY["feed-kinds"], kinds, json
    )


def _months(view: View) -> Markup:
    item = Markup('<li><a href="{}{}{}/">{}</a>: {}</li>\n')
    rows = []
    for month, days in groupby(view.library.history.days.items(), key=lambda pair: _month(pair[0])):
        found = list(days)
        counts = _counts([one for _, told_ in found for one in told_])
        rows.append(item.format(view.root, URL, month, _month_words(found[0][0]), counts))
    return heading(2, "months", text(HISTORY["months"])) + _list(rows)


def _by_kind(found: Sequence[Told]) -> Iterator[tuple[str, list[Told]]]:
    for kind, of_kind in groupby(found, key=lambda one: one[0].kind):
        yield kind, list(of_kind)


def _kind(kind: str, number: int) -> str:
    return KIND_ONE[kind].lower() if number == 1 else KIND_MANY[kind]


def _list(rows: Sequence[Markup]) -> Markup:
    return Markup('<ul class="xy-changes">\n{}</ul>\n').format(Markup("").join(rows))


def _anchor(date: datetime.date) -> str:
    return f"d{date.isoformat()}"


def _month(date: datetime.date) -> str:
    return date.isoformat()[:7]


def _month_words(date: datetime.date) -> str:
    return told.words(date).partition(" ")[2]
