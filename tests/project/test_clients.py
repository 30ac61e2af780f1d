"""What ``make clients`` needs is there, though it runs by itself."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from support import PROJECT

CLIENTS = PROJECT / "tests" / "clients"


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    """The program that tries the clients."""
    spec = importlib.util.spec_from_file_location("run_clients", CLIENTS / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_module_names_its_packages(runner: ModuleType) -> None:
    assert runner.MODULES
    for path in runner.MODULES.values():
        assert all(isinstance(package, str) for package in runner.packages(path)), path.name


def test_no_module_hides_a_package_by_its_name(runner: ModuleType) -> None:
    files = {path.name for path in CLIENTS.glob("*.py")}

    assert files == {path.name for path in runner.MODULES.values()} | {"conftest.py", "run.py"}


def test_what_was_tried_is_a_table(runner: ModuleType) -> None:
    row = {"client": "DuckDB", "version": "2.0", "tried": "tables", "right": 1400, "offered": 1400}

    assert runner.table([row]).splitlines() == [
        "| client | version | tried | right of offered |",
        "| --- | --- | --- | --- |",
        "| DuckDB | 2.0 | tables | 1,400 of 1,400 |",
    ]
