"""Where a problem stands: line and column, found by reading a faulty file once more."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from xinyong.problems import MOST, Problem
from xinyong.problems import Path as FieldPath
from xinyong.problems.formats import as_lines, source_lines
from xinyong.source import yaml


def locate(problems: Iterable[Problem]) -> list[Problem]:
    """Give each problem of a file its line and column, reading each faulty file once more.

    Sort them.
    """
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_file[problem.file].append(problem)
    located = [
        placed for file, group in by_file.items() for placed in _located(file, _most(file, group))
    ]
    return sorted(located, key=lambda problem: problem.order)


def report(problems: Iterable[Problem], *, colour: bool = False) -> str:
    """Say all problems in the order of their places, each with its source line and a caret.

    Empty for none.
    """
    return as_lines(locate(problems), colour=colour)


def _most(file: str, problems: list[Problem]) -> list[Problem]:
    if len(problems) <= MOST:
        return problems
    message = f"this file has more than {MOST} problems; fix those that are shown to see the others"
    return [*problems[:MOST], Problem("X116", message, file)]


def _located(file: str, problems: list[Problem]) -> Iterator[Problem]:
    lines = [] if all(problem.line for problem in problems) else source_lines(file)
    if not lines:
        yield from problems
        return
    places = yaml.places("\n".join(lines))
    for problem in problems:
        if problem.line:
            yield problem
            continue
        line, column, end_line, end_column = _span(problem, places, lines)
        yield dataclasses.replace(
            problem, line=line, column=column, end_line=end_line, end_column=end_column
        )


def _span(
    problem: Problem, places: Mapping[FieldPath, yaml.Place], lines: list[str]
) -> tuple[int, int, int, int]:
    """Return where a problem begins and ends.

    The end is 0, 0 where it lies on another line or is not known.
    """
    place = yaml.find(places, problem.path)
    if place is None:
        return 1, 1, 0, 0
    if problem.on_key:
        (line, column), name = place.key, str(problem.path[-1])
        written = lines[line - 1].startswith(name, column - 1)
        return (line, column, line, column + len(name)) if written else (line, column, 0, 0)
    found = _needle(problem.needle, place, lines)
    if found:
        return *found, found[0], found[1] + len(problem.needle)
    return (*place.start, *place.end) if place.start[0] == place.end[0] else (*place.start, 0, 0)


def _needle(needle: str, place: yaml.Place, lines: list[str]) -> tuple[int, int] | None:
    if not needle:
        return None
    first, last = place.start[0], min(place.end[0], len(lines))
    for number in range(first, last + 1):
        column = lines[number - 1].find(needle, place.start[1] - 1 if number == first else 0)
        if column >= 0:
            return number, column + 1
    return None
