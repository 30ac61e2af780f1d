"""Facets: the values by which the rows of an index can be told apart, and the form in which they are chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from xinyong.pages import early
from xinyong.records.vocabularies import Value, Vocabulary
from xinyong.words import NUMBERS, SCRIPTS, TABLES, WORDS

UNRECORDED = "unrecorded"
"""The value of a row for which nothing is recorded."""

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Facet:
    """A facet: its name in the page's address, its title, and its values in the order in which they are offered.

    ``numbers`` names the numbers of ``corpus.counted`` that count the rows of a value.
    """

    name: str
    title: str
    values: Mapping[str, Value]
    numbers: Mapping[str, str] = field(default_factory=dict)


Choice = tuple[str, ...]
"""The values that a row has of one facet, one or several."""


@dataclass(frozen=True)
class Option:
    """A value that the form offers, how many rows have it, and the name of that number if it has one."""

    key: str
    label: str
    meaning: str
    count: int
    number: str


@dataclass(frozen=True)
class Group:
    """The values of one facet that the form offers."""

    name: str
    title: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Form:
    """The form by which rows are found: its groups, the first and last year that can be asked for, its status."""

    groups: Sequence[Group]
    years: Sequence[str]
    status: str
    script: Markup = early.FACETS


def of_vocabulary(name: str, table: Vocabulary, title: str = "", counted: str = "") -> Facet:
    """Make the facet whose values are those of a vocabulary.

    The rows of a value are those of the number ``<counted>-<value>``, if ``counted`` is given.
    """
    numbers = {value: f"{counted}-{value}" for value in table.values} if counted else {}
    return Facet(name, title or WORDS[name], table.values, numbers)


def either(name: str, title: str, counted: str = "") -> Facet:
    """Make a facet that says yes or no; ``counted`` names the number of rows that say yes."""
    values = {YES: Value(TABLES["yes"], NUMBERS.get(counted, "")), NO: Value(TABLES["no"], "")}
    return Facet(name, title, values, {YES: counted} if counted else {})


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
) -> Form:
    """Make the form by which rows are found, as it stands when nothing is chosen.

    ``rows`` are the choices of each row, ``years`` the years for which a range can be asked, if any.
    """
    groups = [
        Group(facet.name, facet.title, list(_options(facet, _counted(rows, at))))
        for at, facet in enumerate(facets)
    ]
    return Form(groups, (min(years), max(years)) if years else (), all_shown(len(rows)))


def all_shown(number: int) -> str:
    """Return what the status of a list says while nothing is filtered."""
    return SCRIPTS["picked"].format(n=f"{number:,}", m=f"{number:,}")


def _counted(rows: Sequence[Sequence[Choice]], at: int) -> Counter[str]:
    return Counter(value for row in rows for value in row[at])


def _options(facet: Facet, counts: Counter[str]) -> Iterator[Option]:
    offered = {**facet.values, UNRECORDED: Value(TABLES["unrecorded"], "")}
    for key, value in offered.items():
        if counts[key]:
            number = facet.numbers.get(key, "")
            yield Option(key, value.label, value.meaning, counts[key], number)
