"""The index of terms: the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.text import plain
from xinyong.markup import first_sentence, pinyin, text
from xinyong.pages.environment import macro
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.facets import Facet
from xinyong.pages.indexes.table import DASH, TEMPLATE, Cell, Column, Part, Row, Section, Table
from xinyong.pages.view import View
from xinyong.records import Term
from xinyong.records.vocabularies import DOMAIN, LAYER
from xinyong.words import TABLES

MEANING = 200
"""How many characters of a meaning are shown at most."""


def index(view: View) -> Table:
    """All terms by the letters of their pinyin: Chinese, pinyin, English, domain, what they mean."""
    anchors = {first.id: f"pinyin-{letter}" for letter, first in letters(view).items()}

    def row(entry: Entry, record: Term) -> Row:
        key = order(entry)

        def cells() -> Sequence[Cell]:
            return (
                Cell(term_link(view, entry, anchors.get(entry.id, "")), key),
                Cell(spelled(record.name.pinyin), key),
                Cell(text(record.name.en), record.name.en.casefold()),
                table.value("terms", "domain", record.domain),
                Cell(text(meaning(view, entry))),
            )

        renderings = [item.value for item in record.renderings]
        words = "; ".join(dict.fromkeys([*record.name.also, *renderings]))
        return Row(entry, cells, ((record.domain,), facets.chosen([record.layer])), words)

    terms = by_pinyin(view.corpus.of_kind("terms"))
    found = [(entry, row(entry, entry.record)) for entry in terms if isinstance(entry.record, Term)]
    return Table(view, "terms", _columns(), lettered(found), _facets(), "pinyin")


def meaning(view: View, entry: Entry) -> str:
    """Return what a term means, in a sentence."""
    return first_sentence(plain(entry.record.summary, view.corpus), MEANING)


def by_pinyin(entries: Iterable[Entry]) -> list[Entry]:
    """Return terms in the order of pinyin, those without it last."""
    return sorted(entries, key=lambda entry: (order(entry), entry.id))


def order(entry: Entry) -> str:
    """Return the key by which terms stand in the order of pinyin."""
    return table.sortable(entry.record.names.pinyin or "~")


def letters(view: View) -> Mapping[str, Entry]:
    """Return the letters with which the pinyin of terms begins, each with its first term."""
    found: dict[str, Entry] = {}
    for entry in by_pinyin(view.corpus.of_kind("terms")):
        if entry.record.names.pinyin:
            found.setdefault(order(entry)[0], entry)
    return found


def lettered(found: Sequence[tuple[Entry, Row]]) -> list[Section]:
    """Fold rows of terms, which stand in the order of pinyin, behind their letters, with a glimpse of the terms."""
    rows: dict[str, list[Row]] = {}
    glimpses: dict[str, dict[str, None]] = {}
    for entry, row in found:
        letter = order(entry)[0].upper().replace("~", TABLES["no-pinyin"])
        rows.setdefault(letter, []).append(row)
        glimpses.setdefault(letter, {})[entry.record.names.zh or entry.record.names.en] = None
    return [Section([Part(rows[letter], letter, list(glimpses[letter])) for letter in rows])]


def spelled(of_term: str | None) -> Markup:
    """Show pinyin, a dash for none."""
    return pinyin(of_term) if of_term else DASH


def term_link(view: View, entry: Entry, anchor: str = "") -> Markup:
    """Link to a term by its characters; by its English name where it has none."""
    return macro(TEMPLATE, "term_link")(view, entry, anchor)


def _columns() -> Sequence[Column]:
    return (
        *(Column(name, TABLES[name]) for name in ("chinese", "pinyin", "english")),
        *table.worded("domain"),
        Column("meaning", TABLES["meaning"], block=True),
    )


def _facets() -> Sequence[Facet]:
    return facets.of_vocabulary("domain", DOMAIN), facets.of_vocabulary("layer", LAYER)
