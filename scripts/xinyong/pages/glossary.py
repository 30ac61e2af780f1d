"""The glossary by letters: the table of terms with its letters of pinyin, and a list of the English names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.importance import by_importance
from xinyong.pages.environment import macro
from xinyong.pages.indexes import paging, terms
from xinyong.pages.indexes.table import sortable
from xinyong.pages.view import View

TEMPLATE = "_glossary.html.j2"
_SEPARATOR = re.compile(r"\s*;\s*")


FIRST = 8
"""How many terms stand over the table as those that one meets most."""


def first(view: View) -> Markup:
    """Show the terms that matter most, each with what it means."""
    entries = by_importance(view.corpus, view.corpus.of_kind("terms"))[:FIRST]
    meanings = [(entry, terms.meaning(view, entry)) for entry in entries]
    return macro(TEMPLATE, "first")(view, meanings)


def by_pinyin(view: View) -> Markup:
    """Show all terms behind the letters of their pinyin."""
    return paging.shown(terms.index(view))


def by_english(view: View) -> Markup:
    """List the English names of all terms by letter, each name of a double one in its own place."""
    groups: dict[str, list[tuple[str, Entry]]] = {}
    for name, entry in sorted(_names(view), key=lambda pair: (sortable(pair[0]), pair[1].id)):
        groups.setdefault(sortable(name)[0], []).append((name, entry))
    return macro(TEMPLATE, "by_english")(view, groups)


def _names(view: View) -> Iterator[tuple[str, Entry]]:
    for entry in view.corpus.of_kind("terms"):
        for name in _SEPARATOR.split(entry.record.names.en):
            yield name, entry
