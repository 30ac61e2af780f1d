"""Facets: the values by which the rows of an index can be told apart, and the form in which they are chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.markup import text
from xinyong.pages import early
from xinyong.records.vocabularies import Value, Vocabulary
from xinyong.words import SCRIPTS, TABLES, WORDS

UNRECORDED = "unrecorded"
"""The value of a row for which nothing is recorded."""

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Facet:
    """A facet: its name in the page's address, its title, and its values in the order in which they are offered."""

    name: str
    title: str
    values: Mapping[str, Value]


Choice = tuple[str, ...]
"""The values that a row has of one facet, one or several."""


def of_vocabulary(name: str, table: Vocabulary, title: str = "") -> Facet:
    """Make the facet whose values are those of a vocabulary."""
    return Facet(name, title or WORDS[name], table.values)


def either(name: str, title: str) -> Facet:
    """Make a facet that says yes or no."""
    return Facet(name, title, {YES: Value(TABLES["yes"], ""), NO: Value(TABLES["no"], "")})


def truth(value: object) -> Choice:
    """Return the choice of a facet that says yes or no."""
    return (YES if value else NO,)


def chosen(values: Sequence[str | None]) -> Choice:
    """Return the choice of a row that may have no value, or the same one twice."""
    found = tuple(dict.fromkeys(value for value in values if value))
    return found or (UNRECORDED,)


def attribute(choices: Sequence[Choice]) -> str:
    """Write the choices of a row, one for each facet, in the form that the script reads: ``state score a,b``."""
    return " ".join(",".join(choice) for choice in choices)


def form(
    facets: Sequence[Facet], rows: Sequence[Sequence[Choice]], years: Sequence[str] = ()
) -> Markup:
    """Make the form by which rows are found, as it stands when nothing is chosen; it is not shown without scripts.

    ``rows`` are the choices of each row, ``years`` the years for which a range can be asked, if any.
    """
    groups = [
        _group(facet, Counter(value for row in rows for value in row[at]))
        for at, facet in enumerate(facets)
    ]
    if years:
        groups.append(_range(min(years), max(years)))
    html = (
        '<form class="xy-filter" aria-label="{}">\n'
        '<p class="xy-find"><label>{} <input type="search" name="find" autocomplete="off" spellcheck="false"></label>'
        '<button type="reset">{}</button></p>\n{}<p class="xy-shown" role="status">{}</p>\n</form>\n'
    )
    inner = Markup("")
    if groups:
        details = '<details class="xy-facets"><summary>{}</summary><script>{}</script>\n<div>{}</div></details>\n'
        inner = Markup(details).format(TABLES["filter"], early.FACETS, Markup("\n").join(groups))
    return Markup(html).format(
        TABLES["form"], TABLES["find"], TABLES["reset"], inner, all_shown(len(rows))
    )


def all_shown(number: int) -> str:
    """Return what the status of a list says while nothing is filtered."""
    return SCRIPTS["picked"].format(n=f"{number:,}", m=f"{number:,}")


def _group(facet: Facet, counts: Counter[str]) -> Markup:
    offered = {**facet.values, UNRECORDED: Value(TABLES["unrecorded"], "")}
    items = [_option(key, value, counts[key]) for key, value in offered.items() if counts[key]]
    html = '<fieldset data-facet="{}"><legend>{}</legend>{}</fieldset>'
    return Markup(html).format(facet.name, facet.title, Markup("").join(items))


def _option(key: str, value: Value, count: int) -> Markup:
    title = Markup(' title="{}"').format(value.meaning) if value.meaning else Markup("")
    html = '<label{}><input type="checkbox" value="{}"> {} <span class="xy-count">{}</span></label>'
    return Markup(html).format(title, key, text(value.label), count)


def _range(first: str, last: str) -> Markup:
    field = (
        '<label>{0} <input type="number" name="{1}" min="{2}" max="{3}" '
        'placeholder="{4}" inputmode="numeric"></label>'
    )
    parts = [
        Markup(field).format(TABLES["from"], "from", first, last, first),
        Markup(field).format(TABLES["to"], "to", first, last, last),
    ]
    html = '<fieldset data-range="year"><legend>{}</legend>{}</fieldset>'
    return Markup(html).format(TABLES["year"], Markup("").join(parts))
