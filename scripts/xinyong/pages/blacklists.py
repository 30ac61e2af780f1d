"""The page of a blacklist or redlist."""

from __future__ import annotations

from xinyong.corpus import Entry
from xinyong.pages.page import Page
from xinyong.pages.record_view import RecordView, page
from xinyong.publication import Library


def render(library: Library, entry: Entry) -> Page:
    """Render a list: who keeps it, who gets on it and why, what follows, how one gets off, figures by series."""
    return page(RecordView(library, entry=entry), "blacklists.html.j2")
