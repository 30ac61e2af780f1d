"""A plot of cost against size: both axes in powers of ten, one line a generator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

from xinyong.figures.svg import element, joined

WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT = 720, 360, 50, 330, 450
DASHES = ("", "6 3", "2 3", "9 3 2 3", "12 4", "1 4", "4 4", "8 2")


def plot(sizes: Sequence[Mapping[str, Any]]) -> str:
    """Return an SVG of the CPU seconds by the number of records."""
    names = dict.fromkeys(name for one in sizes for name in one["cpu"])
    values = [cost for one in sizes for cost in one["cpu"].values() if cost > 0]
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    first, last = (log10(one["records"]) for one in (sizes[0], sizes[-1]))

    def at(records: int, cost: float) -> tuple[float, float]:
        x = LEFT + 20 + (RIGHT - LEFT - 30) * (log10(records) - first) / ((last - first) or 1)
        y = BOTTOM - (BOTTOM - 20) * (log10(cost) - low) / ((high - low) or 1)
        return round(x, 1), round(y, 1)

    drawn = []
    for power in range(low, high + 1):
        _, y = at(sizes[0]["records"], 10**power)
        drawn.append(element("line", x1=LEFT, y1=y, x2=RIGHT, y2=y, stroke="#ccc"))
        drawn.append(element("text", f"{10**power:g} s", x=LEFT - 6, y=y + 4, text_anchor="end"))
    for one in sizes:
        x, _ = at(one["records"], 10**low)
        label = f"{one['records']:,} records"
        drawn.append(element("text", label, x=x, y=BOTTOM + 20, text_anchor="middle"))
    for number, name in enumerate(names):
        points = [at(one["records"], one["cpu"][name]) for one in sizes if one["cpu"].get(name)]
        path = " ".join(f"{x},{y}" for x, y in points)
        dash = DASHES[number % len(DASHES)]
        line = {"fill": "none", "stroke": "#333", "stroke_width": 2, "stroke_dasharray": dash}
        drawn.append(element("polyline", points=path, **line))
        y = 30 + 22 * number
        drawn.append(element("polyline", points=f"{RIGHT + 20},{y} {RIGHT + 60},{y}", **line))
        drawn.append(element("text", name, x=RIGHT + 66, y=y + 4))
    size = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    style = {"font_family": "sans-serif", "font_size": 12}
    return f"{element('svg', joined(drawn), **size, **style)}\n"
