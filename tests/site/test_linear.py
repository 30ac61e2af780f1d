"""The work of a build grows in step with the corpus: twice the records, twice the calls, nowhere more.

Nothing is timed. Every call of every function is counted while corpora of one shape and three sizes
are built; a function that compares all records with each other is called four times as often for
twice the records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from cProfile import Profile
from pathlib import Path
from types import CodeType

import pytest

from bench.generate import write
from support import PROJECT
from xinyong.rules.all import today
from xinyong.site.build import build

SIZES = (150, 300, 600)
MANY = 2000
"""So many more calls between two sizes are looked at; of fewer, chance decides."""

MOST = 3
"""The second step is twice as wide as the first: 2 is in step, 4 is the square."""

Calls = Mapping[str, int]


def counted(work: Callable[[], object]) -> Calls:
    """Count the calls of every Python function during some work, by file and name.

    Those that make patterns are left out: Python keeps some patterns and makes others again, by chance.
    """
    profile = Profile(builtins=False)
    profile.runcall(work)
    calls: Counter[str] = Counter()
    for entry in profile.getstats():
        if isinstance(entry.code, CodeType) and "/re/_" not in entry.code.co_filename:
            calls[f"{entry.code.co_filename}: {entry.code.co_qualname}"] += entry.callcount
    return calls


def too_many(small: Calls, middle: Calls, large: Calls) -> list[str]:
    """Name the functions whose calls grow faster than what is worked on."""
    steps = {
        name: (middle.get(name, 0) - small.get(name, 0), calls - middle.get(name, 0))
        for name, calls in large.items()
    }
    return [
        f"{name}: {first:,} calls more, then {second:,}"
        for name, (first, second) in sorted(steps.items())
        if second > MANY and second > MOST * max(first, 1)
    ]


def test_a_build_of_twice_the_records_makes_twice_the_calls(tmp_path: Path) -> None:
    """Reading, rules, pages, figures, exports, search and links all grow in step."""

    def work(records: int) -> Calls:
        corpus, out = tmp_path / f"corpus-{records}", tmp_path / f"site-{records}"
        write(corpus, records)
        return counted(lambda: build(PROJECT / "mkdocs.yml", corpus, out, today(), demand="none"))

    work(100)  # what is made once in a run, such as templates, is made here

    assert too_many(*map(work, SIZES)) == []


@pytest.mark.parametrize(("power", "found"), [(1, 0), (2, 1)])
def test_what_compares_all_with_all_is_found(power: int, found: int) -> None:
    """A loop in a loop, slipped in anywhere, is named with its calls."""

    def compared(one: int, other: int) -> bool:
        return one == other

    def work(size: int) -> Calls:
        others = range(size) if power == 2 else range(20)
        return counted(lambda: [compared(one, other) for one in range(size) for other in others])

    assert len(too_many(*map(work, SIZES))) == found
