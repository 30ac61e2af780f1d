"""The templates, and what they can call."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from io import StringIO
from typing import Any

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
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
    Words,
    cached,
    current_language,
    field_word,
)

OPEN = 6
"""How many entries of a section are open; the rest is folded."""


_MARKS = re.compile("[&<>\"']").search
"""Finds what has to be escaped."""


class _Worded(NodeTransformer):
    """Puts words of the interface into a template, so that no page looks them up."""

    def __init__(self, environment: Environment) -> None:
        self._globals = environment.globals

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - Jinja's name
        """Put in ``words.names``; ``words.items`` is what every mapping has."""
        return self._word(node, node.node, None if hasattr(Words, node.attr) else node.attr)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - Jinja's name
        """Put in ``words["as-of"]``."""
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        return self._word(node, node.node, key)

    def _word(self, node: nodes.Node, of: nodes.Expr, key: Any) -> nodes.Node:
        table = self._globals.get(of.name) if isinstance(of, nodes.Name) else None
        if isinstance(table, Words) and isinstance(key, str):
            return nodes.Const(table[key], lineno=node.lineno)
        return self.generic_visit(node)


class _Generator(CodeGenerator):
    """Writes templates so that what is known or safe already costs nothing for each page."""

    def visit_Template(  # noqa: N802 - the name is Jinja's
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """Write the code of a template in the language that is being rendered."""
        super().visit_Template(_Worded(self.environment).visit(node), frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Ask for an attribute as Python does; items are asked for in brackets."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept: dict[tuple[BaseLoader | None, str | Template], Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the name is Jinja's
    ) -> Template:
        """Return a template: none changes while the program runs, nor has globals of its own."""
        key = self.loader, name
        if key not in self._kept:
            self._kept[key] = super().get_template(name, parent, globals)
        return self._kept[key]

    def make_globals(self, d: Any) -> Any:
        """Return what each template can call, in one mapping that is soon copied."""
        return self.globals | d if d else self.globals

    @staticmethod
    def put_out(value: Any) -> str:
        """Return a value as it stands in a page: what is safe as it is, all else escaped."""
        if value.__class__ is Markup or (value.__class__ is str and not _MARKS(value)):
            safe: str = value
            return safe
        return escape(value)


@cached
def templates() -> Environment:
    """Return the templates of a language, which escape whatever is not marked as safe."""
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


@cached
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
