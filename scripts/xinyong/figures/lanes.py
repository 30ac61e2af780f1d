"""Lanes: stretches of time packed into as few rows as do without overlap."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[float, float]
"""Where something begins and ends."""


def pack(spans: Sequence[Span], gap: float = 0) -> list[int]:
    """Return the row of each span, so that in no row two are closer than ``gap``.

    Spans are placed by their beginning, each into the first row that is free: the rows are then as
    few as can be, the greatest number of spans that hold at one time.
    """
    rows: list[float] = []
    placed = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda i: (spans[i], i)):
        start, end = spans[index]
        row = 0
        while row < len(rows) and rows[row] + gap > start:
            row += 1
        rows[row : row + 1] = [end]
        placed[index] = row
    return placed
