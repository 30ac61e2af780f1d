"""The boxes by which a reader chooses what a drawing shows.

Without scripts they are the drawing's legend.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from xinyong.figures.svg import element

Choice = tuple[str, Markup, str, str]
"""A value, what stands for it in the legend, how many have it, in figures or words, and the name of
that number, if it has one."""


def boxes(parameter: str, field: str, title: str, choices: Sequence[Choice]) -> Markup:
    """Make a group of boxes, all ticked; without scripts only what they are labelled with is shown.

    ``parameter`` is the group's name in the page's address, ``field`` the name of the data
    attribute that the script compares; what has none of the ticked values there is hidden.
    """
    parts = [element("legend", title)]
    for value, label, number, name in choices:
        box = element("input", type="checkbox", name=parameter, value=value, checked=True)
        count = element("span", number, class_="xy-sub", data_number=name or None)
        parts.append(element("label", box, " ", label, " ", count))
    return element("fieldset", *parts, class_="xy-picks", data_picks=field)
