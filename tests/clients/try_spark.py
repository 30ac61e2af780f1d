"""The tables in PySpark, which needs Java."""

# /// script
# dependencies = ["pyspark"]
# ///

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyspark
import pytest
from pyspark.sql import SparkSession


@pytest.mark.skipif(not shutil.which("java"), reason="there is no Java")
def test_every_table_is_read(
    site: Path, tables: dict[str, tuple[int, list[str]]], tried: Callable[..., None]
) -> None:
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()

    right = 0
    for name, expected in tables.items():
        frame = spark.read.parquet(f"{site}/data/parquet/{name}.parquet")
        right += (frame.count(), frame.columns) == expected
    spark.stop()

    tried("PySpark", pyspark.__version__, "tables as Parquet", right=right, offered=len(tables))
