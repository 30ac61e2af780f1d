"""What the templates of any page ask for: links, lines, values, facts, cites, sections, as safe HTML."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry
from xinyong.markup import text
from xinyong.pages import marks
from xinyong.pages.cites import Cites, LooseCites
from xinyong.pages.environment import macro, templates
from xinyong.pages.fact import Shown
from xinyong.pages.page import heading
from xinyong.pages.values import fact_text, value_html
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.records import vocabularies as tables
from xinyong.records.base import Cited, Relation
from xinyong.records.vocabularies import Vocabulary
from xinyong.source.cites import Cite
from xinyong.source.edtf import Edtf
from xinyong.source.prose import RecordLink, Renderers, render, render_line
from xinyong.words import WORDS, field_word

V = TypeVar("V")

LAYERED = ("programs", "blacklists")
"""The kinds whose layer is shown wherever they are named."""


@dataclass(eq=False)
class View:
    """One page while it is rendered; it remembers the sections opened and the sources cited."""

    library: Library
    root: str = "../../"
    contents: list[tuple[str, str]] = field(default_factory=list)

    @property
    def corpus(self) -> Corpus:
        """The corpus."""
        return self.library.corpus

    @cached_property
    def cited(self) -> Cites:
        """The sources cited so far."""
        return Cites(self.library.references)

    def section(self, key: str, title: str = "") -> Markup:
        """Open a section: its heading, with an entry in the page's contents."""
        shown = title or field_word(key)
        self.contents.append((key, shown))
        return heading(2, key, text(shown))

    def address(self, entry: Entry) -> str:
        """Return the address of a record's page from this page."""
        return f"{self.root}{entry.url}"

    def link(self, id_: str, label: str = "", *, layer: bool = True) -> Markup:
        """Link to a record; beside its name stands the layer of a program or list, and the verdict on a claim."""
        entry = self.corpus[id_]
        shown = text(label or self.name(entry))
        mark = self._mark(entry, labelled=bool(label)) if layer else Markup("")
        return _link(self.address(entry), shown, mark)

    def layer_mark(self, entry: Entry) -> Markup:
        """Return the small mark of a program's or list's layer; empty for other records."""
        layer = getattr(entry.record, "layer", None) if entry.kind in LAYERED else None
        return marks.layer_mark(layer) if layer else Markup("")

    def layer_meaning(self, layer: str) -> str:
        """Return the line that defines a layer."""
        return tables.LAYER[layer].meaning

    def name(self, entry: Entry) -> str:
        """Return the name by which a record is linked to."""
        if entry.kind == "citations":
            return self.library.references.name(entry.id)
        return entry.record.heading

    def line(self, plain: str) -> Markup:
        """Render a one-line text with its record links."""
        return Markup(render_line(plain, self._renderers))

    def label(self, plain: str) -> Markup:
        """Render a one-line text that names something, such as a fact's label; no term in it is linked."""
        return Markup(render_line(plain, self._label_renderers))

    def prose(self, source: str | None) -> Markup:
        """Render prose, remembering what it cites."""
        return Markup(render(source, self._renderers)) if source else Markup("")

    def cites(self, cites: Iterable[Cite] | None) -> Markup:
        """Render the cites of a fact."""
        return self.cited.of_fact(cites or ())

    def reference(self, ids: Iterable[str]) -> Markup:
        """Render cites of running text, as numbers."""
        return self.cited.in_text(map(Cite, ids))

    def standing(self, fact: Cited, *, disputed: bool = False) -> Markup:
        """Render the standing of a fact as a mark and words."""
        return marks.standing_mark("disputed" if disputed else self.corpus.standing_of(fact))

    def shown(
        self,
        fact: Cited,
        value: Any = None,
        *,
        disputed: bool = False,
        name: str = "",
        brief: bool = False,
    ) -> Shown:
        """Make a fact ready for showing.

        ``name`` is the field's, for values of a vocabulary; ``brief`` leaves its remarks out.
        """
        own = getattr(fact, "value", "")
        return Shown(
            self.value(own if value is None else value, name),
            _as_of(own, fact.as_of),
            self.standing(fact, disputed=disputed),
            self.cites(fact.cite),
            self.line(fact.note) if fact.note and not brief else Markup(""),
            self.line(fact.inferred) if fact.inferred and not brief else Markup(""),
            disputed,
        )

    def whole(self, fact: Cited, name: str = "") -> Shown:
        """Make a fact ready with all its parts in one line, as a type without a layout of its own is shown."""
        return self.shown(fact, fact_text(self, fact, name))

    def relation(self, item: Relation[Any]) -> Markup:
        """Render one relation: the link, its date, cites and note."""
        return macro("_values.html.j2", "relation")(self, item)

    def value(self, value: Any, name: str = "") -> Markup:
        """Render a value by its type; what is rendered already stays as it is."""
        return value_html(self, value, self.vocabulary(name))

    def vocabulary(self, name: str) -> Vocabulary | None:
        """Return the vocabulary of a field of the page's own record; there is none on a page of several."""
        return None

    def term(self, table: Vocabulary, value: str) -> Markup:
        """Render a value of a vocabulary with its definition as a tooltip."""
        return marks.term(table, value)

    def badge_of(self, table: Vocabulary, name: str, value: str) -> Markup:
        """Render a value of a vocabulary as a badge, in the colours of ``name``."""
        return marks.badge(table, name, value)

    def grouped(
        self, entries: Iterable[Entry], shown: Callable[[Entry], V]
    ) -> list[tuple[str, list[V]]]:
        """Group records by kind, in the order of kinds, each group by name, each record as ``shown`` shows it."""
        by_kind: dict[str, list[Entry]] = {kind: [] for kind in MODELS}
        for entry in entries:
            by_kind[entry.kind].append(entry)
        ordered = {kind: sorted(of_kind, key=self._by_name) for kind, of_kind in by_kind.items()}
        return [
            (WORDS[kind], [shown(entry) for entry in of_kind])
            for kind, of_kind in ordered.items()
            if of_kind
        ]

    def sources(self) -> list[tuple[str, str, Markup, Markup]]:
        """Return the citations used so far, in order: id, short and full reference, what kind of source it is."""
        references = self.library.references
        return [
            (id_, references.label(id_), references.full(id_), self.worth(id_))
            for id_ in self.cited
        ]

    def worth(self, id_: str) -> Markup:
        """Say what kind of source a citation is, and how much of it was read."""
        work = self.corpus.citation(id_)
        words = (tables.RELIABILITY[work.reliability].label, tables.READ[work.read].label)
        return text(" · ".join(words))

    def render(self, template: str, **more: Any) -> str:
        """Render a template with this view."""
        return templates().get_template(template).render(view=self, **more)

    def running(self, plain: str) -> Markup:
        """Render a piece of running text; terms in it are linked on the page of a record only."""
        return text(plain)

    def in_text(self, link: RecordLink) -> Markup:
        """Link to a record from running text; a term is explained in place as those are that are found."""
        if self.corpus[link.id].kind != "terms":
            return self.link(link.id, link.label)
        entry = self.corpus[link.id]
        shown = text(link.label or self.name(entry))
        return macro("_marks.html.j2", "term_link")(self.address(entry), shown)

    @cached_property
    def _renderers(self) -> Renderers:
        return Renderers(self.in_text, self.cited.in_text, self.running, label=text)

    @cached_property
    def _label_renderers(self) -> Renderers:
        return dataclasses.replace(self._renderers, text=text)

    def _mark(self, entry: Entry, *, labelled: bool) -> Markup:
        verdict = Markup("") if labelled else marks.verdict(entry.record)
        return self.layer_mark(entry) + verdict

    def _by_name(self, entry: Entry) -> str:
        return self.name(entry).casefold()


class LooseView(View):
    """A page without a list of sources of its own: cites lead to the pages of their sources."""

    @cached_property
    def cited(self) -> Cites:
        """The sources cited so far."""
        return LooseCites(self.library.references, self.root)


@lru_cache(maxsize=16384)
def _link(address: str, shown: Markup, mark: Markup) -> Markup:
    return macro("_marks.html.j2", "link")(address, shown, mark)


def _as_of(value: Any, as_of: Edtf | None) -> str:
    """Return the date at which a value held; empty where the value is itself a date within it."""
    if as_of is None or (isinstance(value, Edtf) and value.text.startswith(as_of.text)):
        return ""
    return as_of.words
