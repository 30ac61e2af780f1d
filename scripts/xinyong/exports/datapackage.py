"""The tables as a Data Package (https://datapackage.org/standard/data-package/, 2.0).

Types, keys, the values of vocabularies, licence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xinyong.edition import Edition
from xinyong.exports import vocabulary_tables
from xinyong.exports.cells import RULE
from xinyong.exports.columns import Column, Table
from xinyong.exports.manifest import File
from xinyong.exports.schema import tables

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

_TYPES = {"text": "string", "list": "array", "json": "object"}


def describe(files: Mapping[str, File], edition: Edition, folder: str = "") -> dict[str, Any]:
    """Return the description of the CSV files in ``folder``.

    ``files`` has each by its table's name.
    """
    about: dict[str, Any] = {
        "$schema": PROFILE,
        "name": "xinyong",
        "title": edition.title,
        "description": f"{edition.abstract} {RULE}".strip(),
        "homepage": edition.base,
        "version": edition.version,
        "schema_version": edition.schema,
        "created": f"{edition.released}T00:00:00Z" if edition.released else "",
        "keywords": list(edition.keywords),
        "id": f"https://doi.org/{edition.doi}" if edition.doi else "",
        "licenses": [
            {
                "name": edition.licence,
                "path": edition.licence_url,
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "contributors": [{"title": name, "roles": ["creator"]} for name in edition.authors],
        "resources": [_resource(table, files[table.name], folder) for table in tables().values()],
    }
    return {key: value for key, value in about.items() if value not in ("", [])}


def _resource(table: Table, file: File, folder: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{folder}/{file.path}".lstrip("/"),
        "description": table.meaning,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
        },
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    pointing = [column for column in table.columns if column.points_to]
    keys = [
        {"fields": [column.name], "reference": {"resource": column.points_to, "fields": ["id"]}}
        for column in pointing
    ]
    schema: dict[str, Any] = {
        "fields": [*map(_field, table.columns)],
        "primaryKey": [*table.key],
        "missingValues": [""],
    }
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, column.type),
        "description": column.meaning,
    }
    if column.vocabulary and column.type == "text":
        found = vocabulary_tables.values()[column.vocabulary]
        field["categories"] = [
            {"value": value, "label": text.label} for value, text in found.items()
        ]
    return field | ({"constraints": {"required": True}} if column.required else {})
