"""All pages: which module renders which kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xinyong.pages import (
    blacklists,
    citations,
    cities,
    claims,
    events,
    organizations,
    programs,
    terms,
)
from xinyong.pages.page import Page
from xinyong.pages.record_view import Render
from xinyong.publication import Library

RENDER: Mapping[str, Render] = {
    "cities": cities.render,
    "programs": programs.render,
    "blacklists": blacklists.render,
    "citations": citations.render,
    "terms": terms.render,
    "organizations": organizations.render,
    "events": events.render,
    "claims": claims.render,
}


def render_all(library: Library) -> Iterator[Page]:
    """Render the pages of the records, kind by kind, one at a time; not those that stand already."""
    for entry in library.corpus:
        if not library.has_files(entry.url):
            with library.making(entry.url):
                page = RENDER[entry.kind](library, entry)
            yield page
