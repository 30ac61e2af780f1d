"""The page of an organization."""

from __future__ import annotations

from xinyong.corpus import Entry
from xinyong.pages.page import Page
from xinyong.pages.record_view import RecordView, page
from xinyong.publication import Library


def render(library: Library, entry: Entry) -> Page:
    """Render an organization: who it is, what it does in the credit systems, its names and figures."""
    return page(RecordView(library, entry=entry), "organizations.html.j2")
