"""One query over 100,000 records in DuckDB and in PySpark, which needs Java.

The records are the real ones many times over, each copy under ids of its own. Each table is a folder
of files, so that an engine shares the work out as it would among machines.
"""

# /// script
# dependencies = ["duckdb", "pyspark"]
# ///

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyspark
import pytest
from pyspark.sql import SparkSession

RECORDS = 100_000
FILES = 8

IDS = {
    "records": ("id",),
    "facts": ("id", "record"),
    "cites": ("record", "fact", "citation"),
    "citations": ("id",),
}
"""The columns of ids in the tables that the query joins."""

QUERY = """
SELECT records.kind, citations.reliability,
    count(DISTINCT records.id) AS records, count(DISTINCT facts.id) AS facts
FROM facts
    JOIN records ON facts.record = records.id
    JOIN cites ON cites.fact = facts.id
    JOIN citations ON cites.citation = citations.id
GROUP BY records.kind, citations.reliability
ORDER BY records.kind, citations.reliability
"""
"""What the facts of each kind of record rest on: standard SQL, the same text for all engines."""

Row = tuple[str, str, int, int]


@dataclass(frozen=True)
class Many:
    """A folder of Parquet files for each table, how many records they hold, and what the query gives."""

    folder: Path
    records: int
    expected: list[Row]


@pytest.fixture(scope="module")
def many(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Many:
    """The tables of the site so many times over that they hold 100,000 records."""
    with closing(sqlite3.connect(site / "data" / "xinyong.sqlite")) as database:
        (number,) = database.execute("SELECT count(*) FROM records").fetchone()
        once = database.execute(QUERY).fetchall()
    copies = -(-RECORDS // number)
    folder = tmp_path_factory.mktemp("many")
    for table, columns in IDS.items():
        ids = ", ".join(f"{column} || '~' || copy AS {column}" for column in columns)
        source = f"FROM '{site}/data/parquet/{table}.parquet', range({copies}) AS copies(copy)"
        duckdb.execute(
            f"COPY (SELECT * EXCLUDE copy REPLACE ({ids}), copy % {FILES} AS part {source}) "
            f"TO '{folder}/{table}' (FORMAT parquet, PARTITION_BY (part))"
        )
    expected = [(kind, value, n * copies, m * copies) for kind, value, n, m in once]
    return Many(folder, number * copies, expected)


def test_duckdb_answers(many: Many, tried: Callable[..., None]) -> None:
    connection = duckdb.connect()
    for table in IDS:
        files = f"{many.folder}/{table}/*/*.parquet"
        connection.execute(f"CREATE VIEW {table} AS FROM '{files}'")
    found = connection.execute(QUERY).fetchall()

    _tell(tried, "DuckDB", duckdb.__version__, many, found)


@pytest.mark.skipif(not shutil.which("java"), reason="there is no Java")
def test_spark_answers(many: Many, tried: Callable[..., None]) -> None:
    builder = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    for setting in ("spark.driver.host", "spark.driver.bindAddress"):
        builder = builder.config(setting, "127.0.0.1")
    spark = builder.getOrCreate()
    for table in IDS:
        spark.read.parquet(f"{many.folder}/{table}").createOrReplaceTempView(table)
    found = [tuple(row) for row in spark.sql(QUERY).collect()]
    spark.stop()

    _tell(tried, "PySpark", pyspark.__version__, many, found)


def _tell(
    tried: Callable[..., None], client: str, version: str, many: Many, found: list[Row]
) -> None:
    right = sum(one == other for one, other in zip(found, many.expected, strict=True))
    what = f"rows of a query over {many.records:,} records"
    tried(client, version, what, right=right, offered=len(many.expected))
