"""The Data Package in frictionless."""

# /// script
# dependencies = ["frictionless"]
# ///

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from frictionless import Package


def test_every_table_is_as_it_is_described(site: Path, tried: Callable[..., None]) -> None:
    report = Package(str(site / "data" / "datapackage.json")).validate()

    right = sum(task.valid for task in report.tasks)
    what = "tables as CSV, held against the Data Package"
    tried("frictionless", version("frictionless"), what, right=right, offered=len(report.tasks))
