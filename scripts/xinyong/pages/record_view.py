"""What the templates of a record's page ask for beside what those of any page do; and the page made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.glossary import Mentions
from xinyong.corpus.text import plain, title_of
from xinyong.figures.series import chart
from xinyong.history import text as history_text
from xinyong.markup import first_sentences, text
from xinyong.pages import marks, now
from xinyong.pages.cites import Cites, LooseCites
from xinyong.pages.environment import macro
from xinyong.pages.fact import Shown
from xinyong.pages.page import Page, heading
from xinyong.pages.values import by_threshold, vocabulary
from xinyong.pages.view import LAYERED, View
from xinyong.publication import Library
from xinyong.records import Record, fields
from xinyong.records.base import Cited, Detail, Fact, Figure, Relation
from xinyong.records.programs import Benefit
from xinyong.records.vocabularies import Vocabulary
from xinyong.references import json_ld
from xinyong.references import tags as heads
from xinyong.references.citation import Citing, citing, files
from xinyong.references.work import page as page_as_work
from xinyong.source.prose import RecordLink
from xinyong.words import FIGURES, KIND_ONE, field_word

BEWARE = ("disputed", "second-hand", "inferred")
"""The standings that are told in words, so that nobody overlooks them."""

FEW = 2
"""Up to how many entries of a field stand among the facts."""

Render = Callable[[Library, Entry], Page]
"""What each kind's module offers: a record's page."""


@dataclass(frozen=True)
class Changed:
    """When a record last changed in meaning: the day, how much, and the address of its history, if it has one."""

    day: Markup
    what: str
    address: str


@dataclass(frozen=True)
class Drawn:
    """Figures that count one thing in one way, as a drawing; the figures in the order of their dates."""

    counts: str
    series: str
    drawing: Markup
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Figures:
    """The figures of a field: those that are drawn, the longest series first, and the rows of a table."""

    drawn: Sequence[Drawn]
    rows: Sequence[Figure]


@dataclass(eq=False, kw_only=True)
class RecordView(View):
    """The page of one record while it is rendered.

    It remembers the fields that were asked for, those of which the box beside the summary says all,
    and the marks that its legend has to explain.
    """

    entry: Entry
    asked: set[str] = field(default_factory=set)
    boxed: set[str] = field(default_factory=set)
    used_marks: set[str] = field(default_factory=set)

    @property
    def record(self) -> Record:
        """The record."""
        return self.entry.record

    @property
    def kind_one(self) -> str:
        """What one record of the view's kind is called."""
        return KIND_ONE[self.entry.kind]

    def title(self) -> Markup:
        """Return the page's first heading."""
        return heading(1, self.entry.id, text(self.record.heading))

    def link(self, id_: str, label: str = "", *, layer: bool = True) -> Markup:
        """Link to a record; a term that is linked counts as mentioned."""
        self._mention(id_)
        return super().link(id_, label, layer=layer)

    def in_text(self, link: RecordLink) -> Markup:
        """Link to a record from running text; a term that is linked counts as mentioned."""
        self._mention(link.id)
        return super().in_text(link)

    def running(self, plain: str) -> Markup:
        """Render a piece of running text, in which the first mention of each term is linked."""
        return self.library.glossary.mark(plain, self._mentions)

    def vocabulary(self, name: str) -> Vocabulary | None:
        """Return the vocabulary of a field of the record."""
        return vocabulary(self.entry.kind, name)

    def facts(self, name: str) -> list[Shown]:
        """Make the facts of a field ready, those that contradict each other marked as disputed."""
        return [
            self.shown(fact, disputed=self.is_disputed(name, index), name=name)
            for index, fact in enumerate(self.values(name))
        ]

    def is_disputed(self, name: str, index: int) -> bool:
        """Say whether another entry for the same time contradicts an entry of a field."""
        return (name, index) in self._disputed

    def now(self) -> list[now.Line]:
        """Return the lines of the box beside the summary."""
        return now.lines(self)

    def standing(self, fact: Cited, *, disputed: bool = False) -> Markup:
        """Render the standing of a fact: the usual as a mark, in words what a reader should beware of."""
        key = "disputed" if disputed else self.corpus.standing_of(fact)
        is_weak = self.corpus.is_weak(fact.cite)
        if key in BEWARE:
            return marks.standing_mark(key) + (marks.weak_note() if is_weak else "")
        self.used_marks.add(key)
        return marks.weak_mark(key) if is_weak else marks.quiet_mark(key)

    def values(self, name: str) -> Sequence[Any]:
        """Return the entries of a field, which then counts as shown."""
        self.asked.add(name)
        found: Sequence[Fact[Any]] = getattr(self.record, name)
        return found

    def details(self) -> list[tuple[Markup, list[Shown]]]:
        """Render the record's further facts by their labels; those that share one stand under it together."""
        groups: dict[str, list[Detail]] = {}
        for detail in self.record.details:
            groups.setdefault(detail.label, []).append(detail)
        return [
            (self.label(label), [self.shown(detail) for detail in group])
            for label, group in groups.items()
        ]

    def rows(self, names: Iterable[str]) -> Iterator[tuple[str, list[Shown]]]:
        """Yield label and facts of those fields that have any."""
        for name in names:
            if self.values(name) and name not in self.boxed:
                yield field_word(name), self.facts(name)

    def relations(self, name: str) -> list[Markup]:
        """Render the relations of a field as links, each with its note, date and cites."""
        return [self.relation(item) for item in self.values(name)]

    def defined(self, name: str) -> Markup:
        """Render a field that is one value of a vocabulary, with the line that defines it."""
        self.asked.add(name)
        table = self.vocabulary(name)
        assert table is not None, name
        return marks.defined(table, getattr(self.record, name))

    def badge(self, name: str) -> Markup:
        """Render a field that is one value of a vocabulary as a badge; empty where it is not given."""
        self.asked.add(name)
        value = getattr(self.record, name, None)
        table = self.vocabulary(name)
        return self.badge_of(table, name, value) if table and value else Markup("")

    def by_threshold(self, benefits: Sequence[Benefit]) -> list[Benefit]:
        """Sort benefits by the score from which they are given."""
        return by_threshold(benefits)

    def each(self, items: Iterable[Any], name: str) -> list[Markup]:
        """Render each of some entries by a macro of ``_entries.html.j2``."""
        render = macro("_entries.html.j2", name)
        return [render(self, item) for item in items]

    def is_short(self, name: str) -> bool:
        """Say whether a field holds so little that it is a row among the facts, not a section."""
        return 0 < len(getattr(self.record, name)) <= FEW

    def newest_facts(self, name: str) -> list[Shown]:
        """Make the facts of a field ready, the newest first."""
        found = sorted(self.values(name), key=_figure_order, reverse=True)
        return [self.shown(fact, name=name) for fact in found]

    def see(self) -> list[Markup]:
        """Return links to the records that a reader of this one should know of."""
        return [self.link(target.id) for target in self.record.see]

    def count(self, groups: Sequence[tuple[str, Sequence[Any]]]) -> int:
        """Return how many records there are in groups of them."""
        return sum(len(found) for _, found in groups)

    def open_section(self, key: str, title: str) -> Markup:
        """Note a section whose heading the template makes itself."""
        self.contents.append((key, title))
        return Markup("")

    def figures(self, name: str) -> Figures:
        """Sort the figures of a field into those that make a drawing and those for a table, the newest first."""
        groups: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.values(name):
            groups.setdefault((figure.counts, figure.series), []).append(figure)
        drawn: list[Drawn] = []
        single: list[Sequence[Figure]] = []
        for (counts, series), found in groups.items():
            drawing = chart(counts, series, found, FIGURES)
            if drawing:
                drawn.append(Drawn(counts, series, drawing, sorted(found, key=_figure_order)))
            else:
                single.append(sorted(found, key=_figure_order, reverse=True))
        drawn.sort(key=lambda one: -len(one.figures))
        single.sort(key=lambda group: _figure_order(group[0]), reverse=True)
        return Figures(drawn, [figure for group in single for figure in group])

    def rest(self) -> list[fields.Field]:
        """Return the fields with a value that nothing on the page has asked for so far, to be shown in general."""
        return [
            field
            for field in fields.own(self.entry.kind)
            if field.attribute not in self.asked
            and getattr(self.record, field.attribute) not in (None, [])
        ]

    def entries(self, field: fields.Field) -> list[Markup]:
        """Render the entries of a field in the general way: each with what supports it."""
        if field.shape == "facts":
            return [shown.html for shown in self.facts(field.attribute)]
        found = getattr(self.record, field.attribute)
        return [self._general(item, field.name) for item in (found if field.is_list else [found])]

    def linking(self, kind: str) -> list[Entry]:
        """Return the records of a kind that link to this one."""
        found = [self.corpus[id_] for id_ in self.corpus.linked_from.get(self.entry.id, ())]
        return [entry for entry in found if entry.kind == kind]

    def backlinks(self) -> list[tuple[str, list[Markup]]]:
        """Return the records that link to this one, grouped by kind."""
        sources = [self.corpus[id_] for id_ in self.corpus.linked_from.get(self.entry.id, ())]
        return self.grouped(sources, lambda entry: self.link(entry.id))

    def changed(self) -> Changed | None:
        """Return when the record last changed in meaning; None where git cannot say."""
        history = self.library.history
        state = history.state(self.entry.kind, self.entry.id)
        if state is None:
            return None
        line = history.lines[self.entry.kind, self.entry.id]
        address = f"{self.root}{line.url}" if history.has_page(line) else ""
        return Changed(history_text.day(state.day), history_text.became(line, state), address)

    def citing(self) -> Citing:
        """Say how to cite the record: the source itself, or this page; with the files that hold what it cites."""
        is_source = self.entry.kind == "citations"
        reference = self.library.references.plain(self.entry.id) if is_source else ""
        return citing(self.corpus, self.entry, reference, self.library.edition)

    def coins(self) -> Markup:
        """Return the works of the page for reference managers.

        The page itself, or the source that it is about, comes first; then the works that it cites.
        """
        if self.entry.kind == "citations":
            return heads.block([heads.own_span(self.library.work(self.entry.id))])
        own = heads.own_span(page_as_work(self.entry, self.library.edition))
        return heads.block([own, *map(self.library.coins, sorted(self.cited))])

    def head(self, description: str) -> Markup:
        """Return what reference managers and search engines find in the head of the record's page."""
        node = json_ld.page(self.corpus, self.entry, description, self.library.edition)
        tags = Markup("")
        if self.entry.kind == "citations":
            tags = heads.highwire(self.library.work(self.entry.id))
        bib = files(self.entry.id)["bibtex"]
        return heads.alternates(self.root, self.entry, bib) + tags + json_ld.script(node)

    def render(self, template: str, **more: Any) -> str:
        """Render a template with this view and its record."""
        layer = getattr(self.record, "layer", None) if self.entry.kind in LAYERED else None
        shared = {
            "record": _Seen(self.record, self.asked),
            "entry": self.entry,
            "layer": layer,
            "tint": _tint(self.record),
        }
        return super().render(template, **shared, **more)

    @cached_property
    def _mentions(self) -> Mentions:
        return self.library.glossary.start(self.entry, self.root)

    @cached_property
    def _disputed(self) -> frozenset[tuple[str | int, ...]]:
        return frozenset(stated.path for stated in self.entry.facts if stated.disputed)

    def _mention(self, id_: str) -> None:
        if self.corpus[id_].kind == "terms":
            self._mentions.seen.add(id_)

    def _general(self, item: Any, name: str) -> Markup:
        if isinstance(item, Relation):
            return self.relation(item)
        if isinstance(item, Cited):
            return self.whole(item, name).html
        return self.value(item, name)


class LooseRecordView(RecordView):
    """A part of a record's page that stands on another page, whose cites lead to the pages of their sources."""

    @cached_property
    def cited(self) -> Cites:
        """The sources cited so far."""
        return LooseCites(self.library.references, self.root)

    def standing(self, fact: Cited, *, disputed: bool = False) -> Markup:
        """Render the standing of a fact as a mark and words, since the legend is on another page."""
        return View.standing(self, fact, disputed=disputed)


class _Seen:
    """A record in a template; what is asked of it is remembered."""

    def __init__(self, record: Record, asked: set[str]) -> None:
        self._record = record
        self._asked = asked

    def __getattr__(self, name: str) -> Any:
        self._asked.add(name)
        return getattr(self._record, name)


def page(view: RecordView, template: str, **more: Any) -> Page:
    """Render the page of the view's record by a template."""
    file = f"corpus/{view.entry.kind}/{view.entry.id}.yml"
    body = view.render(template, file=file, **more)
    record = view.record
    about = plain(record.summary or record.annotation or record.heading, view.corpus)
    return Page(
        view.entry.url,
        title_of(view.entry),
        first_sentences(about),
        f"{body}\n{view.coins()}".rstrip(),
        tuple(view.contents),
        file,
        str(view.head(about)),
    )


def _tint(record: Record) -> str:
    """Return the layer whose colour a page bears: the one that its record belongs to; empty for several or none."""
    layers = getattr(record, "layers", None) or [getattr(record, "layer", None)]
    return layers[0] or "" if len(layers) == 1 else ""


def _figure_order(fact: Cited) -> str:
    return fact.as_of.latest.isoformat() if fact.as_of else ""
