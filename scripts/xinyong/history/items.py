"""A record as a reviewer sees it: fields, each with its entries, each entry in parts that are plain text.

What a file's layout adds is gone here: quoting, wrapping, the order of fields, a single entry written as a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from xinyong.corpus import Entry
from xinyong.records.base import Cited, Relation
from xinyong.records.types import Prose
from xinyong.records.walk import single_fields
from xinyong.source import prose
from xinyong.source.edtf import Edtf

LEADING = ("value", "label", "partner", "says", "list", "platform", "with", "family", "name")
"""The parts that say what an entry is, the first given counts: two entries that share it are one entry changed."""


@dataclass(frozen=True)
class Item:
    """One entry of a field: its parts by name, several values of one part in no order, and its cites.

    ``fact`` is the fact behind it, where it is one; it counts for nothing when two items are compared.
    """

    parts: Mapping[str, tuple[str, ...]]
    cites: tuple[str, ...] = ()
    fact: Cited | None = field(default=None, compare=False)

    @property
    def key(self) -> tuple[Any, ...]:
        """What is compared: the parts and the cites, each without order."""
        return (
            tuple(sorted((name, tuple(sorted(values))) for name, values in self.parts.items())),
            self.cites,
        )

    @property
    def lead(self) -> str:
        """The text that says what the entry is; empty for an entry that has no such part."""
        name = next((name for name in LEADING if name in self.parts), "")
        return ", ".join(self.parts.get(name, self.parts.get("", ())))

    @property
    def text(self) -> str:
        """All parts in one text, for measuring how alike two entries are."""
        return " ".join(value for values in self.parts.values() for value in values)


def items(entry: Entry) -> Mapping[str, tuple[Item, ...]]:
    """Return the entries of every field that a record gives, in the order of the record."""
    record = entry.record
    found: dict[str, tuple[Item, ...]] = {}
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if value is not None and value != [] and name != "id":
            found[info.alias or name] = tuple(
                map(_item, value if isinstance(value, list) else [value])
            )
    return found


def is_single(entry: Entry, name: str) -> bool:
    """Say whether a field of a record holds one true value at a time."""
    return name in single_fields(type(entry.record))


def _item(value: Any) -> Item:
    if not isinstance(value, BaseModel):
        return Item({"": _texts(value)})
    parts = dict(_parts(value))
    cites = tuple(sorted(map(str, getattr(value, "cite", None) or ())))
    return Item(parts, cites, value if isinstance(value, Cited) else None)


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
    """Return the paragraphs of a prose text, each as one line however it is wrapped, those of a list with its mark."""
    found: list[str] = []
    mark = ""
    for token in prose.parse(source).tokens:
        if token.type == "list_item_open":
            mark = f"{token.info or ''}{token.markup} "
        elif token.type == "inline":
            found.append(mark + " ".join(token.content.split()))
            mark = ""
    return tuple(found)
