"""The law as it stands: which lists and ratings are in force, on which documents they rest, what these replaced."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from xinyong.corpus.entries import Corpus, Entry
from xinyong.records import Blacklist, Citation, Program
from xinyong.records.base import Cited, Fact
from xinyong.source.edtf import Edtf

Regime = Blacklist | Program
"""A list or a rating: what an authority keeps of persons or firms."""

F = TypeVar("F", bound=Cited)

OF_AUTHORITIES = ("state", "municipal")
"""The layers in which an authority keeps a list or gives a grade by rules of public law."""

WITHOUT_RULES = ("company", "display")
"""The kinds of list that rest on no rule of public law."""

IN_USE = ("running", "trial")
"""The statuses of what is in force."""

GONE = ("superseded", "repealed", "expired")
"""The statuses of a document that is no longer in force."""

State = Literal["in-force", "earlier", "replaced", "draft"]
"""Whether a document is in force, came before a newer one, was replaced or ended, or was never adopted.

All of it is as far as the corpus tells; whether an earlier document still holds beside the newer one is not known.
"""


@dataclass(frozen=True)
class Document:
    """A document on which a list or rating rests, and whether it is in force."""

    entry: Entry
    work: Citation
    state: State


def regimes(corpus: Corpus) -> list[Entry]:
    """Return the lists and ratings that authorities keep by rules of public law, by name."""
    found = [entry for entry in corpus if is_regime(entry.record)]
    return sorted(found, key=lambda entry: entry.record.heading.casefold())


def is_regime(record: object) -> bool:
    """Say whether a record is of a list or a rating that an authority keeps by rules of public law."""
    if isinstance(record, Blacklist):
        return record.layer in OF_AUTHORITIES and record.list_kind not in WITHOUT_RULES
    return (
        isinstance(record, Program)
        and record.layer in OF_AUTHORITIES
        and record.form == "rating"
        and bool(record.subjects)
    )


def newest(facts: Sequence[Fact[str]]) -> Fact[str] | None:
    """Return the fact of the latest date, the last one of these; one without a date comes before all others."""
    dated = sorted(facts, key=lambda fact: fact.as_of.latest if fact.as_of else datetime.date.min)
    return dated[-1] if dated else None


def status_of(record: Regime) -> str:
    """Return the newest status of a list or rating; ``unknown`` where none is recorded."""
    found = newest(record.status)
    return found.value if found else "unknown"


def since(record: Regime) -> Edtf | None:
    """Return the day since which the present rules have been in force, where it is recorded."""
    dates = record.in_force if isinstance(record, Blacklist) else record.launched
    return max((fact.value for fact in dates), default=None)


def documents(corpus: Corpus, record: Regime) -> Iterator[Document]:
    """Yield the documents that a list or rating rests on, in the order of its record."""
    dates = [basis.as_of for basis in record.legal_basis if basis.as_of]
    newest_date = max(dates, default=None)
    for basis in record.legal_basis:
        entry, work = corpus[basis.value.id], corpus.citation(basis.value.id)
        state = _state(corpus, entry.id, work)
        if state == "in-force" and _is_before(basis, newest_date):
            state = "earlier"
        yield Document(entry, work, state)


def former(corpus: Corpus, record: Regime) -> list[Document]:
    """Return the documents of before: those named that are replaced or earlier, and those that any of them replaced."""
    named = list(documents(corpus, record))
    found = {one.entry.id: one for one in named if one.state in ("replaced", "earlier")}
    for one in named:
        for older in _repealed_by(corpus, one.work):
            found.setdefault(older.entry.id, older)
    return list(found.values())


def apart(facts: Iterable[F], start: Edtf | None) -> tuple[list[F], list[F]]:
    """Part facts into those of the present rules and those dated before these came into force."""
    present: list[F] = []
    before: list[F] = []
    for fact in facts:
        (before if _is_before(fact, start) else present).append(fact)
    return present, before


def searched_up_to(corpus: Corpus, entries: Iterable[Entry]) -> datetime.date | None:
    """Return the newest day on which a record, or a source that it cites, was looked at.

    Dates of which only the month or the year is known say no day.
    """
    days: list[datetime.date] = []
    for entry in entries:
        works = {use.target for use in entry.cites}
        dates = [entry.record.reviewed, *(corpus.citation(id_).accessed for id_ in works)]
        days += [date.latest for date in dates if date and date.earliest == date.latest]
    return max(days, default=None)


def _is_before(fact: Cited, start: Edtf | None) -> bool:
    return fact.as_of is not None and start is not None and fact.as_of.latest < start.earliest


def _state(corpus: Corpus, id_: str, work: Citation) -> State:
    status = newest(work.status)
    if status and status.value == "draft":
        return "draft"
    if work.ended or id_ in _repealed(corpus) or (status and status.value in GONE):
        return "replaced"
    return "in-force"


def _repealed(corpus: Corpus) -> frozenset[str]:
    """Return the ids of the documents that another one replaces."""
    return corpus.once("repealed", _all_repealed)


def _all_repealed(corpus: Corpus) -> frozenset[str]:
    works = (entry.record for entry in corpus.of_kind("citations"))
    return frozenset(
        former.value.id for work in works if isinstance(work, Citation) for former in work.repeals
    )


def _repealed_by(
    corpus: Corpus, work: Citation, above: frozenset[str] = frozenset()
) -> Iterator[Document]:
    """Yield the documents that one replaces, and those that these replaced."""
    for relation in work.repeals:
        id_ = relation.value.id
        if id_ not in above:
            entry, older = corpus[id_], corpus.citation(id_)
            yield Document(entry, older, "replaced")
            yield from _repealed_by(corpus, older, above | {id_})
