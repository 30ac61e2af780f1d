"""What a reference is made of: runs of text, written as HTML or as plain text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from xinyong.markup import pinyin, text

Language = Literal["", "chinese", "pinyin"]


@dataclass(frozen=True)
class Run:
    """A run of a reference's text that is set in one way.

    ``language`` is that of the whole run; without one, the Chinese in it is marked where it
    stands. A run with an ``address`` is a link there.
    """

    text: str
    italic: bool = False
    language: Language = ""
    address: str = ""


Runs = tuple[Run, ...]
"""A part of a reference; empty where the work does not give it."""


def run(plain: str) -> Runs:
    """Return a text as one upright run; nothing for an empty one."""
    return (Run(plain),) if plain else ()


def italic(plain: str) -> Runs:
    """Return a text as one run in italics; nothing for an empty one."""
    return (Run(plain, italic=True),) if plain else ()


def join(separator: str, parts: Iterable[Runs]) -> Runs:
    """Put parts together, a separator between each two; empty ones are passed over."""
    joined: list[Run] = []
    for part in filter(None, parts):
        if joined:
            joined.append(Run(separator))
        joined += part
    return tuple(joined)


def fill(template: str, runs: Runs) -> Runs:
    """Put runs in the place of the ``{}`` of a template."""
    before, _, after = template.partition("{}")
    return (*run(before), *runs, *run(after))


def as_text(runs: Runs) -> str:
    """Write a reference as plain text; of a link the address, to be followed and not read."""
    return "".join(run.address or run.text for run in runs)


def as_html(runs: Runs) -> Markup:
    """Write a reference as HTML."""
    return Markup("".join(map(_html, runs)))


def _html(run: Run) -> Markup:
    if run.address:
        link = '<a class="xy-address" href="{}" rel="external">{}</a>'
        return Markup(link).format(run.address, text(run.text))
    marked = _marked(run)
    return Markup("<cite>{}</cite>").format(marked) if run.italic else marked


def _marked(run: Run) -> Markup:
    if run.language == "chinese":
        return Markup('<span lang="zh-Hans">{}</span>').format(run.text)
    return pinyin(run.text) if run.language == "pinyin" else text(run.text)
