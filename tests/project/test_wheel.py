"""The built wheel alone, beside what it asks for without an extra, reads the data and types them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from locks import PYPROJECT, needed
from support import PROJECT, SMALL
from xinyong.cli.extras import EXTRAS

MOST = 60_000_000
"""How many bytes the program and all that it asks for may take, half a year of growth foreseen."""


def ran(command: list[object], cwd: Path) -> str:
    """Run a command, and return what it printed; it has to succeed."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def asked_for() -> Iterator[str]:
    """Yield the lines of the lock that a wheel without extras needs, with their hashes."""
    base = map(Requirement, PYPROJECT["project"]["dependencies"])
    wanted = {canonicalize_name(requirement.name) for requirement in needed(base, set())}
    text = (PROJECT / "requirements.txt").read_text(encoding="utf-8")
    for entry in text.replace("\\\n", "").splitlines():
        if not entry.startswith("#") and canonicalize_name(entry.partition("==")[0]) in wanted:
            yield entry


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the project."""
    copy = tmp_path_factory.mktemp("project")
    shutil.copytree(
        PROJECT / "scripts",
        copy / "scripts",
        ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"),
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, copy)
    build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "."]
    ran([sys.executable, *build], copy)
    (wheel,) = copy.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def alone(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the project whose ``venv`` has the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("alone")
    ran([sys.executable, "-m", "venv", "venv"], folder)
    (folder / "lock.txt").write_text("\n".join(asked_for()), encoding="utf-8")
    install = [folder / "venv/bin/python", "-m", "pip", "install", "--quiet", "--no-deps"]
    ran([*install, "--only-binary", ":all:", "--require-hashes", "-r", "lock.txt"], folder)
    ran([*install, "--no-index", built], folder)
    shutil.copytree(SMALL, folder / "corpus")
    data = folder / "published"
    ran([Path(sys.executable).parent / "xinyong", "export", "all", "--out", data], folder)
    return folder


PROGRAM = """
import sys
from pathlib import Path

import xinyong

checkout = xinyong.load("corpus")
published = xinyong.load(Path("published") / "data")
assert [*checkout] == [*published]
for id_, record in published.items():
    same = checkout[id_]
    assert record.facts == same.facts
    assert record.data == same.data
    assert (record.name, record.name_zh, record.name_pinyin) == (same.name, same.name_zh, same.name_pinyin)
    assert (record.names_also, record.summary) == (same.names_also, same.summary)
    for name in ("links", "linked_from", "cites", "cited_by"):
        assert [*map(repr, getattr(record, name))] == [*map(repr, getattr(same, name))]
for record in published.of_kind("citations"):
    for form in ("bibtex", "ris", "csl"):
        assert record.reference(form) == checkout[record.id].reference(form)
try:
    xinyong.load(Path("published"), sha256="0" * 64)
except xinyong.LoadError as error:
    print(error)
print(len(published), published.edition.version)
"""


@pytest.mark.long
def test_the_wheel_alone_reads_the_data(alone: Path) -> None:
    python = alone / "venv/bin/python"
    (alone / "program.py").write_text(PROGRAM, encoding="utf-8")

    assert ran([python, "-m", "pip", "check"], alone) == "No broken requirements found.\n"
    assert ran([python, "program.py"], alone).splitlines()[1].startswith("14 ")
    assert ran([python, "-m", "xinyong", "check"], alone) == "14 records: no problems\n"
    absent = (
        f"import importlib.util as u; print([m for m in {sorted(modules())} if u.find_spec(m)])"
    )
    assert ran([python, "-c", absent], alone) == "[]\n"


def modules() -> set[str]:
    return {module for extra in EXTRAS.values() for module in extra}


@pytest.mark.long
def test_the_wheel_and_what_it_asks_for_are_small(alone: Path) -> None:
    (packages,) = alone.glob("venv/lib/python3*/site-packages")
    own = [
        path for path in packages.iterdir() if path.name.split("-")[0] not in ("pip", "setuptools")
    ]
    files = [path for folder in own for path in (folder, *folder.rglob("*")) if path.is_file()]
    size = sum(path.stat().st_size for path in files if path.suffix != ".pyc")

    assert size < MOST


@pytest.mark.long
def test_the_wheel_brings_its_types_and_its_licence(built: Path) -> None:
    with zipfile.ZipFile(built) as wheel:
        names = wheel.namelist()
        (described,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        said = wheel.read(described).decode().splitlines()

    assert "xinyong/py.typed" in names
    assert [line for line in said if line.startswith("Provides-Extra: ")] == [
        f"Provides-Extra: {extra}" for extra in EXTRAS
    ]
    assert [name for name in names if name.endswith("/LICENSE")]
    assert not [name for name in names if name.startswith("tests/")]
