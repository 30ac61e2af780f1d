"""The templates, and what they can call."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from xinyong.corpus import STANDINGS
from xinyong.figures.scores import span
from xinyong.markup import pinyin, text
from xinyong.records.base import Figure
from xinyong.records.programs import Band, Score
from xinyong.records.vocabularies import CONSEQUENCE_TYPE, DESIGNATION, LAYER, SERIES, STANCE
from xinyong.words import FIGURES, HISTORY, NOW, SCRIPTS, STANDING, WORDS, field_word

OPEN = 6
"""How many entries of a section are open; the rest is folded."""


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
    env.globals |= {"words": WORDS, "figure_words": FIGURES, "history_words": HISTORY}
    env.globals |= {
        "script_words": SCRIPTS,
        "now_words": NOW,
        "STANDING": STANDING,
        "STANDINGS": STANDINGS,
    }
    env.globals |= {"LAYER": LAYER, "CONSEQUENCE_TYPE": CONSEQUENCE_TYPE, "Figure": Figure}
    env.globals |= {"SERIES": SERIES, "STANCE": STANCE, "DESIGNATION": DESIGNATION}
    env.globals |= {"OPEN": OPEN, "field_word": field_word}
    env.filters |= {"text": text, "pinyin": pinyin, "number": number, "score": score}
    return env


@cache
def macros(name: str) -> Any:
    """Return the macros of a template, to be called like functions: ``macros("marks").verdict(…)``."""
    return templates().get_template(f"_{name}.html.j2").module


def number(value: float) -> str:
    """Write a number with separators: ``1,210,000``."""
    return f"{value:,}"


def score(value: Score | Band) -> str:
    """Write the range of a score or band: ``350 to 950``, ``from 350``, or a dash without numbers."""
    return span(value, FIGURES)
