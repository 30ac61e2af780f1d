"""Figures over time: what was counted since a start as steps, what there is as points, what came in a time as bars.

Each group of a record's figures, those that count one thing in one way, has a drawing of its own from three dated
figures on: figures of different series never share a line or an axis. Years that a date leaves open are drawn as the
stretch that it may mean.
"""

from __future__ import annotations

import datetime
from calendar import isleap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

from markupsafe import Markup

from xinyong.figures.svg import Words, joined, percent
from xinyong.records.base import Figure

LEAST = 3
"""How many dated figures make a drawing."""
HEIGHT, TOP, LEFT, RIGHT = 170, 18, 15.0, 98.0
"""Pixels from the drawing's top to the axis and to the highest line; per cent where the time begins and ends."""
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


def chart(counts: str, series: str, figures: Sequence[Figure], words: Words) -> Markup:
    """Draw the figures of one group, which count the same in the same series; empty for fewer than three dated ones."""
    dots = _dots(figures)
    if series == "period":
        dots = _of_one_length(dots)
    if len(dots) < LEAST:
        return Markup("")
    axes = Axes.around(dots)
    drawn = {"cumulative": _cumulative, "current": _current, "period": _period}[series](dots, axes)
    message = words["series-of"].format(counts=counts, series=words[f"series-{series}"])
    html = (
        '<figure class="xy-chart xy-series-chart"><svg width="100%" height="{}" role="img" aria-label="{}">'
        "<title>{}</title><desc>{}</desc>{}{}{}</svg><figcaption>{}</figcaption></figure>"
    )
    lines = (_lines(axes), _years(axes), drawn)
    caption = _caption(series, len(figures) - len(dots), axes, words)
    return Markup(html).format(
        HEIGHT + 22, message, message, _description(dots, words), *lines, caption
    )


def nice_steps(highest: float) -> tuple[float, int]:
    """Return a round step and how many of them reach from zero to at least ``highest``, four at most."""
    if highest <= 0:
        return 1, 1
    power = 10.0 ** floor(log10(highest))
    for factor in (0.25, 0.5, 1, 2, 2.5):
        step = factor * power
        if step * 4 >= highest:
            return step, next(n for n in range(1, 5) if step * n >= highest)
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
        return next((size, name) for size, name in UNITS if self.step >= size or size == 1)


def _dots(figures: Sequence[Figure]) -> list[Dot]:
    found = []
    for figure in figures:
        if (
            figure.as_of
            and figure.as_of.earliest != datetime.date.min
            and figure.as_of.latest != datetime.date.max
        ):
            start, end = figure.as_of.earliest, figure.as_of.latest + datetime.timedelta(days=1)
            found.append(Dot(_year(start), _year(end), figure.value))
    return sorted(found, key=lambda dot: (dot.middle, dot.value))


def _year(day: datetime.date) -> float:
    days = 366 if isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - 1) / days


def _of_one_length(dots: Sequence[Dot]) -> list[Dot]:
    """Keep what came in stretches of the commonest length: a month's number says nothing beside a year's."""
    lengths = Counter(round((dot.end - dot.start) * 12) for dot in dots)
    commonest = max(lengths, key=lambda length: (lengths[length], length), default=0)
    return [dot for dot in dots if round((dot.end - dot.start) * 12) == commonest]


def _cumulative(dots: Sequence[Dot], axes: Axes) -> Markup:
    """Join the figures by steps; one below an earlier one, on which sources differ, stays beside the line."""
    joint, highest = [], 0.0
    for dot in dots:
        if dot.value >= highest:
            joint.append(dot)
            highest = dot.value
    line = Markup('<line class="xy-step" x1="{}" x2="{}" y1="{}" y2="{}"/>')
    steps = []
    for one, other in pairwise(joint):
        left, right, low, high = (
            axes.x(one.middle),
            axes.x(other.middle),
            axes.y(one.value),
            axes.y(other.value),
        )
        steps.append(line.format(percent(left), percent(right), low, low))
        steps.append(line.format(percent(right), percent(right), low, high))
    return joined(steps) + _current(dots, axes)


def _current(dots: Sequence[Dot], axes: Axes) -> Markup:
    """Draw points, with a whisker where a date leaves open more than a month."""
    whisker = Markup('<line class="xy-whisker" x1="{}" x2="{}" y1="{}" y2="{}"/>')
    point = Markup('<circle class="xy-point" cx="{}" cy="{}" r="3.5"/>')
    drawn = []
    for dot in dots:
        y = axes.y(dot.value)
        if dot.end - dot.start > 0.1:
            drawn.append(whisker.format(percent(axes.x(dot.start)), percent(axes.x(dot.end)), y, y))
        drawn.append(point.format(percent(axes.x(dot.middle)), y))
    return joined(drawn)


def _period(dots: Sequence[Dot], axes: Axes) -> Markup:
    bar = Markup('<rect class="xy-bar" x="{}" y="{}" width="{}" height="{}"/>')
    drawn = []
    for dot in dots:
        left, y = axes.x(dot.start), axes.y(dot.value)
        width = max(axes.x(dot.end) - left - 0.6, 0.6)
        drawn.append(bar.format(percent(left), y, percent(width), round(HEIGHT - y, 1)))
    return joined(drawn)


def _lines(axes: Axes) -> Markup:
    html = '<line class="xy-grid" x1="0" x2="100%" y1="{0}" y2="{0}"/><text class="xy-tick" x="0" y="{1}">{2}</text>'
    size, _ = axes.unit
    numbers = [axes.step * n for n in range(axes.steps + 1)]
    return joined(
        Markup(html).format(axes.y(n), round(axes.y(n) - 4, 1), f"{n / size:,g}") for n in numbers
    )


def _years(axes: Axes) -> Markup:
    """Write the years under the axis, so few that they do not touch on a phone."""
    first, last = floor(axes.first), floor(axes.last - 0.001)
    every = next(n for n in STEPS if (last - first) / n <= 5)
    html = (
        '<line class="xy-tick-line" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text class="xy-tick" x="{0}" y="{3}" text-anchor="{5}">{4}</text>'
    )
    marks = []
    for year in range(-(-first // every) * every, last + 2, every):
        at = axes.x(year)
        if LEFT - 0.01 <= at <= RIGHT + 0.01:
            anchor = "end" if at > 96 else "middle"
            marks.append(
                Markup(html).format(percent(at), HEIGHT, HEIGHT + 4, HEIGHT + 17, year, anchor)
            )
    return joined(marks)


def _caption(series: str, left_out: int, axes: Axes, words: Words) -> str:
    _, unit = axes.unit
    message = [words[f"series-{series}-how"], words.get(f"unit-{unit}", ""), words["series-table"]]
    if left_out:
        message.append(words["series-left-out"].format(n=left_out))
    return " ".join(filter(None, message))


def _description(dots: Sequence[Dot], words: Words) -> str:
    first, last = dots[0], dots[-1]
    return words["series-said"].format(
        n=len(dots),
        first=f"{first.value:,}",
        then=floor(first.middle),
        last=f"{last.value:,}",
        now=floor(last.middle),
    )
