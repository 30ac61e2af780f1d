"""Some rules look at nothing but a record itself, so that a record which they found sound need not be
held against them again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support import PROJECT, Lay
from xinyong.corpus import load
from xinyong.rules import Context
from xinyong.rules.all import ALONE, RULES, check, today

BROKEN = sorted((PROJECT / "tests" / "broken").iterdir())


class _Nothing:
    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"the rule asks for {name}")


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_what_they_say_is_said_without_any_other_record(folder: Path, lay: Lay) -> None:
    paths = [path for path in folder.rglob("*.yml") if path.is_file()]
    lay({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})
    corpus, _ = load(Path("corpus"))
    context = Context(corpus, today())
    nothing: Any = _Nothing()

    for entry in corpus:
        for rule in ALONE:
            assert [*rule(entry, nothing)] == [*rule(entry, context)]


def test_the_others_are_held_against_every_record(lay: Lay) -> None:
    lay(
        {
            "corpus/terms/x.yml": "name: {en: <b>, zh: 别的}\ndomain: law\nsee: [y]\nsummary: A [@koetse-2018].\n"
        }
    )
    corpus, _ = load(Path("corpus"))

    found = check(corpus, today(), sound={"terms/x/"})

    assert [problem.code for problem in check(corpus, today())] == ["X204", "X252", "X701"]
    assert [problem.code for problem in found] == ["X204", "X252"]
    assert set(RULES) > ALONE
