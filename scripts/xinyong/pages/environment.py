"""The templates, and what they can call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from xinyong.corpus import STANDINGS
from xinyong.figures.series import chart
from xinyong.history.text import became, change_text, day
from xinyong.markup import pinyin, text
from xinyong.pages.fact import Shown
from xinyong.pages.fact_text import fact_text
from xinyong.pages.marks import standing_mark
from xinyong.pages.page import heading
from xinyong.pages.values import by_threshold, number
from xinyong.records.base import Figure
from xinyong.records.vocabularies import (
    ASSESSMENT,
    CONSEQUENCE_TYPE,
    LAYER,
    STANCE,
    STATUS,
    SUBJECT,
)
from xinyong.words import (
    ANSWERS,
    ASSESSMENT_MARKS,
    COMPARING,
    EVIDENCE,
    FIGURES,
    GUIDE,
    HISTORY,
    NUMBERS,
    PROBLEMS,
    SCRIPTS,
    STANDING,
    TABLES,
    WORDS,
    current_language,
    field_word,
)


@cache
def templates() -> Environment:
    """Return the templates, which escape whatever is not marked as safe."""
    loader = PackageLoader("xinyong.pages")
    env = Environment(
        loader=loader,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    env.globals |= {
        "words": WORDS,
        "STANDING": STANDING,
        "STANDINGS": STANDINGS,
        "over_time": _over_time,
    }
    env.globals |= {"tables": TABLES, "drawings": FIGURES, "problems": PROBLEMS}
    env.globals |= {
        "ASSESSMENT": ASSESSMENT,
        "ASSESSMENT_MARKS": ASSESSMENT_MARKS,
        "STANCE": STANCE,
    }
    env.globals |= {"LAYER": LAYER, "CONSEQUENCE_TYPE": CONSEQUENCE_TYPE, "Figure": Figure}
    env.globals |= {"STATUS": STATUS, "SUBJECT": SUBJECT}
    env.globals |= {
        "ANSWERS": ANSWERS,
        "COMPARING": COMPARING,
        "EVIDENCE": EVIDENCE,
        "GUIDE": GUIDE,
        "HISTORY": HISTORY,
        "NUMBERS": NUMBERS,
        "SCRIPTS": SCRIPTS,
    }
    env.globals |= {"field_word": field_word, "fact_text": fact_text}
    env.globals |= {"heading": heading, "standing_mark": standing_mark}
    env.globals |= {"language": current_language, "day": day, "became": became}
    env.filters |= {"change_text": change_text}
    env.filters |= {"text": text, "pinyin": pinyin, "number": number, "by_threshold": by_threshold}
    return env


class Macros:
    """The macros of one template, to be called from Python."""

    def __init__(self, env: Environment, template: str) -> None:
        self._module = env.get_template(f"{template}.html.j2").module

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(self._module, name)
        return macro


@cache
def macros(template: str) -> Macros:
    """Return the macros of a template: ``macros("evidence").unread(title, works)``."""
    return Macros(templates(), template)


@cache
def macro(template: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template, to be called with what it shows; it gives safe HTML."""
    found: Callable[..., Markup] = getattr(templates().get_template(template).module, name)
    return found


def _over_time(counts: str, series: str, group: Sequence[tuple[Figure, Shown]]) -> Markup:
    return chart(counts, series, [figure for figure, _ in group], FIGURES)
