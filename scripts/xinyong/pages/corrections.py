"""How to ask for a correction, and what was corrected since, as the history tells it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.history import text as history_text
from xinyong.history.changes import CITE, Change
from xinyong.history.lines import Line, State
from xinyong.history.text import ChangeText
from xinyong.markup import text
from xinyong.pages.environment import macro
from xinyong.pages.view import View
from xinyong.records.base import Cited
from xinyong.records.fields import of_kind
from xinyong.words import CORRECTIONS, HISTORY

TEMPLATE = "_corrections.html.j2"

SHOWN = 80
"""So many corrected records are shown, the newest first."""

REMARKS = frozenset({CITE, "note"})
"""Parts of a fact that say nothing of what is so."""


@dataclass(frozen=True)
class Corrected:
    """A record of which facts were changed or removed, or that was removed itself."""

    day: datetime.date
    line: Line
    state: State
    changes: Sequence[Change]

    @property
    def is_removed(self) -> bool:
        """Whether the record itself is gone."""
        return self.state.became == "removed"


@dataclass(frozen=True)
class _Record:
    """A corrected record as it is shown: the address of its history, its name, and what changed."""

    url: str
    name: str
    removed: bool
    changes: Sequence[ChangeText]


def contact(view: View) -> Markup:
    """Say where to write; without an address of the site's own, where else to turn."""
    home = view.library.home
    if home.contact:
        address = _link(home.contact_url, home.contact)
        return _paragraph("write", address)
    if home.report:
        return _paragraph("report", _link(home.report, CORRECTIONS["report-link"]))
    return _paragraph("ask", _link(home.base, home.base))


def corrections(view: View) -> Markup:
    """List what was corrected, the newest first, by day; or say why nothing is known."""
    history = view.library.history
    if not history.days:
        return macro("changes.html.j2", "nothing")(HISTORY[history.lack or "empty"])
    every = list(corrected(view))
    found = every[:SHOWN]
    counted = CORRECTIONS["counted"].format(n=f"{len(found):,}", m=f"{len(every):,}")
    days = dict.fromkeys(one.day for one in found)
    shown = [
        (history_text.day(day), [_record(view, one) for one in found if one.day == day])
        for day in days
    ]
    return macro(TEMPLATE, "corrections")(
        view.root, shown, counted if found else CORRECTIONS["none"]
    )


def corrected(view: View) -> Iterator[Corrected]:
    """Yield every record of which a fact was changed or removed, and every one removed, the newest first."""
    for day, found in view.library.history.days.items():
        for line, state in found:
            changes = [one for one in state.changes if is_correction(line.kind, one)]
            one = Corrected(day, line, state, changes)
            if changes or one.is_removed:
                yield one


def is_correction(kind: str, change: Change) -> bool:
    """Say whether a change of a record takes back a fact, in whole or in part.

    What is only added corrects nothing, and neither does another source for what stays as it was.
    """
    field = of_kind(kind).get(change.field)
    if field is None or field.entry is None or not issubclass(field.entry, Cited):
        return False
    return any(part.before for part in change.parts if part.name not in REMARKS)


def _record(view: View, one: Corrected) -> _Record:
    entry = view.corpus.entries.get(one.line.id)
    name = view.name(entry) if entry and entry.kind == one.line.kind else one.line.id
    url = f"{one.line.url}#d{one.state.place}"
    told = view.library.names.texts(one.line.kind, one.changes)
    return _Record(url, name, one.is_removed, told)


def _link(url: str, label: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url, text(label))


def _paragraph(word: str, link: Markup) -> Markup:
    return Markup("<p>{}</p>").format(text(CORRECTIONS[word]).format(link))


FRAGMENTS = {"contact": contact, "corrections": corrections}
"""The parts of the page by the names of their slots."""
