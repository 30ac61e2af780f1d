"""Which rows of a long index stand in full on which of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

MOST = 2_000
"""An index of at most so many rows is one page; 1,504 sources, the most in December 2026, are 1.1 MB, packed 0.2."""

ROWS = 1_000
"""So many rows of a longer one stand in full on each of its pages."""


@dataclass(frozen=True)
class Stretch:
    """The rows that a page shows in full: it has a number, and the index ``total`` rows."""

    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages the index has."""
        return ceil(self.total / ROWS) if self.total > MOST else 1

    @property
    def first(self) -> int:
        """How many rows stand on the pages before."""
        return (self.number - 1) * ROWS

    @property
    def last(self) -> int:
        """How many rows stand on this page and on those before."""
        return min(self.number * ROWS, self.total)


def folder(number: int) -> str:
    """Return where a page is, from the address of the first one; ``ids`` keeps these names free."""
    return f"page-{number}/" if number > 1 else ""
