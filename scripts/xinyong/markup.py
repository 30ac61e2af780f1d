"""Small pieces of HTML: escaping, the language of Chinese runs, addresses."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(
    rf"[《〈「『（〔“]?[{_HAN}](?:[{_HAN}0-9A-Za-z〇·、，。；：？！（）〔〕《》〈〉「」『』—…－～“”%+]*[{_HAN}）〔〕》〉」』。号])?"
)
_PIECE = re.compile(r"<!--.*?-->|<[^<>]*>|[^<]+|<", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_SENTENCE = re.compile(r".{12,}?[.!?。！？](?=\s+[A-Z\"“]|$)")


@lru_cache(maxsize=65536)
def text(plain: str) -> Markup:
    """Escape a text and mark its Chinese runs: ``<span lang="zh-Hans">失信</span>``."""
    escaped = str(escape(plain))
    if escaped.isascii():
        return Markup(escaped)
    return Markup(_marked(escaped))


def folded(title: str, inner: Markup) -> Markup:
    """Fold something long behind its title."""
    html = '<details class="xy-fold"><summary>{}</summary>\n<div>{}</div></details>'
    return Markup(html).format(text(title), inner)


def mark_chinese(html: str) -> str:
    """Mark the Chinese runs in the article of a built page, but for those in an element that is marked already."""
    head, start, rest = html.partition("<article")
    article, end, tail = rest.partition("</article>")
    if not end or article.isascii():
        return html
    pieces: list[str] = []
    around: list[tuple[str, bool]] = []
    for piece in _PIECE.findall(article):
        tag = _TAG.match(piece)
        if tag is None:
            done = piece.startswith("<") or any(chinese for _, chinese in around)
            pieces.append(piece if done else _marked(piece))
            continue
        pieces.append(piece)
        if not tag[1] and tag[2] not in _VOID and not piece.endswith("/>"):
            around.append((tag[2], 'lang="zh' in piece))
        elif tag[1] and tag[2] in {name for name, _ in around}:
            while around.pop()[0] != tag[2]:
                pass
    return "".join([head, start, *pieces, end, tail])


def _marked(escaped: str) -> str:
    return _RUN.sub(lambda run: f'<span lang="zh-Hans">{run.group()}</span>', escaped)


def pinyin(plain: str) -> Markup:
    """Mark a text as pinyin."""
    return Markup('<span lang="zh-Latn-pinyin">{}</span>').format(plain)


def first_sentences(plain: str, limit: int = 160) -> str:
    """Cut a text to at most ``limit`` characters for a page's description, at the end of a word."""
    flat = " ".join(plain.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def first_sentence(plain: str, limit: int = 240) -> str:
    """Return the first sentence of a text, cut at the end of a word where it is longer than ``limit``."""
    flat = " ".join(plain.split())
    ended = _SENTENCE.match(flat)
    return first_sentences(ended.group() if ended else flat, limit)
