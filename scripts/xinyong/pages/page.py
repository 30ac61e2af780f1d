"""A page: its address, its texts, its HTML, its contents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup


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


@lru_cache(maxsize=1024)
def heading(level: int, id_: str, shown: Markup) -> Markup:
    """Return a heading as the site's engine makes it, with a link to itself."""
    html = '<h{0} id="{1}">{2}<a class="headerlink" href="#{1}" title="Permanent link">&para;</a></h{0}>'
    return Markup(html).format(level, id_, shown)
