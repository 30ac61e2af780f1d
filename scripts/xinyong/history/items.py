"""What is compared: the fields of a record, each with its entries, in parts that are plain text.

Layout counts for nothing: quoting, wrapping, the order of fields, a single entry written as a list.
A state of today is read from its record, which knows what its facts are; one of any age from the
tree of its file, whatever fields there were then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from xinyong.corpus import Corpus, Entry
from xinyong.records.base import Cited, Relation
from xinyong.records.types import Prose
from xinyong.records.walk import single_fields
from xinyong.source import prose
from xinyong.source.edtf import Edtf
from xinyong.source.yaml import Tree

LEADING = ("value", "label", "partner", "says", "list", "platform", "with", "family", "name")
"""The parts that say what an entry is; the first that is given counts.

Two entries that share it are one entry that was changed.
"""

ASIDE = frozenset({"id", "formerly", "reviewed"})
"""The fields that say something of the record and nothing of its subject."""

_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Item:
    """One entry of a field: its parts by name, several values of one part in no order, its cites.

    ``fact`` is the fact behind it, where it is one, and ``standing`` how well that stands; they
    count for nothing when two items are compared.
    """

    parts: Mapping[str, tuple[str, ...]]
    cites: tuple[str, ...] = ()
    fact: Cited | None = field(default=None, compare=False)
    standing: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[Any, ...]:
        """What is compared: the parts and the cites, each without order."""
        parts = sorted((name, tuple(sorted(values))) for name, values in self.parts.items())
        return tuple(parts), self.cites

    @property
    def lead(self) -> str:
        """The text that says what the entry is; empty for an entry that has no such part."""
        for name in LEADING:
            if name in self.parts:
                return ", ".join(self.parts[name])
        return ""

    @property
    def text(self) -> str:
        """All parts in one text, for measuring how alike two entries are."""
        return " ".join(value for values in self.parts.values() for value in values)


def items(corpus: Corpus, entry: Entry) -> Mapping[str, tuple[Item, ...]]:
    """Return the entries of every field that a record gives, in the order of the record."""
    disputed = {stated.path for stated in entry.facts if stated.disputed}
    by_field: dict[str, tuple[Item, ...]] = {}
    for attribute, info in type(entry.record).model_fields.items():
        name = info.alias or attribute
        values = getattr(entry.record, attribute)
        if values is None or attribute == "id":
            continue
        if not isinstance(values, list):
            values = [values]
        entries = []
        for index, value in enumerate(values):
            is_disputed = (name, index) in disputed
            entries.append(_item(value, "disputed" if is_disputed else standing(corpus, value)))
        if entries:
            by_field[name] = tuple(entries)
    return by_field


def items_of_tree(value: Tree | None) -> tuple[Item, ...]:
    """Return the entries of a field of a file; none where it is not given."""
    if value is None:
        return ()
    return tuple(map(_item_of_tree, value if isinstance(value, list) else [value]))


def is_single(entry: Entry, name: str) -> bool:
    """Say whether a field of a record holds one true value at a time."""
    if name in single_fields(type(entry.record)):
        return True
    for attribute, info in type(entry.record).model_fields.items():
        if name in (attribute, info.alias):
            return not isinstance(getattr(entry.record, attribute), list)
    return False


def standing(corpus: Corpus, value: Any) -> str:
    """Return how well a fact stands by itself; empty for what is no fact."""
    try:
        return corpus.standing_of(value) if isinstance(value, Cited) else ""
    except KeyError:
        return "unknown"  # a cite that leads nowhere, of which 'check' says more


def _item(value: Any, standing: str) -> Item:
    if not isinstance(value, BaseModel):
        return Item({"value": _texts(value)})
    parts = dict(_parts(value))
    cites = tuple(sorted(map(str, getattr(value, "cite", None) or ())))
    return Item(parts, cites, value if isinstance(value, Cited) else None, standing)


def _parts(model: BaseModel) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if name == "cite" or value is None or value == []:
            continue
        yield info.alias or name, _texts(value)


def _texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a value: one, or for a list as many as it has entries."""
    if isinstance(value, list):
        return tuple(text for inner in value for text in _texts(inner))
    return ("\n".join(paragraphs(value)) if isinstance(value, Prose) else _text(value),)


def _text(value: Any) -> str:
    if isinstance(value, Relation):
        return _relation(value)
    if isinstance(value, BaseModel):
        return ", ".join(_named(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join((value.text if isinstance(value, Edtf) else str(value)).split())


def _relation(relation: Relation[Any]) -> str:
    more = [*_named(relation, "value"), *(f"cite {cite}" for cite in relation.cite or ())]
    return f"{relation.value} ({', '.join(more)})" if more else str(relation.value)


def _named(model: BaseModel, *skipped: str) -> list[str]:
    return [f"{name} {'; '.join(texts)}" for name, texts in _parts(model) if name not in skipped]


def paragraphs(source: str) -> tuple[str, ...]:
    """Return the paragraphs of a prose text, each as one line however it is wrapped.

    Those of a list begin with its mark.
    """
    found: list[str] = []
    mark = ""
    for token in prose.parse(source).tokens:
        if token.type == "list_item_open":
            mark = f"{token.info or ''}{token.markup} "
        elif token.type == "inline":
            found.append(mark + " ".join(token.content.split()))
            mark = ""
    return tuple(found)


def _item_of_tree(entry: Tree) -> Item:
    if not isinstance(entry, dict):
        return Item({"value": _texts_of_tree(entry)})
    parts: dict[str, tuple[str, ...]] = {}
    for name, value in entry.items():
        if name != "cite":
            parts |= _parts_of_tree(name, value)
    return Item(parts, tuple(sorted(_texts_of_tree(entry.get("cite", [])))))


def _parts_of_tree(path: str, value: Tree) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        texts = _texts_of_tree(value)
        return {path: texts} if texts else {}
    parts: dict[str, tuple[str, ...]] = {}
    for name, inner in value.items():
        parts |= _parts_of_tree(f"{path}.{name}", inner)
    return parts


def _texts_of_tree(value: Tree) -> tuple[str, ...]:
    if isinstance(value, str):
        paragraphs = [" ".join(text.split()) for text in _PARAGRAPH.split(value.strip())]
        return ("\n".join(paragraphs),)
    if isinstance(value, list):
        return tuple(text for inner in value for text in _texts_of_tree(inner))
    texts = [*_texts_of_tree(value.get("value", []))]
    for name, inner in sorted(value.items()):
        if name != "value":
            texts.append(f"{name} {'; '.join(_texts_of_tree(inner))}")
    return (", ".join(texts),)
