"""The compare view: programs, places or lists side by side, row by row, each fact as on its own page.

What is chosen by the reader is fetched, a small file for each record, and put together by a script; the comparisons
prepared in ``docs/compare.md`` are the same table, made here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from typing import Any

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.pages import early
from xinyong.pages.environment import macro
from xinyong.pages.record_view import LooseRecordView, RecordView
from xinyong.pages.values import fact_text
from xinyong.pages.view import View
from xinyong.publication import Library
from xinyong.records import fields
from xinyong.records.base import Cited, Relation
from xinyong.words import COMPARING, KIND_MANY, field_word

COMPARED = ("programs", "cities", "blacklists")
"""The kinds whose records can be compared."""

_LEFT_OUT = frozenset({"coordinates", "division_code", "concerns"})
"""Fields that say nothing side by side."""

_AT_THE_END = ("figures", "users", "legal_basis", "signatories")
"""Rows that are long and seldom asked for first."""

SEPARATOR = "--"
"""Stands between kind and ids in the name of a slot: ``compare-programs--sesame-credit--tencent-credit``."""

_SHOWN = 4
"""How many entries of a cell are shown before the rest is folded."""


@dataclass(frozen=True)
class Column:
    """A record as a column: its cells by field, and for each a digest of what it says, without its sources."""

    entry: Entry
    head: Markup
    cells: Mapping[str, Markup]
    digests: Mapping[str, str]

    def json(self) -> bytes:
        """Write the column for the script."""
        data = {
            "name": self.entry.record.heading,
            "head": self.head,
            "cells": self.cells,
            "digests": self.digests,
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class _Row:
    """A row of a comparison: a field, a cell for each record, and whether the records differ in it."""

    title: str
    cells: Sequence[Markup | None]
    differs: bool


@dataclass(frozen=True)
class _Group:
    """The records of a kind that can be chosen: id and name of each."""

    kind: str
    title: str
    options: Sequence[tuple[str, str]]


@cache
def rows_of(kind: str) -> tuple[str, ...]:
    """Return the rows of a comparison of records of a kind: what fits on a line, then the long ones."""
    names = [field.attribute for field in fields.own(kind) if field.attribute not in _LEFT_OUT]
    short = {field.attribute for field in fields.own(kind) if field.section == "facts"}
    ordered = sorted(names, key=lambda name: (name in _AT_THE_END, name not in short))
    return (*ordered, "programs") if kind == "cities" else tuple(ordered)


def files(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield the file of each record that can be compared: its name from the site's root, and its bytes."""
    for kind in COMPARED:
        for entry in library.corpus.of_kind(kind):
            if not library.has_files(entry.url):
                with library.making(entry.url):
                    data = column(library, entry).json()
                yield file_of(entry), data


def file_of(entry: Entry) -> str:
    """Return where the file of a record stands, from the site's root."""
    return f"compare/{entry.kind}/{entry.id}.json"


def form(view: View) -> Markup:
    """Make the form in which records are chosen, unseen where no script can answer it, and where it shows them.

    Where the address asks for records, their place is kept free, so that nothing moves when they come.
    """
    groups = [_group(view, kind) for kind in COMPARED]
    titles = {kind: [[name, field_word(name)] for name in rows_of(kind)] for kind in COMPARED}
    rows = Markup(json.dumps(titles, ensure_ascii=False).replace("<", "\\u003c"))
    return macro("compare.html.j2", "form")(groups, early.COMPARISON, rows)


def prepared(view: View, name: str) -> Markup | None:
    """Make the comparison that a slot names; None where the name is not that of one.

    Records that the corpus does not have are left out, so that the page can be built for any corpus.
    """
    kind, *ids = name.split(SEPARATOR)
    if kind not in COMPARED or not 2 <= len(ids) <= 4:
        return None
    columns = [column(view.library, view.corpus[id_]) for id_ in ids if id_ in view.corpus]
    if len(columns) < 2:
        return macro("compare.html.j2", "missing")()
    rows = [_row(field, columns) for field in rows_of(kind)]
    address = f"{view.root}compare/?{kind}={','.join(ids)}"
    names = ", ".join(each.entry.record.heading for each in columns)
    label = f"{COMPARING['table']}: {names}"
    heads = [each.head for each in columns]
    return macro("compare.html.j2", "table")(
        address, label, heads, [row for row in rows if any(row.cells)]
    )


def column(library: Library, entry: Entry) -> Column:
    """Make the column of a record; its links lead on from ``/compare/``."""
    view = LooseRecordView(library, root="../", entry=entry)
    head = macro("compare.html.j2", "head")(view.link(entry.id), entry.record.names.zh)
    found = {name: _entries(view, name) for name in rows_of(entry.kind)}
    filled = {name: entries for name, entries in found.items() if entries}
    cells = {name: _cell([html for _, html in entries]) for name, entries in filled.items()}
    digests = {name: _digest([plain for plain, _ in entries]) for name, entries in filled.items()}
    return Column(entry, head, cells, digests)


def _entries(view: RecordView, name: str) -> list[tuple[str, Markup]]:
    """Return what a cell holds: of each entry what it says as plain text, and how it is shown."""
    if name == "programs":
        linked = [view.corpus[id_] for id_ in view.corpus.linked_from.get(view.entry.id, ())]
        return [
            (other.id, _plain(view.link(other.id))) for other in linked if other.kind == "programs"
        ]
    value = getattr(view.entry.record, name)
    if value is not None and not isinstance(value, list):
        shown = view.badge("layer") if name == "layer" else view.value(value, name)
        return [(str(value), _plain(shown))]
    disputed = {stated.path for stated in view.entry.facts if stated.disputed}
    return [
        _entry(view, name, item, disputed=(name, index) in disputed)
        for index, item in enumerate(value or ())
    ]


def _entry(view: RecordView, name: str, item: Any, *, disputed: bool) -> tuple[str, Markup]:
    if isinstance(item, Relation):
        return item.value.id, _plain(view.relation(item))
    if not isinstance(item, Cited):
        return str(item), _plain(view.value(item, name))
    shown = fact_text(view, item, name)
    return shown.striptags(), view.shown(item, shown, disputed=disputed).html


def _plain(shown: Markup) -> Markup:
    return macro("compare.html.j2", "plain")(shown)


def _cell(entries: Sequence[Markup]) -> Markup:
    # A single entry is not folded away: the line that says so would be as long.
    end = _SHOWN if len(entries) > _SHOWN + 1 else len(entries)
    return macro("compare.html.j2", "cell")(entries[:end], entries[end:])


def _digest(text: Sequence[str]) -> str:
    return blake2s("\n".join(sorted(text)).encode(), digest_size=4).hexdigest()


def _row(field: str, columns: Sequence[Column]) -> _Row:
    digests = {each.digests[field] for each in columns if field in each.digests}
    cells = [each.cells.get(field) for each in columns]
    return _Row(field_word(field), cells, len(digests) > 1)


def _group(view: View, kind: str) -> _Group:
    entries = sorted(
        view.corpus.of_kind(kind), key=lambda entry: (entry.record.heading.casefold(), entry.id)
    )
    options = [(entry.id, entry.record.heading) for entry in entries]
    return _Group(kind, KIND_MANY[kind].capitalize(), options)
