"""What a fact of any type says, in one line, for pages that show facts outside of their own record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from xinyong.markup import pinyin, text
from xinyong.pages.blacklists import public
from xinyong.pages.cities import account, designation
from xinyong.pages.terms import rendering
from xinyong.pages.values import number, score
from xinyong.pages.views import View
from xinyong.problems import Path
from xinyong.records import vocabularies as tables
from xinyong.records.base import Cited, Detail, Figure
from xinyong.records.blacklists import Publicity
from xinyong.records.citations import Erratum
from xinyong.records.cities import Account, Designation, Scheme
from xinyong.records.claims import Evidence
from xinyong.records.programs import Band, Benefit, Consequence, Input
from xinyong.records.terms import Rendering
from xinyong.words import WORDS


def said(view: View, fact: Cited, name: str = "") -> Markup:
    """Say what a fact says; ``name`` is the field it stands in, for values of a vocabulary."""
    for type_, say in _SAID.items():
        if isinstance(fact, type_):
            return say(view, fact)
    return view.value(getattr(fact, "value", ""), name)


def label(path: Path) -> str:
    """Return what the field is called that a path leads to."""
    return WORDS[str(path[0])]


def _figure(view: View, item: Figure) -> Markup:
    series = tables.SERIES[item.series].label.lower()
    return Markup("{} {} ({})").format(number(item.value), view.line(item.counts), series)


def _band(view: View, item: Band) -> Markup:
    parts = [view.line(item.label)]
    if item.zh:
        parts.append(Markup('<span lang="zh-Hans">{}</span>').format(item.zh))
    if item.pinyin:
        parts.append(pinyin(item.pinyin))
    numbers = Markup(": {}").format(score(item)) if (item.min, item.max) != (None, None) else Markup("")
    return Markup(" ").join(parts) + numbers


def _input(view: View, item: Input) -> Markup:
    more = [text(item.effect)] if item.effect else []
    if item.weight_percent is not None:
        more.append(Markup(f"{item.weight_percent:g} %"))
    return view.line(item.value) + (Markup(" ({})").format(Markup(", ").join(more)) if more else Markup(""))


def _benefit(view: View, item: Benefit) -> Markup:
    parts = [Markup("<b>{}</b>: {}").format(view.line(item.partner), view.line(item.offer))]
    if item.min_score is not None:
        parts.append(Markup("{} {}").format(WORDS["threshold"].lower(), number(item.min_score)))
    if item.condition:
        parts.append(view.line(item.condition))
    parts += [view.link(place.value.id) for place in item.places]
    return Markup("; ").join([*parts, *([view.value(item.when)] if item.when else [])])


def _consequence(view: View, item: Consequence) -> Markup:
    kind = Markup("<b>{}</b>: ").format(tables.CONSEQUENCE_TYPE[item.type].label) if item.type else Markup("")
    return kind + view.line(item.value)


def _scheme(view: View, item: Scheme) -> Markup:
    shown = view.line(item.value)
    return Markup("{} ({})").format(shown, view.link(item.program.id)) if item.program else shown


_SAID: Mapping[type[Cited], Callable[[View, Any], Markup]] = {
    Figure: _figure,
    Band: _band,
    Input: _input,
    Benefit: _benefit,
    Consequence: _consequence,
    Publicity: public,
    Designation: designation,
    Scheme: _scheme,
    Account: lambda _, item: account(item),
    Rendering: rendering,
    Detail: lambda view, item: Markup("{}: {}").format(view.line(item.label), view.line(item.value)),
    Erratum: lambda view, item: Markup("{} → {}").format(view.line(item.says), view.line(item.right)),
    Evidence: lambda view, item: Markup("{}: {}").format(tables.STANCE[item.stance].label, view.line(item.value)),
}
"""How the facts speak whose parts are more than a value."""
