"""The index of terms: the glossary."""

from __future__ import annotations

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.text import plain
from xinyong.markup import first_sentences, pinyin, text
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.table import Column, Row, Table
from xinyong.pages.views import View
from xinyong.records import Term
from xinyong.records.vocabularies import DOMAIN, LAYER
from xinyong.words import TABLES, WORDS

_COLUMNS = (
    *(Column(name, TABLES[name]) for name in ("chinese", "pinyin", "english")),
    Column("domain", WORDS["domain"]),
    Column("meaning", TABLES["meaning"]),
)
_FACETS = (facets.of_vocabulary("domain", DOMAIN), facets.of_vocabulary("layer", LAYER))


def index(view: View) -> Markup:
    """All terms in the order of pinyin: Chinese, pinyin, English, domain, what they mean."""

    def row(entry: Entry, record: Term) -> Row:
        key = by_pinyin(entry)
        cells = (
            (term_link(view, entry), key),
            (pinyin(record.name.pinyin) if record.name.pinyin else Markup("–"), key),
            (text(record.name.en), record.name.en.casefold()),
            table.value("terms", "domain", record.domain),
            (text(first_sentences(plain(record.summary, view.corpus), 140)), ""),
        )
        renderings = [item.value for item in record.renderings]
        words = "; ".join(dict.fromkeys([*record.name.also, *renderings]))
        return Row(cells, ((record.domain,), facets.chosen([record.layer])), words)

    return Table(
        "terms", _COLUMNS, table.rows(view, "terms", Term, by_pinyin, row), _FACETS, "pinyin"
    ).html()


def by_pinyin(entry: Entry) -> str:
    """Return the key by which terms stand in the order of pinyin, those without it last."""
    return table.sortable(entry.record.names.pinyin or "~")


def term_link(view: View, entry: Entry) -> Markup:
    """Link to a term by its characters; by its English name where it has none."""
    names = entry.record.names
    language = Markup(' lang="zh-Hans"') if names.zh else Markup("")
    return Markup('<a class="xy-link" href="{}"{}>{}</a>').format(
        view.address(entry), language, names.zh or names.en
    )
