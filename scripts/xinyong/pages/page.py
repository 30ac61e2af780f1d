"""A page: its address, its texts, its HTML, its contents."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from xinyong.pages.environment import macro
from xinyong.records.types import KINDS
from xinyong.words import cached


@dataclass(frozen=True)
class Page:
    """A poured page: its address from the site's root, its texts, its HTML, its contents, its file, its head."""

    url: str
    title: str
    description: str
    body: str
    contents: tuple[tuple[str, str], ...]
    file: str
    head: str = ""


def picture(base: str, kind: str) -> str:
    """Return the address of the picture that is shown with a link to a page about a record of ``kind``, or of none."""
    return f"{base}assets/share/{kind if kind in KINDS else 'home'}.png"


@cached
def heading(level: int, id_: str, shown: Markup) -> Markup:
    """Return a heading as the site's engine makes it, with a link to itself."""
    return macro("_marks.html.j2", "heading")(level, id_, shown)


def silent_links(html: str) -> str:
    """Take the links of headings to themselves out of what is read aloud, and out of the tab stops.

    They are there for whoever points at a heading and wants its address. To a screen reader each would be one more
    word of the heading's name, and to a keyboard one more stop; both have the page's contents for the same end.
    """
    return html.replace(_LINK, f'{_LINK} aria-hidden="true" tabindex="-1"')


_LINK = '<a class="headerlink"'
