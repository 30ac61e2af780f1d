"""How values and facts are shown: one macro of ``_values.html.j2`` a type, named here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from xinyong.markup import text
from xinyong.pages.environment import macro, number, score
from xinyong.records.base import Cited, Contact, Detail, Fact, Figure
from xinyong.records.blacklists import Publicity
from xinyong.records.citations import Erratum
from xinyong.records.cities import Account, Coordinates, Designation, Scheme
from xinyong.records.claims import Evidence
from xinyong.records.events import Awaited
from xinyong.records.fields import of_kind
from xinyong.records.programs import Band, Benefit, Consequence, Input, Score
from xinyong.records.terms import Rendering
from xinyong.records.types import Link
from xinyong.records.vocabularies import Vocabulary
from xinyong.source.edtf import Edtf
from xinyong.words import WORDS

if TYPE_CHECKING:
    from xinyong.pages.view import View

__all__ = ["by_threshold", "fact_text", "number", "score", "value_html", "vocabulary"]

MACROS_OF: Mapping[type[Any], str] = {
    Edtf: "date",
    Awaited: "awaited",
    Contact: "contact",
    Figure: "figure",
    Band: "band",
    Input: "input",
    Benefit: "benefit",
    Consequence: "consequence",
    Publicity: "publicity",
    Designation: "designation",
    Scheme: "scheme",
    Account: "account",
    Rendering: "rendering",
    Detail: "detail",
    Erratum: "erratum",
    Evidence: "evidence",
}
"""The macro of each type whose HTML has parts."""


def vocabulary(kind: str, name: str) -> Vocabulary | None:
    """Return the vocabulary of a field of a kind; None where it has none, or there is no such field."""
    field = of_kind(kind).get(name)
    return field.vocabulary if field else None


def by_threshold(benefits: Iterable[Benefit]) -> list[Benefit]:
    """Sort benefits by their threshold, those without one last."""
    return sorted(benefits, key=lambda b: (b.min_score is None, b.min_score or 0))


def fact_text(view: View, fact: Cited, name: str = "") -> Markup:
    """Return what a fact says; ``name`` is the field it stands in, for values of a vocabulary."""
    return view.value(fact.value if isinstance(fact, Fact) else fact, name)


def value_html(view: View, value: Any, table: Vocabulary | None = None) -> Markup:
    """Render a value by its type; ``table`` is the vocabulary of its field, if it has one."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, Link):
        return view.link(value.id)
    if name := _macro(value.__class__):
        return macro("_values.html.j2", name)(view, value)
    if plain := _text(value.__class__):
        return text(plain(value))
    return view.term(table, value) if table else view.line(str(value))


def coordinates(value: Coordinates) -> str:
    """Write a point: ``30.27° N, 120.16° E``."""
    north, east = ("N" if value.lat >= 0 else "S"), ("E" if value.lon >= 0 else "W")
    return f"{abs(value.lat):g}° {north}, {abs(value.lon):g}° {east}"


def yes_or_no(value: bool) -> str:
    """Write a truth: ``Yes``."""
    return WORDS["yes" if value else "no"].capitalize()


TEXTS_OF: Mapping[type[Any], Callable[[Any], str]] = {
    bool: yes_or_no,
    int: number,
    float: number,
    Score: score,
    Coordinates: coordinates,
}
"""How values of other types are written."""


@cache
def _macro(type_: Any) -> str | None:
    return next((MACROS_OF[base] for base in type_.__mro__ if base in MACROS_OF), None)


@cache
def _text(type_: Any) -> Callable[[Any], str] | None:
    return next((TEXTS_OF[base] for base in type_.__mro__ if base in TEXTS_OF), None)
