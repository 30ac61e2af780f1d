"""The SQLite database: all tables with their keys, indexes, views, a search that knows Chinese."""

from __future__ import annotations

import datetime
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from xinyong.edition import Edition
from xinyong.exports import search_table, vocabulary_tables
from xinyong.exports.columns import Column, Columns, Table
from xinyong.exports.schema import tables
from xinyong.exports.views import VIEWS
from xinyong.exports.writers import Writer, as_list, converted

FILE = "xinyong.sqlite"
ABOUT = "about"
"""The table that says what the database is: of which edition, and of which version of the schema."""

_PAGE = 4096
_FILE_HEADER = 100
_TREE_PAGES = {2: 12, 5: 12, 10: 8, 13: 8}
"""The types of pages that hold a part of a table or index, each with the length of its header."""

_CREATE_ABOUT = """
CREATE TABLE about (
  "name" TEXT NOT NULL PRIMARY KEY, -- title, url, version, released, schema_version, licence or licence_url
  "value" TEXT NOT NULL -- what it is
) WITHOUT ROWID"""

_INDEXES = (
    ("facts", "record"),
    ("facts", "field"),
    ("facts", "target"),
    ("facts", "as_of_from"),
    ("cites", "fact"),
    ("cites", "citation"),
    ("links", "target"),
    ("links", "field"),
    ("names", "name"),
    ("citations", "type"),
    ("citations", "issued_from"),
    ("events", "date_from"),
)


class Sqlite(Writer):
    """One SQLite database of all tables, with indexes, views and the full-text search."""

    def __init__(self, path: Path, edition: Edition) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._path = path
        self._insert = {name: _insert(name, len(table.columns)) for name, table in tables().items()}
        self._records = 0
        self._database = sqlite3.connect(path, isolation_level=None)
        # No journal and no waiting for the disk: a build that fails throws its files away.
        # What is deleted is overwritten, whatever the library was compiled to do.
        for pragma in (
            f"page_size = {_PAGE}",
            "journal_mode = OFF",
            "synchronous = OFF",
            "encoding = 'UTF-8'",
            "secure_delete = ON",
        ):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("BEGIN")
        for table in tables().values():
            self._database.execute(create(table))
        for statement in (*vocabulary_tables.create(), *search_table.CREATE, _CREATE_ABOUT):
            self._database.execute(statement)
        self._database.executemany(_insert(ABOUT, 2), edition.about.items())

    def write(self, table: Table, columns: Columns) -> None:
        """Write rows."""
        values = converted(table, columns, _VALUES)
        self._database.executemany(self._insert[table.name], zip(*values, strict=True))
        if table.name == "records":
            self._database.executemany(search_table.INSERT, self._searched(table, columns))

    def __exit__(self, *caught: object) -> None:
        """Build indexes and views, and pack the file."""
        if not any(caught):
            for statement in _ending():
                self._database.execute(statement)
            self._database.execute("COMMIT")
            self._database.execute("VACUUM")
        self._database.close()
        if not any(caught):
            _write_same_bytes(self._path)

    def _searched(self, table: Table, columns: Columns) -> Iterator[tuple[Any, ...]]:
        names = [column.name for column in table.columns]
        for values in zip(*columns, strict=True):
            self._records += 1
            row = dict(zip(names, values, strict=True))
            yield self._records, *search_table.search_row(row)


def create(table: Table) -> str:
    """Return the statement that makes a table.

    The meaning of each column stands behind it as a comment.
    """
    types = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
    lines = []
    for column in table.columns:
        given = " NOT NULL" if column.required else ""
        lines.append((f'"{column.name}" {types.get(column.type, "TEXT")}{given}', column.meaning))
    constraints = [
        f"PRIMARY KEY ({_quoted(table.key)})",
        *filter(None, map(_foreign, table.columns)),
    ]
    defined = [*lines, *((constraint, "") for constraint in constraints)]
    body = ""
    for number, (line, meaning) in enumerate(defined, 1):
        comma = "," if number < len(defined) else ""
        comment = f" -- {' '.join(meaning.split())}" if meaning else ""
        body += f"  {line}{comma}{comment}\n"
    # Datasette joins the records with their search by the numbers of the rows.
    ending = "" if table.name == "records" else " WITHOUT ROWID"
    return f'CREATE TABLE "{table.name}" (\n{body}){ending}'


_VALUES: Mapping[str, Callable[[Any], Any]] = {"list": as_list, "date": datetime.date.isoformat}
"""How SQLite keeps what it has no type for: a date as text, a list as a JSON array."""


def _ending() -> Iterator[str]:
    yield from (
        f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")' for table, column in _INDEXES
    )
    yield from (f'CREATE VIEW "{name}" AS\n{query}' for name, (_, query) in VIEWS.items())
    yield from vocabulary_tables.fill()
    yield search_table.OPTIMIZE


def _insert(name: str, columns: int) -> str:
    return f'INSERT INTO "{name}" VALUES ({", ".join("?" * columns)})'  # noqa: S608 - the names are ours


def _foreign(column: Column) -> str:
    target, key = column.points_to, "id"
    if not target and column.type == "text" and column.vocabulary:
        target, key = vocabulary_tables.lookups()[column.vocabulary], "value"
    return f'FOREIGN KEY ("{column.name}") REFERENCES "{target}" ("{key}")' if target else ""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _write_same_bytes(path: Path) -> None:
    """Overwrite what depends on the SQLite library, so that every one gives the same file.

    These are the library's version in the header, kept for information only, and what earlier
    writing left behind in the unused middle of a page (https://www.sqlite.org/fileformat2.html,
    1.3.16 and 1.6).
    """
    data = bytearray(path.read_bytes())
    data[96:100] = (3_040_000).to_bytes(4, "big")
    for page in range(0, len(data), _PAGE):
        header = page or _FILE_HEADER
        if data[header] in _TREE_PAGES:
            cells, content = struct.unpack_from(">HH", data, header + 3)
            begin, end = header + _TREE_PAGES[data[header]] + 2 * cells, page + content
            data[begin:end] = bytes(end - begin)
    path.write_bytes(data)
