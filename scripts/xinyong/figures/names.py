"""Names beside marks: each where it covers no other name, and as few marks as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

LETTER = 0.66
"""The width of a letter in heights of the type."""


@dataclass(frozen=True)
class PlacedName:
    """A name where it is written: the point that it is anchored at, and which end of it stands there."""

    name: str
    x: float
    y: float
    anchor: str


def place_names(
    wanted: Sequence[tuple[str, Point]],
    marks: Sequence[Point],
    size: float,
    within: Box,
    blocked: Sequence[Box] = (),
) -> list[PlacedName]:
    """Place names of a type of ``size`` beside their points, the first of ``wanted`` first.

    A name for which there is no place inside ``within`` that is free of other names, and of what is ``blocked``, is
    left out.
    """
    taken: list[Box] = [*blocked]
    placed = []
    for name, point in wanted:
        free = [
            (_covered(box, marks), at, option, box)
            for at, (option, box) in enumerate(_options(name, point, size))
            if _inside(box, within) and not any(_overlap(box, other) for other in taken)
        ]
        if free:
            _, _, option, box = min(free, key=lambda one: one[:2])
            placed.append(option)
            taken.append(box)
    return placed


def _options(name: str, point: Point, size: float) -> Iterator[tuple[PlacedName, Box]]:
    """Yield the places beside a point: right, left, below, above."""
    (x, y), width, away = point, LETTER * size * len(name), 0.62 * size
    low, high = 0.25 * size, 0.8 * size
    for left, base, anchor, at in (
        (x + away, y + 0.35 * size, "start", x + away),
        (x - away - width, y + 0.35 * size, "end", x - away),
        (x - width / 2, y + 1.45 * size, "middle", x),
        (x - width / 2, y - 0.75 * size, "middle", x),
    ):
        yield PlacedName(name, at, base, anchor), (left, base - high, left + width, base + low)


def _inside(box: Box, within: Box) -> bool:
    fits_across = within[0] <= box[0] and box[2] <= within[2]
    return fits_across and within[1] <= box[1] and box[3] <= within[3]


def _overlap(one: Box, other: Box) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


def _covered(box: Box, marks: Sequence[Point]) -> int:
    return sum(1 for x, y in marks if box[0] <= x <= box[2] and box[1] <= y <= box[3])
