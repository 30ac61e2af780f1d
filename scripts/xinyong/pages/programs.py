"""The page of a program."""

from __future__ import annotations

from xinyong.corpus import Entry
from xinyong.figures.scores import score_bar
from xinyong.pages.views import Library, Page, View, page, score
from xinyong.records import Program


def render(library: Library, entry: Entry) -> Page:
    """Render a program: layer, operators, status, score with its bands, benefits by threshold, consequences."""
    assert isinstance(entry.record, Program)
    return page(View(library, entry=entry), "programs.html.j2", chart=score_bar(entry.record), band_range=score)
