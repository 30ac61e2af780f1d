"""Figures over time as steps, points or bars.

What was counted since a start makes steps, what there is makes points, what came in a time bars.
Each group of a record's figures, those that count one thing in one way, has a drawing of its own
from three dated figures on: figures of different series never share a line or an axis. Years that
a date leaves open are drawn as the stretch that it may mean.
"""

from __future__ import annotations

import datetime
from calendar import isleap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from markupsafe import Markup

from xinyong.figures.svg import Words, edge_anchor, element, joined, percent
from xinyong.records.base import Figure

LEAST = 3
"""How many dated figures make a drawing."""
HEIGHT, TOP, LEFT, RIGHT = 170, 18, 15.0, 98.0
"""Pixels from the drawing's top to the axis and to the highest line.

Per cent of the width where the time begins and ends.
"""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
"""From how many years on the next one is written, the narrowest first."""
UNITS = (
    (10**12, "trillions"),
    (10**9, "billions"),
    (10**6, "millions"),
    (10**3, "thousands"),
    (1, "ones"),
)


@dataclass(frozen=True)
class Dot:
    """A figure as it is drawn: the stretch that its date may mean in years, and its value."""

    start: float
    end: float
    value: float

    @property
    def middle(self) -> float:
        """The middle of the stretch."""
        return (self.start + self.end) / 2

    @property
    def months(self) -> int:
        """The length of the stretch."""
        return round((self.end - self.start) * 12)


def chart(counts: str, series: str, figures: Sequence[Figure], words: Words) -> Markup:
    """Draw the figures of one group, which count the same in the same series.

    Fewer than three dated ones give nothing.
    """
    dots = _dots(figures)
    if series == "period":
        dots = _of_one_length(dots)
    if len(dots) < LEAST:
        return Markup("")
    axes = Axes.around(dots)
    drawn = {"cumulative": _cumulative, "current": _current, "period": _period}[series](dots, axes)
    title = words["series-of"].format(counts=counts, series=words[f"series-{series}"])
    drawing = element(
        "svg",
        element("title", title),
        element("desc", _description(dots, words)),
        _lines(axes),
        _years(axes),
        drawn,
        width="100%",
        height=HEIGHT + 22,
        role="img",
        aria_label=title,
    )
    caption = element("figcaption", _caption(series, len(figures) - len(dots), axes, words))
    return element("figure", drawing, caption, class_="xy-chart xy-series-chart")


def nice_steps(highest: float) -> tuple[float, int]:
    """Return a round step and how many of them reach from zero to at least ``highest``, four at most."""
    if highest <= 0:
        return 1, 1
    power = 10.0 ** floor(log10(highest))
    for factor in (0.25, 0.5, 1, 2, 2.5):
        step = factor * power
        if step * 4 >= highest:
            return step, ceil(highest / step)
    return 5 * power, 2


@dataclass(frozen=True)
class Axes:
    """Puts years and values into the drawing; values begin at zero."""

    first: float
    last: float
    step: float
    steps: int

    @classmethod
    def around(cls, dots: Sequence[Dot]) -> Axes:
        """Make the axes that hold all dots."""
        step, steps = nice_steps(max(dot.value for dot in dots))
        first, last = min(dot.start for dot in dots), max(dot.end for dot in dots)
        return cls(first, max(last, first + 1), step, steps)

    def x(self, year: float) -> float:
        """Return where a time stands, in per cent."""
        return LEFT + (year - self.first) / (self.last - self.first) * (RIGHT - LEFT)

    def y(self, value: float) -> float:
        """Return where a value stands, in pixels from the top."""
        return round(HEIGHT - value / (self.step * self.steps) * (HEIGHT - TOP), 1)

    @property
    def unit(self) -> tuple[int, str]:
        """The unit that the lines are numbered in, and its name among the words."""
        for size, name in UNITS:
            if self.step >= size:
                return size, name
        return UNITS[-1]


def _dots(figures: Sequence[Figure]) -> list[Dot]:
    dots = []
    for figure in figures:
        date = figure.as_of
        if date and date.earliest != datetime.date.min and date.latest != datetime.date.max:
            end = date.latest + datetime.timedelta(days=1)
            dots.append(Dot(_year(date.earliest), _year(end), figure.value))
    return sorted(dots, key=lambda dot: (dot.middle, dot.value))


def _year(day: datetime.date) -> float:
    days = 366 if isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - 1) / days


def _of_one_length(dots: Sequence[Dot]) -> list[Dot]:
    """Keep what came in stretches of the commonest length.

    A month's number says nothing beside a year's.
    """
    lengths = Counter(dot.months for dot in dots)
    commonest = max(lengths, key=lambda length: (lengths[length], length), default=0)
    return [dot for dot in dots if dot.months == commonest]


def _cumulative(dots: Sequence[Dot], axes: Axes) -> Markup:
    """Join the figures by steps.

    One below an earlier one, on which sources differ, stays beside the line.
    """
    joint, highest = [], 0.0
    for dot in dots:
        if dot.value >= highest:
            joint.append(dot)
            highest = dot.value
    steps = []
    for one, other in pairwise(joint):
        left, right = axes.x(one.middle), axes.x(other.middle)
        low, high = axes.y(one.value), axes.y(other.value)
        steps.append(_line("xy-step", left, right, low, low))
        steps.append(_line("xy-step", right, right, low, high))
    return joined(steps) + _current(dots, axes)


def _current(dots: Sequence[Dot], axes: Axes) -> Markup:
    """Draw points, with a whisker where a date leaves open more than a month."""
    drawn = []
    for dot in dots:
        y = axes.y(dot.value)
        if dot.end - dot.start > 0.1:
            drawn.append(_line("xy-whisker", axes.x(dot.start), axes.x(dot.end), y, y))
        x = percent(axes.x(dot.middle))
        drawn.append(element("circle", class_="xy-point", cx=x, cy=y, r=3.5))
    return joined(drawn)


def _period(dots: Sequence[Dot], axes: Axes) -> Markup:
    bars = []
    for dot in dots:
        left, y = axes.x(dot.start), axes.y(dot.value)
        width = percent(max(axes.x(dot.end) - left - 0.6, 0.6))
        height = round(HEIGHT - y, 1)
        bar = element("rect", class_="xy-bar", x=percent(left), y=y, width=width, height=height)
        bars.append(bar)
    return joined(bars)


def _line(class_: str, left: float, right: float, start: float, end: float) -> Markup:
    x1, x2 = percent(left), percent(right)
    return element("line", class_=class_, x1=x1, x2=x2, y1=start, y2=end)


def _lines(axes: Axes) -> Markup:
    size, _ = axes.unit
    drawn = []
    for n in range(axes.steps + 1):
        number = axes.step * n
        y = axes.y(number)
        drawn.append(element("line", class_="xy-grid", x1=0, x2="100%", y1=y, y2=y))
        label = f"{number / size:,g}"
        drawn.append(element("text", label, class_="xy-tick", x=0, y=round(y - 4, 1)))
    return joined(drawn)


def _years(axes: Axes) -> Markup:
    """Write the years under the axis, so few that they do not touch on a phone."""
    first, last = floor(axes.first), floor(axes.last - 0.001)
    every = next(n for n in STEPS if (last - first) / n <= 5)
    marks = []
    for year in range(-(-first // every) * every, last + 2, every):
        at = axes.x(year)
        if LEFT - 0.01 <= at <= RIGHT + 0.01:
            marks.append(_line("xy-tick-line", at, at, HEIGHT, HEIGHT + 4))
            anchor = edge_anchor(at)
            place = {"x": percent(at), "y": HEIGHT + 17, "text_anchor": anchor}
            marks.append(element("text", year, class_="xy-tick", **place))
    return joined(marks)


def _caption(series: str, left_out: int, axes: Axes, words: Words) -> str:
    _, unit = axes.unit
    sentences = [words[f"series-{series}-how"], words.get(f"unit-{unit}"), words["series-table"]]
    if left_out:
        sentences.append(words["series-left-out"].format(n=left_out))
    return " ".join(filter(None, sentences))


def _description(dots: Sequence[Dot], words: Words) -> str:
    first, last = dots[0], dots[-1]
    return words["series-said"].format(
        n=len(dots),
        first=f"{first.value:,}",
        then=floor(first.middle),
        last=f"{last.value:,}",
        now=floor(last.middle),
    )
