"""The templates of pages that are no record's: the data page, pages that lead on, the preview's."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from xinyong.pages.environment import templates as page_templates
from xinyong.words import Words, cached


@cached
def templates() -> Environment:
    """Return the templates, which can call what those of records' pages can."""
    env = page_templates().overlay(loader=PackageLoader("xinyong.site"))
    env.globals = {**env.globals, "DATA": Words("data")}
    env.filters = {**env.filters, "in_address": _in_address}
    return env


@cached
def macro(template: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template, to be called with what it shows; it gives safe HTML."""
    found: Callable[..., Markup] = getattr(templates().get_template(template).module, name)
    return found


def _in_address(query: str) -> str:
    """Write a query as it stands in an address."""
    return quote(query.strip())
