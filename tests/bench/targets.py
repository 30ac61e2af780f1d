"""What the build is to cost beside others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

OURS, PART, LIMIT = "ours, everything", "ours, the part that the others do", "reading and writing"
CHANGED, NOTHING = "ours, one record changed", "ours, nothing changed"
CHECK, NAIVE = "check", "safe_load and jsonschema"

Row = tuple[str, ...]
"""What is held against what, what is asked, measured, measured of the part."""


@dataclass(frozen=True)
class Target:
    """How many times the cost of ours another one has to be, with so many records."""

    other: str
    records: int
    asked: float


FASTER = (
    Target("mkdocs-material", 1000, 8),
    Target("mkdocs-material", 10_000, 15),
    Target("Zensical", 1000, 10),
    Target("Zensical", 10_000, 18),
    Target("Hugo, Markdown", 1000, 1.5),
    Target("Hugo, Markdown", 10_000, 3),
    Target("Eleventy", 1000, 1.2),
    Target("Eleventy", 10_000, 1.8),
    Target("Hugo, content adapter over JSON", 1000, 0.5),
    Target("Hugo, content adapter over JSON", 10_000, 1),
)
"""Ours is to be so many times as cheap, in CPU seconds."""

LARGE = 10_000
TIMES_LIMIT, ONE_CHANGED, A_CHECK = 6, 5, 0.35
"""At 10,000 records, at most: times what reading and writing cost; CPU seconds after a change of one
record; milliseconds of a check for each record."""


def held(sizes: Mapping[int, Mapping[str, Any]]) -> Iterator[Row]:
    """Yield a row for each target that was measured."""
    for target in FASTER:
        cpu = sizes.get(target.records, {}).get("cpu", {})
        if target.other in cpu and OURS in cpu:
            yield _faster(target, cpu)
    if LARGE in sizes:
        yield from _at_most(sizes)


def _faster(target: Target, cpu: Mapping[str, float]) -> Row:
    what = f"{target.other}, {target.records:,} records"
    return (
        what,
        f"{target.asked:g}×",
        _times(cpu, target.other, OURS),
        _times(cpu, target.other, PART),
    )


def _at_most(sizes: Mapping[int, Mapping[str, Any]]) -> Iterator[Row]:
    cpu = sizes[LARGE]["cpu"]
    both = [_times(cpu, name, LIMIT) for name in (OURS, PART)]
    yield ("ours beside reading and writing, 10,000 records", f"at most {TIMES_LIMIT}×", *both)
    if CHANGED in cpu:
        spent = f"{cpu[CHANGED]:.1f} s"
        yield ("ours, one record changed, 10,000 records", f"at most {ONE_CHANGED} s", spent, "–")
    if CHECK in cpu:
        spent = f"{cpu[CHECK] / LARGE * 1000:.2f} ms"
        yield ("a check, each of 10,000 records", f"at most {A_CHECK} ms", spent, "–")


def _times(cpu: Mapping[str, float], one: str, other: str) -> str:
    if one not in cpu or other not in cpu:
        return "–"
    ratio = cpu[one] / cpu[other]
    return f"{ratio:.0f}×" if ratio >= 10 else f"{ratio:.2g}×"
