"""The page of a source."""

from __future__ import annotations

from xinyong.corpus import Entry
from xinyong.pages.views import Library, Page, View, page
from xinyong.records import Citation

LANGUAGES = {
    "en": "English",
    "zh": "Chinese",
    "de": "German",
    "nl": "Dutch",
    "fr": "French",
    "ja": "Japanese",
    "pt": "Portuguese",
    "es": "Spanish",
    "it": "Italian",
    "ko": "Korean",
}


def render(library: Library, entry: Entry) -> Page:
    """Render a source: its reference, what it is worth, what it lays down, its errors, what rests on it."""
    assert isinstance(entry.record, Citation)
    view = View(library, entry=entry)
    citing = [library.corpus[id_] for id_ in library.corpus.cited_by.get(entry.id, ())]
    more = {
        "reference": library.references.full(entry.id),
        "language": LANGUAGES.get(entry.record.language[:2], entry.record.language),
        "citing": view.grouped(citing),
    }
    return page(view, "citations.html.j2", **more)
