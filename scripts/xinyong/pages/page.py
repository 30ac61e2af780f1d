"""A page: its address, its texts, its HTML, its contents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from xinyong.pages.environment import macros


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
    return Markup(macros("marks").heading(level, id_, shown))
