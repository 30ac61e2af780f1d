"""The tables: read by the programs that people use, with one content in every format."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from exports.conftest import Exported
from support import SMALL, Lay, run
from xinyong.corpus import load
from xinyong.corpus.stats import stats
from xinyong.edition import Edition
from xinyong.exports.cells import text
from xinyong.exports.general_tables import FACTS
from xinyong.exports.rows import rows
from xinyong.exports.schema import current, kind_table, tables
from xinyong.exports.sqlite import Sqlite
from xinyong.exports.writers import Batches, Csv, JsonLines, Parquet
from xinyong.publication import Library
from xinyong.records import MODELS


@pytest.fixture(scope="session")
def database(exported: Exported) -> Iterator[sqlite3.Connection]:
    """The database of the real corpus."""
    with closing(
        sqlite3.connect(f"file:{exported.data / 'xinyong.sqlite'}?mode=ro", uri=True)
    ) as opened:
        yield opened


def _csv(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_formats_count_what_the_statistics_count(
    exported: Exported, database: sqlite3.Connection
) -> None:
    counted = stats(exported.corpus)
    expected = {**counted.records, "records": sum(counted.records.values()), "facts": counted.total}
    duck = duckdb.connect()

    for table, number in expected.items():
        assert exported.written.counts[table] == number
        assert len(_csv(exported.data, table)) == number
        assert database.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (number,)
        file = exported.data / "parquet" / f"{table}.parquet"
        assert duck.execute(f"SELECT count(*) FROM '{file}'").fetchone() == (number,)
    assert (
        len((exported.data / "facts.jsonl").read_text(encoding="utf-8").splitlines())
        == counted.total
    )
    assert (
        len((exported.data / "records.jsonl").read_text(encoding="utf-8").splitlines())
        == expected["records"]
    )
    for kind, number in counted.records.items():
        assert (
            len(json.loads((exported.data / "json" / f"{kind}.json").read_text(encoding="utf-8")))
            == number
        )


def test_cites_standings_and_links_are_those_of_the_statistics(
    exported: Exported, database: sqlite3.Connection
) -> None:
    counted = stats(exported.corpus)

    assert database.execute("SELECT count(*) FROM cites WHERE fact IS NOT NULL").fetchone() == (
        counted.cites,
    )
    found = dict(database.execute("SELECT standing, sum(facts) FROM standings GROUP BY standing"))
    assert found == dict(counted.standings)
    assert exported.written.counts["links"] == len(exported.corpus.links)
    steps = database.execute("SELECT count(*) + sum(via IS NOT NULL) FROM cites").fetchone()[0]
    assert steps == len(exported.corpus.cites)


def test_every_format_has_the_same_facts(exported_small: Exported) -> None:
    expected = [row for table, row in rows(exported_small.library) if table == "facts"]
    plain = [
        {name: str(value) for name, value in row.items() if value not in (None, [])}
        for row in expected
    ]
    lines = (exported_small.data / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    parquet_rows = duckdb.sql(f"FROM '{exported_small.data}/parquet/facts.parquet'").fetchall()
    names = [column.name for column in FACTS.columns]

    assert [
        {name: str(value) for name, value in json.loads(line).items()} for line in lines
    ] == plain
    by_id = {row["id"]: tuple(row.values()) for row in expected}
    assert {row[0]: row for row in parquet_rows} == by_id
    for row in _csv(exported_small.data, "facts"):
        want = dict(zip(names, by_id[row["id"]], strict=True))
        assert json.loads(row["cite"]) == want["cite"]
        assert row["value"] == want["value"]
        assert row["disputed"] == ("true" if want["disputed"] else "false")
        assert row["as_of_from"] == (want["as_of_from"].isoformat() if want["as_of_from"] else "")


def test_an_inference_is_ours_in_every_format(
    exported: Exported, database: sqlite3.Connection
) -> None:
    query = "SELECT count(*) FROM facts WHERE (inferred IS NOT NULL) <> (standing = 'inferred')"
    file = exported.data / "parquet" / "facts.parquet"

    assert database.execute(query).fetchone() == (0,)
    assert duckdb.sql(query.replace("FROM facts", f"FROM '{file}'")).fetchall() == [(0,)]
    assert (
        database.execute("SELECT count(*) FROM facts WHERE standing = 'inferred'").fetchone()[0] > 0
    )


def test_of_several_entries_the_last_that_held_is_current(lay: Lay) -> None:
    text = (
        "name: {en: A}\nlayer: commercial\nsummary: 'A [@koetse-2018].'\nstatus:\n"
        "  - {value: running, as_of: 2018, cite: koetse-2018}\n"
        "  - {value: ended, as_of: 2020, cite: koetse-2018}\n"
        "  - {value: trial, as_of: 2015, cite: koetse-2018}\n"
    )
    corpus, _ = load(lay({"corpus/programs/a.yml": text}))

    assert current(corpus["a"].record.status) == "ended"  # type: ignore[attr-defined]
    assert current([]) is None


def test_every_column_says_what_it_means() -> None:
    for table in tables().values():
        assert table.meaning.endswith(".")
        for column in table.columns:
            assert column.meaning, (table.name, column.name)
        assert len({column.name for column in table.columns}) == len(table.columns)


def test_the_tables_of_the_kinds_have_the_fields_of_the_models() -> None:
    for kind, model in MODELS.items():
        names = {column.name for column in kind_table(kind).columns}
        for name, field in model.model_fields.items():
            if (
                field.is_required()
                and str(field.annotation) == "<class 'str'>"
                and name not in ("title", "summary")
            ):
                assert name in names, (kind, name)


VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given_=st.lists(st.tuples(VALUES, st.lists(VALUES, max_size=3)), min_size=1, max_size=4))
def test_no_text_is_changed_by_any_format(
    given_: list[tuple[str, list[str]]], tmp_path: Path
) -> None:
    made: list[dict[str, Any]] = [
        dict.fromkeys((column.name for column in FACTS.columns), None)
        | {"id": f"{number}", "kind": "cities", "record": "r", "field": "f", "path": f"{number}", "value": value,
           "standing": "single", "disputed": False, "cite": items, "locator": [], "via": []}
        for number, (value, items) in enumerate(given_)
    ]  # fmt: skip
    with ExitStack() as stack:
        opened = (
            Csv(tmp_path / "csv"),
            JsonLines(tmp_path / "f.jsonl", "facts"),
            Parquet(tmp_path / "p"),
            Sqlite(tmp_path / "x.sqlite", Edition()),
        )
        batches = Batches([stack.enter_context(writer) for writer in opened])
        batches.take(None, [("facts", row) for row in made])
        batches.end()

    expected = [(row["value"], row["cite"]) for row in made]
    table = parquet.read_table(tmp_path / "p" / "facts.parquet").to_pylist()
    assert [(row["value"], row["cite"]) for row in table] == expected
    lines = (tmp_path / "f.jsonl").read_bytes().decode().removesuffix("\n").split("\n")
    assert [(row["value"], row.get("cite", [])) for row in map(json.loads, lines)] == expected
    cells = [(text(row["value"]), json.loads(row["cite"])) for row in _csv(tmp_path, "facts")]
    assert cells == expected
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as opened:
        stored = opened.execute("SELECT value, cite FROM facts ORDER BY id").fetchall()
    assert [(value, json.loads(items)) for value, items in stored] == expected


def test_the_command_writes_tables_and_says_where(lay: Lay, tmp_path: Path) -> None:
    lay({})

    ran = run("export", "csv", "--out", str(tmp_path / "t"))

    assert (ran.output, ran.status) == (f"wrote {tmp_path}/t\n", 0)
    assert Package(str(tmp_path / "t" / "datapackage.json")).validate().valid
    assert run("export", "sqlite").output.endswith(
        "'sqlite' cannot be printed; name the place to write it to with --out\n"
    )


@pytest.mark.parametrize(
    ("date", "year"), [("2015-03-01", 2015), ("2014/2016", 2014), ("201X", None)]
)
def test_the_year_of_a_source_is_a_number(date: str, year: int | None, lay: Lay) -> None:
    text = (SMALL / "citations" / "weak-2015.yml").read_text(encoding="utf-8")
    root = lay({"corpus/citations/weak-2015.yml": re.sub("(?m)^date: .*", f"date: {date}", text)})
    library = Library(load(root)[0])

    found = [
        row["year"]
        for table, row in rows(library)
        if row.get("id") == "weak-2015" and table == "citations"
    ]

    assert found == [year]
