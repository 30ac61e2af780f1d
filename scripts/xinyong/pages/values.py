"""How single values are shown: numbers, scores, points, the words of a vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from xinyong.figures.scores import span
from xinyong.markup import text
from xinyong.records.cities import Coordinates
from xinyong.records.fields import of_kind
from xinyong.records.programs import Band, Benefit, Score
from xinyong.records.vocabularies import Vocabulary
from xinyong.source.edtf import Edtf
from xinyong.words import FIGURES, WORDS


def vocabulary(kind: str, name: str) -> Vocabulary | None:
    """Return the vocabulary of a field of a kind; None where it has none, or there is no such field."""
    field = of_kind(kind).get(name)
    return field.vocabulary if field else None


def number(value: float) -> str:
    """Write a number with separators: ``1,210,000``."""
    return f"{value:,}"


def by_threshold(benefits: Iterable[Benefit]) -> list[Benefit]:
    """Sort benefits by their threshold, those without one last."""
    return sorted(benefits, key=lambda b: (b.min_score is None, b.min_score or 0))


def score(value: Score | Band) -> str:
    """Write the range of a score or band: ``350 to 950``, ``from 350``, or a dash where it has no numbers."""
    return span(value, FIGURES)


def coordinates(value: Coordinates) -> str:
    """Write a point: ``30.27° N, 120.16° E``."""
    north, east = ("N" if value.lat >= 0 else "S"), ("E" if value.lon >= 0 else "W")
    return f"{abs(value.lat):g}° {north}, {abs(value.lon):g}° {east}"


SHOWN: Sequence[tuple[type[Any], Callable[[Any], Markup]]] = (
    (
        Edtf,
        lambda value: Markup('<time datetime="{}">{}</time>').format(
            value.earliest.isoformat(), value.words
        ),
    ),
    (Score, lambda value: text(score(value))),
    (Coordinates, lambda value: text(coordinates(value))),
    (bool, lambda value: text(WORDS["yes" if value else "no"].capitalize())),
    (int, lambda value: text(number(value))),
    (float, lambda value: text(number(value))),
)
