"""A Python client made from the description of the API reads every record."""

# /// script
# dependencies = ["openapi-python-client"]
# ///

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

NAME = "openapi-python-client"


@pytest.fixture(scope="module")
def made(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The package that the maker of clients makes."""
    folder = tmp_path_factory.mktemp("made")
    described = site / "api" / "v1" / "openapi.json"
    options = ["--path", described, "--output-path", folder / "xinyong_api", "--meta", "none"]
    command = [Path(sys.executable).with_name(NAME), "generate", *options]
    subprocess.run(command, check=True, capture_output=True)
    sys.path.insert(0, str(folder))
    yield importlib.import_module("xinyong_api")
    sys.path.remove(str(folder))


def test_every_record_is_read_and_gives_its_data_back(
    site: Path, address: str, made: ModuleType, tried: Callable[..., None]
) -> None:
    base = site / "api" / "v1"
    client = made.Client(base_url=f"{address}api/v1")
    described = _read(base / "openapi.json")
    offered, right, kinds = 0, 0, set()

    for path, item in described["paths"].items():
        if "{id}" not in path:
            continue
        kind = path.split("/")[1]
        call = item["get"]["operationId"].replace("-", "_")
        get = importlib.import_module(f"xinyong_api.api.{kind}.{call}").sync
        for entry in _read(base / f"{kind}.json")["items"]:
            offered += 1
            record = get(id=entry["id"], client=client)
            if record and record.to_dict() == _read(base / kind / f"{entry['id']}.json"):
                right += 1
                kinds.add(kind)

    tried(NAME, version(NAME), f"records of {len(kinds)} kinds", right=right, offered=offered)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
