"""The state of the evidence: how well facts are supported, and where a source or a look is wanted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from xinyong.corpus import STANDINGS, Corpus, Entry
from xinyong.pages.environment import macro
from xinyong.pages.record_view import LooseRecordView
from xinyong.pages.values import fact_text
from xinyong.pages.view import View
from xinyong.problems import Path
from xinyong.records import MODELS, Citation
from xinyong.records.base import Cited
from xinyong.records.vocabularies import CITATION_TYPE
from xinyong.words import EVIDENCE, KIND_MANY, KIND_ONE, field_word

TEMPLATE = "evidence.html.j2"

WANTED = ("single", "second-hand")
"""The standings of facts for which a further source is wanted."""

_RECORDS = 15
"""How many records of a kind are shown with their facts; the others are counted."""

_FACTS = 20
"""How many facts of one record are shown; the others are counted."""

_LISTED = 100
"""Up to how many records that were checked on one day are named; of more only the number is given."""


@dataclass(frozen=True)
class RatedFact:
    """A fact in its place, with its standing: how well it is supported."""

    entry: Entry
    path: Path
    fact: Cited
    standing: str

    @property
    def field(self) -> str:
        """The name of the field that it stands in."""
        return str(self.path[0])


def rate(entry: Entry, corpus: Corpus) -> Iterator[RatedFact]:
    """Yield the facts of a record with their standing; facts that contradict each other are disputed."""
    for stated in entry.facts:
        standing = "disputed" if stated.disputed else corpus.standing_of(stated.fact)
        yield RatedFact(entry, stated.path, stated.fact, standing)


def rated_facts(corpus: Corpus) -> tuple[RatedFact, ...]:
    """Return all facts of a corpus with their standing."""
    return corpus.once("rated facts", _rated_facts)


def _rated_facts(corpus: Corpus) -> tuple[RatedFact, ...]:
    return tuple(item for entry in corpus for item in rate(entry, corpus))


@dataclass(frozen=True)
class _Bar:
    """The part of a row's bar that stands for one standing."""

    standing: str
    x: int
    width: int
    number: int


@dataclass(frozen=True)
class _Numbers:
    """A row of the table of standings: a number for each, and the same as a bar.

    ``key`` is the name of the number of all its facts.
    """

    width: ClassVar[int] = 200

    key: str
    name: str
    counts: Counter[str]

    @property
    def numbers(self) -> list[int]:
        return [self.counts[key] for key in STANDINGS]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def bars(self) -> Iterator[_Bar]:
        end, whole = 0, self.total or 1
        for key in STANDINGS:
            start, end = end, end + self.counts[key]
            left, right = round(self.width * start / whole), round(self.width * end / whole)
            if right > left:
                yield _Bar(key, left, right - left, self.counts[key])


@dataclass(frozen=True)
class _Fact:
    """A fact with what it is called, how it is shown, and the mark and cites that support it."""

    field: str
    shown: Markup
    support: Markup


@dataclass(frozen=True)
class _Record:
    """A record with those of its facts that are shown; ``more`` counts the others."""

    title: str
    link: Markup
    facts: Sequence[_Fact]
    more: str


@dataclass(frozen=True)
class _Kind:
    """The records of a kind that are shown with their facts; ``more`` counts the others."""

    title: str
    records: Sequence[_Record]
    more: str


@dataclass(frozen=True)
class _Dispute:
    """The facts of one field on which sources differ."""

    link: Markup
    field: str
    facts: Sequence[Markup]


@dataclass(frozen=True)
class _Day:
    """The records that were last checked on one day; without links where they are too many to name."""

    title: str
    links: Sequence[Markup]


@dataclass(frozen=True)
class _Unread:
    """A work that was not read itself; ``used`` counts the records that cite it."""

    reference: Markup
    link: Markup
    used: str


def standings(view: View) -> Markup:
    """Show the number of facts by kind of record and by standing, as a table with bars."""
    counts = {kind: Counter[str]() for kind in MODELS}
    for item in rated_facts(view.corpus):
        counts[item.entry.kind][item.standing] += 1
    total = sum(counts.values(), Counter())
    rows = [
        _Numbers(f"facts-{kind}", _kind_name(kind), found)
        for kind, found in counts.items()
        if found
    ]
    caption = EVIDENCE["caption"].format(f"{total.total():,}")
    return macro(TEMPLATE, "standings")(caption, rows, _Numbers("facts", EVIDENCE["all"], total))


def wanted(view: View) -> Markup:
    """List the facts for which a further source is wanted: by kind, the records with most of them first."""
    found: dict[str, dict[str, list[RatedFact]]] = {kind: defaultdict(list) for kind in MODELS}
    for item in rated_facts(view.corpus):
        if item.standing in WANTED:
            found[item.entry.kind][item.entry.id].append(item)
    kinds = [_kind(view, kind, records) for kind, records in found.items() if records]
    return macro(TEMPLATE, "wanted")(kinds)


def disputed(view: View) -> Markup:
    """List the facts on which sources differ, by record and field, side by side."""
    groups: dict[tuple[str, str], list[RatedFact]] = defaultdict(list)
    for item in rated_facts(view.corpus):
        if item.standing == "disputed":
            groups[item.entry.id, item.field].append(item)
    rows = [
        _Dispute(view.link(id_), field_word(name), [_disputed_fact(view, item) for item in items])
        for (id_, name), items in groups.items()
    ]
    return macro(TEMPLATE, "disputed")(f"{len(groups):,}", rows)


def reviewed(view: View) -> Markup:
    """List the days on which records were last checked against their sources, the longest ago first."""
    by_day: dict[str, list[Entry]] = defaultdict(list)
    for entry in view.corpus:
        date = entry.record.reviewed
        by_day[date.text if date else ""].append(entry)
    return macro(TEMPLATE, "reviewed")([_day(view, by_day[day]) for day in sorted(by_day)])


def unread(view: View) -> Markup:
    """List the works that were not read themselves, with the number of records that cite them."""
    works = [_unread(view, entry) for entry, work in _works(view) if work.read == "none"]
    return macro(TEMPLATE, "unread")(EVIDENCE["unread"].format(f"{len(works):,}"), works)


def unaddressed(view: View) -> Markup:
    """List the sources that have neither an address nor a DOI, by type."""
    by_type: dict[str, list[Entry]] = {type_: [] for type_ in CITATION_TYPE.values}
    for entry, work in _works(view):
        if not work.url and not work.doi:
            by_type[work.type].append(entry)
    groups = [
        (_group_title(CITATION_TYPE[type_].label, entries), _links(view, entries))
        for type_, entries in by_type.items()
        if entries
    ]
    number = sum(map(len, by_type.values()))
    every = len(view.corpus.of_kind("citations"))
    counted = EVIDENCE["unaddressed"].format(n=f"{number:,}", m=f"{every:,}")
    return macro(TEMPLATE, "unaddressed")(counted, groups)


def _works(view: View) -> list[tuple[Entry, Citation]]:
    """Return all sources in the order of their short references."""
    found = [
        (entry, entry.record)
        for entry in view.corpus.of_kind("citations")
        if isinstance(entry.record, Citation)
    ]
    return sorted(found, key=lambda pair: view.name(pair[0]).casefold())


def _kind(view: View, kind: str, records: dict[str, list[RatedFact]]) -> _Kind:
    ranked = sorted(records.values(), key=lambda items: (-len(items), items[0].entry.id))
    title = EVIDENCE["kind"].format(
        name=_kind_name(kind), facts=f"{_number_of_facts(ranked):,}", n=f"{len(ranked):,}"
    )
    rest = ranked[_RECORDS:]
    more = EVIDENCE["more-records"].format(n=f"{len(rest):,}", facts=f"{_number_of_facts(rest):,}")
    records_ = [_record(view, items) for items in ranked[:_RECORDS]]
    return _Kind(title, records_, more if rest else "")


def _number_of_facts(records: Sequence[Sequence[RatedFact]]) -> int:
    return sum(map(len, records))


def _record(view: View, items: Sequence[RatedFact]) -> _Record:
    entry = items[0].entry
    facts = [_fact(view, item) for item in items[:_FACTS]]
    rest = len(items) - _FACTS
    more = EVIDENCE["more-facts"].format(f"{rest:,}")
    title = _group_title(view.name(entry), items)
    return _Record(title, view.link(entry.id), facts, more if rest > 0 else "")


def _fact(view: View, item: RatedFact) -> _Fact:
    within = _within(view, item.entry)
    shown = fact_text(within, item.fact, item.field)
    support = within.shown(item.fact, Markup("")).support
    return _Fact(field_word(item.field), shown, support)


def _disputed_fact(view: View, item: RatedFact) -> Markup:
    within = _within(view, item.entry)
    value = fact_text(within, item.fact, item.field)
    return within.shown(item.fact, value, disputed=True).html


def _within(view: View, entry: Entry) -> LooseRecordView:
    """Return a view of a record from the page of another view."""
    return LooseRecordView(view.library, root=view.root, entry=entry)


def _day(view: View, entries: Sequence[Entry]) -> _Day:
    kinds = Counter(entry.kind for entry in entries)
    counted = ", ".join(f"{number:,} {_noun(kind, number)}" for kind, number in kinds.items())
    date = entries[0].record.reviewed
    title = f"{date.words if date else EVIDENCE['never']}: {counted}"
    return _Day(title, _links(view, entries) if len(entries) <= _LISTED else [])


def _unread(view: View, entry: Entry) -> _Unread:
    citing = len(view.corpus.cited_by.get(entry.id, ()))
    reference = view.library.references.full(entry.id)
    return _Unread(reference, view.link(entry.id), EVIDENCE["used"].format(citing))


def _links(view: View, entries: Sequence[Entry]) -> list[Markup]:
    return [view.link(entry.id) for entry in entries]


def _group_title(name: str, items: Sequence[object]) -> str:
    return EVIDENCE["group"].format(name=name, n=f"{len(items):,}")


def _kind_name(kind: str) -> str:
    return KIND_MANY[kind].capitalize()


def _noun(kind: str, number: int) -> str:
    return KIND_MANY[kind] if number > 1 else KIND_ONE[kind].lower()


FRAGMENTS = {
    "evidence-standings": standings,
    "evidence-wanted": wanted,
    "evidence-disputed": disputed,
    "evidence-reviewed": reviewed,
    "evidence-unread": unread,
    "evidence-unaddressed": unaddressed,
}
"""The parts of the page by the names of their slots."""
