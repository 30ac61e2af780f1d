"""The page of an organization."""

from __future__ import annotations

from xinyong.corpus import Entry
from xinyong.pages.views import Library, Page, View, page


def render(library: Library, entry: Entry) -> Page:
    """Render an organization: who it is, what it does in the credit systems, its names and figures."""
    return page(View(library, entry=entry), "organizations.html.j2")
