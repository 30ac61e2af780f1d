"""The lines of ``records.jsonl`` as a corpus: each is the document that the API has of a record."""

from __future__ import annotations

import json
from typing import Any

from xinyong.corpus import Corpus, Entry
from xinyong.edition import SCHEMA, version
from xinyong.reading.faults import LoadError
from xinyong.records.read import read
from xinyong.source.yaml import Tree

_UNKNOWN = "X301"
"""The code of a field that the models do not have."""


def corpus_of(content: bytes, name: str, schema: str) -> Corpus:
    """Return the records of ``content``, the file ``name``, whose data have the version ``schema``.

    Fields that a newer version added are left out. Raises LoadError for what does not fit.
    """
    is_newer = version(schema) > version(SCHEMA)
    entries = {}
    for number, line in enumerate(content.splitlines(), 1):
        entry = _entry(line, is_newer)
        if entry is None:
            message = f"line {number} of '{name}' is no record that this program can read"
            raise LoadError(f"{message}; install the xinyong that was published with the data")
        entries[entry.id] = entry
    return Corpus(entries)


def _entry(line: bytes, is_newer: bool) -> Entry | None:
    try:
        # Records are read as their files are, in which every scalar is text.
        document = json.loads(line, parse_int=str, parse_float=str)
        kind, id_, url = (str(document[key]) for key in ("kind", "id", "url"))
        reading = read(kind, _tree(document["record"]), url)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    foreseen = is_newer and all(problem.code == _UNKNOWN for problem in reading.problems)
    if reading.record is None or not (reading.whole or foreseen):
        return None
    return Entry(kind, id_, url, reading.record)


def _tree(value: Any) -> Tree:
    """Return a record as its file has it, without what the API adds: the standing of each fact."""
    if isinstance(value, dict):
        computed = "standing" if "cite" in value else ""
        return {key: _tree(part) for key, part in value.items() if key != computed}
    if isinstance(value, list):
        return [_tree(part) for part in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
