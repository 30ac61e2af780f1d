"""Whatever check calls sound, every other command finishes with; what it refuses, they refuse in
words.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.mutating import Mutator
from fuzz.run import Finding, Run, fuzz
from fuzz.trying import MEMORY, Failure, Trial, limited
from support import PROJECT, SMALL

NUMBER = 1_000


@pytest.mark.long
def test_no_made_record_breaks_anything(tmp_path: Path) -> None:
    tried, found = fuzz(Run(seed=20_261_129, number=NUMBER, seconds=600), tmp_path)

    assert {kind: (finding.number, finding.failure.output) for kind, finding in found.items()} == {}
    assert tried == NUMBER


def test_a_record_is_made_again_from_its_seed_and_number() -> None:
    one, other = (Mutator(7, SMALL, PROJECT / "corpus") for _ in range(2))

    assert [one.make(number) for number in range(20)] == [
        other.make(number) for number in range(20)
    ]


def _runs_away() -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("does", "kind"),
    [
        (lambda: int("x"), "ValueError in "),
        (_runs_away, "TooLongError in "),
        (lambda: bytearray(MEMORY * 2), "MemoryError in "),
        (lambda: None, ""),
    ],
    ids=["a traceback", "a hang", "too much memory", "nothing"],
)
def test_what_goes_wrong_in_a_step_is_told(does: object, kind: str) -> None:
    assert callable(does)
    failure = limited("check", does)

    assert (failure.kind[: len(kind)] if failure else "") == kind


def test_what_a_process_found_is_told_once_for_each_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failure = Failure("check", "KeyError in some.py:where", "all that was said")
    warm: list[Failure] = []
    monkeypatch.setattr(Trial, "attempt", lambda *_, whole=False: warm if whole else [failure])

    tried, found = fuzz(Run(seed=1, number=6, seconds=60, workers=2), tmp_path)

    assert tried == 6
    assert found == {failure.kind: Finding(failure, 0, 6)}
