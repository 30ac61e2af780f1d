"""The database: its keys, its vocabularies, a search that finds what LIKE finds, what Datasette is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exports.conftest import Exported
from xinyong.edition import Edition
from xinyong.exports.general_tables import RECORDS
from xinyong.exports.schema import tables
from xinyong.exports.search_table import LONGEST, pairs
from xinyong.exports.sqlite import Sqlite
from xinyong.exports.views import VIEWS
from xinyong.exports.vocabulary_tables import lookups
from xinyong.exports.writers import Batches

LIKE = "SELECT id FROM search WHERE name || ' ' || names || ' ' || text LIKE ?"
MATCH = "SELECT id FROM search WHERE search MATCH ?"

CHARACTERS = "信用社会體系臺灣國網路评級荣〇々㐀𠮷"
"""Characters of both scripts, and some that are no common ones."""


@pytest.fixture(scope="session")
def database(exported: Exported) -> Iterator[sqlite3.Connection]:
    """The database of the real corpus."""
    with closing(_opened(exported.data / "xinyong.sqlite")) as opened:
        yield opened


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def _found(database: sqlite3.Connection, query: str, word: str) -> list[str]:
    return sorted(row[0] for row in database.execute(query, (word,)))


def test_the_database_is_whole_and_keeps_its_keys(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_rows(view: str, database: sqlite3.Connection) -> None:
    assert database.execute(f'SELECT * FROM "{view}" LIMIT 1').fetchone() is not None


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("荣成", "rongcheng"),
        ('"荣成 成市"', "rongcheng"),
        ('"失信 信被 被执 执行 行人"', "shixin-beizhixingren"),
        ("Zhima", "sesame-credit"),
        ("zhima xinyong", "sesame-credit"),
        ('"芝麻 麻信 信用"', "sesame-credit"),
    ],
)
def test_the_search_finds_chinese_and_pinyin(
    word: str, wanted: str, database: sqlite3.Connection
) -> None:
    assert wanted in _found(database, MATCH, word)


@pytest.mark.parametrize(
    "word",
    [
        "信",
        "荣成",
        "失信被",
        "信用体系",
        "社会信用",
        "失信被执行人",
        "社会信用体系",
        "社会信用体系建设规划纲要",
        "會信",
    ],
)
def test_the_search_finds_as_many_chinese_words_as_like(
    word: str, database: sqlite3.Connection
) -> None:
    found = _found(database, MATCH, word)

    assert found == _found(database, LIKE, f"%{word}%")
    assert found


def _record(number: int, texts: tuple[str, str, str]) -> dict[str, object]:
    name, also, summary = texts
    given = {"id": f"r{number}", "kind": "terms", "name": f"A {name}", "names_also": [also]}
    empty = dict.fromkeys(column.name for column in RECORDS.columns)
    return (
        empty | given | {"name_zh": name, "summary": summary, "facts": 0, "url": "", "formerly": []}
    )


RUN = st.text(CHARACTERS, max_size=16)
TEXT = st.lists(st.one_of(RUN, st.sampled_from("a 1，。-'")), max_size=5).map("".join)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(made=[("", "", "𠮷" * 20)], word="𠮷" * LONGEST)
@given(
    made=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4),
    word=st.text(CHARACTERS, min_size=1, max_size=LONGEST),
)
def test_the_search_finds_any_run_of_characters_that_like_finds(
    made: list[tuple[str, str, str]], word: str, tmp_path: Path
) -> None:
    words = {text[i : i + len(word)] for texts in made for text in texts for i in range(len(text))}
    with Sqlite(tmp_path / "x.sqlite", Edition()) as writer:
        batches = Batches([writer])
        batches.take(None, [("records", _record(*given)) for given in enumerate(made)])
        batches.end()

    with closing(_opened(tmp_path / "x.sqlite")) as database:
        for part in {word, *(part for part in words if part and set(part) <= set(CHARACTERS))}:
            assert _found(database, MATCH, part) == _found(database, LIKE, f"%{part}%"), part


def test_runs_of_characters_become_pairs() -> None:
    assert list(pairs("失信被 and 信")) == ["失信", "信被", "信"]


def test_a_value_of_a_vocabulary_leads_to_its_label_and_meaning(
    database: sqlite3.Connection,
) -> None:
    query = """SELECT DISTINCT p.layer, v.label, v.meaning FROM programs p
      JOIN vocabulary_layer v ON v.value = p.layer WHERE p.layer = 'municipal'"""
    meaning = (
        "Run by a city, county, district or province under its own rules, often a points scheme."
    )

    assert database.execute(query).fetchall() == [("municipal", "Municipal", meaning)]


def test_every_column_of_a_vocabulary_points_to_its_values(database: sqlite3.Connection) -> None:
    for name, table in tables().items():
        keys = database.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        told = {(row[3], row[2]) for row in keys if row[2].startswith("vocabulary_")}
        assert told == {
            (column.name, lookups()[column.vocabulary])
            for column in table.columns
            if column.vocabulary and column.type == "text"
        }
        for column, target in told:
            wrong = f'SELECT "{column}" FROM "{name}" WHERE "{column}" NOT IN (SELECT value FROM "{target}")'
            assert database.execute(wrong).fetchall() == []


def test_the_values_of_a_list_can_be_joined_too(database: sqlite3.Connection) -> None:
    query = """SELECT v.label, count(*) FROM events e, json_each(e.layers) layer
      JOIN vocabulary v ON v.vocabulary = 'layer' AND v.value = layer.value
      GROUP BY v.value ORDER BY v.position"""

    found = dict(database.execute(query).fetchall())

    assert list(found) == ["State", "Municipal", "Commercial", "Financial"]
    assert sum(found.values()) == sum(
        len(json.loads(row[0])) for row in database.execute("SELECT layers FROM events")
    )


def test_datasette_is_told_of_every_table_column_and_view(
    exported: Exported, database: sqlite3.Connection
) -> None:
    metadata = json.loads((exported.data / "datasette.json").read_text(encoding="utf-8"))
    told = metadata["databases"]["xinyong"]["tables"]
    there = {
        row[0]
        for row in database.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
        )
    }

    assert set(told) == there - {name for name in there if name.startswith("search_")} | {
        "search_text"
    }
    assert all(entry["description"] for entry in told.values())
    for name, entry in told.items():
        columns = {row[1] for row in database.execute(f'PRAGMA table_info("{name}")')}
        assert {*entry.get("columns", ()), *entry.get("facets", ())} <= columns
        assert entry.get("label_column", next(iter(columns))) in columns
    for name, query in metadata["databases"]["xinyong"]["queries"].items():
        assert name not in there, "Datasette would show the query in the place of the table"
        assert database.execute(query["sql"]).fetchall()


def test_the_records_can_be_searched_in_datasette(
    exported: Exported, database: sqlite3.Connection
) -> None:
    metadata = json.loads((exported.data / "datasette.json").read_text(encoding="utf-8"))
    told = metadata["databases"]["xinyong"]["tables"]["records"]
    # This is how Datasette joins a table with its search.
    query = (
        f"SELECT id FROM records WHERE {told['fts_pk']} IN "
        f"(SELECT rowid FROM {told['fts_table']} WHERE {told['fts_table']} MATCH ?)"
    )

    found = _found(database, query, "失信被执行人")

    assert found == _found(database, MATCH, "失信被执行人")
    assert "shixin-beizhixingren" in found
    assert told["label_column"] == "name"
