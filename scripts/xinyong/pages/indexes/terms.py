"""The index of terms: the glossary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.text import plain
from xinyong.markup import first_sentences, pinyin, text
from xinyong.pages.environment import macro
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.facets import Facet
from xinyong.pages.indexes.table import DASH, TEMPLATE, Cell, Column, Row, Table
from xinyong.pages.views import View
from xinyong.records import Term
from xinyong.records.vocabularies import DOMAIN, LAYER
from xinyong.words import TABLES


def index(view: View, *, lettered: bool = False) -> Markup:
    """All terms in the order of pinyin: Chinese, pinyin, English, domain, what they mean.

    Where it is ``lettered``, the letters over it lead to the first row of each.
    """
    anchors = {first.id: f"pinyin-{letter}" for letter, first in letters(view).items()}

    def row(entry: Entry, record: Term) -> Row:
        key = by_pinyin(entry)
        anchor = anchors.get(entry.id, "") if lettered else ""
        cells = (
            Cell(term_link(view, entry, anchor), key),
            Cell(spelled(record.name.pinyin), key),
            Cell(text(record.name.en), record.name.en.casefold()),
            table.value("terms", "domain", record.domain),
            Cell(text(first_sentences(plain(record.summary, view.corpus), 140))),
        )
        renderings = [item.value for item in record.renderings]
        words = "; ".join(dict.fromkeys([*record.name.also, *renderings]))
        return Row(cells, ((record.domain,), facets.chosen([record.layer])), words)

    rows = table.rows(view, "terms", Term, by_pinyin, row)
    return Table("terms", _columns(), rows, _facets(), "pinyin").html()


def _columns() -> Sequence[Column]:
    return (
        *(Column(name, TABLES[name]) for name in ("chinese", "pinyin", "english")),
        *table.worded("domain"),
        Column("meaning", TABLES["meaning"]),
    )


def _facets() -> Sequence[Facet]:
    return facets.of_vocabulary("domain", DOMAIN), facets.of_vocabulary("layer", LAYER)


def spelled(of_term: str | None) -> Markup:
    """Show pinyin, a dash for none."""
    return pinyin(of_term) if of_term else DASH


def by_pinyin(entry: Entry) -> str:
    """Return the key by which terms stand in the order of pinyin, those without it last."""
    return table.sortable(entry.record.names.pinyin or "~")


def letters(view: View) -> Mapping[str, Entry]:
    """Return the letters with which the pinyin of terms begins, each with its first term."""
    found: dict[str, Entry] = {}
    for entry in sorted(view.corpus.of_kind("terms"), key=by_pinyin):
        if entry.record.names.pinyin:
            found.setdefault(by_pinyin(entry)[0], entry)
    return found


def term_link(view: View, entry: Entry, anchor: str = "") -> Markup:
    """Link to a term by its characters; by its English name where it has none."""
    return macro(TEMPLATE, "term_link")(view, entry, anchor)
