"""Terms on the built site: their links on hand-written pages, and what the page script shows of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from xinyong.corpus import Corpus
from xinyong.corpus.glossary import Glossary
from xinyong.corpus.text import plain
from xinyong.markup import first_sentence
from xinyong.records import Term

CARDS = Path("assets/terms.json")
_TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_CLOSED = frozenset({
    "a", "abbr", "blockquote", "button", "caption", "cite", "code", "dt", "em", "figcaption", "h1", "h2", "h3", "h4",
    "h5", "h6", "i", "label", "pre", "q", "script", "style", "summary", "svg", "th", "title",
})  # fmt: skip
"""Elements in which no term is linked: links, headings, titles, buttons, code, quotations."""


def mark_page(html: str, glossary: Glossary, root: str) -> str:
    """Link the first mention of each term in the article of a built hand-written page."""
    head, start, rest = html.partition("<article")
    article, end, tail = rest.partition("</article>")
    if not end:
        return html
    mentions = glossary.start(None, root)
    pieces, inside = [], 0
    for number, piece in enumerate(_TAG.split(article)):
        if number == 0 or number % 2:
            tag = _NAME.match(piece)
            if tag and tag[2] in _CLOSED:
                inside = max(0, inside - 1) if tag[1] else inside + 1
            pieces.append(piece)
        else:
            pieces.append(piece if inside else glossary.mark_html(piece, mentions))
    return "".join([head, start, *pieces, end, tail])


def write_cards(site: Path, corpus: Corpus) -> int:
    """Write what is shown of each term where it is mentioned; return the size in bytes."""
    cards = {
        entry.id: _card(entry.record, corpus)
        for entry in corpus.of_kind("terms")
        if isinstance(entry.record, Term)
    }
    data = json.dumps(cards, ensure_ascii=False, separators=(",", ":")).encode()
    (site / CARDS).write_bytes(data)
    return len(data)


def _card(term: Term, corpus: Corpus) -> list[object]:
    """Characters, pinyin, English, the first sentence of the definition, the terms it must not be taken for."""
    others = [corpus[item.with_.id].record.names for item in term.confusions]
    return [
        term.name.zh or "",
        term.name.pinyin or "",
        term.name.en,
        first_sentence(plain(term.summary, corpus)),
        [[other.en, other.zh or ""] for other in others],
    ]
