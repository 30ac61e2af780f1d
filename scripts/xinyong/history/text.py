"""Tell changes in short words: the field, the entry, old and new, as HTML or as text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from xinyong.history.changes import Change, Part
from xinyong.history.lines import Line, State
from xinyong.markup import text
from xinyong.source import edtf
from xinyong.words import HISTORY, field_word, part_word

SHORT = 200
"""Of a longer text only what differs is told, with a few words around it, at most so many characters a side."""

_AROUND = 5
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_WORD = re.compile(r"\S+\s*")


def changes(found: Sequence[Change], limit: int | None = None) -> Markup:
    """Tell changes as the items of a list, at most ``limit`` of them."""
    return Markup("").join(Markup("<li>{}</li>\n").format(change(one)) for one in found[:limit])


def change(one: Change) -> Markup:
    """Tell one change: ``<b>Launched</b> 2015: sources <del>a</del> → <ins>b</ins>``."""
    label = Markup("<b>{}</b>").format(field_word(one.field))
    if one.what != "changed":
        tag = "ins" if one.what == "added" else "del"
        message = "; ".join(
            f"{_named(part)}{_cut(plain(part.after or part.before))}" for part in one.parts
        )
        return Markup(f"{{}} {{}}: <{tag}>{{}}</{tag}>").format(
            label, HISTORY[one.what], text(message)
        )
    lead = (
        Markup(' <span class="xy-asof">{}</span>').format(text(_cut(plain(one.lead))))
        if one.lead
        else ""
    )
    return Markup("{}{}: {}").format(label, lead, Markup("; ").join(map(_part, one.parts)))


def line(one: Change) -> str:
    """Tell one change as text."""
    label = field_word(one.field)
    if one.what != "changed":
        message = "; ".join(
            f"{_named(part)}{_cut(plain(part.after or part.before))}" for part in one.parts
        )
        return f"{label} {HISTORY[one.what]}: {message}"
    lead = f" ({_cut(plain(one.lead))})" if one.lead else ""
    return f"{label}{lead}: {'; '.join(map(_part_line, one.parts))}"


def times(found: Sequence[Change]) -> str:
    """Count changes: ``3 changes``."""
    return HISTORY["change"] if len(found) == 1 else HISTORY["changes"].format(n=f"{len(found):,}")


def became(line: Line, state: State) -> str:
    """Say in a few words what became of a record: ``new``, ``3 changes``, ``renamed from x, 1 change``."""
    return ", ".join(
        filter(None, (_word(line, state), times(state.changes) if state.changes else ""))
    )


def _word(line: Line, state: State) -> str:
    if state.became == "changed":
        return ""
    if state.became == "added":
        return HISTORY["new"]
    if state.became == "renamed":
        return (
            HISTORY["renamed-from"].format(id=line.before)
            if state.blob
            else HISTORY["renamed-to"].format(id=line.after)
        )
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
    """Cut two long texts down to what differs, with a few words around it and ``…`` for what is left out."""
    if max(len(before), len(after)) <= SHORT or not (before and after):
        return _cut(before), _cut(after)
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    return _window(old, start, end), _window(new, start, end)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next(
        (count for count, (a, b) in enumerate(pairs) if a.rstrip() != b.rstrip()),
        min(len(one), len(other)),
    )


def _window(tokens: Sequence[str], start: int, end: int) -> str:
    first, last = max(start - _AROUND, 0), len(tokens) - max(end - _AROUND, 0)
    shown = "".join(tokens[first:last]).strip()
    head, tail = ("… " if first else ""), (" …" if last < len(tokens) else "")
    return f"{head}{_cut(shown)}{tail}".replace("… …", "…")


def _cut(message: str) -> str:
    """Cut a text at the end of a word, or of a character where it has no words."""
    if len(message) <= SHORT:
        return message
    return (
        message[:SHORT].rsplit(" ", 1)[0] if " " in message[:SHORT] else message[:SHORT]
    ).rstrip(",;:") + " …"


def _part(part: Part) -> Markup:
    old, new = differing(plain(part.before), plain(part.after))
    gone = Markup("<del>{}</del>").format(text(old)) if old else ""
    come = Markup("<ins>{}</ins>").format(text(new)) if new else ""
    name = Markup('<span class="xy-asof">{}</span>').format(_named(part)) if _named(part) else ""
    if old and new:
        return Markup("{}{} {} {}").format(name, gone, HISTORY["arrow"], come)
    return Markup("{}{} {}").format(name, HISTORY["added" if new else "removed"], come or gone)


def _part_line(part: Part) -> str:
    old, new = differing(plain(part.before), plain(part.after))
    if old and new:
        return f"{_named(part)}{old} {HISTORY['arrow']} {new}"
    return f"{_named(part)}{HISTORY['added' if new else 'removed']} {new or old}"


def _named(part: Part) -> str:
    """Return what stands before a part; nothing before the value itself."""
    return "" if part.name == "value" else f"{part_word(part.name.rpartition('.')[2])}: "
