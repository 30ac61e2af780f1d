"""Points that would cover each other on a map, moved apart until all can be seen and pointed at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import cos, floor, hypot, sin

Point = tuple[float, float]
ROUNDS = 200


def spread(points: Sequence[Point], distance: float) -> list[Point]:
    """Move points apart until no two are closer than ``distance``; those that stand free stay.

    Each round pushes every pair that is too close apart by what is missing, half of it each.
    Points of one place part in directions that depend on their numbers only, so that the same
    points always give the same drawing.
    """
    field = _Field(points, distance)
    for _ in range(ROUNDS):
        parted = [field.part(one) for one in range(len(points))]
        if not any(parted):
            break
    return field.points


class _Field:
    """Points in squares as wide as the distance: what is too close to one lies in its square or beside it."""

    def __init__(self, points: Sequence[Point], distance: float) -> None:
        self.points = list(points)
        self._distance = distance
        self._squares: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        for number, point in enumerate(points):
            self._squares[self._square(point)].add(number)

    def part(self, one: int) -> bool:
        """Push a point and those before it apart, one after the other; say whether any was too close."""
        pushed, last = False, -1
        while (other := self._next(one, last)) is not None:
            self._push(one, other)
            pushed, last = True, other
        return pushed

    def _next(self, one: int, last: int) -> int | None:
        """Return the first point behind ``last`` and before ``one`` that is too close to it."""
        column, row = self._square(self.points[one])
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in self._squares.get((x, y), ())
            if last < other < one and self._gap(one, other) < self._distance - 0.01
        )
        return min(near, default=None)

    def _gap(self, one: int, other: int) -> float:
        (x, y), (a, b) = self.points[one], self.points[other]
        return hypot(x - a, y - b)

    def _push(self, one: int, other: int) -> None:
        (x, y), (a, b) = self.points[one], self.points[other]
        right, down, gap = x - a, y - b, self._gap(one, other)
        missing = self._distance - gap
        if gap < 0.01:
            right, down, gap, missing = cos(one * 2.4), sin(one * 2.4), 1.0, self._distance
        push = missing / 2 / gap
        self._move(one, (x + right * push, y + down * push))
        self._move(other, (a - right * push, b - down * push))

    def _move(self, number: int, point: Point) -> None:
        self._squares[self._square(self.points[number])].remove(number)
        self._squares[self._square(point)].add(number)
        self.points[number] = point

    def _square(self, point: Point) -> tuple[int, int]:
        return floor(point[0] / self._distance), floor(point[1] / self._distance)
