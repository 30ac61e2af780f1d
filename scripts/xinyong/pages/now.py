"""The box beside the summary: what a reader asks first of a record, in at most eight lines for each kind."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.text import plain
from xinyong.markup import first_sentences, text
from xinyong.pages import answers
from xinyong.pages.environment import macro
from xinyong.records import Blacklist, Citation, Claim, Organization, Program, Term
from xinyong.records.base import Cited, Fact
from xinyong.records.fields import of_kind
from xinyong.source.edtf import Edtf
from xinyong.words import ANSWERS, NOW, WORDS, field_word

if TYPE_CHECKING:
    from xinyong.pages.record_view import RecordView

MOST = 8
"""How many lines the box has at most."""

LONGEST = 150
"""How many characters of a text the box shows; the whole stands below."""

STALE = datetime.timedelta(days=183)
"""A status that is older than this on the day of the edition is told as last seen."""


@dataclass(frozen=True)
class Line:
    """A line of the box: its label, what it says, and where the rest stands, if there is more."""

    label: str
    values: Sequence[Markup]
    more: int = 0
    anchor: str = ""
    inline: bool = False


def lines(view: RecordView) -> list[Line]:
    """Return the lines of the box of a record, those first that a reader asks for first."""
    return [line for line in _LINES[view.entry.kind](view) if line.values][:MOST]


def state_words(record: Program | Blacklist, day: datetime.date | None) -> list[tuple[str, Cited]]:
    """Say in words whether a program or list runs, each with the fact that says so: its end first, then the newest.

    ``day`` is that of the edition. What ended and then changed has two answers.
    """
    found: list[tuple[str, Cited]] = []
    if record.ended:
        fact = record.ended[0]
        found.append((f"{NOW['state-ended']} {when(fact.value)}", fact))
    newest = max(record.status, key=_moment, default=None)
    if newest and not (record.ended and not _is_later(newest, record.ended[0].value)):
        found.append((_status(newest, day), newest))
    return found


def when(date: Edtf) -> str:
    """Write a date with its preposition: ``on 31 January 2018``, ``in December 2025``."""
    is_day = date.earliest == date.latest
    return NOW["on" if is_day else "in"].format(date=date.words)


def _status(fact: Fact[str], day: datetime.date | None) -> str:
    state = NOW[f"state-{fact.value}"]
    if fact.as_of is None:
        return state
    if fact.value in ("ended", "changed"):
        return f"{state} {when(fact.as_of)}"
    if day and day - fact.as_of.latest > STALE:
        return f"{NOW[f'last-{fact.value}']} {when(fact.as_of)}"
    return f"{state}, {WORDS['as-of']} {fact.as_of.words}"


def _moment(fact: Cited) -> datetime.date:
    return fact.as_of.latest if fact.as_of else datetime.date.min


def _is_later(fact: Fact[str], end: Edtf) -> bool:
    return fact.value != "ended" and fact.as_of is not None and fact.as_of.earliest > end.latest


def _program(view: RecordView) -> Iterator[Line]:
    record = view.record
    assert isinstance(record, Program)
    yield Line(NOW["now"], [_said(view, *one) for one in state_words(record, view.library.day)])
    yield _relations(view, "operators")
    yield _facts(view, "launched", NOW["since"]) if record.launched else _facts(view, "announced")
    yield _facts(view, "scored")
    yield _facts(view, "participation")
    yield _facts(view, "score", NOW["scale"]) if record.score else _bands(view, record)
    yield _facts(view, "legal_basis", most=2)
    yield _where(view, record.layer)
    yield _facts(view, "exit", NOW["exit"])


def _bands(view: RecordView, record: Program) -> Line:
    names = ", ".join(dict.fromkeys(band.label for band in record.bands))
    shown = [text(first_sentences(names, LONGEST))] if names else []
    return Line(NOW["scale"], shown, anchor="bands")


def _blacklist(view: RecordView) -> Iterator[Line]:
    record = view.record
    assert isinstance(record, Blacklist)
    yield Line(NOW["now"], _list_state(view, record))
    yield _relations(view, "authority")
    yield _facts(view, "listed", NOW["listed"])
    yield _facts(view, "public", most=1)
    yield _facts(view, "term")
    yield _facts(view, "legal_basis", most=2)
    yield _where(view, record.layer)
    yield _facts(view, "exit", NOW["off-list"])


def _list_state(view: RecordView, record: Blacklist) -> list[Markup]:
    """Say whether a list runs, since when it has been in force, and from when its newest fact is."""
    found = [_said(view, *one) for one in state_words(record, view.library.day)]
    begun = next((name for name in _BEGINNINGS if getattr(record, name)), "")
    if begun:
        fact = getattr(record, begun)[0]
        words = NOW[f"list-{begun}"].format(date=fact.value.words, when=when(fact.value))
        found.append(_said(view, words, fact))
    newest = max(_dates(view.entry.facts), key=lambda date: date.latest, default=None)
    if newest and not (record.ended or record.status):
        found.append(text(NOW["newest"].format(date=newest.words)))
    return found


_BEGINNINGS = ("in_force", "online_since", "announced")
"""The fields that say since when there is a list, the strongest first."""


def _dates(facts: Iterable[Any]) -> Iterator[Edtf]:
    return (stated.fact.as_of for stated in facts if stated.fact.as_of)


def _claim(view: RecordView) -> Iterator[Line]:
    record = view.record
    assert isinstance(record, Claim)
    yield Line(NOW["verdict"], [view.badge("assessment")])
    yield _facts(view, "claimants")
    since = min(_dates_of(record.claimants), key=lambda date: date.earliest, default=None)
    yield Line(NOW["since"], [text(since.words)] if since else [])
    stances = [evidence.stance for evidence in record.evidence]
    counted = [
        NOW[f"evidence-{stance}"].format(n=stances.count(stance))
        for stance in ("for", "against", "context")
        if stance in stances
    ]
    yield Line(field_word("evidence"), [text(", ".join(counted))], anchor="evidence")
    yield _links(view, "about", "about")


def _dates_of(facts: Sequence[Cited]) -> list[Edtf]:
    return [fact.as_of for fact in facts if fact.as_of]


def _citation(view: RecordView) -> Iterator[Line]:
    record = view.record
    assert isinstance(record, Citation)
    what = [view.defined(name) for name in ("type", "rank") if getattr(record, name)]
    yield Line(NOW["what"], what)
    yield _facts(view, "number", most=2)
    yield _facts(view, "in_force") if record.in_force else _facts(view, "published")
    yield _facts(view, "status")
    yield Line(field_word("reliability"), [view.defined("reliability")])
    yield Line(field_word("read"), [view.defined("read")])
    yield Line(field_word("language"), [text(view.library.work(view.entry.id).language_name)])
    yield _address(view, record)


def _address(view: RecordView, record: Citation) -> Line:
    link = macro("_now.html.j2", "address")
    shown = [link(url, urlsplit(url).hostname) for url in [record.url] if url]
    answered = answers.of_source(view.corpus, record)
    return Line(ANSWERS["address"], [*shown, *([answered] if answered else [])])


def _city(view: RecordView) -> Iterator[Line]:
    yield _facts(view, "level", NOW["what"])
    yield _facts(view, "part_of")
    yield _facts(view, "province")
    yield _facts(view, "designations", most=3)
    yield Line(
        field_word("programs"), [view.link(entry.id) for entry in view.linking("programs")[:3]]
    )
    yield _facts(view, "schemes", most=2)
    yield _facts(view, "rules")


def _places(view: RecordView, entry: Entry) -> int:
    """Return in how many places a program is in use: one of this place alone says most of it."""
    record = entry.record
    ids = [item.value.id for item in record.cities] if isinstance(record, Program) else []
    return len(ids) if view.entry.id in ids else sys.maxsize


def _event(view: RecordView) -> Iterator[Line]:
    yield _facts(view, "date")
    yield _relations(view, "places")
    yield _facts(view, "outcome", most=2)
    yield _facts(view, "reactions")
    yield _links(view, "concerns")


def _organization(view: RecordView) -> Iterator[Line]:
    record = view.record
    assert isinstance(record, Organization)
    yield Line(NOW["what"], [view.defined("type")])
    yield _facts(view, "role")
    yield _relations(view, "parent")
    yield _facts(view, "founded")
    yield _facts(view, "ended")
    yield _facts(view, "seat")
    yield _run_by(view, "programs", "operators", NOW["runs"])
    yield _run_by(view, "blacklists", "authority", NOW["keeps"])


def _run_by(view: RecordView, kind: str, name: str, label: str) -> Line:
    """Return the records of a kind that name the organization in a field."""
    own = view.entry.id
    found = [
        entry
        for entry in view.linking(kind)
        if own in [item.value.id for item in getattr(entry.record, name)]
    ]
    shown = [view.link(entry.id) for entry in found[:3]]
    return Line(label, shown, len(found) - len(shown), "linked-from", inline=True)


def _term(view: RecordView) -> Iterator[Line]:
    record = view.record
    assert isinstance(record, Term)
    view.asked.add("literally")
    yield Line(field_word("literally"), [view.line(record.literally)] if record.literally else [])
    yield _facts(view, "renderings", NOW["renderings"], most=3)
    yield _facts(view, "usage", NOW["usage"])
    different = [view.link(item.with_.id) for item in record.confusions]
    yield Line(field_word("confusions"), different[:3], len(different[3:]), "confusions")


_LINES: Mapping[str, Callable[[RecordView], Iterator[Line]]] = {
    "programs": _program,
    "blacklists": _blacklist,
    "claims": _claim,
    "citations": _citation,
    "cities": _city,
    "events": _event,
    "organizations": _organization,
    "terms": _term,
}


def _facts(view: RecordView, name: str, label: str = "", most: int = 1) -> Line:
    """Return the first facts of a field; where that is all that they say, they are not said again."""
    found = getattr(view.record, name)
    shown = [
        _fact(view, fact, name, disputed=view.is_disputed(name, index))
        for index, fact in enumerate(found[:most])
    ]
    if found and len(found) <= most and all(_is_whole(view, fact) for fact in found):
        view.boxed.add(name)
    return _line(view, name, label, shown, len(found[most:]))


def _line(view: RecordView, name: str, label: str, shown: Sequence[Markup], more: int) -> Line:
    field = of_kind(view.entry.kind)[name]
    title = label or field_word(name)
    if field.shape == "facts":
        return Line(title, shown)
    return Line(title, shown, more, field.section, inline=field.shape == "relations")


def _fact(view: RecordView, fact: Any, name: str, *, disputed: bool) -> Markup:
    value = fact.value if isinstance(fact, Fact) else fact
    shown: Any = value
    if isinstance(value, str) and _is_long(view, value) and not view.vocabulary(name):
        shown = text(first_sentences(plain(value, view.corpus), LONGEST))
    brief = view.shown(fact, view.value(shown, name), disputed=disputed, brief=True)
    return macro("_now.html.j2", "fact")(brief)


def _is_whole(view: RecordView, fact: Any) -> bool:
    is_cut = isinstance(fact, Fact) and isinstance(fact.value, str) and _is_long(view, fact.value)
    return not (fact.note or fact.inferred or is_cut)


def _is_long(view: RecordView, value: str) -> bool:
    return len(plain(value, view.corpus)) > LONGEST


def _said(view: RecordView, words: str, fact: Cited) -> Markup:
    return macro("_now.html.j2", "said")(text(words), view.shown(fact, text(words), brief=True))


def _relations(view: RecordView, name: str, label: str = "") -> Line:
    found = getattr(view.record, name)
    shown = [macro("_now.html.j2", "relation")(view, item) for item in found[:3]]
    if found and len(found) <= 3 and not any(item.note for item in found):
        view.boxed.add(name)
    return _line(view, name, label, shown, len(found[3:]))


def _where(view: RecordView, layer: str) -> Line:
    """Say where a scheme is in use; of one that is no town's own, only which places are on record."""
    return _relations(view, "cities", NOW["where" if layer == "municipal" else "known-places"])


def _links(view: RecordView, name: str, section: str = "facts") -> Line:
    found = getattr(view.record, name)
    shown = [view.link(target.id) for target in found[:3]]
    return Line(field_word(name), shown, len(found[3:]), section, inline=True)
