"""Parquet over HTTP in DuckDB, with its extension httpfs, which is taken from a package here."""

# /// script
# dependencies = ["duckdb-extensions", "duckdb-extension-httpfs"]
# ///

from __future__ import annotations

from collections.abc import Callable

import duckdb
from duckdb_extensions import import_extension


def test_every_table_is_read_by_its_address(
    address: str, tables: dict[str, tuple[int, list[str]]], tried: Callable[..., None]
) -> None:
    import_extension("httpfs")
    connection = duckdb.connect()
    connection.execute("LOAD httpfs")

    right = 0
    for name, (number, columns) in tables.items():
        found = connection.sql(f"FROM '{address}data/parquet/{name}.parquet'")
        right += (len(found.fetchall()), list(found.columns)) == (number, columns)

    what = "tables as Parquet, over HTTP"
    tried("DuckDB", duckdb.__version__, what, right=right, offered=len(tables))
