"""The page of a record as Markdown.

Its order is that of the page: names, what it is, how it stands today, summary, what to know, facts by section, links,
sources. What no part shows in a way of its own is shown in the general way, so nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from xinyong.corpus import Entry
from xinyong.corpus.text import title_of
from xinyong.exports.markdown import commonmark
from xinyong.exports.markdown.commonmark import escaped
from xinyong.exports.markdown.text import Shared, Text
from xinyong.figures.scores import span
from xinyong.history import text as told
from xinyong.records import vocabularies as tables
from xinyong.records.base import Cited, Contact, Detail, Fact, Figure, Relation
from xinyong.records.fields import Field, fields, own
from xinyong.records.programs import Band, Benefit, Score
from xinyong.records.types import Link
from xinyong.records.vocabularies import Vocabulary
from xinyong.references.citation import page_reference
from xinyong.source.edtf import Edtf
from xinyong.words import (
    FIGURES,
    HISTORY,
    KIND_ONE,
    LANGUAGES,
    MARKDOWN,
    WORDS,
    field_word,
    part_word,
)

IN_REFERENCE = frozenset(
    {
        *("title", "title_original", "title_pinyin", "authors", "editors", "translators"),
        *("container", "publisher", "place", "volume", "issue", "pages", "date", "url", "doi"),
    }
)
"""The fields of a source that its full reference is made of."""

_BARE = frozenset({"value", "label", "partner", "says", "platform", "with", "list"})
"""The parts of an entry that say what it is, and stand without their name."""


def record(shared: Shared, entry: Entry) -> str:
    """Return the page of a record as Markdown."""
    page = _Page(shared, entry)
    return "\n\n".join(block for block in page.blocks() if block) + "\n"


class _Page(Text):
    def __init__(self, shared: Shared, entry: Entry) -> None:
        super().__init__(shared)
        self.entry = entry
        self.record = entry.record
        self.disputed = {stated.path for stated in entry.facts if stated.disputed}

    def blocks(self) -> Iterator[str]:
        """Yield the blocks of the page, in their order."""
        given = [field for field in own(self.entry.kind) if self._has(field)]
        head = [field for field in given if _is_head(field)]
        rest = [field for field in given if field not in head]
        yield f"# {escaped(title_of(self.entry))}"
        yield commonmark.listed([*self._about(head), *self._provenance()])
        yield self.prose(self.record.summary)
        if self.record.annotation:
            yield _section(field_word("annotation"), self.prose(self.record.annotation))
        yield from self._facts(rest)
        if self.record.details:
            details = commonmark.listed(map(self._detail, self.record.details))
            yield _section(field_word("details"), details)
        if self.record.see:
            yield _section(
                WORDS["see"], commonmark.listed(self.link(to.id) for to in self.record.see)
            )
        yield from self._sources()

    def _about(self, head: Iterable[Field]) -> Iterator[str]:
        yield _labelled(MARKDOWN["kind"], KIND_ONE[self.entry.kind])
        names = self.record.names
        others = [name for name in (names.zh, names.pinyin, *names.also) if name]
        if others:
            yield _labelled(WORDS["names"], "; ".join(map(escaped, others)))
        for field in head:
            yield from (_labelled(field_word(field.name), text) for text in self._entries(field))

    def _provenance(self) -> Iterator[str]:
        edition = self.shared.library.edition
        if self.entry.kind == "citations":
            yield _labelled(MARKDOWN["reference"], self.shared.reference(self.entry.id))
        yield _labelled(MARKDOWN["page"], commonmark.address(edition.base + self.entry.url))
        yield _labelled(MARKDOWN["edition"], self.shared.edition)
        state = self.shared.library.history.state(self.entry.kind, self.entry.id)
        if state:
            yield _labelled(HISTORY["last-changed"], told.words(state.day))
        if self.record.reviewed:
            yield _labelled(WORDS["reviewed"], self.record.reviewed.words)
        if self.entry.kind != "citations":
            yield _labelled(MARKDOWN["cite-as"], escaped(page_reference(self.entry, edition)))

    def _facts(self, given: Sequence[Field]) -> Iterator[str]:
        short = [field for field in given if field.section == "facts"]
        if short:
            lines = [
                _labelled(field_word(f.name), text) for f in short for text in self._entries(f)
            ]
            yield _section(WORDS["facts"], commonmark.listed(lines))
        for field in given:
            if field not in short:
                entries = commonmark.listed(self._entries(field))
                yield _section(field_word(field.name), entries)

    def _sources(self) -> Iterator[str]:
        if self.standings:
            yield _section(MARKDOWN["standings"], self.legend())
        if self.numbers:
            found = f"{MARKDOWN['sources-how']}\n\n{self.sources()}"
            yield _section(WORDS["sources"], found)

    def _has(self, field: Field) -> bool:
        if self.entry.kind == "citations" and field.attribute in IN_REFERENCE:
            return False
        return getattr(self.record, field.attribute) not in (None, [])

    def _entries(self, field: Field) -> list[str]:
        found = getattr(self.record, field.attribute)
        items = found if field.is_list else [found]
        return [self._entry(item, field, index) for index, item in enumerate(items)]

    def _entry(self, item: Any, field: Field, index: int) -> str:
        if isinstance(item, Cited):
            disputed = (field.attribute, index) in self.disputed
            return self._says(item, field.vocabulary) + self._support(item, disputed=disputed)
        if isinstance(item, BaseModel):
            return self._related(item)
        if field.vocabulary and not field.is_list:
            value = field.vocabulary[item]
            return f"{value.label}. {value.meaning}"
        if field.name == "language":
            return str(LANGUAGES.get(item, item))
        return self._value(item, field.vocabulary)

    def _related(self, item: BaseModel) -> str:
        """Write an entry that is no fact but may have cites: a relation, a confusion."""
        text = self._value(item.value) if isinstance(item, Relation) else self._parts(item)
        as_of = getattr(item, "as_of", None)
        note = getattr(item, "note", None)
        cites = getattr(item, "cite", None)
        text += f" ({WORDS['as-of']} {as_of.words})" if as_of else ""
        text += f" {self.cites(cites)}" if cites else ""
        return text + (f". {MARKDOWN['note']}: {self.line(note)}" if note else "")

    def _detail(self, detail: Detail) -> str:
        return _labelled(self.line(detail.label), self.line(detail.value)) + self._support(detail)

    def _support(self, fact: Cited, *, disputed: bool = False) -> str:
        """Write when a fact held, how well it stands, its sources, and what is said of it."""
        key = "disputed" if disputed else self.corpus.standing_of(fact)
        stands = self.standing(key)
        stands += f", {WORDS['weak-sources']}" if self.corpus.is_weak(fact.cite) else ""
        if fact.as_of and not _says_when(getattr(fact, "value", None), fact.as_of):
            stands = f"{WORDS['as-of']} {fact.as_of.words}; {stands}"
        more = f". {MARKDOWN['note']}: {self.line(fact.note)}" if fact.note else ""
        if fact.inferred:
            stop = "" if more.endswith(".") else "."
            more += f"{stop} {WORDS['inferred']}: {self.line(fact.inferred)}"
        return f" ({stands}) {self.cites(fact.cite)}{more}"

    def _says(self, fact: Cited, table: Vocabulary | None) -> str:
        own_way = _OWN.get(type(fact))
        if own_way:
            return own_way(self, fact)
        return self._value(fact.value, table) if isinstance(fact, Fact) else self._parts(fact)

    def _parts(self, model: BaseModel) -> str:
        """Write the parts of an entry: those of vocabularies first, as what sort of entry it is."""
        labels: list[str] = []
        texts: list[str] = []
        for field in _parts_of(type(model)):
            value = getattr(model, field.attribute)
            if value is None or value == []:
                continue
            shown = self._value(value, field.vocabulary)
            if field.vocabulary:
                labels.append(shown)
            else:
                texts.append(shown if field.name in _BARE else f"{part_word(field.name)}: {shown}")
        text = "; ".join(texts)
        return _labelled(", ".join(labels), text) if labels and text else ", ".join(labels) or text

    def _value(self, value: Any, table: Vocabulary | None = None) -> str:  # noqa: PLR0911 - one return a type
        if isinstance(value, list):
            return ", ".join(self._value(item, table) for item in value)
        if isinstance(value, Link):
            return self.link(value.id)
        if isinstance(value, Edtf):
            return escaped(value.words)
        if isinstance(value, Score):
            return span(value, FIGURES)
        if isinstance(value, bool):
            return WORDS["yes" if value else "no"]
        if isinstance(value, int | float):
            return f"{value:,}"
        if isinstance(value, Relation):
            return self._related(value)
        if isinstance(value, BaseModel):
            return self._parts(value)
        return table[value].label if table else self.line(str(value))

    def _figure(self, figure: Figure) -> str:
        series = tables.SERIES[figure.series].label.lower()
        return f"{self.line(figure.counts)}: {figure.value:,} ({series})"

    def _band(self, band: Band) -> str:
        names = [name for name in (band.label, band.zh, band.pinyin) if name]
        text = " ".join(map(escaped, names))
        return text if (band.min, band.max) == (None, None) else f"{text}: {span(band, FIGURES)}"

    def _benefit(self, benefit: Benefit) -> str:
        parts = [_labelled(self.line(benefit.partner), self.line(benefit.offer))]
        if benefit.min_score is not None:
            parts.append(f"{part_word('min_score')} {benefit.min_score:,}")
        if benefit.condition:
            parts.append(self.line(benefit.condition))
        parts += [self._related(place) for place in benefit.places]
        return "; ".join([*parts, *([escaped(benefit.when.words)] if benefit.when else [])])

    def _contact(self, contact: Contact) -> str:
        one, other = (tables.LAYER[layer].label for layer in (contact.from_, contact.to))
        return _labelled(f"{one} {HISTORY['arrow']} {other}", self.line(contact.value))


_OWN: Mapping[type[Cited], Callable[[_Page, Any], str]] = {
    Figure: _Page._figure,
    Band: _Page._band,
    Benefit: _Page._benefit,
    Contact: _Page._contact,
}
"""The facts whose parts read better in a way of their own."""


def _is_head(field: Field) -> bool:
    """Say whether a field says what the thing is and how it stands, before all else."""
    vocabulary_only = field.vocabulary is not None and field.entry is None
    return vocabulary_only or field.name == "status"


@cache
def _parts_of(model: type[BaseModel]) -> tuple[Field, ...]:
    said = (*Cited.model_fields, "id")
    return tuple(field for field in fields(model) if field.attribute not in said)


def _labelled(label: str, text: str) -> str:
    return f"**{label}**: {text}"


def _section(title: str, text: str) -> str:
    return f"## {escaped(title)}\n\n{text}"


def _says_when(value: Any, as_of: Edtf) -> bool:
    """Say whether a value is itself a date within ``as_of``, which then adds nothing."""
    return isinstance(value, Edtf) and value.text.startswith(as_of.text)
