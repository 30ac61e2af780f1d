"""The range of a score to scale, with its bands and the thresholds of its benefits; grades without numbers as steps.

Positions are per cent of the width and type is of one size, so that a drawing reads the same on a phone. Where a band
is too narrow for its name, all bands of the drawing are numbered, and a list below says what the numbers stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from xinyong.figures.lanes import pack
from xinyong.figures.svg import NARROW, Words, edge_anchor, fits, joined, percent
from xinyong.records import Program
from xinyong.records.base import Fact
from xinyong.records.programs import Band, Score

OPEN = 9.0
"""The width in per cent of an end that no source gives a number for; it is drawn broken, not to scale."""
TOP, BAR, SECOND, GAP = 20, 30, 12, 6
FIRST_ROW, ROW = 24, 15  # under the bar: the numbers of thresholds
"""Pixels: where the bar begins, how high it is, how high that of another range is, and what lies between."""

Cited = Callable[[Fact[Score]], str]
"""Names the sources of a range in a few words."""


def has_drawing(program: Program) -> bool:
    """Say whether there is anything to draw: a range with a number, or grades."""
    return bool(_ranges(program)) or any(grades for _, grades in _grades(program))


def score_figure(program: Program, words: Words, cited: Cited) -> Markup:
    """Draw a program's score, and its grades that have no numbers; empty where neither is known."""
    drawings = [_numbers(program, words, cited)] if _ranges(program) else []
    drawings += [_steps(program, since, grades, words) for since, grades in _grades(program)]
    return joined(drawings)


@dataclass(frozen=True)
class Scale:
    """Puts scores on the axis, in per cent of the width; an end without a number is left open."""

    low: int
    high: int
    open_low: bool
    open_high: bool

    def __call__(self, score: float) -> float:
        """Return where a score stands, in per cent of the width."""
        left, right = (OPEN if self.open_low else 0.0), 100 - (OPEN if self.open_high else 0.0)
        span = self.high - self.low
        return (
            left + (score - self.low) / span * (right - left)
            if span
            else (right if self.open_low else left)
        )


@dataclass(frozen=True)
class Piece:
    """A band as it is drawn: what it is called, what its numbers are, from where to where it goes in per cent."""

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
    scale = _scale(
        ranges, [*_limits(bands), *thresholds, *(fact.value for fact in program.base_score)]
    )
    pieces = _pieces(bands, scale, words)
    keyed = _keyed(pieces)
    others = ranges[1:]
    end = TOP + BAR + len(others) * (SECOND + GAP)
    parts = [
        _bar(scale, ranges[0].value, pieces, keyed),
        *(
            _other(scale, fact, TOP + BAR + GAP + row * (SECOND + GAP), cited)
            for row, fact in enumerate(others)
        ),
        _ticks(scale, _limits(bands)),
        _marks(scale, thresholds, end),
        *(_start(scale, fact.value) for fact in program.base_score),
    ]
    message = words["score-of"].format(name=program.heading, range=span(ranges[0].value, words))
    rows = max(_rows(scale, thresholds), default=0)
    below = FIRST_ROW + ROW * max(rows, 1) + 7 if thresholds else 4
    head = _svg(end + below, message, _description(pieces, thresholds, words), parts)
    keys = _keys(pieces) if keyed else Markup("")
    return _figure(head + keys, _caption(program, ranges, thresholds, words, cited))


def _scale(ranges: Sequence[Fact[Score]], known: Iterable[int]) -> Scale:
    ends = [end for fact in ranges for end in (fact.value.min, fact.value.max) if end is not None]
    numbers = [*ends, *known]
    open_low = all(fact.value.min is None for fact in ranges)
    open_high = all(fact.value.max is None for fact in ranges)
    return Scale(min(numbers), max(numbers), open_low, open_high)


def _numbered(bands: Sequence[Band]) -> list[Band]:
    """Return the bands that have a number, from the lowest; of several names for one range the first."""
    found: dict[tuple[int | None, int | None], Band] = {}
    for band in bands:
        if (band.min, band.max) != (None, None):
            found.setdefault((band.min, band.max), band)
    return sorted(found.values(), key=lambda band: (band.min is not None, band.min or 0))


def _pieces(bands: Sequence[Band], scale: Scale, words: Words) -> list[Piece]:
    found = []
    for band, following in pairwise([*bands, None]):
        assert band is not None
        top = band.max
        if following and following.min is not None and top is not None and top + 1 == following.min:
            top = following.min
        left = 0.0 if band.min is None else scale(band.min)
        found.append(
            Piece(band.label, span(band, words), left, 100.0 if top is None else scale(top))
        )
    return found


def _keyed(pieces: Sequence[Piece]) -> bool:
    """Say whether the bands have to be numbered, because the name of one does not fit."""
    return not all(fits(piece.label, piece.right - piece.left) for piece in pieces)


def _bar(scale: Scale, score: Score, pieces: Sequence[Piece], keyed: bool) -> Markup:
    left = 0.0 if score.min is None else scale(score.min)
    right = 100.0 if score.max is None else scale(score.max)
    rect = Markup('<rect class="xy-band" x="{}" y="{}" width="{}" height="{}"/>')
    drawn = [rect.format(percent(left), TOP, percent(right - left), BAR)]
    drawn += [_piece(index, piece, keyed) for index, piece in enumerate(pieces)]
    if score.min is None:
        drawn.append(_open_end(0))
    if score.max is None:
        drawn.append(_open_end(100 - OPEN))
    return joined(drawn)


def _piece(index: int, piece: Piece, keyed: bool) -> Markup:
    html = (
        '<rect class="xy-band xy-band--{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="xy-band-label" x="{}" y="{}" text-anchor="middle">{}</text>'
    )
    middle = percent((piece.left + piece.right) / 2)
    box = (percent(piece.left), TOP, percent(piece.right - piece.left), BAR)
    return Markup(html).format(
        index % 2, *box, middle, TOP + BAR // 2 + 4, index + 1 if keyed else piece.label
    )


def _open_end(left: float) -> Markup:
    html = (
        '<rect class="xy-open" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="xy-tick" x="{}" y="{}" text-anchor="{}">?</text>'
    )
    end = 0.0 if left == 0 else 100.0
    return Markup(html).format(
        percent(left), TOP, percent(OPEN), BAR, percent(end), TOP - 6, edge_anchor(end)
    )


def _other(scale: Scale, fact: Fact[Score], y: int, cited: Cited) -> Markup:
    """Draw the range that another source gives, thinner, below the first."""
    left = 0.0 if fact.value.min is None else scale(fact.value.min)
    right = 100.0 if fact.value.max is None else scale(fact.value.max)
    rect = Markup(
        '<rect class="xy-other" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
    )
    return rect.format(percent(left), y, percent(right - left), SECOND, cited(fact))


def _limits(bands: Sequence[Band]) -> list[int]:
    """Return where bands begin, and where one ends without another that begins there or at the next number."""
    begins = {band.min for band in bands if band.min is not None}
    ends = {band.max for band in bands if band.max is not None}
    return sorted(begins | {end for end in ends if not begins & {end, end + 1}})


def _ticks(scale: Scale, limits: Sequence[int]) -> Markup:
    """Write the numbers over the bar: both ends always, those between where they have room."""
    label = Markup('<text class="xy-tick" x="{}" y="{}" text-anchor="{}">{:,}</text>')
    ends = {*([] if scale.open_low else [scale.low]), *([] if scale.open_high else [scale.high])}
    taken = [scale(end) for end in ends]
    drawn = sorted(ends)
    for limit in sorted(set(limits) - ends):
        if all(abs(scale(limit) - other) >= _room(limit) for other in taken):
            taken.append(scale(limit))
            drawn.append(limit)
    shown = [(scale(limit), limit) for limit in sorted(drawn)]
    return joined(label.format(percent(at), TOP - 6, edge_anchor(at), limit) for at, limit in shown)


def _room(number: int) -> float:
    """Return how much room a number needs, in per cent of the narrowest drawing."""
    return (6.9 * len(f"{number:,}") + 4) / NARROW * 100


def _thresholds(program: Program) -> list[int]:
    return sorted({item.min_score for item in program.benefits if item.min_score is not None})


def _marks(scale: Scale, thresholds: Sequence[int], top: int) -> Markup:
    """Draw a mark under the bar for each threshold; a number that would touch another stands lower."""
    html = (
        '<svg x="{0}" y="{1}" overflow="visible"><path class="xy-threshold" d="M0 2l5 9h-10z"/></svg>'
        '<text class="xy-tick" x="{0}" y="{2}" text-anchor="{3}">{4:,}</text>'
    )
    drawn = []
    for threshold, row in zip(thresholds, _rows(scale, thresholds), strict=True):
        at = scale(threshold)
        below = top + FIRST_ROW + ROW * row
        drawn.append(Markup(html).format(percent(at), top, below, edge_anchor(at), threshold))
    return joined(drawn)


def _rows(scale: Scale, thresholds: Sequence[int]) -> list[int]:
    """Return the row in which the number of each threshold stands, so that none touches another."""
    return pack([(scale(number), scale(number) + _room(number)) for number in thresholds])


def _start(scale: Scale, value: int) -> Markup:
    html = '<line class="xy-start" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
    return Markup(html).format(percent(scale(value)), TOP - 4, TOP + BAR + 4)


def _keys(pieces: Sequence[Piece]) -> Markup:
    item = Markup('<li>{} <span class="xy-sub">{}</span></li>')
    return Markup('<ol class="xy-keys">{}</ol>').format(
        joined(item.format(p.label, p.numbers) for p in pieces)
    )


def _caption(
    program: Program,
    ranges: Sequence[Fact[Score]],
    thresholds: Sequence[int],
    words: Words,
    cited: Cited,
) -> str:
    message = []
    if len(ranges) > 1:
        each = "; ".join(f"{span(fact.value, words)} ({cited(fact)})" for fact in ranges)
        message.append(words["score-differs"].format(ranges=each))
    message += [
        words["score-start"].format(number=f"{fact.value:,}") for fact in program.base_score
    ]
    message += [words["score-thresholds"]] if thresholds else []
    message += (
        [words["score-open"]]
        if any(None in (fact.value.min, fact.value.max) for fact in ranges)
        else []
    )
    return " ".join(message)


def _description(pieces: Sequence[Piece], thresholds: Sequence[int], words: Words) -> str:
    message = [f"{piece.label}: {piece.numbers}" for piece in pieces]
    if thresholds:
        message.append(words["score-benefits"].format(numbers=", ".join(map(str, thresholds))))
    return "; ".join(message)


def span(value: Score | Band, words: Words) -> str:
    """Write the range of a score or band: ``350 to 950``, ``from 350``, or a dash where it has no numbers."""
    if value.min is not None and value.max is not None:
        return words["range"].format(min=f"{value.min:,}", max=f"{value.max:,}")
    if value.min is not None:
        return words["range-from"].format(min=f"{value.min:,}")
    return "–" if value.max is None else words["range-to"].format(max=f"{value.max:,}")


def _grades(program: Program) -> list[tuple[str, list[Band]]]:
    """Return the grades that have no numbers; those that held at another time apart."""
    found: dict[str, list[Band]] = {}
    for band in program.bands:
        if (band.min, band.max) == (None, None):
            found.setdefault(band.as_of.words if band.as_of else "", []).append(band)
    return [*found.items()]


def _steps(program: Program, since: str, grades: Sequence[Band], words: Words) -> Markup:
    width = 100 / len(grades)
    pieces = [
        Piece(band.label, "", index * width, (index + 1) * width)
        for index, band in enumerate(grades)
    ]
    keyed = _keyed(pieces)
    message = words["grades-of"].format(name=program.heading)
    parts = [Markup('<svg y="-14" overflow="visible">{}</svg>').format(
        joined(_piece(index, piece, keyed) for index, piece in enumerate(pieces))
    )]  # fmt: skip
    drawn = _svg(TOP + BAR - 12, message, "; ".join(band.label for band in grades), parts)
    date = words["grades-date"].format(date=since) + " " if since else ""
    return _figure(drawn + (_keys(pieces) if keyed else Markup("")), date + words["grades-equal"])


def _svg(height: int, title: str, description: str, parts: Iterable[Markup]) -> Markup:
    html = '<svg width="100%" height="{}" role="img" aria-label="{}"><title>{}</title><desc>{}</desc>{}</svg>'
    return Markup(html).format(height, title, title, description, joined(parts))


def _figure(drawn: Markup, caption: str) -> Markup:
    message = Markup("<figcaption>{}</figcaption>").format(caption) if caption else Markup("")
    return Markup('<figure class="xy-chart xy-scale">{}{}</figure>').format(drawn, message)
