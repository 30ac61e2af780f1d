"""The page of a program."""

from __future__ import annotations

from xinyong.corpus import Entry
from xinyong.pages.figures import program_score
from xinyong.pages.page import Page
from xinyong.pages.record_view import RecordView, page
from xinyong.publication import Library
from xinyong.records import Program


def render(library: Library, entry: Entry) -> Page:
    """Render a program: layer, operators, status, score with its bands, benefits by threshold, consequences."""
    assert isinstance(entry.record, Program)
    view = RecordView(library, entry=entry)
    return page(view, "programs.html.j2", drawing=program_score(view, entry.record))
