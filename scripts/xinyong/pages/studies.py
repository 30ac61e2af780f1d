"""Studies side by side: what each asked, of whom, how, with what result, and which claims rest on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.corpus.dates import date_of
from xinyong.pages.environment import macro
from xinyong.pages.fact import Shown
from xinyong.pages.indexes import table
from xinyong.pages.indexes.table import NOTHING, Cell, Column, Row, Table
from xinyong.pages.view import View
from xinyong.records import Citation
from xinyong.records.base import Detail
from xinyong.words import STUDIES

TEMPLATE = "_studies.html.j2"

RESULT = "Finding"
"""The label of the fact that makes a source a study."""

LABELS: Mapping[str, Collection[str]] = {
    "question": ("Question",),
    "sample": ("Sample", "Sample, second", "Sample, third", "Interviews", "Time"),
    "method": ("Method",),
    "finding": (RESULT,),
    "limits": ("Limit", "Funding", "Who asked"),
}
"""The columns that hold facts of a study, with the labels of these facts in its record."""

UNNAMED = frozenset({"Question", "Sample", "Method", RESULT})
"""Labels that say no more than the heading of their column."""


def is_study(record: object) -> bool:
    """Say whether a record is a source that tells what it found."""
    if not isinstance(record, Citation):
        return False
    return any(detail.label == RESULT for detail in record.details)


def studies(view: View) -> Markup:
    """Show all studies in a table, the newest first, each fact with its source."""

    def row(entry: Entry, record: Citation) -> Row:
        def cells() -> Sequence[Cell]:
            return (
                Cell(view.link(entry.id), view.name(entry)),
                table.date(date_of(record)),
                *(_facts(view, entry.id, record, labels) for labels in LABELS.values()),
                table.links(view, claims_on(view, entry.id, record)),
            )

        return Row(entry, cells, words=record.title)

    found = [
        (entry, entry.record)
        for entry in view.corpus.of_kind("citations")
        if isinstance(entry.record, Citation) and is_study(entry.record)
    ]
    found.sort(key=lambda pair: _newness(pair[1]), reverse=True)
    rows = [row(entry, record) for entry, record in found]
    return Table(view, "studies", _columns(), table.whole(rows)).html()


def claims_on(view: View, id_: str, study: Citation) -> Iterator[str]:
    """Yield the ids of the claims that cite a study, or that its record says it is about."""
    about = [item.value.id for item in study.about]
    ids = dict.fromkeys([*view.corpus.cited_by.get(id_, ()), *about])
    return (found for found in ids if view.corpus[found].kind == "claims")


def _newness(record: Citation) -> tuple[bool, str]:
    """Return what rows are sorted by, the newest with the highest; those without a date have the lowest."""
    day = date_of(record)
    return day is not None, day.earliest.isoformat() if day else ""


def _columns() -> list[Column]:
    blocks = (*LABELS, "claims")
    return [
        Column("study", STUDIES["study"]),
        Column("date", STUDIES["date"]),
        *(Column(name, STUDIES[name], labelled=True, block=True) for name in blocks),
    ]


def _facts(view: View, study: str, record: Citation, labels: Collection[str]) -> Cell:
    found = [detail for detail in record.details if detail.label in labels]
    if not found:
        return NOTHING
    return Cell(macro(TEMPLATE, "facts")([_labelled(view, study, detail) for detail in found]))


def _labelled(view: View, study: str, detail: Detail) -> tuple[Markup, Shown]:
    """Make a statement ready for its cell; how one was inferred stands on the page of the study."""
    label = "" if detail.label in UNNAMED else detail.label
    shown = replace(view.shown(detail), inferred=Markup(""))
    if rests_on_study(study, detail):
        shown = replace(shown, standing=Markup(""), cites=Markup(""))
    return view.label(label), shown


def rests_on_study(study: str, detail: Detail) -> bool:
    """Say whether the study itself, named at the head of its row, is all that a statement rests on."""
    return not detail.inferred and [str(cite) for cite in detail.cite] == [study]


FRAGMENTS = {"studies": studies}
"""The table by the name of its slot."""
