"""What a fact of any type says, in one line: one renderer a type of fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from xinyong.markup import pinyin, text
from xinyong.pages.values import number, score
from xinyong.records import vocabularies as tables
from xinyong.records.base import Cited, Contact, Detail, Figure
from xinyong.records.blacklists import Publicity
from xinyong.records.citations import Erratum
from xinyong.records.cities import Account, Designation, Scheme
from xinyong.records.claims import Evidence
from xinyong.records.events import Awaited
from xinyong.records.programs import Band, Benefit, Consequence, Input
from xinyong.records.terms import Rendering
from xinyong.records.vocabularies import DESIGNATION

if TYPE_CHECKING:
    from xinyong.pages.views import View
from xinyong.words import HISTORY, WORDS


def fact_text(view: View, fact: Cited, name: str = "") -> Markup:
    """Return what a fact says; ``name`` is the field it stands in, for values of a vocabulary."""
    for type_, render in _TEXTS.items():
        if isinstance(fact, type_):
            return render(view, fact)
    return view.value(getattr(fact, "value", ""), name)


def public(view: View, item: Publicity) -> Markup:
    """Say whether a list is public, and where."""
    shown = view.value(item.value)
    return shown + Markup(": ") + view.line(item.where) if item.where else shown


def designation(view: View, item: Designation) -> Markup:
    """Say on which list a place stands, when, and by which document."""
    parts = [view.term(DESIGNATION, item.list)]
    if item.date:
        parts.append(view.value(item.date))
    document = Markup(" ({})").format(view.link(item.document.id)) if item.document else ""
    return Markup(", ").join(parts) + document


def account(item: Account) -> Markup:
    """Describe an account: platform, handle, whether official, since when."""
    shown = Markup("{} {}").format(item.platform, text(item.handle))
    if item.official is not None:
        shown += Markup(", {}").format(WORDS["official" if item.official else "not-official"])
    return (
        shown + Markup(", {} {}").format(WORDS["since"], item.since.words) if item.since else shown
    )


def rendering(view: View, item: Rendering) -> Markup:
    """Give a rendering, and who uses it."""
    shown = Markup("<q>{}</q>").format(item.value)
    return shown + Markup(": ") + view.line(item.used_by) if item.used_by else shown


def _figure(view: View, item: Figure) -> Markup:
    series = tables.SERIES[item.series].label.lower()
    return Markup("{} {} ({})").format(number(item.value), view.line(item.counts), series)


def _band(view: View, item: Band) -> Markup:
    parts = [view.line(item.label)]
    if item.zh:
        parts.append(Markup('<span lang="zh-Hans">{}</span>').format(item.zh))
    if item.pinyin:
        parts.append(pinyin(item.pinyin))
    numbers = (
        Markup(": {}").format(score(item)) if (item.min, item.max) != (None, None) else Markup("")
    )
    return Markup(" ").join(parts) + numbers


def _input(view: View, item: Input) -> Markup:
    more = [text(item.effect)] if item.effect else []
    if item.weight_percent is not None:
        more.append(Markup(f"{item.weight_percent:g} %"))
    return view.line(item.value) + (
        Markup(" ({})").format(Markup(", ").join(more)) if more else Markup("")
    )


def _benefit(view: View, item: Benefit) -> Markup:
    parts = [Markup("<b>{}</b>: {}").format(view.line(item.partner), view.line(item.offer))]
    if item.min_score is not None:
        parts.append(Markup("{} {}").format(WORDS["threshold"].lower(), number(item.min_score)))
    if item.condition:
        parts.append(view.line(item.condition))
    parts += [view.link(place.value.id) for place in item.places]
    return Markup("; ").join([*parts, *([view.value(item.when)] if item.when else [])])


def _consequence(view: View, item: Consequence) -> Markup:
    kind = (
        Markup("<b>{}</b>: ").format(tables.CONSEQUENCE_TYPE[item.type].label)
        if item.type
        else Markup("")
    )
    return kind + view.line(item.value)


def _scheme(view: View, item: Scheme) -> Markup:
    shown = view.line(item.value)
    return Markup("{} ({})").format(shown, view.link(item.program.id)) if item.program else shown


def _awaited(view: View, item: Awaited) -> Markup:
    due = Markup(" ({} {})").format(WORDS["due"], item.due.words) if item.due else Markup("")
    return view.line(item.value) + due


def _contact(view: View, item: Contact) -> Markup:
    one, other = (tables.LAYER[layer].label for layer in (item.from_, item.to))
    return Markup("<b>{} {} {}</b>: {}").format(one, HISTORY["arrow"], other, view.line(item.value))


_TEXTS: Mapping[type[Cited], Callable[[View, Any], Markup]] = {
    Awaited: _awaited,
    Contact: _contact,
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
    Detail: lambda view, item: Markup("{}: {}").format(
        view.line(item.label), view.line(item.value)
    ),
    Erratum: lambda view, item: Markup("{} → {}").format(
        view.line(item.says), view.line(item.right)
    ),
    Evidence: lambda view, item: Markup("{}: {}").format(
        tables.STANCE[item.stance].label, view.line(item.value)
    ),
}
"""How the facts speak whose parts are more than a value."""
