"""The work list that time makes: records, statuses and announcements at which somebody has to look again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from markupsafe import Markup

from xinyong.corpus import Entry, freshness
from xinyong.pages.values import vocabulary
from xinyong.pages.view import View
from xinyong.records import MODELS
from xinyong.records.base import Fact
from xinyong.source.edtf import parse
from xinyong.words import FRESHNESS, KIND_MANY

T = TypeVar("T")

NAMED = 300
"""Of what is due of one kind so much is shown; the rest is counted."""


def due(view: View) -> Markup:
    """List what is to be looked at again, counted from the edition's day, each with what to look for."""
    day = view.library.day
    if day is None:
        return Markup("<p>{}</p>").format(FRESHNESS["no-day"])
    corpus = view.corpus
    html = view.render(
        "freshness.html.j2",
        says=FRESHNESS,
        day=parse(day.isoformat()).words,
        announcements=freshness.announcements(corpus, day),
        statuses=_by_kind(freshness.stale_statuses(corpus, day), lambda pair: pair[0]),
        reviewed=_by_kind(freshness.unreviewed(corpus, day), lambda entry: entry),
        kinds=KIND_MANY,
        named=NAMED,
        names=names,
        status=status,
    )
    return Markup(html)


def names(view: View, entry: Entry) -> str:
    """Return the words to search for: the Chinese name where there is one, else the one by which it is linked."""
    return entry.record.names.zh or view.name(entry)


def status(view: View, entry: Entry, fact: Fact[str]) -> Markup:
    """Render a status as a value of the vocabulary of its kind."""
    table = vocabulary(entry.kind, "status")
    assert table is not None, entry.kind
    return view.term(table, fact.value)


def _by_kind(found: Sequence[T], entry: Callable[[T], Entry]) -> list[tuple[str, list[T]]]:
    """Part what was found by kind of record, in the order of kinds."""
    parts = [(kind, [one for one in found if entry(one).kind == kind]) for kind in MODELS]
    return [(kind, of_kind) for kind, of_kind in parts if of_kind]


FRAGMENTS = {"freshness": due}
"""The parts of the page by the names of their slots."""
