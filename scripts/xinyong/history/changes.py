"""What a change of a record means: which entries of which fields were added, removed or changed, and in what.

Trees are compared as they were read from YAML, without the types of today's records, so that a state of any age can be
compared, whatever fields there were then.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from xinyong.history.items import Item
from xinyong.history.match import Pair, match
from xinyong.source.yaml import Tree

ASIDE = frozenset({"id", "formerly", "reviewed"})
"""The fields that say something of the record and nothing of its subject."""

CITE = "cite"

What = Literal["added", "removed", "changed"]
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Part:
    """One part of an entry, such as ``value`` or ``cite``, before and after; empty where it was not there."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """What became of one entry of a field; ``lead`` says which entry it is, where its parts do not."""

    field: str
    what: What
    parts: tuple[Part, ...]
    lead: str = ""


def changes(before: Mapping[str, Tree], after: Mapping[str, Tree]) -> tuple[Change, ...]:
    """Return what changed in meaning from one state of a record to another, in the order of the fields.

    Layout, quoting, wrapping, the order of fields, entries and cites, and whether a single entry stands in a list
    count for nothing; a bare id is the same as a mapping with nothing but that ``value``.
    """
    return tuple(
        _change(name, pair)
        for name in dict.fromkeys([*after, *before])
        if name not in ASIDE and before.get(name) != after.get(name)
        for pair in match(
            _items(before, name), _items(after, name), single=_single(before, after, name)
        )
        if not pair.same
    )


def _items(tree: Mapping[str, Tree], name: str) -> Sequence[Item]:
    value = tree.get(name, [])
    return [_item(entry) for entry in (value if isinstance(value, list) else [value])]


def _single(before: Mapping[str, Tree], after: Mapping[str, Tree], name: str) -> bool:
    return not (isinstance(before.get(name), list) and isinstance(after.get(name), list))


def _item(entry: Tree) -> Item:
    if not isinstance(entry, dict):
        return Item({"value": _texts(entry)})
    cites = entry.get(CITE, [])
    parts = {
        path: texts
        for name, value in entry.items()
        if name != CITE
        for path, texts in _parts(name, value)
        if texts
    }
    return Item(parts, tuple(sorted(_texts(cites))))


def _parts(path: str, value: Tree) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _parts(f"{path}.{name}", inner)
    else:
        yield path, _texts(value)


def _texts(value: Tree) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(text for inner in value for text in _texts(inner))
    if isinstance(value, dict):
        named = (
            f"{name} {'; '.join(_texts(inner))}"
            for name, inner in sorted(value.items())
            if name != "value"
        )
        return (", ".join([*_texts(value.get("value", [])), *named]),)
    return (
        "\n".join(" ".join(paragraph.split()) for paragraph in _PARAGRAPH.split(value.strip())),
    )


def _change(field: str, pair: Pair) -> Change:
    old, new = pair.before, pair.after
    if old is None or new is None:
        item = new or old
        assert item is not None, "a pair has an entry on one side at least"
        texts = {
            **{name: "; ".join(values) for name, values in item.parts.items()},
            CITE: "; ".join(item.cites),
        }
        parts = (
            Part(name, *(("", text) if new else (text, ""))) for name, text in texts.items() if text
        )
        return Change(field, "added" if new else "removed", tuple(parts))
    found = tuple(_differing(old, new))
    return Change(field, "changed", found, old.lead if old.lead == new.lead else "")


def _differing(old: Item, new: Item) -> Iterator[Part]:
    for name in dict.fromkeys([*new.parts, *old.parts]):
        before, after = old.parts.get(name, ()), new.parts.get(name, ())
        if sorted(before) != sorted(after):
            yield _part(name, before, after)
    if old.cites != new.cites:
        yield _part(CITE, old.cites, new.cites)


def _part(name: str, before: Sequence[str], after: Sequence[str]) -> Part:
    """Of several values tell only those that one side alone has."""
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return Part(name, "; ".join(gone.elements()), "; ".join(come.elements()))
