"""The boxes by which a reader chooses what a drawing shows.

Without scripts they are the drawing's legend.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from xinyong.figures.svg import element

Choice = tuple[str, Markup, str]
"""A value, what stands for it in the legend, and how many have it, in figures or words."""


def boxes(parameter: str, field: str, title: str, choices: Sequence[Choice]) -> Markup:
    """Make a group of boxes, all ticked; without scripts only what they are labelled with is shown.

    ``parameter`` is the group's name in the page's address, ``field`` the name of the data
    attribute that the script compares; what has none of the ticked values there is hidden.
    """
    parts = [element("legend", title)]
    for value, label, number in choices:
        box = element("input", type="checkbox", name=parameter, value=value, checked=True)
        count = element("span", number, class_="xy-sub")
        parts.append(element("label", box, " ", label, " ", count))
    return element("fieldset", *parts, class_="xy-picks", data_picks=field)
