"""The rows of all tables, made in one pass over the records: what every tabular export writes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from pydantic import BaseModel

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.dates import date_of
from xinyong.corpus.text import plain as plain_text
from xinyong.exports.columns import Row
from xinyong.exports.files import dumped
from xinyong.exports.general_tables import RECORDS
from xinyong.exports.schema import fact_model, named, parts, plain
from xinyong.problems import Path
from xinyong.publication import Library
from xinyong.records import Citation
from xinyong.records.types import Link
from xinyong.source.edtf import Edtf

Rows = Iterator[tuple[str, Row]]
"""The name of a table and a row of it."""


def rows(library: Library) -> Rows:
    """Yield every row of every table but the vocabularies', record by record, those of one kind side by side."""
    for entry in library.corpus:
        yield from rows_of(library, entry)


def rows_of(library: Library, entry: Entry) -> Rows:
    """Yield the rows that a record gives: its own, its facts, cites, links and names."""
    corpus = library.corpus
    facts = list(fact_rows(corpus, entry))
    texts = {
        name: plain_text(text, corpus)
        for name in ("summary", "summary_zh", "annotation")
        if (text := getattr(entry.record, name))
    }
    yield entry.kind, _own(library, entry)
    yield RECORDS.name, _record(library, entry, texts, len(facts))
    tables = {
        "facts": facts,
        "cites": _cites(entry),
        "links": _links(corpus, entry),
        "names": _names(entry),
    }
    for table, rows_of_table in tables.items():
        for row in rows_of_table:
            yield table, row


def _own(library: Library, entry: Entry) -> Row:
    names = entry.record.names
    row: Row = {"id": entry.id, "name": names.en, "name_zh": names.zh, "name_pinyin": names.pinyin}
    if isinstance(entry.record, Citation):
        row |= _work(library, entry.id, entry.record)
    return row | {part.column.name: part.get(entry.record) for part in parts(entry.kind)}


def _work(library: Library, id_: str, work: Citation) -> Row:
    date = date_of(work)
    return {
        "label": library.references.label(id_),
        "reference": library.references.plain(id_),
        "issued": plain(date),
        "issued_from": first_day(date),
        "year": int(date.year) if date and date.year.isdigit() else None,
    }


def _record(library: Library, entry: Entry, texts: Mapping[str, str], facts: int) -> Row:
    record, names = entry.record, entry.record.names
    return {
        "id": entry.id,
        "kind": entry.kind,
        "name": names.en,
        "name_zh": names.zh,
        "name_pinyin": names.pinyin,
        "names_also": list(names.also),
        "layer": getattr(record, "layer", None),
        "summary": texts.get("summary"),
        "summary_zh": texts.get("summary_zh"),
        "annotation": texts.get("annotation"),
        "reviewed": first_day(record.reviewed),
        "facts": facts,
        "formerly": list(record.formerly),
        "url": library.edition.base + entry.url,
    }


def fact_rows(corpus: Corpus, entry: Entry) -> Iterator[Row]:
    """Yield the rows of a record's facts, in the order of its fields."""
    for stated in entry.facts:
        fact = stated.fact
        place = dotted(stated.path)
        first, *others = fact_model(type(fact))
        value = getattr(fact, first)
        more = {}
        for name in others:
            part = getattr(fact, name)
            if part is not None and part != []:
                more[name] = data(part)
        date = value if isinstance(value, Edtf) else None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        yield {
            "id": f"{entry.id}#{place}",
            "record": entry.id,
            "kind": entry.kind,
            "field": stated.path[0],
            "path": place,
            "value": as_text(value),
            "number": float(value) if is_number else None,
            "date_from": first_day(date),
            "date_to": last_day(date),
            "target": value.id if isinstance(value, Link) else None,
            "more": dumped(more) if more else None,
            "as_of": plain(fact.as_of),
            "as_of_from": first_day(fact.as_of),
            "as_of_to": last_day(fact.as_of),
            "standing": corpus.standing_of(fact),
            "disputed": stated.disputed,
            "cite": [cite.id for cite in fact.cite],
            "locator": [cite.locator for cite in fact.cite],
            "via": [str(cite.via or "") for cite in fact.cite],
            "note": fact.note,
            "inferred": fact.inferred,
        }


def _cites(entry: Entry) -> Iterator[Row]:
    facts = {(*stated.path, "cite") for stated in entry.facts}
    for use in entry.cites:
        if use.via or use.cite is None:
            continue
        in_field = bool(use.path) and isinstance(use.path[-1], int) and "cite" in use.path
        path = use.path[:-1] if in_field else use.path
        fact = f"{entry.id}#{dotted(path[:-1])}" if path in facts else None
        yield {
            "record": entry.id,
            "kind": entry.kind,
            "path": dotted(path),
            "position": use.position,
            "fact": fact,
            "citation": use.target,
            "locator": use.cite.locator or None,
            "via": plain(use.cite.via),
            "read": use.cite.read.id,
        }


def _links(corpus: Corpus, entry: Entry) -> Iterator[Row]:
    for use in entry.links:
        yield {
            "record": entry.id,
            "kind": entry.kind,
            "path": dotted(use.path),
            "position": use.position,
            "field": use.path[0],
            "target": use.target,
            "target_kind": corpus[use.target].kind,
        }


def _names(entry: Entry) -> Iterator[Row]:
    names = entry.record.names
    given = [("en", names.en), ("zh", names.zh), ("pinyin", names.pinyin)]
    given += [("also", name) for name in names.also]
    for position, (form, name) in enumerate(filter(itemgetter(1), given)):
        yield {
            "record": entry.id,
            "kind": entry.kind,
            "position": position,
            "form": form,
            "name": str(name),
        }


def dotted(path: Path) -> str:
    """Write a path: ``benefits.0.places``."""
    return ".".join(map(str, path))


def as_text(value: Any) -> str:
    """Return the value of a fact as text.

    A truth as true or false, a range or point as JSON, all else as written.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, BaseModel):
        return dumped(data(value))
    return str(value)


def data(value: Any) -> Any:
    """Return a value of a record as JSON data.

    Dates, cites and links as the text that they are in the corpus.
    """
    if isinstance(value, BaseModel):
        parts = {}
        for attribute, name in named(type(value)):
            part = getattr(value, attribute)
            if part is not None and part != []:
                parts[name] = data(part)
        return parts
    if isinstance(value, list):
        return [data(item) for item in value]
    return value if isinstance(value, bool | int | float) else str(value)


def first_day(date: Edtf | None) -> datetime.date | None:
    """Return the first day that a date may mean.

    None for no date and for one without a beginning.
    """
    return date.earliest if date and date.earliest != datetime.date.min else None


def last_day(date: Edtf | None) -> datetime.date | None:
    """Return the last day that a date may mean; None for no date and for one without an end."""
    return date.latest if date and date.latest != datetime.date.max else None
