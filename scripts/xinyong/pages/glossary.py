"""The glossary by letters: the table of terms with its letters of pinyin, and a list of the English names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.markup import pinyin, text
from xinyong.pages.views import View
from xinyong.words import WORDS

_SEPARATOR = re.compile(r"\s*;\s*")


def by_pinyin(view: View, table: Markup) -> Markup:
    """Put letters over the table of terms; each leads to the first row whose pinyin begins with it."""
    first: dict[str, Entry] = {}
    for entry in sorted(
        view.corpus.of_kind("terms"), key=lambda entry: _plain(entry.record.names.pinyin or "")
    ):
        if entry.record.names.pinyin:
            first.setdefault(_plain(entry.record.names.pinyin)[0], entry)
    marked = str(table)
    for letter, entry in first.items():
        link = f'href="{view.address(entry)}"'
        marked = marked.replace(link, f'id="pinyin-{letter}" {link}', 1)
    return _jump("pinyin", first) + Markup(marked)


def by_english(view: View) -> Markup:
    """List the English names of all terms by letter, each name of a double one in its own place."""
    groups: dict[str, list[Markup]] = {}
    for name, entry in sorted(_names(view), key=lambda pair: (_plain(pair[0]), pair[1].id)):
        groups.setdefault(_plain(name)[0], []).append(_item(view, name, entry))
    section = Markup(
        '<section><h3 id="english-{}">{}</h3><ul class="xy-names-list">{}</ul></section>'
    )
    sections = (
        section.format(key, key.upper(), Markup("").join(items)) for key, items in groups.items()
    )
    return _jump("english", groups) + Markup('<div class="xy-letters">{}</div>').format(
        Markup("\n").join(sections)
    )


def _names(view: View) -> Iterator[tuple[str, Entry]]:
    for entry in view.corpus.of_kind("terms"):
        for name in _SEPARATOR.split(entry.record.names.en):
            yield name, entry


def _item(view: View, name: str, entry: Entry) -> Markup:
    names = entry.record.names
    shown = Markup('<li><a href="{}">{}</a>').format(view.address(entry), text(name))
    if names.zh:
        shown += Markup(' <span lang="zh-Hans">{}</span>').format(names.zh)
    if names.pinyin:
        shown += Markup(' <span class="xy-sub">{}</span>').format(pinyin(names.pinyin))
    return shown + Markup("</li>")


def _jump(order: str, letters: Iterable[str]) -> Markup:
    link = Markup('<a href="#{0}-{1}">{2}</a>')
    links = Markup(" ").join(link.format(order, letter, letter.upper()) for letter in letters)
    return Markup('<nav class="xy-jump" aria-label="{}">{}</nav>\n').format(
        WORDS[f"by-{order}"], links
    )


def _plain(name: str) -> str:
    """Return the letters of a name without marks, for sorting."""
    folded = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in folded if char.isalnum())
