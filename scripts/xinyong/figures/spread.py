"""Points that would cover each other on a map, moved apart until all can be seen and pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, sin

Point = tuple[float, float]
ROUNDS = 200


def spread(points: Sequence[Point], distance: float) -> list[Point]:
    """Move points apart until no two are closer than ``distance``; those that stand free stay.

    Each round pushes every pair that is too close apart by what is missing, half of it each.
    Points of one place part in directions that depend on their numbers only, so that the same
    points always give the same drawing.
    """
    moved = list(points)
    for _ in range(ROUNDS):
        parted = [
            _part(moved, one, other, distance) for one in range(len(moved)) for other in range(one)
        ]
        if not any(parted):
            break
    return moved


def _part(points: list[Point], one: int, other: int, distance: float) -> bool:
    (x, y), (a, b) = points[one], points[other]
    right, down = x - a, y - b
    gap = hypot(right, down)
    if gap >= distance - 0.01:
        return False
    if gap < 0.01:
        right, down, gap = cos(one * 2.4), sin(one * 2.4), 1.0
        missing = distance
    else:
        missing = distance - gap
    push = missing / 2 / gap
    points[one] = (x + right * push, y + down * push)
    points[other] = (a - right * push, b - down * push)
    return True
