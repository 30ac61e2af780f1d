"""The database with its metadata in Datasette."""

# /// script
# dependencies = ["datasette<1"]
# ///

from __future__ import annotations

import asyncio
import html
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import datasette
import pytest
from datasette.app import Datasette

Get = Callable[..., str]
SEARCHES = ("荣成", "失信被", "失信被执行人", "社会信用体系")


@pytest.fixture(scope="module")
def told(site: Path) -> dict[str, Any]:
    """The metadata, which version 1 takes as its configuration too."""
    text = (site / "data" / "datasette.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.fixture(scope="module")
def get(site: Path, told: dict[str, Any]) -> Get:
    """Returns what Datasette shows at a path."""
    config = {} if datasette.__version__.startswith("0.") else {"config": told}
    shown = Datasette([str(site / "data" / "xinyong.sqlite")], metadata=told, **config)

    def ask(path: str, **query: str) -> str:
        answer = asyncio.run(shown.client.get(path, params=query))
        return html.unescape(answer.text) if answer.status_code == 200 else ""

    return ask


@pytest.fixture
def database(site: Path) -> Iterator[sqlite3.Connection]:
    """The database, read by SQLite itself."""
    with closing(sqlite3.connect(site / "data" / "xinyong.sqlite")) as opened:
        yield opened


def _shown(told: dict[str, Any]) -> dict[str, Any]:
    tables = told["databases"]["xinyong"]["tables"]
    return {name: entry for name, entry in tables.items() if not entry.get("hidden")}


def test_tables_and_views_are_described(
    get: Get, told: dict[str, Any], tried: Callable[..., None]
) -> None:
    right = sum(
        entry["description"] in get(f"/xinyong/{name}") for name, entry in _shown(told).items()
    )

    what = "tables and views, described"
    tried("Datasette", datasette.__version__, what, right=right, offered=len(_shown(told)))


def test_queries_are_offered_and_answer(
    get: Get, told: dict[str, Any], tried: Callable[..., None]
) -> None:
    queries = told["databases"]["xinyong"]["queries"]
    right = sum(
        query["title"] in get(f"/xinyong/{name}")
        and bool(json.loads(get(f"/xinyong/{name}.json", _shape="array") or "[]"))
        for name, query in queries.items()
    )

    tried("Datasette", datasette.__version__, "queries", right=right, offered=len(queries))


def test_values_are_shown_with_their_labels(
    get: Get, database: sqlite3.Connection, told: dict[str, Any], tried: Callable[..., None]
) -> None:
    right = offered = 0
    for name in _shown(told):
        keys = database.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        labelled = [key[3] for key in keys if key[2].startswith("vocabulary_")]
        for column in labelled:
            path, query = (
                f"/xinyong/{name}.json",
                {"_shape": "array", "_labels": "on", "_size": "1"},
            )
            rows = json.loads(get(path, **query, **{f"{column}__notblank": "1"}))
            offered += 1
            right += {"value", "label"} == set(rows[0][column])

    what = "columns of vocabularies, with labels"
    tried("Datasette", datasette.__version__, what, right=right, offered=offered)


def test_the_search_box_finds_what_like_finds(
    get: Get, database: sqlite3.Connection, tried: Callable[..., None]
) -> None:
    assert 'name="_search"' in get("/xinyong/records")
    like = "SELECT count(*) FROM search WHERE name || ' ' || names || ' ' || text LIKE ?"
    right = 0
    for word in SEARCHES:
        (expected,) = database.execute(like, (f"%{word}%",)).fetchone()
        title = re.search(r"([\d,]+) rows?\s+where", get("/xinyong/records", _search=word))
        right += bool(title) and title[1].replace(",", "") == str(expected)

    what = "searches in Chinese that find what LIKE finds"
    tried("Datasette", datasette.__version__, what, right=right, offered=len(SEARCHES))
