"""Where one place lies: its mark on the outlines, which all pages take from one file."""

from __future__ import annotations

from markupsafe import Markup

from xinyong.figures import city_map
from xinyong.figures.svg import Words, element

FILE = "assets/land.svg"
"""The file of the outlines, from the site's root."""


def land() -> str:
    """Return the file of the outlines: one shape, named ``land``, without a colour of its own."""
    whole, _ = city_map.sheets()
    shape = element("path", id="land", d=city_map.land_path())
    box = f"0 0 {whole.width} {whole.height}"
    drawn = element("svg", shape, xmlns="http://www.w3.org/2000/svg", viewBox=box)
    return f"{drawn}\n"


def locator(place: city_map.Place, root: str, words: Words) -> Markup:
    """Draw a place on the outlines of ``FILE``, leading to the map of all places.

    ``root`` leads to the site's root.
    """
    whole, _ = city_map.sheets()
    x, y = (round(part) for part in city_map.position(place))
    outlines = element("use", class_="xy-land", href=f"{root}{FILE}#land")
    mark = element("circle", class_="xy-here", cx=x, cy=y, r=24)
    box = f"0 0 {whole.width} {whole.height}"
    drawn = element("svg", outlines, mark, viewBox=box, aria_hidden="true")
    label = words["locator"].format(place=place.name)
    link = element("a", drawn, href=f"{root}cities/", aria_label=label)
    return element("div", link, class_="xy-locator")
