"""What the drawings share: words handed in, positions in per cent, colours only by class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

Words = Mapping[str, str]
"""The words of a drawing by their keys; the pages hand in those of the interface."""

NARROW = 300
"""The width in pixels at which a drawing of per cents has to be readable still."""


def joined(parts: Iterable[Markup]) -> Markup:
    """Put pieces of markup together."""
    return Markup("").join(parts)


def percent(value: float) -> str:
    """Write a position in the drawing as per cent of its width, to two decimals."""
    return f"{round(value, 2):g}%"


def fits(text: str, width: float) -> bool:
    """Say whether a text of small type fits into a width in per cent, on the narrowest screen as well."""
    return 6.3 * len(text) + 6 <= width / 100 * NARROW


def edge_anchor(position: float) -> str:
    """Return how to anchor a text at a position in per cent so that it stays inside the drawing."""
    return "start" if position < 4 else "end" if position > 96 else "middle"
