"""What a table and a column are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Type = Literal["text", "integer", "number", "boolean", "date", "list", "json"]
Row = dict[str, Any]
"""One row: a value for every column of its table, None where there is none.

A list is a list of texts.
"""
Columns = Sequence[Sequence[Any]]
"""Rows of one table as its columns, in their order."""


@dataclass(frozen=True)
class Column:
    """A column.

    Its name, type and meaning, whether it is always given, the table whose key it points to, and
    the vocabulary that its values are taken from.
    """

    name: str
    type: Type
    meaning: str
    required: bool = False
    points_to: str = ""
    vocabulary: str = ""


@dataclass(frozen=True)
class Table:
    """A table: its name, what one row is, its columns and the columns that make its key."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    by_kind: bool = False

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)
