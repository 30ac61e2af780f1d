"""Rival renderings: which English words stand for a Chinese term, who uses them, and where one stands for several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.markup import text
from xinyong.pages.environment import macro
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.table import Cell, Column, Row, Table
from xinyong.pages.indexes.terms import by_pinyin, lettered, order, spelled, term_link
from xinyong.pages.view import View
from xinyong.records import Term
from xinyong.records.terms import Rendering
from xinyong.records.vocabularies import DOMAIN
from xinyong.words import TABLES, WORDS

TEMPLATE = "_renderings.html.j2"


def renderings(view: View) -> Table:
    """All renderings by the pinyin of their terms: Chinese, pinyin, rendering, who uses it, sources."""
    rows = [
        (entry, _row(view, entry, record, item))
        for entry, record in _terms(view)
        for item in record.renderings
    ]
    choices = [facets.of_vocabulary("domain", DOMAIN)]
    return Table(view, "renderings", _columns(), lettered(rows), choices, "pinyin")


def reverse(view: View) -> Markup:
    """All English words in the order of the alphabet, each with its terms; those with several are marked."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    written: dict[str, str] = {}
    for entry, record in _terms(view):
        words = [record.name.en, *(word for item in record.renderings for word in _words(item))]
        for word in words:
            found[word.casefold()][entry.id] = None
            written.setdefault(word.casefold(), word)
    rows = [_reversed(view, written[key], list(found[key])) for key in sorted(found)]
    heads = [TABLES["english"], TABLES["stands-for"]]
    return table.plain(heads, rows, "reverse", cards=True)


def _columns() -> Sequence[Column]:
    return (
        *(Column(name, TABLES[name]) for name in ("chinese", "pinyin", "rendering")),
        Column("users", TABLES["users"], labelled=True, block=True),
        Column("sources", WORDS["citations"], block=True),
    )


def _terms(view: View) -> Iterator[tuple[Entry, Term]]:
    for entry in by_pinyin(view.corpus.of_kind("terms")):
        if isinstance(entry.record, Term):
            yield entry, entry.record


def _row(view: View, entry: Entry, record: Term, item: Rendering) -> Row:
    key = order(entry)

    def cells() -> Sequence[Cell]:
        return (
            Cell(term_link(view, entry), key),
            Cell(spelled(record.name.pinyin), key),
            Cell(text(item.value), item.value.casefold()),
            Cell(view.line(item.used_by)) if item.used_by else table.NOTHING,
            Cell(view.shown(item, text("")).support),
        )

    return Row(entry, cells, ((record.domain,),), record.name.en, label=item.value)


def _words(item: Rendering) -> list[str]:
    """Return the renderings that one entry holds: some give two with a semicolon between."""
    return [word.strip() for word in item.value.split(";")]


def _reversed(view: View, word: str, ids: list[str]) -> tuple[Markup, Markup]:
    links = [
        (term_link(view, entry), entry.record.names.pinyin)
        for entry in (view.corpus[id_] for id_ in ids)
    ]
    return macro(TEMPLATE, "word")(word, len(ids)), macro(TEMPLATE, "terms")(links)
