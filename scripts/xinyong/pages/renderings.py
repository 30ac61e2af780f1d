"""Rival renderings: which English words stand for a Chinese term, who uses them, and where one stands for several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.markup import pinyin, text
from xinyong.pages.indexes import facets, table
from xinyong.pages.indexes.table import Column, Row, Table
from xinyong.pages.indexes.terms import by_pinyin, term_link
from xinyong.pages.views import View
from xinyong.records import Term
from xinyong.records.terms import Rendering
from xinyong.records.vocabularies import DOMAIN
from xinyong.words import TABLES, WORDS

_COLUMNS = (
    *(Column(name, TABLES[name]) for name in ("chinese", "pinyin", "rendering", "users")),
    Column("sources", WORDS["citations"]),
)
_FACETS = (facets.of_vocabulary("domain", DOMAIN),)


def renderings(view: View) -> Markup:
    """All renderings by the pinyin of their terms: Chinese, pinyin, rendering, who uses it, sources."""
    rows = [
        _row(view, entry, record, item)
        for entry, record in _terms(view)
        for item in record.renderings
    ]
    return Table("renderings", _COLUMNS, rows, _FACETS, "pinyin").html()


def reverse(view: View) -> Markup:
    """All English words in the order of the alphabet, each with its terms; those with several are marked."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    spelled: dict[str, str] = {}
    for entry, record in _terms(view):
        words = [record.name.en, *(word for item in record.renderings for word in _words(item))]
        for word in words:
            found[word.casefold()][entry.id] = None
            spelled.setdefault(word.casefold(), word)
    rows = [_reversed(view, spelled[key], list(found[key])) for key in sorted(found)]
    return table.plain([TABLES["english"], TABLES["stands-for"]], rows, "reverse")


def _terms(view: View) -> Iterator[tuple[Entry, Term]]:
    for entry in sorted(
        view.corpus.of_kind("terms"), key=lambda entry: (by_pinyin(entry), entry.id)
    ):
        if isinstance(entry.record, Term):
            yield entry, entry.record


def _row(view: View, entry: Entry, record: Term, item: Rendering) -> Row:
    key = by_pinyin(entry)
    cells = (
        (term_link(view, entry), key),
        (pinyin(record.name.pinyin) if record.name.pinyin else Markup("–"), key),
        (text(item.value), item.value.casefold()),
        (view.line(item.used_by), "") if item.used_by else table.NOTHING,
        (view.shown(item, Markup("")).support, ""),
    )
    return Row(cells, ((record.domain,),), record.name.en)


def _words(item: Rendering) -> list[str]:
    """Return the renderings that one entry holds: some give two with a semicolon between."""
    return [word.strip() for word in item.value.split(";")]


def _reversed(view: View, word: str, ids: list[str]) -> tuple[Markup, Markup]:
    links = Markup("; ").join(_spelled_link(view, view.corpus[id_]) for id_ in ids)
    mark = Markup(' <span class="xy-differs">{}</span>').format(
        TABLES["several-terms"].format(len(ids))
    )
    return text(word) + (mark if len(ids) > 1 else Markup("")), links


def _spelled_link(view: View, entry: Entry) -> Markup:
    spelled = entry.record.names.pinyin
    return term_link(view, entry) + (Markup(" ") + pinyin(spelled) if spelled else Markup(""))
