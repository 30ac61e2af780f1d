"""The page of an event."""

from __future__ import annotations

from xinyong.corpus import Entry
from xinyong.pages.page import Page
from xinyong.pages.record_view import RecordView, page
from xinyong.publication import Library


def render(library: Library, entry: Entry) -> Page:
    """Render an event: when and where it happened, what it concerns, what came of it."""
    return page(RecordView(library, entry=entry), "events.html.j2")
