"""Changes in short words: the field, the entry, old and new."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.history.changes import Change, Part, What
from xinyong.history.lines import Line, State
from xinyong.source import edtf
from xinyong.words import HISTORY, KIND_ONE, cached, field_word, part_word

SHORT = 200
"""Of a longer text only what differs is shown, with a few words around it, so many characters."""

_AROUND = 5
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class PartText:
    """One part of a change in words, shortened; ``name`` ends in a colon, and is empty for the value."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeText:
    """A change in words; ``whole`` is an entry that was added or removed, ``parts`` what else changed.

    ``lead`` says which entry it is, where its parts do not.
    """

    field: str
    what: What
    lead: str
    whole: str
    parts: Sequence[PartText]


def change_text(change: Change) -> ChangeText:
    """Put one change into short words."""
    field, lead = field_word(change.field), _cut(plain(change.lead))
    if change.what == "changed":
        return ChangeText(field, change.what, lead, "", [_part(part) for part in change.parts])
    return ChangeText(field, change.what, lead, _whole(change), ())


def line(change: Change) -> str:
    """Put one change into one line of text."""
    words = change_text(change)
    if change.what != "changed":
        return f"{words.field} {HISTORY[change.what]}: {words.whole}"
    lead = f" ({words.lead})" if words.lead else ""
    return f"{words.field}{lead}: {'; '.join(map(_part_line, words.parts))}"


def times(found: Sequence[Change]) -> str:
    """Count changes: ``3 changes``."""
    return HISTORY["change"] if len(found) == 1 else HISTORY["changes"].format(n=f"{len(found):,}")


def fields(found: Sequence[Change], most: int = 0) -> str:
    """Name the fields that changed: ``Launched added; Score changed``; of more than ``most`` the first."""
    events: dict[str, set[What]] = {}
    for change in found:
        events.setdefault(change.field, set()).add(change.what)
    told = [f"{field_word(name)} {HISTORY[_one(what)]}" for name, what in events.items()]
    rest = len(told) - most
    if most and rest > 0:
        told[most:] = [HISTORY["and-more"].format(n=rest)]
    return "; ".join(told)


def _one(events: set[What]) -> What:
    return next(iter(events)) if len(events) == 1 else "changed"


def became(line: Line, state: State) -> str:
    """Say in a few words what became of a record: ``new``, ``renamed from x, 1 change``."""
    counted = times(state.changes) if state.changes else ""
    return ", ".join(filter(None, (_event(line, state), counted)))


def told(line: Line, state: State, most: int = 0) -> str:
    """Say what became of a record, and which fields changed: ``renamed from x; Score changed``."""
    event = _event(line, state)
    if state.became == "added":
        event = HISTORY["new-record"].format(kind=KIND_ONE[line.kind].lower())
    return "; ".join(filter(None, (event, fields(state.changes, most))))


def _event(line: Line, state: State) -> str:
    """Say what became of the record as a whole; empty where only entries of it changed."""
    if state.became == "changed":
        return ""
    if state.became == "added":
        return HISTORY["new"]
    if state.became == "renamed" and state.blob:
        return HISTORY["renamed-from"].format(id=line.before)
    if state.became == "renamed":
        return HISTORY["renamed-to"].format(id=line.after)
    if line.after:
        return HISTORY["joined"].format(id=line.after)
    return HISTORY["removed"]


@cached
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
    first = max(start - _AROUND, 0)
    last = len(tokens) - max(end - _AROUND, 0)
    shown = _cut("".join(tokens[first:last]).strip())
    head = "… " if first else ""
    tail = " …" if last < len(tokens) else ""
    return f"{head}{shown}{tail}".replace("… …", "…")


def _cut(message: str) -> str:
    """Cut a text at the end of a word, or of a character where it has no words."""
    if len(message) <= SHORT:
        return message
    words = message[:SHORT].rsplit(" ", 1)[0]
    return f"{words.rstrip(',;:')} …"


def _part(part: Part) -> PartText:
    before, after = differing(_joined(part.before), _joined(part.after))
    return PartText(_name(part), before, after)


def _part_line(part: PartText) -> str:
    if part.before and part.after:
        return f"{part.name}{part.before} {HISTORY['arrow']} {part.after}"
    event = HISTORY["added" if part.after else "removed"]
    return f"{part.name}{event} {part.after or part.before}"


def _whole(change: Change) -> str:
    """Put an entry that was added or removed into one line."""
    return "; ".join(f"{_name(part)}{_value(part)}" for part in change.parts)


def _value(part: Part) -> str:
    return _cut(_joined(part.after or part.before))


def _joined(texts: Sequence[str]) -> str:
    return plain("; ".join(texts))


def _name(part: Part) -> str:
    """Return what stands before a part; nothing before the value itself."""
    if part.name == "value":
        return ""
    return f"{part_word(part.name.rpartition('.')[2])}: "
