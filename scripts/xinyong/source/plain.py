"""Plain text: what is shown as it is written, so that no markup or filler belongs there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from xinyong.source.prose import HTML, Finding

_SIGN_OF_MARKUP = re.compile(r"[&`\[*_~#>]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CITE = re.compile(r"\[@[^\[\]\n]*\]?")
_MARKUP = re.compile(
    r"`[^`\n]*`?"
    r"|!?\[[^\[\]\n]*\]\([^()\s]*\)?"
    r"|(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]*[^\s*]\1(?![\w*])"
    r"|(?<![\w*])\*{2,3}(?=[^\s*])|(?<=[^\s*])\*{2,3}(?![\w*])"
    r"|(?<!\w)(_{1,3})(?=[^\s_])[^_\n]*[^\s_]\2(?!\w)"
    r"|~~(?=\S)[^~\n]*(?:~~)?"
    r"|^[ ]{0,3}(?:#{1,6}[ ]|>[ ]|```|~~~)",
    re.MULTILINE,
)

_FILLERS_TEXT = """
~ n/a n/k n.a. tbd tba tbc t.b.d. t.b.a. t.b.c. todo: fixme xxx xxxx 待定 待补 待补充 待查 待核 待核实 待填
待续
"""
_FILLERS = frozenset(_FILLERS_TEXT.split())
_EMPTY = frozenset(["null", "nil", "nan", "n/a", "void", "undefined", "todo", "placeholder"]) | {
    "not available",
    "not applicable",
    "to do",
    "to be determined",
    "to be done",
    "to be added",
    "lorem ipsum",
}
_FILLERS_OF_THINGS = _FILLERS | _EMPTY
_MOST_WORDS = 3
_NONE = frozenset(
    [
        "none",
        "nothing",
        "unknown",
        "unspecified",
        "无",
        "没有",
        "暂无",
        "暂缺",
        "未知",
        "不详",
        "不明",
        "空",
        "略",
    ]
) | {"not known"}
_SIGNS = re.compile(r"[\W_]+")


def markup(text: str) -> Iterator[Finding]:
    """Find what looks like Markdown or an HTML entity, which would be shown as it stands (X705)."""
    if not _SIGN_OF_MARKUP.search(text):
        return  # nearly all there is
    cite = _CITE.search(text)
    if cite:
        message = f"'{_cut(cite[0])}' is a cite of prose; put its id into a field 'cite'"
        yield Finding("X705", message, cite[0])
    match = _MARKUP.search(text)
    if match and match[0].strip() and not HTML.search(match[0]):
        found = match[0].strip()
        message = f"'{_cut(found)}' would be shown as it stands; write it without marks"
        yield Finding("X705", message, found)
    for match in _ENTITY.finditer(text):
        found = match[0]
        meant = html.unescape(found)
        if found[1] == "#" or found[1:] in html5:
            char = meant if meant.isprintable() else " "
            message = f"'{found}' would be shown as it stands; write '{char}'"
            yield Finding("X705", message, found)
            return


def says_nothing(text: str, *, person: bool = False, none: bool = False) -> bool:
    """Say whether a whole text is a filler: a lone sign, TBD; ``null`` too, but for a ``person``.

    With ``none`` also a word that denies, such as 'none' or 无, which can be an answer.
    """
    if text == "NA" or (_SIGNS.fullmatch(text) and not person):
        return True
    words = text.lower().split(maxsplit=_MOST_WORDS)
    if len(words) > _MOST_WORDS:
        return False
    folded = " ".join(words).rstrip(".!").strip("()[]<>（）【】“”\"'")
    fillers = _FILLERS if person else _FILLERS_OF_THINGS
    return text.lower() in fillers or folded in fillers or (none and folded in _NONE)


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
