"""The controlled vocabularies as rows, and in the database as a table each, which columns point to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from xinyong.corpus import STANDINGS
from xinyong.exports.columns import Row
from xinyong.exports.general_tables import VOCABULARY
from xinyong.exports.schema import tables
from xinyong.records import MODELS, vocabularies
from xinyong.records.vocabularies import Value, Vocabulary
from xinyong.words import KIND_ONE, Words

_STANDING = Words("standing")


def values() -> Mapping[str, Mapping[str, Value]]:
    """Return every vocabulary with its values: those of records, the kinds, and how well a fact stands."""
    given = {
        table.key: table.values
        for table in vars(vocabularies).values()
        if isinstance(table, Vocabulary)
    }
    kinds = {kind: Value(KIND_ONE[kind], model.__doc__ or "") for kind, model in MODELS.items()}
    # Whether sources differ is a column of its own.
    standings = {
        key: Value(_STANDING[key], meaning)
        for key, meaning in STANDINGS.items()
        if key != "disputed"
    }
    return {**given, "kind": kinds, "standing": standings}


def rows() -> Iterator[tuple[str, Row]]:
    """Yield the rows of the table of vocabularies."""
    for vocabulary, found in values().items():
        for position, (value, text) in enumerate(found.items()):
            row = {
                "vocabulary": vocabulary,
                "position": position,
                "value": value,
                "label": text.label,
                "meaning": text.meaning,
            }
            yield VOCABULARY.name, row


@cache
def lookups() -> Mapping[str, str]:
    """Return the vocabularies that columns of one value have, each with the table of its values."""
    named = {
        column.vocabulary
        for table in tables().values()
        for column in table.columns
        if column.vocabulary and column.type == "text"
    }
    return {key: f"vocabulary_{key.replace('-', '_')}" for key in sorted(named)}


def create() -> Iterator[str]:
    """Yield the statements that make the tables of values."""
    for name in lookups().values():
        yield (
            f'CREATE TABLE "{name}" (\n  value TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL,'
            f" meaning TEXT NOT NULL)"
        )


def fill() -> Iterator[str]:
    """Yield the statements that fill them, in the order of the vocabularies."""
    for key, name in lookups().items():
        yield (
            f'INSERT INTO "{name}" SELECT value, label, meaning FROM vocabulary'  # noqa: S608 - the names are ours
            f" WHERE vocabulary = '{key}' ORDER BY position"
        )
