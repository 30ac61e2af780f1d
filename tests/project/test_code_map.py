"""The map of the code is true: all rooms in the order of imports, all files of its recipes there."""

from __future__ import annotations

import re
import tomllib

from support import PROJECT

MAP = (PROJECT / "docs" / "contribute" / "code.md").read_text(encoding="utf-8")
PROGRAM = PROJECT / "scripts" / "xinyong"


def _rooms() -> list[str]:
    section = MAP.partition("## The rooms")[2].partition("\n## ")[0]
    return [
        room.rstrip("/").removesuffix(".py")
        for room in re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)
    ]


def test_every_room_stands_in_the_map() -> None:
    packages = {path.parent.name for path in PROGRAM.glob("*/__init__.py")}
    modules = {path.stem for path in PROGRAM.glob("*.py")} - {"__init__", "__main__"}

    assert set(_rooms()) == packages | modules


def test_the_rooms_stand_in_the_order_that_the_linter_holds() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    order = [{name.strip() for name in layer.split("|")} for layer in layers if layer != "__main__"]
    rooms = _rooms()

    for layer in order:
        assert {rooms.pop(0) for _ in layer} == layer
    assert rooms == []


def test_every_file_and_folder_that_a_recipe_names_is_there() -> None:
    recipes = MAP.partition("## Step by step")[2]
    named = re.findall(r"`((?:scripts|docs|tests|corpus)/[^`<]*)`", recipes)

    assert len(named) > 15
    assert [name for name in named if not (PROJECT / name).exists()] == []


def test_the_tests_have_a_folder_for_each_package_and_no_other() -> None:
    packages = {path.parent.name for path in PROGRAM.glob("*/__init__.py")}
    folders = {path.name for path in (PROJECT / "tests").iterdir() if any(path.glob("test_*.py"))}
    section = MAP.partition("## The tests")[2].partition("\n## ")[0]
    further = set(re.findall(r"`tests/(\w+)/`", section))

    assert packages <= folders
    assert folders - packages <= further


def test_contributing_leads_to_the_map() -> None:
    assert "docs/contribute/code.md" in (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
