"""Where rows go: one writer a format, told of every record once, and of its rows in batches.

A batch is a table's next rows as columns, which the libraries take without a loop over each row.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache, lru_cache
from pathlib import Path
from typing import IO, Any, Self

from xinyong.corpus import Entry
from xinyong.exports.card import FILE as CARD
from xinyong.exports.cells import cells
from xinyong.exports.columns import Columns, Row, Table
from xinyong.exports.files import dumped, put
from xinyong.exports.schema import tables

BATCH = 16_384
"""How many rows are written at a time; in Parquet the most of one row group."""


class Writer:
    """Takes records and the rows of all tables; what it writes is whole when it is closed.

    One of a format does what that needs; by itself it does nothing.
    """

    def take(self, entry: Entry | None, rows: Sequence[tuple[str, Row]]) -> None:
        """Take a record with its rows, or the rows of no record: those of the vocabularies."""

    def write(self, table: Table, columns: Columns) -> None:
        """Take the next rows of a table, of which there may be none."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *caught: object) -> None:
        """Finish what was begun."""


class Batches:
    """What several writers are given: rows that wait, and how many each table has had."""

    def __init__(self, writers: Sequence[Writer]) -> None:
        self._writers = writers
        self._waiting: dict[str, list[Iterable[Any]]] = {name: [] for name in tables()}
        self._counts = dict.fromkeys(tables(), 0)

    def take(self, entry: Entry | None, rows: Sequence[tuple[str, Row]]) -> None:
        """Give each writer a record with its rows, and the rows where they make a batch."""
        for writer in self._writers:
            writer.take(entry, rows)
        for name, row in rows:
            waiting = self._waiting[name]
            waiting.append(row.values())
            if len(waiting) == BATCH:
                self._write(name)

    def end(self) -> Mapping[str, int]:
        """Write what waits; return the number of rows of each table."""
        for name in self._waiting:
            self._write(name)
        return self._counts

    def _write(self, name: str) -> None:
        table, rows = tables()[name], self._waiting[name]
        columns = [*zip(*rows, strict=True)] or [()] * len(table.columns)
        self._waiting[name] = []
        self._counts[name] += len(rows)
        for writer in self._writers:
            writer.write(table, columns)


class Csv(Writer):
    """One CSV file a table (RFC 4180), in UTF-8; lists are JSON arrays, dates are ISO 8601."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._files = ExitStack()
        self._writers = {
            name: self._open(folder / f"{name}.csv", table) for name, table in tables().items()
        }

    def write(self, table: Table, columns: Columns) -> None:
        """Write rows."""
        contents = map(cells, converted(table, columns, _CELLS))
        self._writers[table.name].writerows(zip(*contents, strict=True))

    def __exit__(self, *caught: object) -> None:
        """Close the files."""
        self._files.close()

    def _open(self, path: Path, table: Table) -> Any:
        file = self._files.enter_context(path.open("w", encoding="utf-8", newline=""))
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        return writer


class JsonLines(Writer):
    """One file of a JSON object a line for one table."""

    def __init__(self, path: Path, table: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._table = table
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="\n")

    def take(self, entry: Entry | None, rows: Sequence[tuple[str, Row]]) -> None:
        """Write the rows of a record."""
        self._file.writelines(as_json(row) + "\n" for name, row in rows if name == self._table)

    def __exit__(self, *caught: object) -> None:
        """Close the file."""
        self._file.close()


class Parquet(Writer):
    """One Parquet file a table, ``facts.parquet``, in row groups of BATCH, and their data card.

    With ``by_kind``, the tables of all kinds are cut by kind, as Hive names it:
    ``facts/kind=cities/part-0.parquet``. Readers take the kind from the folder, so these files have
    no such column.
    """

    def __init__(self, folder: Path, card: str = "", *, by_kind: bool = False) -> None:
        self._folder = folder
        self._by_kind = by_kind
        self._writers: dict[tuple[str, str], Any] = {}
        folder.mkdir(parents=True, exist_ok=True)
        if card:
            put(folder / CARD, card)

    def write(self, table: Table, columns: Columns) -> None:
        """Write rows as a row group, or one of each kind."""
        import pyarrow as pa
        from pyarrow import compute

        schema = arrow_schema(table)
        fields = zip(columns, schema.types, strict=True)
        rows = pa.table([pa.array(column, type_) for column, type_ in fields], schema=schema)
        if not (self._by_kind and table.by_kind):
            self._write(table.name, "", rows)
            return
        for kind in rows["kind"].unique():
            of_kind = rows.filter(compute.equal(rows["kind"], kind)).drop_columns("kind")
            self._write(table.name, kind.as_py(), of_kind)

    def __exit__(self, *caught: object) -> None:
        """Close the files."""
        for writer in self._writers.values():
            writer.close()

    def _write(self, table: str, kind: str, rows: Any) -> None:
        writer = self._writers.get((table, kind)) or self._open(table, kind, rows.schema)
        if rows:
            writer.write_table(rows, row_group_size=BATCH)

    def _open(self, table: str, kind: str, schema: Any) -> Any:
        from pyarrow import parquet

        path = self._folder / f"{table}.parquet"
        if kind:
            path = self._folder / table / f"kind={kind}" / "part-0.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
        writer = parquet.ParquetWriter(path, schema, compression="zstd")
        self._writers[table, kind] = writer
        return writer


@cache
def arrow_schema(table: Table) -> Any:
    """Return the columns of a table as pyarrow's schema, each with its meaning."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
        "json": pa.string(),
    }
    return pa.schema(
        [
            pa.field(
                column.name,
                types[column.type],
                nullable=not column.required,
                metadata={"meaning": column.meaning},
            )
            for column in table.columns
        ]
    )


def converted(
    table: Table, columns: Columns, converters: Mapping[str, Callable[[Any], Any]]
) -> Iterator[Sequence[Any]]:
    """Yield columns; values of the types in ``converters`` are converted, None is not."""
    for described, column in zip(table.columns, columns, strict=True):
        if convert := converters.get(described.type):
            yield [None if value is None else convert(value) for value in column]
        else:
            yield column


def as_list(value: list[str]) -> str:
    """Return a list as a JSON array."""
    return _array(tuple(value))


@lru_cache(maxsize=65_536)  # the lists of many rows are the same: one cite, no locator
def _array(value: tuple[str, ...]) -> str:
    return dumped(value)


_CELLS: Mapping[str, Callable[[Any], str]] = {
    "boolean": lambda value: "true" if value else "false",
    "list": as_list,
}
"""How CSV writes what Python would write otherwise; dates and numbers are as Python writes them."""


def as_json(row: Row) -> str:
    """Return a row as a JSON object on one line, without what is not given."""
    given = {name: value for name, value in row.items() if value is not None and value != []}
    return dumped(given)
