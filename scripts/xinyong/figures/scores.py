"""The range of a score with its bands and the thresholds of its benefits."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from xinyong.records import Program
from xinyong.records.programs import Band

WIDTH, HEIGHT, MARGIN, TOP, BAR = 680, 118, 24, 34, 30


def score_bar(program: Program) -> Markup:
    """Draw a program's score from its lowest to its highest number; empty where the range is not known."""
    if not program.score:
        return Markup("")
    score = program.score[0].value
    if score.min is None or score.max is None or score.min == score.max:
        return Markup("")
    scale = _Scale(score.min, score.max)
    bands = _drawn(program.bands)
    thresholds = sorted({b.min_score for b in program.benefits if b.min_score is not None})
    title = f"Score of {program.heading}, {score.min:,} to {score.max:,}"
    parts = [_bar(scale, bands), _ticks(scale, _limits(scale, bands)), _marks(scale, thresholds)]
    html = (
        '<figure class="xy-chart"><svg viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title><desc>{}</desc>'
    )
    head = Markup(html).format(WIDTH, HEIGHT, title, title, _description(bands, thresholds))
    caption = "Bands above the line, thresholds of benefits below it." if thresholds else "The range and its bands."
    return head + Markup("").join(parts) + Markup("</svg><figcaption>{}</figcaption></figure>").format(caption)


def _drawn(bands: Sequence[Band]) -> list[Band]:
    """Return the bands that have two limits; of several names for one range the first."""
    ranges: dict[tuple[int | None, int | None], Band] = {}
    for band in bands:
        if band.min is not None and band.max is not None:
            ranges.setdefault((band.min, band.max), band)
    return list(ranges.values())


class _Scale:
    """Puts scores on the axis, in whole units of the drawing."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, score: float) -> int:
        return round(MARGIN + (score - self.low) / (self.high - self.low) * (WIDTH - 2 * MARGIN))


def _bar(scale: _Scale, bands: Sequence[Band]) -> Markup:
    rect = Markup('<rect class="xy-band xy-band--{}" x="{}" y="{}" width="{}" height="{}"/>')
    if not bands:
        return rect.format(0, MARGIN, TOP, WIDTH - 2 * MARGIN, BAR)
    drawn = []
    for index, band in enumerate(bands):
        left, right = scale(band.min or 0), scale(band.max or 0)
        drawn.append(rect.format(index % 6, left, TOP, right - left, BAR))
        label = band.label if right - left > 6 * len(band.label) else ""
        middle = (left + right) // 2
        drawn.append(
            Markup('<text class="xy-band-label" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                middle, TOP + BAR // 2 + 4, label
            )
        )
    return Markup("").join(drawn)


def _limits(scale: _Scale, bands: Sequence[Band]) -> list[int]:
    inner = {limit for band in bands for limit in (band.min, band.max) if limit is not None}
    return sorted({scale.low, scale.high} | inner)


def _ticks(scale: _Scale, limits: Sequence[int]) -> Markup:
    label = Markup('<text class="xy-tick" x="{}" y="{}" text-anchor="middle">{}</text>')
    drawn, last = [], -100
    for limit in limits:
        if scale(limit) - last >= 30 or limit == scale.high:
            drawn.append(label.format(scale(limit), TOP - 8, limit))
            last = scale(limit)
    return Markup("").join(drawn)


def _marks(scale: _Scale, thresholds: Sequence[int]) -> Markup:
    mark = Markup(
        '<path class="xy-threshold" d="M{0} {1} l5 9 h-10 z"/>'
        '<text class="xy-tick" x="{0}" y="{2}" text-anchor="middle">{3}</text>'
    )
    drawn, last, row = [], -100, 0
    for threshold in thresholds:
        row = (row + 1) % 2 if scale(threshold) - last < 30 else 0
        last = scale(threshold)
        drawn.append(mark.format(scale(threshold), TOP + BAR + 2, TOP + BAR + 26 + 16 * row, threshold))
    return Markup("").join(drawn)


def _description(bands: Sequence[Band], thresholds: Sequence[int]) -> str:
    said = [f"{band.label}: {band.min} to {band.max}" for band in bands]
    if thresholds:
        said.append(f"benefits from {', '.join(map(str, thresholds))}")
    return "; ".join(said)
