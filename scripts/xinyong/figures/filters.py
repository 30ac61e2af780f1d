"""The boxes by which a reader chooses what a drawing shows; without scripts they are the drawing's legend."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from xinyong.figures.svg import joined

Choice = tuple[str, Markup, str]
"""A value, what stands for it in the legend, and how many have it, in figures or words."""


def boxes(parameter: str, field: str, title: str, choices: Sequence[Choice]) -> Markup:
    """Make a group of boxes, all ticked; without scripts only what they are labelled with is shown.

    ``parameter`` is the group's name in the page's address, ``field`` the name of the data attribute that the script
    compares; what has none of the ticked values there is hidden.
    """
    box = Markup(
        '<label><input type="checkbox" name="{}" value="{}" checked> {} <span class="xy-sub">{}</span></label>'
    )
    shown = joined(box.format(parameter, value, label, number) for value, label, number in choices)
    html = '<fieldset class="xy-picks" data-picks="{}"><legend>{}</legend>{}</fieldset>'
    return Markup(html).format(field, title, shown)
