"""The records as JSON: a static API of one file a record, with lists and an index.

``api/v1/index.json`` leads to ``api/v1/<kind>.json`` and these to ``api/v1/<kind>/<id>.json``. A
record is what stands in its file, with lists where one entry may stand for a list, and what is
computed: the standing of each fact, the records that link to it or cite it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.published import Gone
from xinyong.edition import SCHEMA, Edition, version
from xinyong.exports.rows import data
from xinyong.exports.schema import named
from xinyong.records import MODELS
from xinyong.records.base import Cited

FOLDER = f"api/v{version(SCHEMA)[0]}"


def document(corpus: Corpus, entry: Entry, edition: Edition) -> dict[str, Any]:
    """Return a record as JSON data, with its kind, id and address and the records that point to it."""
    names = entry.record.names
    return {
        "id": entry.id,
        "kind": entry.kind,
        "name": names.en,
        "url": edition.base + entry.url,
        "record": judged(corpus, entry.record),
        "linked_from": list(corpus.linked_from.get(entry.id, ())),
        "cited_by": list(corpus.cited_by.get(entry.id, ())),
    }


def judged(corpus: Corpus, value: Any) -> Any:
    """Return a value of a record as JSON data, each fact with its standing."""
    if isinstance(value, BaseModel):
        found = {}
        for attribute, name in named(type(value)):
            part = getattr(value, attribute)
            if part is not None and part != []:
                found[name] = judged(corpus, part)
        if isinstance(value, Cited):
            found["standing"] = corpus.standing_of(value)
        return found
    if isinstance(value, list):
        return [judged(corpus, item) for item in value]
    return data(value)


def withdrawn(address: str, gone: Gone, edition: Edition) -> dict[str, Any]:
    """Return what stands in the place of a record that is gone.

    Since when, why, and where to look now.
    """
    kind, id_, _ = address.split("/")
    see = [target if "://" in target else edition.base + target for target in gone.see]
    text = {"on": gone.on, "why": gone.why, "see": see}
    return {"id": id_, "kind": kind, "url": edition.base + address, "withdrawn": text}


def listed(kind: str, entries: Iterable[Entry], edition: Edition) -> dict[str, Any]:
    """Return the list of a kind: each record's id, names and addresses."""
    items = [
        {
            "id": entry.id,
            "name": entry.record.names.en,
            "name_zh": entry.record.names.zh,
            "url": edition.base + entry.url,
            "api": f"{edition.base}{FOLDER}/{entry.url.rstrip('/')}.json",
        }
        for entry in entries
    ]
    return {"kind": kind, "count": len(items), "items": items}


def index(corpus: Corpus, edition: Edition) -> dict[str, Any]:
    """Return the index: what the data are, and the list of each kind."""
    kinds = [
        {
            "kind": kind,
            "count": len(corpus.of_kind(kind)),
            "api": f"{edition.base}{FOLDER}/{kind}.json",
        }
        for kind in MODELS
    ]
    return {
        "title": edition.title,
        "version": edition.version,
        "released": edition.released,
        "schema_version": edition.schema,
        "licence": edition.licence,
        "licence_url": edition.licence_url,
        "openapi": f"{edition.base}{FOLDER}/openapi.json",
        "kinds": kinds,
    }
