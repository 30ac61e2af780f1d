"""The templates, and what they can call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from xinyong.corpus import STANDINGS
from xinyong.figures.series import chart
from xinyong.markup import pinyin, text
from xinyong.pages.fact import Shown
from xinyong.pages.fact_text import fact_text
from xinyong.pages.values import by_threshold, number
from xinyong.records.base import Figure
from xinyong.records.vocabularies import ASSESSMENT, CONSEQUENCE_TYPE, LAYER, STANCE
from xinyong.words import (
    ASSESSMENT_MARKS,
    FIGURES,
    PROBLEMS,
    STANDING,
    TABLES,
    WORDS,
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
    env.globals |= {"field_word": field_word, "fact_text": fact_text}
    env.filters |= {"text": text, "pinyin": pinyin, "number": number, "by_threshold": by_threshold}
    return env


@cache
def macro(template: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template, to be called with what it shows; it gives safe HTML."""
    found: Callable[..., Markup] = getattr(templates().get_template(template).module, name)
    return found


def _over_time(counts: str, series: str, group: Sequence[tuple[Figure, Shown]]) -> Markup:
    return chart(counts, series, [figure for figure, _ in group], FIGURES)
