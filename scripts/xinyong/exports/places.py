"""The places as GeoJSON (RFC 7946).

One whose coordinates are not known has no geometry, as the format allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xinyong.corpus import Corpus, Entry
from xinyong.edition import Edition
from xinyong.exports.schema import current
from xinyong.records import City


def geojson(corpus: Corpus, edition: Edition) -> dict[str, Any]:
    """Return all places as a collection of features."""
    return {"type": "FeatureCollection", "features": list(_features(corpus, edition))}


def _features(corpus: Corpus, edition: Edition) -> Iterator[dict[str, Any]]:
    for entry in corpus.of_kind("cities"):
        assert isinstance(entry.record, City)
        yield _feature(entry, entry.record, edition)


def _feature(entry: Entry, city: City, edition: Edition) -> dict[str, Any]:
    point = current(city.coordinates)
    geometry = {"type": "Point", "coordinates": [point.lon, point.lat]} if point else None
    properties = {
        "name": city.name.en,
        "name_zh": city.name.zh,
        "name_pinyin": city.name.pinyin,
        "province": current(city.province),
        "level": current(city.level),
        "division_code": current(city.division_code),
        "designations": [designation.list for designation in city.designations],
        "url": edition.base + entry.url,
    }
    return {"type": "Feature", "id": entry.id, "geometry": geometry, "properties": properties}
