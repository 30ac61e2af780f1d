"""A plot of cost against size for the page Scale: both axes in powers of ten, a line a generator.

It is put into the page itself and takes the colour of its text, so that it is seen by light and by
dark. The lines differ in dashes, and each has its name at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

from targets import CHANGED, LIMIT, OURS, PART

from xinyong.figures.svg import element, joined

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 400, 60, 16, 440, 360
LINE = 17
"""The height of a name."""

DASHES = {
    LIMIT: "1 4",
    PART: "9 3",
    CHANGED: "9 3 2 3",
    "mkdocs-material": "6 3",
    "Zensical": "2 3",
    "Hugo, Markdown": "12 4",
    "Hugo, content adapter over JSON": "4 4",
    "Eleventy": "8 2 1 2",
}
TITLE = "CPU seconds of a build, by the number of records"


class Scale:
    """Where sizes and costs stand in the drawing."""

    def __init__(self, sizes: Sequence[int], costs: Sequence[float]) -> None:
        self.first, self.last = log10(min(sizes)), log10(max(sizes))
        self.powers = range(floor(log10(min(costs))), ceil(log10(max(costs))) + 1)

    def x(self, records: float) -> float:
        """Return where a size stands."""
        share = (log10(records) - self.first) / ((self.last - self.first) or 1)
        return round(LEFT + 20 + (RIGHT - LEFT - 30) * share, 1)

    def y(self, cost: float) -> float:
        """Return where a cost stands."""
        share = (log10(cost) - self.powers[0]) / (len(self.powers) - 1)
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)


def plot(sizes: Sequence[Mapping[str, Any]]) -> str:
    """Return an SVG of the CPU seconds by the number of records."""
    lines = {name: _points(sizes, name) for name in (OURS, *DASHES)}
    lines = {name: points for name, points in lines.items() if len(points) > 1}
    scale = Scale(
        [one["records"] for one in sizes],
        [cost for points in lines.values() for _, cost in points],
    )
    drawn = [*_axes(scale, sizes), *_lines(scale, lines), *_names(scale, lines)]
    told = "; ".join(f"{name}: {_told(points)}" for name, points in lines.items())
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {WIDTH} {HEIGHT}",
        "width": WIDTH,
        "height": HEIGHT,
        "role": "img",
        "aria_label": f"{TITLE}. {told}.",
        "font_family": "inherit",
        "font_size": 12,
        "fill": "currentColor",
    }
    return f"{element('svg', joined(drawn), **attributes)}\n"


def _points(sizes: Sequence[Mapping[str, Any]], name: str) -> list[tuple[int, float]]:
    return [(one["records"], one["cpu"][name]) for one in sizes if one["cpu"].get(name)]


def _told(points: Sequence[tuple[int, float]]) -> str:
    return ", ".join(f"{cost:.3g} s with {records:,}" for records, cost in points)


def _axes(scale: Scale, sizes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for power in scale.powers:
        y = scale.y(10**power)
        faint = {"stroke": "currentColor", "stroke_opacity": 0.2}
        yield element("line", x1=LEFT, y1=y, x2=RIGHT, y2=y, **faint)
        yield element("text", f"{10**power:g} s", x=LEFT - 6, y=y + 4, text_anchor="end")
    for one in sizes:
        x = scale.x(one["records"])
        yield element("text", f"{one['records']:,}", x=x, y=BOTTOM + 18, text_anchor="middle")
    middle = (LEFT + RIGHT) // 2
    yield element("text", "records", x=middle, y=BOTTOM + 36, text_anchor="middle")


def _lines(scale: Scale, lines: Mapping[str, Sequence[tuple[int, float]]]) -> Iterator[str]:
    for name, points in lines.items():
        path = " ".join(f"{scale.x(records)},{scale.y(cost)}" for records, cost in points)
        look = {"stroke_width": 1.5, "stroke_dasharray": DASHES.get(name)}
        if name == OURS:
            look = {"stroke_width": 3, "stroke_dasharray": None}
        yield element("polyline", points=path, fill="none", stroke="currentColor", **look)


def _names(scale: Scale, lines: Mapping[str, Sequence[tuple[int, float]]]) -> Iterator[str]:
    """Yield the names beside the ends of their lines, from the top; none stands on another."""
    ends = sorted((scale.y(points[-1][1]), points[-1][0], name) for name, points in lines.items())
    below = 0.0
    for y, records, name in ends:
        place = max(y, below)
        below = place + LINE
        thread = f"{scale.x(records) + 3},{y} {RIGHT + 8},{place}"
        faint = {"fill": "none", "stroke": "currentColor", "stroke_opacity": 0.4}
        yield element("polyline", points=thread, **faint)
        weight = "bold" if name == OURS else None
        yield element("text", name, x=RIGHT + 12, y=place + 4, font_weight=weight)
