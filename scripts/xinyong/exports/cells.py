"""Texts as cells of CSV, of which no spreadsheet takes one for a formula.

Spreadsheets compute a cell that begins with one of ``=+-@``, a tab or a line end
(https://owasp.org/www-community/attacks/CSV_Injection); some take full-width signs for these. Such
a text stands behind an apostrophe. So does one that begins with apostrophes before such a sign,
which is why the apostrophe can always be taken away again. Numbers and dates stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

RULE = (
    "In the CSV files a text that begins with =, +, -, @ (full-width too), a tab or a line end, or "
    "with apostrophes before one of these, stands behind one apostrophe more, so that no "
    "spreadsheet takes it for a formula. To have the text back, take one apostrophe away wherever "
    "apostrophes stand before such a sign."
)
"""The rule in words, for those who read the files."""

_SIGNS = frozenset("'=+-@\t\r\n＝＋－＠")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def cell(text: str) -> str:
    """Return the content of a cell for a text."""
    return f"'{text}" if text[:1] in _SIGNS and _FORMULA.match(text) else text


def cells(column: Sequence[Any]) -> list[Any]:
    """Return the contents of the cells of a column, of which only texts are another."""
    return [
        cell(value) if isinstance(value, str) and value[:1] in _SIGNS else value for value in column
    ]


def text(content: str) -> str:
    """Return the text for the content of a cell."""
    return content[1:] if content.startswith("'") and _FORMULA.match(content) else content
