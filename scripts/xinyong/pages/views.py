"""What templates ask for: links, facts, cites and sections of one page, as safe HTML."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.glossary import Mentions
from xinyong.corpus.text import plain, title_of
from xinyong.history import text as told
from xinyong.markup import first_sentences, text
from xinyong.pages import marks
from xinyong.pages.environment import templates
from xinyong.pages.fact import Shown
from xinyong.pages.fact_text import fact_text
from xinyong.pages.page import Page, heading
from xinyong.pages.values import SHOWN, vocabulary
from xinyong.publication import Library
from xinyong.records import MODELS, Record, fields
from xinyong.records import vocabularies as tables
from xinyong.records.base import Cited, Detail, Fact, Figure, Relation
from xinyong.records.types import Link
from xinyong.records.vocabularies import Vocabulary
from xinyong.references import json_ld
from xinyong.references import tags as heads
from xinyong.references.citation import Citing, citing, files
from xinyong.references.work import page as page_as_work
from xinyong.source.cites import Cite
from xinyong.source.edtf import Edtf
from xinyong.source.prose import RecordLink, Renderers, render, render_line
from xinyong.words import HISTORY, KIND_ONE, WORDS, field_word

V = TypeVar("V")


LAYERED = ("programs", "blacklists")
"""The kinds whose layer is shown wherever they are named."""


_NUMBERED = re.compile(r'(<a class="xy-n" href="#s-([a-z0-9-]+)"[^>]*?) aria-label="(.*?)">')


@dataclass(eq=False)
class View:
    """One page while it is rendered; it remembers the sections opened, the citations used and the fields asked for."""

    library: Library
    root: str = "../../"
    entry: Entry | None = None
    contents: list[tuple[str, str]] = field(default_factory=list)
    cited: dict[str, None] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    @property
    def corpus(self) -> Corpus:
        """The corpus."""
        return self.library.corpus

    def section(self, key: str, title: str = "") -> Markup:
        """Open a section: its heading, with an entry in the page's contents."""
        shown = title or field_word(key)
        self.contents.append((key, shown))
        return heading(2, key, text(shown))

    def title(self) -> Markup:
        """Return the page's first heading."""
        assert self.entry is not None
        return heading(1, self.entry.id, text(self.entry.record.heading))

    @property
    def kind_one(self) -> str:
        """What one record of the view's kind is called."""
        assert self.entry is not None
        return KIND_ONE[self.entry.kind]

    def address(self, entry: Entry) -> str:
        """Return the address of a record's page from this page."""
        return f"{self.root}{entry.url}"

    def link(self, id_: str, label: str = "", *, layer: bool = True) -> Markup:
        """Link to a record; beside its name stands the layer of a program or list, and the verdict on a claim."""
        entry = self.corpus[id_]
        if entry.kind == "terms":
            self._mentions.seen.add(id_)
        shown = text(label or self.name(entry))
        mark = (
            self.layer_mark(entry) + ("" if label else marks.verdict(entry.record)) if layer else ""
        )
        return Markup(f'<a class="xy-link" href="{self.address(entry)}">{shown}</a>{mark}')

    def layer_mark(self, entry: Entry) -> Markup:
        """Return the small mark of a program's or list's layer; empty for other records."""
        layer = getattr(entry.record, "layer", None) if entry.kind in LAYERED else None
        return marks.layer_mark(layer) if layer else Markup("")

    def layer_meaning(self, layer: str) -> str:
        """Return the line that defines a layer."""
        return tables.LAYER[layer].meaning

    def name(self, entry: Entry) -> str:
        """Return the name by which a record is linked to."""
        return (
            self.library.references.label(entry.id)
            if entry.kind == "citations"
            else entry.record.heading
        )

    def line(self, plain: str) -> Markup:
        """Render a one-line text: its record links, and the terms that the page has not mentioned yet."""
        return Markup(render_line(plain, self._renderers))

    def label(self, plain: str) -> Markup:
        """Render a one-line text that names something, such as a fact's label; no term in it is linked."""
        return Markup(render_line(plain, dataclasses.replace(self._renderers, text=text)))

    def prose(self, source: str | None) -> Markup:
        """Render prose, remembering what it cites."""
        return Markup(render(source, self._renderers)) if source else Markup("")

    def cites(self, cites: Iterable[Cite] | None) -> Markup:
        """Render cites as short references to the page's own list of sources."""
        return Markup("; ").join(self._cite(cite) for cite in cites or ())

    def reference(self, ids: Iterable[str]) -> Markup:
        """Render cites of running text, as numbers."""
        return self._references(map(Cite, ids))

    def standing(self, fact: Cited, *, disputed: bool = False) -> Markup:
        """Render the standing of a fact as a mark and words."""
        return marks.standing_mark("disputed" if disputed else self.corpus.standing_of(fact))

    def shown(
        self, fact: Cited, value: Any = None, *, disputed: bool = False, name: str = ""
    ) -> Shown:
        """Make a fact ready for showing; ``name`` is the field's, for values of a vocabulary."""
        found = getattr(fact, "value", "") if value is None else value
        return Shown(
            self.value(found, name),
            ""
            if _says_when(getattr(fact, "value", None), fact.as_of)
            else fact.as_of.words
            if fact.as_of
            else "",
            self.standing(fact, disputed=disputed),
            self.cites(fact.cite),
            self.line(fact.note) if fact.note else Markup(""),
            self.line(fact.inferred) if fact.inferred else Markup(""),
            disputed,
        )

    def facts(self, name: str) -> list[Shown]:
        """Make the facts of a field ready, those that contradict each other marked as disputed."""
        assert self.entry is not None
        self.asked.add(name)
        found: Sequence[Fact[Any]] = getattr(self.entry.record, name)
        disputed = {stated.path for stated in self.entry.facts if stated.disputed}
        return [
            self.shown(fact, disputed=(name, index) in disputed, name=name)
            for index, fact in enumerate(found)
        ]

    def details(self) -> list[tuple[Markup, list[Shown]]]:
        """Render the record's further facts by their labels; those that share one stand under it together."""
        assert self.entry is not None
        groups: dict[str, list[Detail]] = {}
        for detail in self.entry.record.details:
            groups.setdefault(detail.label, []).append(detail)
        return [
            (self.label(label), [self.shown(detail) for detail in group])
            for label, group in groups.items()
        ]

    def rows(self, names: Iterable[str]) -> Iterator[tuple[str, list[Shown]]]:
        """Yield label and facts of those fields that have any."""
        assert self.entry is not None
        for name in names:
            self.asked.add(name)
            if getattr(self.entry.record, name):
                yield field_word(name), self.facts(name)

    def relations(self, name: str) -> list[Markup]:
        """Render the relations of a field as links, each with its note, date and cites."""
        assert self.entry is not None
        self.asked.add(name)
        return [self.relation(item) for item in getattr(self.entry.record, name)]

    def relation(self, item: Any) -> Markup:
        """Render one relation."""
        parts = [self.link(item.value.id)]
        if item.as_of:
            parts.append(
                Markup('<span class="xy-asof">{} {}</span>').format(
                    WORDS["as-of"], item.as_of.words
                )
            )
        if item.cite:
            parts.append(Markup('<span class="xy-support">{}</span>').format(self.cites(item.cite)))
        if item.note:
            parts.append(Markup('<span class="xy-note">{}</span>').format(self.line(item.note)))
        return Markup(" ").join(parts)

    def value(self, value: Any, name: str = "") -> Markup:
        """Render a value by its type; what is rendered already stays as it is."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, Link):
            return self.link(value.id)
        for type_, shown in SHOWN:
            if isinstance(value, type_):
                return shown(value)
        table = vocabulary(self.entry.kind, name) if self.entry else None
        return self.term(table, value) if table else self.line(str(value))

    def term(self, table: Vocabulary, value: str) -> Markup:
        """Render a value of a vocabulary with its definition as a tooltip."""
        return marks.term(table, value)

    def defined(self, name: str) -> Markup:
        """Render a field of the record that is one value of a vocabulary, with the line that defines it."""
        assert self.entry is not None
        self.asked.add(name)
        table = vocabulary(self.entry.kind, name)
        assert table is not None, name
        value = table[getattr(self.entry.record, name)]
        return Markup('{} <span class="xy-asof">{}</span>').format(value.label, value.meaning)

    def badge(self, name: str) -> Markup:
        """Render a field of the record that is one value of a vocabulary as a badge; empty where it is not given."""
        assert self.entry is not None
        self.asked.add(name)
        value = getattr(self.entry.record, name, None)
        table = vocabulary(self.entry.kind, name)
        return marks.badge(table, name, value) if table and value else Markup("")

    def badge_of(self, table: Vocabulary, name: str, value: str) -> Markup:
        """Render a value of a vocabulary as a badge, in the colours of ``name``."""
        return marks.badge(table, name, value)

    def figures(self, name: str) -> list[tuple[str, str, list[tuple[Figure, Shown]]]]:
        """Group figures by what they count and their series, each group in the order of its dates."""
        assert self.entry is not None
        self.asked.add(name)
        groups: dict[tuple[str, str], list[Figure]] = {}
        for figure in getattr(self.entry.record, name):
            groups.setdefault((figure.counts, figure.series), []).append(figure)
        return [
            (
                counts,
                series,
                [(figure, self.shown(figure)) for figure in sorted(group, key=_figure_order)],
            )
            for (counts, series), group in groups.items()
        ]

    def rest(self) -> list[fields.Field]:
        """Return the fields with a value that nothing on the page has asked for so far, to be shown in general."""
        assert self.entry is not None
        record = self.entry.record
        return [
            field
            for field in fields.own(self.entry.kind)
            if field.attribute not in self.asked
            and getattr(record, field.attribute) not in (None, [])
        ]

    def entries(self, field: fields.Field) -> list[Markup]:
        """Render the entries of a field in the general way: each with what supports it."""
        assert self.entry is not None
        found = getattr(self.entry.record, field.attribute)
        if field.shape == "facts":
            return [shown.html for shown in self.facts(field.attribute)]
        return [self._general(item, field.name) for item in (found if field.is_list else [found])]

    def _general(self, item: Any, name: str) -> Markup:
        if isinstance(item, Relation):
            return self.relation(item)
        if isinstance(item, Cited):
            return self.shown(item, fact_text(self, item, name)).html
        return self.value(item, name)

    def backlinks(self) -> list[tuple[str, list[Markup]]]:
        """Return the records that link to this one, grouped by kind."""
        assert self.entry is not None
        sources = [self.corpus[id_] for id_ in self.corpus.linked_from.get(self.entry.id, ())]
        return self.grouped(sources, lambda entry: self.link(entry.id))

    def grouped(
        self, entries: Iterable[Entry], shown: Callable[[Entry], V]
    ) -> list[tuple[str, list[V]]]:
        """Group records by kind, in the order of kinds, each group by name, each record as ``shown`` shows it."""
        found = list(entries)
        return [
            (WORDS[kind], [shown(entry) for entry in sorted(of_kind, key=self._alphabetical)])
            for kind in MODELS
            if (of_kind := [entry for entry in found if entry.kind == kind])
        ]

    def changed(self) -> Markup:
        """Say when the record last changed in meaning, with a link to its history; empty where git cannot say."""
        assert self.entry is not None
        history = self.library.history
        state = history.state(self.entry.kind, self.entry.id)
        if state is None:
            return Markup("")
        line = history.lines[self.entry.kind, self.entry.id]
        day, shown = told.day(state.day), told.became(line, state)
        if history.has_page(line):
            day = Markup('<a href="{}{}">{}</a>').format(self.root, line.url, day)
        return Markup("<p>{}: {} ({})</p>").format(HISTORY["last-changed"], day, shown)

    def sources(self) -> list[tuple[str, str, Markup, Markup]]:
        """Return the citations used on the page, in order: id, short and full reference, what kind of source it is."""
        references = self.library.references
        return [
            (id_, references.label(id_), references.full(id_), self.worth(id_))
            for id_ in self.numbers
        ]

    def worth(self, id_: str) -> Markup:
        """Say what kind of source a citation is, and how much of it was read."""
        work = self.corpus.citation(id_)
        return Markup(" · ").join(
            (marks.term(tables.RELIABILITY, work.reliability), marks.term(tables.READ, work.read))
        )

    @property
    def numbers(self) -> Mapping[str, int]:
        """The citations used so far, numbered in the order of their short references."""
        return {
            id_: n for n, id_ in enumerate(sorted(self.cited, key=self.library.references.order), 1)
        }

    def numbered(self, body: str) -> str:
        """Fill in the numbers of the cites in running text, which are known only when all of the page is rendered."""
        numbers = self.numbers
        found = r'{0} aria-label="{1}">{2}'

        def filled(match: re.Match[str]) -> str:
            number = numbers[match[2]]
            return found.format(match[1], match[3].replace("{n}", str(number), 1), number)

        return _NUMBERED.sub(filled, body)

    def citing(self) -> Citing:
        """Say how to cite the record: the source itself, or this page; with the files that hold what it cites."""
        assert self.entry is not None
        source = self.entry.kind == "citations"
        reference = self.library.references.plain(self.entry.id) if source else ""
        return citing(self.corpus, self.entry, reference, self.library.edition)

    def coins(self) -> Markup:
        """Return the works of the page for reference managers: the page, or the source it is about, first."""
        assert self.entry is not None
        if self.entry.kind == "citations":
            return heads.block([heads.own_span(self.library.work(self.entry.id))])
        own = heads.own_span(page_as_work(self.entry, self.library.edition))
        return heads.block([own, *map(self.library.coins, sorted(self.cited))])

    def head(self, description: str) -> Markup:
        """Return what reference managers and search engines find in the head of the record's page."""
        assert self.entry is not None
        node = json_ld.node(self.corpus, self.entry, description, self.library.edition)
        tags = (
            heads.highwire(self.library.work(self.entry.id))
            if self.entry.kind == "citations"
            else Markup("")
        )
        bib = files(self.entry.id)["bibtex"]
        return heads.alternates(self.root, self.entry, bib) + tags + json_ld.script(node)

    def render(self, template: str, **more: Any) -> str:
        """Render a template with this view."""
        record: Record | None = self.entry.record if self.entry else None
        layer = (
            getattr(record, "layer", None) if self.entry and self.entry.kind in LAYERED else None
        )
        seen = _Seen(record, self.asked) if record else None
        shared = {
            "view": self,
            "record": seen,
            "entry": self.entry,
            "layer": layer,
            "tint": _tint(record),
        }
        return templates().get_template(template).render(**shared, **more)

    def source(self, id_: str) -> str:
        """Return where a cite leads: to the list of sources of the same page."""
        return f"#s-{id_}"

    @cached_property
    def _renderers(self) -> Renderers:
        return Renderers(link=self._in_text, cites=self._references, text=self._running, label=text)

    @cached_property
    def _mentions(self) -> Mentions:
        return self.library.glossary.start(self.entry, self.root)

    def _in_text(self, link: RecordLink) -> Markup:
        """Link to a record from running text; a term is explained in place as those are that are found."""
        json_ld = self.link(link.id, link.label)
        if self.corpus[link.id].kind != "terms":
            return json_ld
        return Markup(str(json_ld).replace('class="xy-link"', 'class="xy-term"', 1))

    def _running(self, plain: str) -> Markup:
        """Render a piece of running text; terms are linked on the page of a record, not in tables of many."""
        return self.library.glossary.mark(plain, self._mentions) if self.entry else text(plain)

    def _alphabetical(self, entry: Entry) -> str:
        return self.name(entry).casefold()

    def _references(self, cites: Iterable[Cite]) -> Markup:
        """Render the cites of running text as numbers in one bracket, so that the text stays readable."""
        shown = Markup("; ").join(self._pointer(self._used(cite), self._number) for cite in cites)
        return Markup('<span class="xy-ref">[{}]</span>').format(shown)

    def _cite(self, cite: Cite) -> Markup:
        return Markup(
            f'<span class="xy-cite">{self._pointer(self._used(cite), self._label)}</span>'
        )

    def _used(self, cite: Cite) -> Cite:
        step: Cite | None = cite
        while step:
            self.cited[step.id] = None
            step = step.via
        return cite

    def _label(self, id_: str) -> Markup:
        return Markup(
            f'<a href="{self.source(id_)}">{text(self.library.references.label(id_))}</a>'
        )

    def _number(self, id_: str) -> Markup:
        # The number comes before the label, since a label may hold braces.
        label = f"{WORDS['source-number']}: {self.library.references.label(id_)}"
        return Markup('<a class="xy-n" href="{}" aria-label="{}"></a>').format(
            self.source(id_), label
        )

    def _pointer(self, cite: Cite, made: Callable[[str], Markup]) -> Markup:
        shown = made(cite.id)
        if cite.locator:
            shown += Markup(", {}").format(cite.locator)
        return (
            shown + Markup(" {} ").format(WORDS["in"]) + self._pointer(cite.via, made)
            if cite.via
            else shown
        )


class _Seen:
    """A record in a template; what is asked of it is remembered."""

    def __init__(self, record: Record, asked: set[str]) -> None:
        self._record = record
        self._asked = asked

    def __getattr__(self, name: str) -> Any:
        self._asked.add(name)
        return getattr(self._record, name)


class LooseView(View):
    """A page, or a part of one, without a list of sources of its own: cites lead to the pages of their sources."""

    def source(self, id_: str) -> str:
        """Return the address of a source's page."""
        return self.address(self.corpus[id_])

    def _number(self, id_: str) -> Markup:
        return self._label(id_)  # without a list there are no numbers


def page(view: View, template: str, **more: Any) -> Page:
    """Render the page of the view's record by a template."""
    assert view.entry is not None
    file = f"corpus/{view.entry.kind}/{view.entry.id}.yml"
    body = view.numbered(view.render(template, file=file, **more))
    record = view.entry.record
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


def _tint(record: Record | None) -> str:
    """Return the layer whose colour a page bears: the one that its record belongs to; empty for several or none."""
    layers = getattr(record, "layers", None) or [getattr(record, "layer", None)]
    return layers[0] or "" if len(layers) == 1 else ""


def _says_when(value: Any, as_of: Edtf | None) -> bool:
    """Say whether a value is itself a date within ``as_of``, which then adds nothing."""
    return isinstance(value, Edtf) and as_of is not None and value.text.startswith(as_of.text)


def _figure_order(figure: Figure) -> str:
    return figure.as_of.latest.isoformat() if figure.as_of else ""


Render = Callable[[Library, Entry], Page]
"""What each kind's module offers: a record's page."""
