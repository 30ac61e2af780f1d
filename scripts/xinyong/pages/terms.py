"""The page of a term."""

from __future__ import annotations

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.pages.page import Page
from xinyong.pages.views import View, page
from xinyong.publication import Library
from xinyong.records.terms import Rendering


def render(library: Library, entry: Entry) -> Page:
    """Render a term: characters, pinyin, definition, renderings, what it is not."""
    return page(View(library, entry=entry), "terms.html.j2", rendering=rendering)


def rendering(view: View, item: Rendering) -> Markup:
    """Give a rendering, and who uses it."""
    said = Markup("<q>{}</q>").format(item.value)
    return said + Markup(": ") + view.line(item.used_by) if item.used_by else said
