"""Errata in sources: what a source says that is not so, what is right, and who says that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.markup import text
from xinyong.pages.environment import macro
from xinyong.pages.indexes.table import plain
from xinyong.pages.view import View
from xinyong.records import Citation
from xinyong.records.citations import Erratum
from xinyong.records.vocabularies import CITATION_TYPE
from xinyong.words import ERRATA

TEMPLATE = "_errata.html.j2"


@dataclass(frozen=True)
class Group:
    """The errata in the sources of one type."""

    key: str
    title: str
    number: int
    table: Markup


def errata(view: View) -> Markup:
    """List the errata of all sources, grouped by the type of the source."""
    found = [
        (entry, entry.record)
        for entry in view.corpus.of_kind("citations")
        if isinstance(entry.record, Citation) and entry.record.errata
    ]
    total = sum(len(record.errata) for _, record in found)
    counted = ERRATA["counted"].format(errata=f"{total:,}", sources=f"{len(found):,}")
    groups = [
        _group(view, type_, sorted(entries, key=lambda entry: view.name(entry).casefold()))
        for type_ in CITATION_TYPE.values
        if (entries := [entry for entry, record in found if record.type == type_])
    ]
    return macro(TEMPLATE, "errata")(counted, groups)


def _group(view: View, type_: str, entries: list[Entry]) -> Group:
    rows = [_row(view, entry, item) for entry in entries for _, item in entry.values(Erratum)]
    heads = [ERRATA[name] for name in ("source", "says", "right", "cites")]
    return Group(
        type_, CITATION_TYPE[type_].label, len(rows), plain(heads, rows, "errata", cards=True)
    )


def _row(view: View, entry: Entry, item: Erratum) -> Sequence[Markup]:
    where = view.line(item.where) if item.where else ""
    says = macro(TEMPLATE, "says")(view.line(item.says), where)
    return view.link(entry.id), says, view.line(item.right), view.shown(item, text("")).support
