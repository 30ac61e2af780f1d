"""Where one place lies: its mark on the outlines, which all pages take from one file."""

from __future__ import annotations

from markupsafe import Markup

from xinyong.figures import city_map
from xinyong.figures.svg import Words

FILE = "assets/land.svg"
"""The file of the outlines, from the site's root."""


def land() -> str:
    """Return the file of the outlines: one shape, named ``land``, without a colour of its own."""
    whole, _ = city_map.sheets()
    html = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><path id="land" d="{}"/></svg>\n'
    return html.format(whole.width, whole.height, city_map.land_path())


def locator(place: city_map.Place, root: str, words: Words) -> Markup:
    """Draw a place on the outlines of ``FILE``, leading to the map of all places; ``root`` leads to the site's root."""
    whole, _ = city_map.sheets()
    x, y = (round(part) for part in city_map.position(place))
    html = Markup(
        '<div class="xy-locator"><a href="{0}cities/" aria-label="{1}"><svg viewBox="0 0 {2} {3}" aria-hidden="true">'
        '<use class="xy-land" href="{0}{4}#land"/><circle class="xy-here" cx="{5}" cy="{6}" r="24"/></svg></a></div>'
    )
    return html.format(
        root, words["locator"].format(place=place.name), whole.width, whole.height, FILE, x, y
    )
