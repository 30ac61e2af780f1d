"""A page: its address, its texts, its HTML, its contents."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from xinyong.words import WORDS


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


def heading(level: int, id_: str, shown: Markup) -> Markup:
    """Return a heading as the site's engine makes it, with a link to itself."""
    html = '<h{0} id="{1}">{2}<a class="headerlink" href="#{1}" title="{3}">&para;</a></h{0}>'
    return Markup(html).format(level, id_, shown, WORDS["permanent-link"])
