"""The queries that people copy and click give an answer, on the files that people download."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import duckdb
import pytest

from exports.conftest import Exported
from xinyong.exports.queries import Query, clicked, copied


def _of(language: str) -> list[Query]:
    return [query for query in copied() if query.language == language]


def test_there_are_ten_queries_to_copy() -> None:
    assert len(copied()) == 10
    assert {query.language for query in copied()} == {"duckdb", "sqlite", "pandas", "r"}


@pytest.mark.parametrize("query", _of("duckdb"), ids=lambda query: query.id)
def test_duckdb_answers(query: Query, exported: Exported, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(exported.data)

    assert duckdb.sql(query.text).fetchall()


@pytest.mark.parametrize("query", [*_of("sqlite"), *clicked()], ids=lambda query: query.id)
def test_the_database_answers(query: Query, exported: Exported) -> None:
    with closing(sqlite3.connect(exported.data / "xinyong.sqlite")) as database:
        assert database.execute(query.text).fetchall()


@pytest.mark.parametrize("query", _of("pandas"), ids=lambda query: query.id)
def test_pandas_answers(query: Query, exported: Exported) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", query.text],
        cwd=exported.data,
        capture_output=True,
        text=True,
        check=True,
    )

    assert len(ran.stdout.splitlines()) > 3


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
@pytest.mark.parametrize("query", _of("r"), ids=lambda query: query.id)
def test_r_answers(query: Query, exported: Exported) -> None:
    ran = subprocess.run(
        ["Rscript", "-e", query.text], cwd=exported.data, capture_output=True, text=True, check=True
    )

    assert len(ran.stdout.splitlines()) > 3
