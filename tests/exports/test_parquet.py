"""Parquet: one file a table, which DuckDB, Polars, Spark and Hugging Face's datasets read, over HTTP too."""

from __future__ import annotations

import io
import shutil
import urllib.request
from pathlib import Path

import duckdb
import pytest
import yaml
from pyarrow import dataset, parquet

from exports.conftest import Exported
from ranges import served
from support import Lay, run
from xinyong.corpus import Corpus
from xinyong.exports import writers
from xinyong.exports.rows import rows
from xinyong.exports.schema import tables
from xinyong.exports.writers import Batches, Parquet
from xinyong.publication import Library
from xinyong.records import MODELS


class Remote(io.RawIOBase):
    """A file behind an address, of which only what is asked for is fetched."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.fetched = self.place = 0
        head = urllib.request.Request(address, method="HEAD")
        with urllib.request.urlopen(head) as answer:
            self.length = int(answer.headers["Content-Length"])

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.place = offset + (0, self.place, self.length)[whence]
        return self.place

    def read(self, size: int = -1) -> bytes:
        end = self.length if size < 0 else min(self.place + size, self.length)
        if end <= self.place:
            return b""
        asked = {"Range": f"bytes={self.place}-{end - 1}"}
        request = urllib.request.Request(self.address, headers=asked)
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 206
            part: bytes = answer.read()
        self.place += len(part)
        self.fetched += len(part)
        return part


def test_a_table_is_one_file_with_the_kind_inside(exported: Exported) -> None:
    folder = exported.data / "parquet"

    assert {path.name for path in folder.iterdir()} == {
        "README.md",
        *(f"{name}.parquet" for name in tables()),
    }
    kinds = parquet.read_table(folder / "facts.parquet", columns=["kind"])["kind"]
    assert set(kinds.to_pylist()) == set(MODELS)


def test_columns_have_types_and_meanings(exported: Exported) -> None:
    schema = parquet.read_schema(exported.data / "parquet" / "facts.parquet")
    sources = parquet.read_schema(exported.data / "parquet" / "citations.parquet")

    assert str(schema.field("as_of_from").type) == "date32[day]"
    assert str(schema.field("cite").type) == "list<element: string>"
    assert str(schema.field("number").type) == "double"
    assert schema.field("standing").metadata[b"meaning"].startswith(b"How well it is supported")
    assert str(sources.field("year").type) == "int64"


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    with Parquet(tmp_path) as writer:
        Batches([writer]).end()

    for name, table in tables().items():
        read = parquet.read_table(tmp_path / f"{name}.parquet")
        assert (read.num_rows, read.column_names) == (0, [c.name for c in table.columns])


def test_duckdb_reads_a_table_over_http_and_fetches_only_a_part(exported: Exported) -> None:
    path = exported.data / "parquet" / "facts.parquet"
    query = "SELECT kind, count(*) FROM facts GROUP BY kind ORDER BY kind"

    with served(exported.site) as address:
        remote = Remote(f"{address}data/parquet/facts.parquet")
        fragment = dataset.ParquetFileFormat().make_fragment(remote)
        schema = parquet.read_schema(path)
        facts = dataset.FileSystemDataset([fragment], schema, dataset.ParquetFileFormat())
        found = duckdb.from_arrow(facts).query("facts", query).fetchall()

    assert found == duckdb.sql(query.replace("facts", f"'{path}'")).fetchall()
    assert remote.fetched < path.stat().st_size / 4


def test_duckdb_reads_a_table_by_its_address(exported: Exported) -> None:
    connection = duckdb.connect()
    try:
        connection.execute("LOAD httpfs")
    except duckdb.Error:
        pytest.skip("DuckDB's extension httpfs is not installed")
    with served(exported.site) as address:
        query = f"SELECT count(*) FROM '{address}data/parquet/facts.parquet'"
        assert connection.execute(query).fetchone() == (exported.written.counts["facts"],)


def test_polars_reads_every_table(exported: Exported) -> None:
    polars = pytest.importorskip("polars")

    for name, number in exported.written.counts.items():
        assert len(polars.read_parquet(exported.data / "parquet" / f"{name}.parquet")) == number


def test_spark_reads_every_table(exported: Exported) -> None:
    pyspark = pytest.importorskip("pyspark.sql")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java")
    spark = pyspark.SparkSession.builder.master("local[1]").getOrCreate()

    for name, number in exported.written.counts.items():
        assert spark.read.parquet(f"{exported.data}/parquet/{name}.parquet").count() == number
    spark.stop()


def test_hugging_face_reads_every_table(exported: Exported, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")

    for name, number in exported.written.counts.items():
        read = datasets.load_dataset(
            str(exported.data / "parquet"), name, split="train", cache_dir=str(tmp_path)
        )
        assert len(read) == number


def test_the_data_card_names_every_table(exported: Exported) -> None:
    text = (exported.data / "parquet" / "README.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---\n")[1])

    assert {entry["config_name"]: entry["data_files"] for entry in front["configs"]} == {
        name: f"{name}.parquet" for name in tables()
    }
    assert [entry["config_name"] for entry in front["configs"] if entry.get("default")] == ["facts"]
    assert (front["license"], front["language"]) == ("cc-by-4.0", ["en", "zh"])


def test_a_table_can_be_cut_by_kind(lay: Lay, tmp_path: Path) -> None:
    lay({})
    ran = run("export", "parquet-by-kind", "--out", str(tmp_path / "t"))
    files = f"{tmp_path}/t/facts/*/*.parquet"
    query = f"SELECT DISTINCT kind FROM read_parquet('{files}', hive_partitioning = true)"

    assert (ran.output, ran.status) == (f"wrote {tmp_path}/t\n", 0)
    assert {row[0] for row in duckdb.sql(query).fetchall()} <= set(MODELS)
    one = tmp_path / "t" / "facts" / "kind=cities" / "part-0.parquet"
    assert "kind" not in parquet.ParquetFile(one).schema_arrow.names


def test_rows_are_written_in_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Corpus
) -> None:
    monkeypatch.setattr(writers, "BATCH", 3)
    with Parquet(tmp_path) as writer:
        batches = Batches([writer])
        batches.take(None, [*rows(Library(small))])
        batches.end()

    file = parquet.ParquetFile(tmp_path / "cites.parquet")
    assert file.num_row_groups == -(-file.metadata.num_rows // 3)
