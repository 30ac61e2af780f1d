"""What the build is to cost beside others: what is asked at least, and what is aimed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

OURS, PART, LIMIT = "ours, everything", "ours, the part that the others do", "reading and writing"
CHANGED, NOTHING = "ours, one record changed", "ours, nothing changed"
CHECK, NAIVE = "check", "safe_load and jsonschema"
WARM = "Zensical, one page changed"

Row = tuple[str, ...]
"""What is held against what, what is asked, what is aimed at, measured, measured of the part."""


@dataclass(frozen=True)
class Target:
    """How many times the cost of ``ours`` another one has to be, with so many records."""

    other: str
    records: int
    least: float
    aim: float
    ours: str = OURS


FASTER = (
    Target("mkdocs-material", 1000, 6, 15),
    Target("mkdocs-material", 10_000, 12, 40),
    Target("mkdocs-material, all in nav", 1000, 15, 40),
    Target("Zensical", 1000, 5, 12),
    Target("Zensical", 10_000, 12, 35),
    Target(WARM, 1000, 4, 10, CHANGED),
    Target(WARM, 10_000, 10, 40, CHANGED),
    Target("Hugo, Markdown", 1000, 1, 2),
    Target("Hugo, Markdown", 10_000, 2, 6),
    Target("Hugo, content adapter over JSON", 1000, 1, 2),
    Target("Hugo, content adapter over JSON", 10_000, 2, 6),
    Target(NAIVE, 1000, 20, 50, CHECK),
    Target(NAIVE, 10_000, 20, 50, CHECK),
)
"""Ours is to be so many times as cheap, in CPU seconds."""

LARGE, SMALL = 10_000, 1000
TIMES_LIMIT, PER_PAGE, MEMORY = (5, 2.5), (1.5, 0.5), (500, 250)
"""At 10,000 records, at most and as an aim: times what reading and writing cost, milliseconds for
each further record, and MB."""


def held(sizes: Mapping[int, Mapping[str, Any]]) -> Iterator[Row]:
    """Yield a row for each target that was measured."""
    for target in FASTER:
        cpu = sizes.get(target.records, {}).get("cpu", {})
        if target.other in cpu and target.ours in cpu:
            yield _faster(target, cpu)
    if LARGE in sizes:
        yield from _at_most(sizes)


def _faster(target: Target, cpu: Mapping[str, float]) -> Row:
    what = f"{target.other}, {target.records:,} records"
    part = _times(cpu, target.other, PART) if target.ours == OURS else "–"
    asked = (f"{target.least:g}×", f"{target.aim:g}×")
    return (what, *asked, _times(cpu, target.other, target.ours), part)


def _at_most(sizes: Mapping[int, Mapping[str, Any]]) -> Iterator[Row]:
    cpu = sizes[LARGE]["cpu"]
    both = [_times(cpu, name, LIMIT) for name in (OURS, PART)]
    yield ("ours beside reading and writing, 10,000 records", *_most(TIMES_LIMIT, "×"), *both)
    if SMALL in sizes:
        both = [_further(sizes[SMALL]["cpu"], cpu, name) for name in (OURS, PART)]
        yield ("each further record, from 1,000 to 10,000", *_most(PER_PAGE, " ms"), *both)
    memory = f"{sizes[LARGE]['memory'][OURS]} MB"
    yield ("memory, 10,000 records", *_most(MEMORY, " MB"), memory, "–")


def _further(small: Mapping[str, float], large: Mapping[str, float], name: str) -> str:
    if name not in small or name not in large:
        return "–"
    return f"{(large[name] - small[name]) / (LARGE - SMALL) * 1000:.1f} ms"


def _most(numbers: tuple[float, float], unit: str) -> Row:
    return tuple(f"at most {number:g}{unit}" for number in numbers)


def _times(cpu: Mapping[str, float], one: str, other: str) -> str:
    if one not in cpu or other not in cpu:
        return "–"
    ratio = cpu[one] / cpu[other]
    return f"{ratio:.0f}×" if ratio >= 10 else f"{ratio:.2g}×"
