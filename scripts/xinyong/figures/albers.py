"""The Albers equal-area conic projection: no province looks larger than it is.

Formulas 14-1 to 14-6 for the sphere in John P. Snyder, *Map Projections: A Working Manual*, US
Geological Survey Professional Paper 1395 (1987), p. 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, sqrt


@dataclass(frozen=True)
class Albers:
    """The projection with two standard parallels about a central meridian.

    All are in degrees, on a sphere of radius 1.
    """

    south: float
    north: float
    meridian: float
    origin: float = 0.0

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        """Return x to the east and y to the north.

        Both count from the point on the central meridian at the latitude of origin.
        """
        angle = self._n * radians(lon - self.meridian)
        radius = self._radius(lat)
        return radius * sin(angle), self._radius(self.origin) - radius * cos(angle)

    @property
    def _n(self) -> float:
        return (sin(radians(self.south)) + sin(radians(self.north))) / 2

    def _radius(self, lat: float) -> float:
        constant = cos(radians(self.south)) ** 2 + 2 * self._n * sin(radians(self.south))
        return sqrt(constant - 2 * self._n * sin(radians(lat))) / self._n


CHINA = Albers(south=25, north=47, meridian=105)
"""The parallels and meridian that maps of China are commonly drawn on."""
