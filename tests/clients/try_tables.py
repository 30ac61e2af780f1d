"""The tables in DuckDB and pandas."""

# /// script
# dependencies = ["duckdb", "pandas", "pyarrow"]
# ///

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest


@pytest.fixture(scope="module")
def rows(site: Path) -> dict[str, int]:
    """The number of rows of every table, as the database has them."""
    described = json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in described["resources"]]
    database = sqlite3.connect(site / "data" / "xinyong.sqlite")
    found = {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names
    }
    database.close()
    return found


def test_pandas_reads_every_table(
    site: Path, rows: dict[str, int], tried: Callable[..., None]
) -> None:
    read = {name: len(pd.read_csv(site / "data" / "csv" / f"{name}.csv")) for name in rows}

    right = sum(read[name] == number for name, number in rows.items())
    tried("pandas", pd.__version__, "tables as CSV", right=right, offered=len(rows))


def test_duckdb_reads_every_table(
    site: Path, rows: dict[str, int], tried: Callable[..., None]
) -> None:
    read = {
        name: duckdb.sql(f"SELECT count(*) FROM '{site}/data/csv/{name}.csv'").fetchall()
        for name in rows
    }

    right = sum(read[name] == [(number,)] for name, number in rows.items())
    tried("DuckDB", duckdb.__version__, "tables as CSV", right=right, offered=len(rows))
