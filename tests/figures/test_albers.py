"""The projection gives the numbers of the book that its formulas are from, and keeps areas."""

from __future__ import annotations

from math import isclose, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyong.figures.albers import CHINA, Albers

degrees = st.floats(min_value=15, max_value=54)
meridians = st.floats(min_value=70, max_value=136)


def test_the_worked_example_of_snyder_comes_out() -> None:
    """Snyder 1987, appendix A, p. 291: parallels 29.5 and 45.5, origin 23 N 96 W, the point 35 N 75
    W, radius 1.
    """
    x, y = Albers(south=29.5, north=45.5, meridian=-96, origin=23)(-75, 35)

    assert x == pytest.approx(0.2952720, abs=5e-8)
    assert y == pytest.approx(0.2416774, abs=5e-8)


@given(lon=meridians, lat=degrees)
def test_a_small_patch_keeps_its_area(lon: float, lat: float) -> None:
    step = 0.01
    (ax, ay), (bx, by), (cx, cy) = (
        CHINA(*p) for p in ((lon, lat), (lon + step, lat), (lon, lat + step))
    )
    drawn = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))
    real = step * pi / 180 * (sin((lat + step) * pi / 180) - sin(lat * pi / 180))

    assert isclose(drawn, real, rel_tol=1e-3)


@given(lat=degrees)
def test_the_central_meridian_is_upright_and_east_is_right(lat: float) -> None:
    assert CHINA(105, lat)[0] == 0
    assert CHINA(106, lat)[0] > 0
    assert CHINA(105, lat + 1)[1] > CHINA(105, lat)[1]
