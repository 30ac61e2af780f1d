"""What Datasette shows of the database (https://docs.datasette.io/en/stable/metadata.html)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinyong.edition import Edition
from xinyong.exports import search_table
from xinyong.exports.columns import Table
from xinyong.exports.schema import tables
from xinyong.exports.sqlite import ABOUT, FILE
from xinyong.exports.views import VIEWS
from xinyong.exports.vocabulary_tables import lookups


def datasette(edition: Edition, queries: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Return the metadata; a query is title and SQL."""
    canned = {name: {"title": title, "sql": sql} for name, (title, sql) in queries.items()}
    about = {
        "title": edition.title,
        "description": edition.abstract,
        "license": edition.licence,
        "license_url": edition.licence_url,
        "source": edition.name,
        "source_url": edition.base,
    }
    database = {"tables": _described(), "queries": canned}
    return about | {"databases": {FILE.removesuffix(".sqlite"): database}}


def _described() -> dict[str, dict[str, Any]]:
    described = {name: _table(table) for name, table in tables().items()}
    # The rows of both tables are written side by side, so they have the same numbers.
    described["records"] |= {"fts_table": search_table.NAME, "fts_pk": "rowid"}
    described[ABOUT] = {"description": "Which edition this is, and of which version the schema is."}
    hidden = {
        search_table.NAME: "The full-text search over all records.",
        search_table.TEXTS: "The texts of the full-text search.",
    }
    hidden |= {name: f"The values of the vocabulary '{key}'." for key, name in lookups().items()}
    described |= {
        name: {"description": meaning, "hidden": True} for name, meaning in hidden.items()
    }
    for name in lookups().values():
        described[name]["label_column"] = "label"
    return described | {name: {"description": meaning} for name, (meaning, _) in VIEWS.items()}


def _table(table: Table) -> dict[str, Any]:
    names = {column.name for column in table.columns}
    described: dict[str, Any] = {
        "description": table.meaning,
        "columns": {column.name: column.meaning for column in table.columns},
    }
    if "name" in names:
        described["label_column"] = "name"
    if facets := [column.name for column in table.columns if column.vocabulary]:
        described["facets"] = facets
    return described
