"""The outlines of the provinces, as Natural Earth draws them.

See ``data/README.md`` for their origin.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from xinyong.figures.albers import CHINA

Point = tuple[float, float]
Ring = Sequence[Point]

_NAMES: Mapping[str, str] = {"Inner Mongol": "inner-mongolia", "Xizang": "tibet"}
"""Natural Earth's names where they differ from the corpus's."""


@cache
def outlines() -> Mapping[str, Sequence[Ring]]:
    """Return the rings of each province in degrees, by the values of the corpus's vocabulary, and of Taiwan."""
    file = files("xinyong.figures").joinpath("data/china-provinces.geojson")
    provinces = {}
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        name = feature["properties"]["name"]
        polygons = feature["geometry"]["coordinates"]
        key = _NAMES.get(name, name.lower().replace(" ", "-"))
        provinces[key] = [*chain.from_iterable(polygons)]
    return provinces


@cache
def projected() -> Mapping[str, Sequence[Ring]]:
    """Return the same rings as the map's projection puts them on the plane."""
    return {
        name: [[CHINA(*point) for point in ring] for ring in rings]
        for name, rings in outlines().items()
    }


def path(rings: Sequence[Sequence[tuple[int, int]]]) -> str:
    """Write closed rings of whole pixels as an SVG path.

    Points that fall on the one before are left out.
    """
    return "".join(_ring(ring) for ring in rings)


def _ring(ring: Sequence[tuple[int, int]]) -> str:
    steps, (x, y) = [f"M{ring[0][0]},{ring[0][1]}l"], ring[0]
    for right, down in ring[1:-1]:
        if (right, down) != (x, y):
            steps.append(f"{right - x},{down - y} ")
            x, y = right, down
    if len(steps) <= 2:
        return ""
    return "".join(steps).rstrip().replace(",-", "-").replace(" -", "-") + "z"
