"""Inputs that were met: what they give, from a file to what a user is told."""

from __future__ import annotations

import datetime

import pytest

from support import PROJECT, Lay, run
from xinyong.records import limits
from xinyong.source.edtf import today

RADICAL = """\
type: article
title: Credit
title_original: 社会信⽤体系\ufffd
language: zh
read: full
reliability: academic
"""


def test_a_radical_and_a_lost_character_are_told_at_their_place(lay: Lay) -> None:
    lay({"corpus/citations/radical-2018.yml": RADICAL})

    message = run("check").output

    assert ":3:20: X605 '⽤' (U+2F64) only looks like '用'; write '用'\n" in message
    assert ":3:23: X606 U+FFFD stands where a character was lost" in message


@pytest.mark.parametrize(
    "escape",
    [
        r"\x02", r"\x01", r"\u202e", r"\u2066", r"\u200b", r"\uFEFF", r"\0", r"\a", r"\L", r"\N",
        r"\t", r"\U000E0041",
    ],
)  # fmt: skip
def test_a_character_that_nobody_sees_is_told_where_an_escape_stands_for_it(
    escape: str,
    lay: Lay,
) -> None:
    lay({"corpus/citations/escape-2018.yml": RADICAL.replace("Credit", f'"a {escape} b"')})

    assert ":2:8: X117 an escape stands for the invisible character U+" in run("check").output


@pytest.mark.parametrize(
    ("moment", "day", "sound"),
    [
        ("2026-11-24T17:00:00", "2026-11-25", True),
        ("2026-11-24T10:00:00", "2026-11-25", True),
        ("2026-11-24T09:59:59", "2026-11-25", False),
        ("2026-11-24T17:00:00", "2026-11-26", False),
    ],
)
def test_a_day_that_has_begun_anywhere_is_not_in_the_future(
    moment: str, day: str, sound: bool, lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    epoch = datetime.datetime.fromisoformat(f"{moment}+00:00").timestamp()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(epoch)))
    record = f"{RADICAL}reviewed: {day}\naccessed: {day}\n"
    lay({"corpus/citations/today-2026.yml": record})

    message = run("check").output

    assert message.count(f"X402 '{day}' has not come yet") == (0 if sound else 2)


@pytest.mark.parametrize("epoch", ["", "x", "²", "-1", "9" * 30, "1e9", " 5"])
def test_what_is_no_moment_is_not_taken_for_today(
    epoch: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    assert today().earliest >= datetime.datetime.now(datetime.UTC).date()


@pytest.mark.parametrize("id_", ["aux", "con", "com1", "lpt9", "sources", "cite", "a" * 81])
def test_a_new_record_cannot_have_an_id_that_no_record_can(id_: str, lay: Lay) -> None:
    corpus = lay({})

    ran = run("new", "terms", id_, "--no-ask")

    assert ran.status == 2
    assert "choose" in ran.output
    assert not (corpus / "terms" / f"{id_}.yml").exists()


def test_the_guide_tells_the_limits() -> None:
    expected = (PROJECT / "docs" / "contribute" / "fields.md").read_text(encoding="utf-8")

    for name in ("LINE", "TEXT", "PROSE", "ID", "CITE", "ENTRIES", "LINKS", "CITES", "DIGITS"):
        assert f"| {getattr(limits, name):,} |" in expected, name
