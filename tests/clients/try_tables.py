"""The tables in DuckDB, pandas and Polars."""

# /// script
# dependencies = ["duckdb", "pandas", "polars", "pyarrow"]
# ///

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

Tables = dict[str, tuple[int, list[str]]]


def _duckdb(path: Path) -> tuple[int, list[str]]:
    relation = duckdb.sql(f"FROM '{path}'")
    return len(relation.fetchall()), list(relation.columns)


def _frame(frame: Any) -> tuple[int, list[str]]:
    return len(frame), list(frame.columns)


READERS: dict[str, tuple[str, dict[str, Callable[[Path], tuple[int, list[str]]]]]] = {
    "DuckDB": (duckdb.__version__, {"csv": _duckdb, "parquet": _duckdb}),
    "pandas": (
        pd.__version__,
        {
            "csv": lambda path: _frame(pd.read_csv(path)),
            "parquet": lambda path: _frame(pd.read_parquet(path)),
        },
    ),
    "Polars": (
        pl.__version__,
        {
            "csv": lambda path: _frame(pl.read_csv(path, infer_schema_length=None)),
            "parquet": lambda path: _frame(pl.read_parquet(path)),
        },
    ),
}


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("client", READERS)
def test_every_table_is_read(
    client: str, form: str, site: Path, tables: Tables, tried: Callable[..., None]
) -> None:
    version, readers = READERS[client]
    right = sum(
        readers[form](site / "data" / form / f"{name}.{form}") == expected
        for name, expected in tables.items()
    )

    tried(
        client,
        version,
        f"tables as {'CSV' if form == 'csv' else 'Parquet'}",
        right=right,
        offered=len(tables),
    )
