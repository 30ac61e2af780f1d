"""Where rows go: one writer a format, told of every row once.

In memory it keeps no more than a batch.
"""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cache, lru_cache
from pathlib import Path
from typing import IO, Any, Self

from xinyong.corpus import Entry
from xinyong.exports.card import FILE as CARD
from xinyong.exports.cells import cell
from xinyong.exports.columns import Row, Table
from xinyong.exports.files import dumped, put
from xinyong.exports.schema import tables

BATCH = 16_384
"""How many rows are written at a time; in Parquet the rows of one row group."""


class Writer(ABC):
    """Takes the rows of all tables, record by record; what it writes is whole when it is closed."""

    def take(self, entry: Entry | None, rows: Sequence[tuple[str, Row]]) -> None:
        """Take the rows of a record, or of no record: those of the vocabularies."""
        known = tables()
        for name, row in rows:
            self.write(known[name], row)

    @abstractmethod
    def write(self, table: Table, row: Row) -> None:
        """Write one row."""

    def __enter__(self) -> Self:
        return self

    @abstractmethod
    def __exit__(self, *caught: object) -> None:
        """Finish what was begun."""


class Csv(Writer):
    """One CSV file a table (RFC 4180), in UTF-8; lists are JSON arrays, dates are ISO 8601."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._files = ExitStack()
        self._writers = {
            name: self._open(folder / f"{name}.csv", table) for name, table in tables().items()
        }

    def write(self, table: Table, row: Row) -> None:
        """Write one row."""
        values = converted(table, row, _CELLS)
        self._writers[table.name].writerow(
            [cell(value) if isinstance(value, str) else value for value in values]
        )

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

    def write(self, table: Table, row: Row) -> None:
        """Write one row."""
        if table.name == self._table:
            self._file.write(as_json(row) + "\n")

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
        self._waiting: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._writers: dict[tuple[str, str], Any] = {}
        folder.mkdir(parents=True, exist_ok=True)
        if card:
            put(folder / CARD, card)
        if not by_kind:
            self._waiting.update(((name, ""), []) for name in tables())

    def write(self, table: Table, row: Row) -> None:
        """Write one row."""
        part = (table.name, row["kind"] if self._by_kind and table.by_kind else "")
        waiting = self._waiting[part]
        waiting.append(row)
        if len(waiting) == BATCH:
            self._flush(part)

    def __exit__(self, *caught: object) -> None:
        """Write what waits and close the files."""
        for part in self._waiting:
            self._flush(part)
        for writer in self._writers.values():
            writer.close()

    def _flush(self, part: tuple[str, str]) -> None:
        import pyarrow as pa

        rows, self._waiting[part] = self._waiting[part], []
        schema = arrow_schema(tables()[part[0]], without_kind=bool(part[1]))
        writer = self._writers.get(part) or self._open(part, schema)
        if rows:
            fields = zip(schema.names, schema.types, strict=True)
            columns = [pa.array([row[name] for row in rows], type_) for name, type_ in fields]
            writer.write_table(pa.table(columns, schema=schema), row_group_size=BATCH)

    def _open(self, part: tuple[str, str], schema: Any) -> Any:
        from pyarrow import parquet

        table, kind = part
        path = self._folder / f"{table}.parquet"
        if kind:
            path = self._folder / table / f"kind={kind}" / "part-0.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
        self._writers[part] = parquet.ParquetWriter(path, schema, compression="zstd")
        return self._writers[part]


@cache
def arrow_schema(table: Table, *, without_kind: bool = False) -> Any:
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
            if not (without_kind and column.name == "kind")
        ]
    )


def converted(table: Table, row: Row, converters: Mapping[str, Callable[[Any], Any]]) -> list[Any]:
    """Return the values of a row, those of the types in ``converters`` converted unless they are None."""
    values = [*row.values()]
    for index, type_ in table.typed:
        convert = converters.get(type_)
        if convert and values[index] is not None:
            values[index] = convert(values[index])
    return values


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
