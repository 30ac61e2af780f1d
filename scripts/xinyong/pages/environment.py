"""The templates, and what they can call."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import StringIO
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from xinyong.corpus import STANDINGS
from xinyong.figures.scores import span
from xinyong.history.text import became, day
from xinyong.markup import pinyin, text
from xinyong.records.base import Figure
from xinyong.records.programs import Band, Score
from xinyong.records.vocabularies import (
    ASSESSMENT,
    CONSEQUENCE_TYPE,
    DESIGNATION,
    LAYER,
    SERIES,
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
    NOW,
    NUMBERS,
    PROBLEMS,
    SCRIPTS,
    STANDING,
    TABLES,
    WORDS,
    current_language,
    field_word,
)

OPEN = 6
"""How many entries of a section are open; the rest is folded."""


class _Generator(CodeGenerator):
    """Writes templates so that what is safe already costs nothing where it is put out."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.put_out(")

    def visit_Call(  # noqa: N802 - the name is Jinja's
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Call without asking whether the context is wanted: nothing that templates call does."""
        self.visit(node.node, frame)
        stream, self.stream = self.stream, StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        arguments, self.stream = self.stream.getvalue(), stream
        self.write(f"({arguments.removeprefix(', ')})")


class _Template(Template):
    """A template that is imported as one and the same module, since all share the same globals."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class _Templates(Environment):
    """The environment of our templates, all of which escape."""

    code_generator_class = _Generator
    template_class = _Template

    def make_globals(self, d: Any) -> Any:
        """Return what each template can call: the same for all, in one mapping that is soon copied."""
        return self.globals | d if d else self.globals

    @staticmethod
    def put_out(value: Any) -> str:
        """Return a value as it stands in a page: what is safe as it is, all else escaped."""
        return value if value.__class__ is Markup else escape(value)


@cache
def templates() -> Environment:
    """Return the templates, which escape whatever is not marked as safe."""
    # These two are made by macros themselves.
    from xinyong.pages.marks import standing_mark
    from xinyong.pages.page import heading

    loader = PackageLoader("xinyong.pages")
    env = _Templates(
        loader=loader,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    env.globals |= {"words": WORDS, "now_words": NOW}
    env.globals |= {
        "STANDING": STANDING,
        "STANDINGS": STANDINGS,
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
    env.globals |= {"SERIES": SERIES, "DESIGNATION": DESIGNATION, "OPEN": OPEN}
    env.globals |= {"field_word": field_word, "heading": heading, "standing_mark": standing_mark}
    env.globals |= {"language": current_language, "day": day, "became": became}
    env.filters |= {"text": text, "pinyin": pinyin, "number": number, "score": score}
    return env


@cache
def macro(template: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template, to be called with what it shows; it gives safe HTML."""
    found: Callable[..., Markup] = getattr(templates().get_template(template).module, name)
    return found


def number(value: float) -> str:
    """Write a number with separators: ``1,210,000``."""
    return f"{value:,}"


def score(value: Score | Band) -> str:
    """Write the range of a score or band: ``350 to 950``, ``from 350``, or a dash without numbers."""
    return span(value, FIGURES)
