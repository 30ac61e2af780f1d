"""The queries to copy on the data page and those to click on the query page, read from one table, ``queries.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from xinyong.words import QUERIES, cached


@dataclass(frozen=True)
class Query:
    """A query: its id, what it answers in words, the language that it is written in, and its text."""

    id: str
    title: str
    language: str
    text: str


@cached
def copied() -> tuple[Query, ...]:
    """Return the queries to copy, in DuckDB, SQL, pandas and R."""
    return _read("copy")


@cached
def clicked() -> tuple[Query, ...]:
    """Return the queries to click, in SQL for the database."""
    return _read("click")


def canned() -> Mapping[str, tuple[str, str]]:
    """Return the queries for the database, by id: title and SQL."""
    return {
        query.id: (query.title, query.text)
        for query in (*clicked(), *copied())
        if query.language == "sqlite"
    }


@cache
def _table() -> Mapping[str, list[dict[str, str]]]:
    text = files("xinyong.exports").joinpath("queries.yml").read_text(encoding="utf-8")
    found: Mapping[str, list[dict[str, str]]] = yaml.load(text, yaml.CSafeLoader)
    return found


def _read(part: str) -> tuple[Query, ...]:
    return tuple(
        Query(q["id"], QUERIES[q["id"]], q.get("language", "sqlite"), q["text"])
        for q in _table()[part]
    )
