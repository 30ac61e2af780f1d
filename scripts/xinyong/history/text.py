"""Write changes in short words: the field, the entry, old and new, as HTML or as text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from markupsafe import Markup

from xinyong.history.changes import Change, Part
from xinyong.history.lines import Line, State
from xinyong.markup import text
from xinyong.source import edtf
from xinyong.words import HISTORY, field_word, part_word

SHORT = 200
"""Of a longer text only what differs is shown, with a few words around it, so many characters."""

_AROUND = 5
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_WORD = re.compile(r"\S+\s*")


def changes(found: Sequence[Change], limit: int | None = None) -> Markup:
    """Write changes as the items of a list, at most ``limit`` of them."""
    item = Markup("<li>{}</li>\n")
    return Markup("").join(item.format(change(one)) for one in found[:limit])


def change(one: Change) -> Markup:
    """Write one change: ``<b>Launched</b> 2015: sources <del>a</del> → <ins>b</ins>``."""
    return Markup("").join(_HTML[style].format(text(plain)) for style, plain in _runs(one))


def line(one: Change) -> str:
    """Write one change as text."""
    return "".join(_TEXT[style].format(plain) for style, plain in _runs(one))


Style = Literal["field", "lead", "part", "old", "new", "plain"]
Run = tuple[Style, str]
"""A run of text and how it is set."""

_HTML: Mapping[Style, Markup] = {
    "field": Markup("<b>{}</b>"),
    "lead": Markup(' <span class="xy-asof">{}</span>'),
    "part": Markup('<span class="xy-asof">{}</span>'),
    "old": Markup("<del>{}</del>"),
    "new": Markup("<ins>{}</ins>"),
    "plain": Markup("{}"),
}
_TEXT: Mapping[Style, str] = dict.fromkeys(_HTML, "{}") | {"lead": " ({})"}


def _runs(one: Change) -> Iterator[Run]:
    yield "field", field_word(one.field)
    if one.what != "changed":
        texts = [f"{_named(part)}{_cut(_joined(part.after or part.before))}" for part in one.parts]
        yield "plain", f" {HISTORY[one.what]}: "
        yield "new" if one.what == "added" else "old", "; ".join(texts)
        return
    if one.lead:
        yield "lead", _cut(plain(one.lead))
    separator = ": "
    for part in one.parts:
        yield "plain", separator
        yield from _part(part)
        separator = "; "


def _part(part: Part) -> Iterator[Run]:
    old, new = differing(_joined(part.before), _joined(part.after))
    if _named(part):
        yield "part", _named(part)
    if old and new:
        yield "old", old
        yield "plain", f" {HISTORY['arrow']} "
    else:
        yield "plain", f"{HISTORY['added' if new else 'removed']} "
    if new:
        yield "new", new
    elif old:
        yield "old", old


def _joined(texts: Sequence[str]) -> str:
    return plain("; ".join(texts))


def times(found: Sequence[Change]) -> str:
    """Count changes: ``3 changes``."""
    return HISTORY["change"] if len(found) == 1 else HISTORY["changes"].format(n=f"{len(found):,}")


def became(line: Line, state: State) -> str:
    """Say in a few words what became of a record: ``new``, ``renamed from x, 1 change``."""
    parts = [_word(line, state)]
    if state.changes:
        parts.append(times(state.changes))
    return ", ".join(filter(None, parts))


def _word(line: Line, state: State) -> str:
    if state.became == "changed":
        return ""
    if state.became == "added":
        return HISTORY["new"]
    if state.became == "renamed" and state.blob:
        return HISTORY["renamed-from"].format(id=line.before)
    if state.became == "renamed":
        return HISTORY["renamed-to"].format(id=line.after)
    return HISTORY["joined"].format(id=line.after) if line.after else HISTORY["removed"]


@lru_cache(maxsize=4096)
def day(date: datetime.date) -> Markup:
    """Show a day: ``<time datetime="2026-11-24">24 November 2026</time>``."""
    return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), words(date))


def words(date: datetime.date) -> str:
    """Write a day in words: ``24 November 2026``."""
    return edtf.parse(date.isoformat()).words


def plain(message: str) -> str:
    """Take record links out of a text: of ``[[id|label]]`` the label stays."""
    return _LINK.sub(r"\1", message)


def differing(before: str, after: str) -> tuple[str, str]:
    """Cut two long texts down to what differs.

    A few words around it are left, and ``…`` stands for what is not.
    """
    if max(len(before), len(after)) <= SHORT or not (before and after):
        return _cut(before), _cut(after)
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    return _window(old, start, end), _window(new, start, end)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts share at their beginning."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a.rstrip() != b.rstrip():
            break
        count += 1
    return count


def _window(tokens: Sequence[str], start: int, end: int) -> str:
    first, last = max(start - _AROUND, 0), len(tokens) - max(end - _AROUND, 0)
    shown = "".join(tokens[first:last]).strip()
    before = "… " if first else ""
    after = " …" if last < len(tokens) else ""
    return f"{before}{_cut(shown)}{after}".replace("… …", "…")


def _cut(message: str) -> str:
    """Cut a text at the end of a word, or of a character where it has no words."""
    if len(message) <= SHORT:
        return message
    words = message[:SHORT].rsplit(" ", 1)[0]
    return f"{words.rstrip(',;:')} …"


def _named(part: Part) -> str:
    """Return what stands before a part; nothing before the value itself."""
    return "" if part.name == "value" else f"{part_word(part.name.rpartition('.')[2])}: "
