"""Write the results of the bench into the page Scale: tables, and a plot of cost against size."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plot import plot
from targets import CHANGED, CHECK, LIMIT, NAIVE, NOTHING, OURS, PART, held

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "contribute" / "scale.md"
PLOT = PAGE.with_suffix(".svg")
_FIGURES = re.compile(r"(?<=^### The figures\n\n).*?(?=^##+ )", re.MULTILINE | re.DOTALL)
_OF_CHECK = (CHECK, NAIVE)


def figures(result: Mapping[str, Any]) -> str:
    """Return the results as tables in Markdown."""
    sizes = {one["records"]: one for one in result["sizes"]}
    shown = [sizes[records] for records in (1000, 10_000) if records in sizes] or [*sizes.values()]
    tables = [*map(_costs, shown), _targets(sizes), _checks(shown), _weights(shown)]
    notes = (_absent(one) for one in shown)
    return "\n\n".join(filter(None, [_when(result, shown), *tables, *notes])) + "\n"


def _absent(one: Mapping[str, Any]) -> str:
    """Say what was not there, or was left out."""
    missing = sorted({*one["absent"], *one["left out"]} - {*one["cpu"]})
    return f"Not measured with {one['records']:,} records: {'; '.join(missing)}." if missing else ""


def _when(result: Mapping[str, Any], shown: Sequence[Mapping[str, Any]]) -> str:
    days = ", ".join(sorted({one["day"] for one in shown}))
    each = (
        f"{one['records']:,} records in rounds: {one['rounds'][OURS]}, at a load of {one['load']}"
        for one in shown
    )
    return f"Measured on {days}, {result['machine']}; {'; '.join(each)}."


def _costs(one: Mapping[str, Any]) -> str:
    head = [f"with {one['records']:,} records", "CPU, s", "clock, s", "times ours", "MB"]
    names = dict.fromkeys([OURS, PART, CHANGED, NOTHING, *one["cpu"]])
    shown = [name for name in names if name in one["cpu"] and name not in (LIMIT, *_OF_CHECK)]
    return _table(head, [_cost(one, name) for name in [*shown, LIMIT]])


def _cost(one: Mapping[str, Any], name: str) -> list[str]:
    cpu, wall = one["cpu"][name], one["wall"][name]
    times = f"{cpu / one['cpu'][OURS]:.2f}"
    return [name, f"{cpu:.1f}", f"{wall:.1f}", times, f"{one['memory'].get(name, '–')}"]


def _targets(sizes: Mapping[int, Mapping[str, Any]]) -> str:
    head = ["cost as against ours", "asked", "measured", "as against the part"]
    rows = [[*row] for row in held(sizes)]
    return _table(head, rows) if rows else ""


def _checks(sizes: Sequence[Mapping[str, Any]]) -> str:
    rows = [
        [name, *(_per_record(one, key) for one in sizes)]
        for name, key in (("`xinyong check`", CHECK), ("`safe_load` and `jsonschema`", NAIVE))
    ]
    head = ["check from nothing, ms a record", *(f"{one['records']:,} records" for one in sizes)]
    return _table(head, rows)


def _per_record(one: Mapping[str, Any], name: str) -> str:
    return f"{one['cpu'][name] / one['records'] * 1000:.2f}" if name in one["cpu"] else "–"


def _weights(sizes: Sequence[Mapping[str, Any]]) -> str:
    """Return the weights of the largest size that all were measured with."""
    weight = max((one["weight"] for one in sizes), key=len)
    head = ["a page of a record, on average", "article, kB", "page, kB", "links in the article"]
    rows = [
        [name, f"{of['article'] / 1000:.1f}", f"{of['page'] / 1000:.1f}", str(of["links"])]
        for name, of in weight.items()
    ]
    return _table(head, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Write the tables and the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path, nargs="?", default=HERE / "results.json")
    result = json.loads(parser.parse_args().results.read_text(encoding="utf-8"))
    text = PAGE.read_text(encoding="utf-8")
    written, count = _FIGURES.subn(lambda _: f"{figures(result)}\n", text)
    assert count == 1, f"{PAGE} has no part 'The figures'"
    PAGE.write_text(written, encoding="utf-8")
    PLOT.write_text(plot(result["sizes"]), encoding="utf-8")


if __name__ == "__main__":
    main()
