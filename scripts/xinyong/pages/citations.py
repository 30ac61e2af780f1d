"""The page of a source."""

from __future__ import annotations

from collections import Counter

from xinyong.corpus import Entry
from xinyong.pages.page import Page
from xinyong.pages.record_view import RecordView, page
from xinyong.publication import Library
from xinyong.records import Citation
from xinyong.records.vocabularies import CITATION_TYPE, RELIABILITY

_IN_REFERENCE = frozenset(
    {
        "title", "title_original", "title_pinyin", "authors", "editors", "translators", "container", "publisher",
        "place", "volume", "issue", "pages", "date", "language", "url", "accessed", "doi", "isbn",
    }
)  # fmt: skip
"""The fields that the full reference shows."""


def render(library: Library, entry: Entry) -> Page:
    """Render a source: its reference, what it is worth, what it lays down, its errors, what rests on it."""
    assert isinstance(entry.record, Citation)
    view = RecordView(library, entry=entry, asked=set(_IN_REFERENCE))
    uses = Counter(use.source for use in library.corpus.cites_of.get(entry.id, ()))
    citing = [library.corpus[id_] for id_ in uses if id_ != entry.id]
    work = entry.record
    more = {
        "reference": library.references.full(entry.id),
        "citing": view.grouped(citing, lambda other: (view.link(other.id), uses[other.id])),
        "type_label": CITATION_TYPE[work.type].label,
        "reliability_label": RELIABILITY[work.reliability].label,
    }
    return page(view, "citations.html.j2", **more)
