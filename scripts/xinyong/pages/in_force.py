"""The page of what is in force: for persons and for firms, each list and rating with its rules."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry, law
from xinyong.corpus.law import Document, Regime
from xinyong.pages.view import View
from xinyong.records import Blacklist, Citation, Program
from xinyong.records.base import Cited, Relation
from xinyong.records.types import Link
from xinyong.records.vocabularies import SUBJECT
from xinyong.source.edtf import Edtf, parse
from xinyong.words import IN_FORCE


@dataclass(frozen=True)
class Part:
    """One question that is asked of every list and rating, with the facts that answer it today and those of before."""

    name: str
    present: Sequence[Cited]
    before: Sequence[Cited]


@dataclass(frozen=True)
class Rules:
    """A list or rating as it stands: who keeps it, on which documents, and its facts by question."""

    entry: Entry
    record: Regime
    keepers: Sequence[Relation[Link]]
    documents: Sequence[Document]
    former: Sequence[Document]
    since: Edtf | None
    parts: Sequence[Part]

    def is_on(self, subject: str) -> bool:
        """Say whether it is kept of such a subject."""
        return subject in self.record.subjects


def in_force(view: View) -> Markup:
    """Show what is in force, for persons, then for firms, then list by list; what is proposed, or not known to be."""
    corpus = view.corpus
    entries = law.regimes(corpus)
    groups: dict[str, list[Rules]] = {"in-force": [], "planned": [], "unknown": [], "ended": []}
    for entry in entries:
        assert isinstance(entry.record, Blacklist | Program)
        groups[_group(entry.record)].append(_rules(corpus, entry, entry.record))
    html = view.render(
        "in_force.html.j2",
        says=IN_FORCE,
        day=_shown(view.library.day),
        searched=_shown(law.searched_up_to(corpus, entries)),
        subjects=[
            (key, value, [rules for rules in groups["in-force"] if rules.is_on(key)])
            for key, value in SUBJECT.values.items()
        ],
        groups=groups,
        title=title,
        newest=law.newest,
        started=started,
    )
    return Markup(html)


def title(work: Citation) -> str:
    """Return the name that a document is best known by: its short name, else its title."""
    return work.name.en if work.name else work.title


def started(work: Citation) -> str:
    """Return the newest day on which a document came into force, in words; empty where none is recorded."""
    day = max((fact.value for fact in work.in_force), default=None)
    return day.words if day else ""


def _group(record: Regime) -> str:
    status = law.status_of(record)
    if status in law.IN_USE:
        return "in-force"
    return status if status in ("planned", "ended") else "unknown"


def _rules(corpus: Corpus, entry: Entry, record: Regime) -> Rules:
    start = law.since(record)
    documents = list(law.documents(corpus, record))
    return Rules(
        entry,
        record,
        record.authority if isinstance(record, Blacklist) else record.operators,
        [one for one in documents if one.state in ("in-force", "draft")],
        law.former(corpus, record),
        start,
        [Part(name, *law.apart(facts, start)) for name, facts in _questions(record)],
    )


def _questions(record: Regime) -> list[tuple[str, Sequence[Cited]]]:
    """Return what is asked of every list and rating, by the words of the page, with the facts of its record."""
    grounds = record.criteria if isinstance(record, Blacklist) else record.inputs
    follows = [*record.consequences, *record.benefits]
    return [
        ("ground", grounds),
        ("consequence", follows),
        ("period", record.term),
        ("way-out", record.exit),
    ]


def _shown(day: datetime.date | None) -> str:
    return parse(day.isoformat()).words if day else ""


FRAGMENTS = {"in-force": in_force}
"""The parts of the page by the names of their slots."""
