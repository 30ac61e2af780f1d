"""The page of a term."""

from __future__ import annotations

from xinyong.corpus import Entry
from xinyong.pages.page import Page
from xinyong.pages.record_view import RecordView, page
from xinyong.publication import Library


def render(library: Library, entry: Entry) -> Page:
    """Render a term: characters, pinyin, definition, renderings, what it is not."""
    return page(RecordView(library, entry=entry, asked={"in_text"}), "terms.html.j2")
