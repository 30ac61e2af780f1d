"""Cites name a citation, a place in it, and the work it was read in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyong.source.cites import Cite, parse

ids = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True).filter(
    lambda i: i != "via"
)
locators = st.sampled_from(["", "p. 14", "ch. 2, n. 3", "第三条"])
cites = st.builds(Cite, ids, locators, st.none() | st.builds(Cite, ids, locators))


@given(cites)
def test_a_cite_reads_back_as_it_was_written(cite: Cite) -> None:
    assert parse(str(cite)) == cite


def test_the_work_read_is_the_last_of_the_chain() -> None:
    cite = parse("mistreanu-2018 via koetse-2018, n. 2 via daum-2018")

    assert cite.via is not None
    assert cite.via.locator == "n. 2"
    assert cite.read.id == "daum-2018"


NO_ID = (
    "it begins with a citation's id (small letters, digits, hyphens); write 'koetse-2018, p. 14'"
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Koetse 2018", NO_ID),
        (
            "koetse-2018,",
            "nothing stands behind the comma; write a locator there, such as 'p. 14', or delete the comma",
        ),
        ("koetse-2018 via ", NO_ID),
        ("", NO_ID),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse(text)

    assert str(refused.value) == why
