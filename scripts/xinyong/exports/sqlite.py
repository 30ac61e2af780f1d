"""The SQLite database.

Indexes, a search that knows Chinese, views for the usual questions, Datasette's metadata.

SQLite's own search takes a run of Chinese characters for one word, and its trigrams find no word of
two. So the table ``search`` has a column ``han`` with every part of a run up to six characters:
``MATCH '荣成'`` finds 荣成市, and ``MATCH '失信被执行人'`` all that ``LIKE`` finds. Overlapping
pairs stand there in their order, so that a longer word is found as a phrase of them: ``MATCH '"失信
信被 被执"'``.
"""

from __future__ import annotations

import datetime
import re
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from xinyong.edition import Edition
from xinyong.exports.schema import Column, Row, Table, tables
from xinyong.exports.writers import BATCH, Writer, as_list, converted
from xinyong.source.han import HAN

FILE = "xinyong.sqlite"
SEARCH = "search"
ABOUT = "about"
"""The table that says what the database is: of which edition, and of which version of the schema."""

_PAGE = 4096
_FILE_HEADER = 100
_TREE_PAGES = {2: 12, 5: 12, 10: 8, 13: 8}
"""The types of pages that hold a part of a table or index, each with the length of its header."""

_RUN = re.compile(f"(?:{HAN.pattern})+")
_LENGTHS = (1, 3, 4, 5, 6)
_CREATE_SEARCH = """
CREATE VIRTUAL TABLE search USING fts5(
  id UNINDEXED, kind UNINDEXED, name, names, text, han, tokenize = 'unicode61 remove_diacritics 2')
"""
_CREATE_ABOUT = """
CREATE TABLE about (
  "name" TEXT NOT NULL PRIMARY KEY, -- title, url, version, released, schema_version, licence or licence_url
  "value" TEXT NOT NULL -- what it is
) WITHOUT ROWID"""

VIEWS: Mapping[str, tuple[str, str]] = {
    "evidence": (
        "One row a fact and citation that supports it, with what that source is worth.",
        """SELECT f.record, f.kind, f.field, f.path, f.value, f.as_of, f.standing, f.disputed,
  c.citation, c.locator, c.via, s.label, s.reliability, s.read, s.url
FROM facts f JOIN cites c ON c.fact = f.id JOIN citations s ON s.id = c."read" """,
    ),
    "figures": (
        "Numbers over time: what is counted, how, when, and how well it stands.",
        """SELECT record, kind, field, as_of,
  json_extract(more, '$.counts') AS counts, json_extract(more, '$.series') AS series,
  as_of_from, number, standing, cite, note
FROM facts WHERE json_extract(more, '$.series') IS NOT NULL""",
    ),
    "benefits": (
        "What those with a good score get: program, partner, offer, lowest score.",
        """SELECT record AS program, value AS partner, json_extract(more, '$.offer') AS offer,
  json_extract(more, '$.min_score') AS min_score, as_of, standing, cite FROM facts WHERE field = 'benefits'""",
    ),
    "consequences": (
        "What follows from a listing or a low score, by type.",
        """SELECT record, kind, json_extract(more, '$.type') AS type, value, as_of, standing, cite
FROM facts WHERE field = 'consequences'""",
    ),
    "designations": (
        "Which place was named on which list of pilot and model cities, and when.",
        """SELECT f.record AS city, c.name, c.name_zh, c.province, f.value AS list,
  json_extract(f.more, '$.date') AS date,
  json_extract(f.more, '$.document') AS document, f.standing
FROM facts f JOIN cities c ON c.id = f.record WHERE f.field = 'designations'""",
    ),
    "program_places": (
        "Which program is in use in which place.",
        """SELECT p.id AS program, p.name AS program_name, p.layer, c.id AS city, c.name AS city_name, c.province
FROM links l JOIN programs p ON p.id = l.record JOIN cities c ON c.id = l.target WHERE l.field = 'cities'""",
    ),
    "legal_bases": (
        "Which document a program or list rests on, with its number, rank and status.",
        """SELECT f.record, f.kind, c.id AS document, c.name, c.name_zh, c.number, c.rank, c.status, c.in_force
FROM facts f JOIN citations c ON c.id = f.target WHERE f.field = 'legal_basis'""",
    ),
    "sources_used": (
        "Each source with the number of records and facts that cite it.",
        """SELECT s.id, s.label, s.type, s.language, s.reliability, s."read", s.year,
  count(DISTINCT c.record) AS records, count(DISTINCT c.fact) AS facts
FROM citations s LEFT JOIN cites c ON c.citation = s.id GROUP BY s.id""",
    ),
    "standings": (
        "How many facts of each kind stand how well.",
        "SELECT kind, standing, count(*) AS facts FROM facts GROUP BY kind, standing",
    ),
    "disagreements": (
        "Facts that other entries for the same time contradict.",
        "SELECT record, field, value, as_of, standing, cite, note FROM facts WHERE disputed",
    ),
    "verdicts": (
        "Each claim with its assessment and the pieces of evidence for and against it.",
        """SELECT c.id, c.name, c.assessment,
  sum(json_extract(f.more, '$.stance') = 'for') AS evidence_for,
  sum(json_extract(f.more, '$.stance') = 'against') AS evidence_against
FROM claims c JOIN facts f ON f.record = c.id AND f.field = 'evidence' GROUP BY c.id""",
    ),
}
"""The views by name: what one row is, and the query."""

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
        self._waiting: dict[str, list[Sequence[Any]]] = {name: [] for name in (*tables(), SEARCH)}
        self._insert = {name: _insert(name, len(table.columns)) for name, table in tables().items()}
        self._insert[SEARCH] = _insert(SEARCH, 6)
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
        self._database.execute(_CREATE_SEARCH)
        self._database.execute(_CREATE_ABOUT)
        self._database.executemany(_insert(ABOUT, 2), edition.about.items())

    def write(self, table: Table, row: Row) -> None:
        """Write one row."""
        self._add(table.name, converted(table, row, _VALUES))
        if table.name == "records":
            self._add(SEARCH, search_row(row))

    def __exit__(self, *caught: object) -> None:
        """Write what waits, build indexes and views, and pack the file."""
        if not any(caught):
            for name in self._waiting:
                self._flush(name)
            for statement in _ending():
                self._database.execute(statement)
            self._database.execute("COMMIT")
            self._database.execute("VACUUM")
        self._database.close()
        if not any(caught):
            _write_same_bytes(self._path)

    def _add(self, name: str, values: Sequence[Any]) -> None:
        self._waiting[name].append(values)
        if len(self._waiting[name]) == BATCH:
            self._flush(name)

    def _flush(self, name: str) -> None:
        rows, self._waiting[name] = self._waiting[name], []
        self._database.executemany(self._insert[name], rows)


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
        *map(_foreign, filter(_points, table.columns)),
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


def search_row(record: Row) -> tuple[str, ...]:
    """Return the row of the search for a row of the table of records."""
    names = [record["name_zh"] or "", record["name_pinyin"] or "", *record["names_also"]]
    texts = (record["summary"], record["summary_zh"], record["annotation"])
    text = " ".join(filter(None, texts))
    han = " ".join(parts(" ".join([record["name"], *names, text])))
    return record["id"], record["kind"], record["name"], " ".join(filter(None, names)), text, han


def parts(text: str) -> Iterator[str]:
    """Yield what is searched of every run of Chinese characters: its pairs, then other parts once."""
    yield from pairs(text)
    found: dict[str, None] = {}
    for run in _RUN.findall(text):
        for length in _LENGTHS:
            found |= dict.fromkeys(run[i : i + length] for i in range(len(run) - length + 1))
    yield from found


def pairs(text: str) -> Iterator[str]:
    """Yield every run of Chinese characters as overlapping pairs.

    A single character stands alone.
    """
    for run in _RUN.findall(text):
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))


def datasette(edition: Edition, queries: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Return Datasette's metadata (https://docs.datasette.io/en/stable/metadata.html).

    A query is title and SQL.
    """
    described: dict[str, dict[str, Any]] = {
        table.name: {
            "description": table.meaning,
            "columns": {c.name: c.meaning for c in table.columns},
        }
        for table in tables().values()
    }
    for name, table in tables().items():
        if any(column.name == "name" for column in table.columns):
            described[name]["label_column"] = "name"
    # The rows of both tables are written side by side, so they have the same numbers.
    described["records"] |= {"fts_table": SEARCH, "fts_pk": "rowid"}
    described[SEARCH] = {"description": "The full-text search over all records.", "hidden": True}
    described[ABOUT] = {"description": "Which edition this is, and of which version the schema is."}
    described |= {name: {"description": meaning} for name, (meaning, _) in VIEWS.items()}
    canned = {name: {"title": title, "sql": sql} for name, (title, sql) in queries.items()}
    about = {
        "title": edition.title,
        "description": edition.abstract,
        "license": edition.licence,
        "license_url": edition.licence_url,
        "source": edition.name,
        "source_url": edition.base,
    }
    return about | {
        "databases": {FILE.removesuffix(".sqlite"): {"tables": described, "queries": canned}}
    }


def _ending() -> Iterator[str]:
    yield from (
        f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")' for table, column in _INDEXES
    )
    yield from (f'CREATE VIEW "{name}" AS\n{query}' for name, (_, query) in VIEWS.items())
    yield "INSERT INTO search(search) VALUES ('optimize')"


def _insert(name: str, columns: int) -> str:
    return f'INSERT INTO "{name}" VALUES ({", ".join("?" * columns)})'  # noqa: S608 - the names are ours


def _points(column: Column) -> bool:
    return bool(column.points_to)


def _foreign(column: Column) -> str:
    return f'FOREIGN KEY ("{column.name}") REFERENCES "{column.points_to}" ("id")'


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
