"""The range of a score to scale, with its bands and the thresholds of its benefits.

Grades without numbers are drawn as steps. Positions are per cent of the width and type is of one
size, so that a drawing reads the same on a phone. Where a band is too narrow for its name, all
bands of the drawing are numbered, and a list below says what the numbers stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.figures.lanes import pack
from xinyong.figures.svg import NARROW, Words, edge_anchor, element, fits, joined, percent
from xinyong.records import Program
from xinyong.records.base import Fact
from xinyong.records.programs import Band, Score

OPEN = 9.0
"""The width in per cent of an end that no source gives a number for.

It is drawn broken, not to scale.
"""
TOP, BAR, SECOND, GAP = 20, 30, 12, 6
FIRST_ROW, ROW = 24, 15  # under the bar: the numbers of thresholds
"""Pixels: where the bar begins, how high it is and that of another range, what lies between."""

Cited = Callable[[Fact[Score]], str]
"""Names the sources of a range in a few words."""


def has_drawing(program: Program) -> bool:
    """Say whether there is anything to draw: a range with a number, or grades."""
    return bool(_ranges(program) or _grades(program))


def score_figure(program: Program, words: Words, cited: Cited) -> Markup:
    """Draw a program's score, and its grades that have no numbers; empty where neither is known."""
    drawn = Markup("")
    if _ranges(program):
        drawn += _numbers(program, words, cited)
    for since, grades in _grades(program):
        drawn += _steps(program, since, grades, words)
    return drawn


@dataclass(frozen=True)
class Scale:
    """Puts scores on the axis, in per cent of the width; an end without a number is left open."""

    low: int
    high: int
    open_low: bool
    open_high: bool

    def __call__(self, score: float) -> float:
        """Return where a score stands, in per cent of the width."""
        left = OPEN if self.open_low else 0.0
        right = 100 - OPEN if self.open_high else 100.0
        if self.high == self.low:
            return right if self.open_low else left
        return left + (score - self.low) / (self.high - self.low) * (right - left)

    def left(self, value: Score | Band) -> float:
        """Return where a range begins; one without a lowest number at the drawing's edge."""
        return 0.0 if value.min is None else self(value.min)

    def right(self, value: Score | Band) -> float:
        """Return where a range ends; one without a highest number at the drawing's edge."""
        return 100.0 if value.max is None else self(value.max)


@dataclass(frozen=True)
class Piece:
    """A band as it is drawn: its name, its numbers, from where to where it goes in per cent."""

    label: str
    numbers: str
    left: float
    right: float


def _ranges(program: Program) -> list[Fact[Score]]:
    """Return the ranges that sources give, each once, the first of the record first."""
    found: dict[tuple[int | None, int | None], Fact[Score]] = {}
    for fact in program.score:
        ends = (fact.value.min, fact.value.max)
        if ends != (None, None) and ends[0] != ends[1]:
            found.setdefault(ends, fact)
    return list(found.values())


def _numbers(program: Program, words: Words, cited: Cited) -> Markup:
    ranges = _ranges(program)
    bands = _numbered(program.bands)
    thresholds = _thresholds(program)
    starts = [fact.value for fact in program.base_score]
    scale = _scale(ranges, [*_limits(bands), *thresholds, *starts])
    pieces = _pieces(bands, scale, words)
    keyed = _keyed(pieces)
    first, *others = ranges
    parts = [_bar(scale, first.value, pieces, keyed)]
    end = TOP + BAR
    for fact in others:
        parts.append(_other(scale, fact, end + GAP, cited))
        end += SECOND + GAP
    parts += [_ticks(scale, _limits(bands)), _marks(scale, thresholds, end)]
    parts += [_start(scale, start) for start in starts]
    title = words["score-of"].format(name=program.heading, range=span(first.value, words))
    height = end + _height_below(scale, thresholds)
    drawn = _svg(height, title, _description(pieces, thresholds, words), parts)
    if keyed:
        drawn += _keys(pieces)
    return _figure(drawn, _caption(program, ranges, thresholds, words, cited))


def _height_below(scale: Scale, thresholds: Sequence[int]) -> int:
    """Return how much room the numbers of thresholds need under the bars, in pixels."""
    if not thresholds:
        return 4
    return FIRST_ROW + ROW * max(*_rows(scale, thresholds), 1) + 7


def _scale(ranges: Sequence[Fact[Score]], known: Iterable[int]) -> Scale:
    lows = [fact.value.min for fact in ranges if fact.value.min is not None]
    highs = [fact.value.max for fact in ranges if fact.value.max is not None]
    numbers = [*lows, *highs, *known]
    return Scale(min(numbers), max(numbers), open_low=not lows, open_high=not highs)


def _numbered(bands: Sequence[Band]) -> list[Band]:
    """Return the bands that have a number, from the lowest; of two for one range the first."""
    numbered: dict[tuple[int | None, int | None], Band] = {}
    for band in bands:
        if (band.min, band.max) != (None, None):
            numbered.setdefault((band.min, band.max), band)
    return sorted(numbered.values(), key=lambda band: (band.min is not None, band.min or 0))


def _pieces(bands: Sequence[Band], scale: Scale, words: Words) -> list[Piece]:
    begins = {band.min for band in bands}
    pieces = []
    for band in bands:
        right = scale.right(band)
        if band.max is not None and band.max + 1 in begins:
            right = scale(band.max + 1)  # no gap between 599 and 600
        pieces.append(Piece(band.label, span(band, words), scale.left(band), right))
    return pieces


def _keyed(pieces: Sequence[Piece]) -> bool:
    """Say whether the bands have to be numbered, because the name of one does not fit."""
    return not all(fits(piece.label, piece.right - piece.left) for piece in pieces)


def _bar(scale: Scale, score: Score, pieces: Sequence[Piece], keyed: bool) -> Markup:
    left, right = scale.left(score), scale.right(score)
    drawn = [_rect("xy-band", left, right, TOP, BAR)]
    drawn += [_piece(index, piece, keyed) for index, piece in enumerate(pieces)]
    if score.min is None:
        drawn.append(_open_end(0))
    if score.max is None:
        drawn.append(_open_end(100 - OPEN))
    return joined(drawn)


def _piece(index: int, piece: Piece, keyed: bool) -> Markup:
    box = _rect(f"xy-band xy-band--{index % 2}", piece.left, piece.right, TOP, BAR)
    label = element(
        "text",
        index + 1 if keyed else piece.label,
        class_="xy-band-label",
        x=percent((piece.left + piece.right) / 2),
        y=TOP + BAR // 2 + 4,
        text_anchor="middle",
    )
    return box + label


def _open_end(left: float) -> Markup:
    end = 0.0 if left == 0 else 100.0
    return _rect("xy-open", left, left + OPEN, TOP, BAR) + _tick(end, TOP - 6, "?")


def _other(scale: Scale, fact: Fact[Score], y: int, cited: Cited) -> Markup:
    """Draw the range that another source gives, thinner, below the first."""
    left, right = scale.left(fact.value), scale.right(fact.value)
    return _rect("xy-other", left, right, y, SECOND, element("title", cited(fact)))


def _rect(class_: str, left: float, right: float, y: int, height: int, *inner: Markup) -> Markup:
    width = percent(right - left)
    return element("rect", *inner, class_=class_, x=percent(left), y=y, width=width, height=height)


def _tick(at: float, y: int, label: str) -> Markup:
    return element("text", label, class_="xy-tick", x=percent(at), y=y, text_anchor=edge_anchor(at))


def _limits(bands: Sequence[Band]) -> list[int]:
    """Return where bands begin, and where one ends that no other follows."""
    begins = {band.min for band in bands if band.min is not None}
    ends = {band.max for band in bands if band.max is not None}
    return sorted(begins | {end for end in ends if not begins & {end, end + 1}})


def _ticks(scale: Scale, limits: Sequence[int]) -> Markup:
    """Write the numbers over the bar: both ends always, those between where they have room."""
    drawn = set()
    if not scale.open_low:
        drawn.add(scale.low)
    if not scale.open_high:
        drawn.add(scale.high)
    for limit in limits:
        room = _room(limit)
        if all(abs(scale(limit) - scale(other)) >= room for other in drawn):
            drawn.add(limit)
    return joined(_tick(scale(number), TOP - 6, f"{number:,}") for number in sorted(drawn))


def _room(number: int) -> float:
    """Return how much room a number needs, in per cent of the narrowest drawing."""
    return (6.9 * len(f"{number:,}") + 4) / NARROW * 100


def _thresholds(program: Program) -> list[int]:
    return sorted({item.min_score for item in program.benefits if item.min_score is not None})


def _marks(scale: Scale, thresholds: Sequence[int], top: int) -> Markup:
    """Draw a mark under the bar for each threshold.

    A number that would touch another stands lower.
    """
    arrow = element("path", class_="xy-threshold", d="M0 2l5 9h-10z")
    drawn = []
    for threshold, row in zip(thresholds, _rows(scale, thresholds), strict=True):
        at = scale(threshold)
        drawn.append(element("svg", arrow, x=percent(at), y=top, overflow="visible"))
        drawn.append(_tick(at, top + FIRST_ROW + ROW * row, f"{threshold:,}"))
    return joined(drawn)


def _rows(scale: Scale, thresholds: Sequence[int]) -> list[int]:
    """Return the row in which the number of each threshold stands, so that none touches another."""
    return pack([(scale(number), scale(number) + _room(number)) for number in thresholds])


def _start(scale: Scale, value: int) -> Markup:
    x = percent(scale(value))
    return element("line", class_="xy-start", x1=x, x2=x, y1=TOP - 4, y2=TOP + BAR + 4)


def _keys(pieces: Sequence[Piece]) -> Markup:
    items = []
    for piece in pieces:
        numbers = element("span", piece.numbers, class_="xy-sub")
        items.append(element("li", f"{piece.label} ", numbers))
    return element("ol", *items, class_="xy-keys")


def _caption(
    program: Program,
    ranges: Sequence[Fact[Score]],
    thresholds: Sequence[int],
    words: Words,
    cited: Cited,
) -> str:
    sentences = []
    if len(ranges) > 1:
        each = "; ".join(f"{span(fact.value, words)} ({cited(fact)})" for fact in ranges)
        sentences.append(words["score-differs"].format(ranges=each))
    for fact in program.base_score:
        sentences.append(words["score-start"].format(number=f"{fact.value:,}"))
    if thresholds:
        sentences.append(words["score-thresholds"])
    if any(None in (fact.value.min, fact.value.max) for fact in ranges):
        sentences.append(words["score-open"])
    return " ".join(sentences)


def _description(pieces: Sequence[Piece], thresholds: Sequence[int], words: Words) -> str:
    parts = [f"{piece.label}: {piece.numbers}" for piece in pieces]
    if thresholds:
        parts.append(words["score-benefits"].format(numbers=", ".join(map(str, thresholds))))
    return "; ".join(parts)


def span(value: Score | Band, words: Words) -> str:
    """Write the range of a score or band: ``350 to 950``, ``from 350``; a dash for none."""
    if value.min is not None and value.max is not None:
        return words["range"].format(min=f"{value.min:,}", max=f"{value.max:,}")
    if value.min is not None:
        return words["range-from"].format(min=f"{value.min:,}")
    if value.max is not None:
        return words["range-to"].format(max=f"{value.max:,}")
    return "–"


def _grades(program: Program) -> list[tuple[str, list[Band]]]:
    """Return the grades that have no numbers; those that held at another time apart."""
    grades: dict[str, list[Band]] = {}
    for band in program.bands:
        if (band.min, band.max) == (None, None):
            date = band.as_of.words if band.as_of else ""
            grades.setdefault(date, []).append(band)
    return [*grades.items()]


def _steps(program: Program, since: str, grades: Sequence[Band], words: Words) -> Markup:
    width = 100 / len(grades)
    pieces = [
        Piece(band.label, "", index * width, (index + 1) * width)
        for index, band in enumerate(grades)
    ]
    keyed = _keyed(pieces)
    title = words["grades-of"].format(name=program.heading)
    boxes = [_piece(index, piece, keyed) for index, piece in enumerate(pieces)]
    parts = [element("svg", *boxes, y=-14, overflow="visible")]
    drawn = _svg(TOP + BAR - 12, title, "; ".join(band.label for band in grades), parts)
    if keyed:
        drawn += _keys(pieces)
    caption = words["grades-equal"]
    if since:
        caption = f"{words['grades-date'].format(date=since)} {caption}"
    return _figure(drawn, caption)


def _svg(height: int, title: str, description: str, parts: Iterable[Markup]) -> Markup:
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        *parts,
        width="100%",
        height=height,
        role="img",
        aria_label=title,
    )


def _figure(drawn: Markup, caption: str) -> Markup:
    below = [element("figcaption", caption)] if caption else []
    return element("figure", drawn, *below, class_="xy-chart xy-scale")
