"""What the drawings share: elements, positions in per cent, words handed in, colours by class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

Words = Mapping[str, str]
"""The words of a drawing by their keys; the pages hand in those of the interface."""

NARROW = 300
"""The width in pixels at which a drawing of per cents has to be readable still."""

_VOID = frozenset({"input"})
"""Elements of HTML that have no end."""


def element(tag: str, /, *children: object, **attributes: object) -> Markup:
    """Return an element of SVG or HTML; texts among its children and attributes are escaped.

    An underscore in the name of an attribute stands for a hyphen, and one at its end for nothing:
    ``class_``, ``aria_label``. An attribute that is None is left out, one that is True has no
    value.
    """
    start = f"<{tag}{''.join(_attributes(attributes))}"
    if tag in _VOID:
        return Markup(f"{start}>")
    if not children:
        return Markup(f"{start}/>")
    return Markup(f"{start}>{joined(children)}</{tag}>")


def joined(parts: Iterable[object]) -> Markup:
    """Put pieces of markup together; texts among them are escaped."""
    return Markup("".join(map(escape, parts)))


def percent(value: float) -> str:
    """Write a position in the drawing as per cent of its width, to two decimals."""
    return f"{round(value, 2):g}%"


def fits(text: str, width: float) -> bool:
    """Say whether a text of small type fits into a width in per cent on the narrowest screen."""
    return 6.3 * len(text) + 6 <= width / 100 * NARROW


def edge_anchor(position: float) -> str:
    """Return how to anchor a text at a position in per cent so that it stays in the drawing."""
    if position < 4:
        return "start"
    return "end" if position > 96 else "middle"


def _attributes(attributes: Mapping[str, object]) -> Iterable[str]:
    for name, value in attributes.items():
        written = name.rstrip("_").replace("_", "-")
        if value is True:
            yield f" {written}"
        elif value is not None:
            yield f' {written}="{escape(value)}"'
