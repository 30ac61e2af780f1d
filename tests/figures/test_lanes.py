"""Nothing on the timeline covers anything else, and no more rows are used than it takes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xinyong.figures.lanes import pack

spans = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 40)).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
    max_size=40,
)


@given(spans=spans, gap=st.integers(0, 5))
def test_in_no_row_do_two_overlap(spans: list[tuple[int, int]], gap: int) -> None:
    rows = pack(spans, gap)

    for one, (start, end) in enumerate(spans):
        for other, (first, last) in enumerate(spans[:one]):
            if rows[one] == rows[other]:
                assert end + gap <= first or last + gap <= start


@given(spans=spans)
def test_there_are_as_many_rows_as_spans_hold_at_one_time(spans: list[tuple[int, int]]) -> None:
    deepest = max((sum(a <= start < b for a, b in spans) for start, _ in spans), default=0)

    assert len(set(pack(spans))) == deepest
