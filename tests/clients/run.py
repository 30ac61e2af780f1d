"""Try the built site with the clients that people use, and print what each made of it.

    python tests/clients/run.py [--site FOLDER] [NAME…]

Every module ``try_NAME.py`` beside this file names the packages that it needs in its head (inline
script metadata, https://packaging.python.org/en/latest/specifications/inline-script-metadata/).
It runs in an environment of its own, ``build/clients/NAME``, with their newest versions.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
BUILD = PROJECT / "build" / "clients"
MODULES = {path.stem.removeprefix("try_"): path for path in sorted(HERE.glob("try_*.py"))}

_HEAD = re.compile(r"^# /// script\n((?:#.*\n)+?)# ///$", re.MULTILINE)


def packages(module: Path) -> list[str]:
    """Return the packages that a module names in its head."""
    head = _HEAD.search(module.read_text(encoding="utf-8"))
    assert head, f"{module.name} names no packages"
    text = "\n".join(line.removeprefix("#").strip() for line in head[1].splitlines())
    named: list[str] = tomllib.loads(text)["dependencies"]
    return named


def set_up(name: str, wanted: Sequence[str]) -> Path:
    """Make the environment of a module, with the newest versions; return its Python."""
    folder = BUILD / name
    python = folder / "bin" / "python"
    uv = os.environ.get("UV")
    if not python.exists():
        make = [uv, "venv", "--quiet", "--seed"] if uv else [sys.executable, "-m", "venv"]
        subprocess.run([*make, folder], check=True)
    install = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]
    # An alpha is asked for by name, as in "datasette>=1.0a0".
    subprocess.run([*install, "--quiet", "--upgrade", "pytest", *wanted], check=True)
    return python


def tried(name: str, site: Path, figures: Path) -> bool:
    """Run a module on the built site, with its rows added to ``figures``; return whether all is well."""
    try:
        python = set_up(name, packages(MODULES[name]))
    except subprocess.CalledProcessError as error:
        print(f"{name}: not set up: {error}")
        return False
    # Options written apart would be taken for paths to tests before they are known.
    options = [f"--site={site.resolve()}", f"--figures={figures}"]
    command = [python, "-m", "pytest", "-q", "-c", HERE / "pytest.ini", *options, MODULES[name]]
    return subprocess.run(command, check=False).returncode == 0


def table(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return what was tried as a Markdown table."""
    lines = ["| client | version | tried | right of offered |", "| --- | --- | --- | --- |"]
    lines += [
        "| {client} | {version} | {tried} | {right:,} of {offered:,} |".format(**row)
        for row in rows
    ]
    return "\n".join(lines)


def main() -> int:
    """Try all modules, or those that are named; return 1 if one of them failed."""
    parser = argparse.ArgumentParser(description="Try the built site with clients.")
    parser.add_argument("--site", type=Path, default=PROJECT / "site", help="the built site")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MODULES)}")
    given = parser.parse_args()
    if unknown := sorted({*given.names} - {*MODULES}):
        parser.error(f"there is no {unknown[0]}; there are {', '.join(MODULES)}")
    BUILD.mkdir(parents=True, exist_ok=True)
    figures = BUILD / "figures.jsonl"
    figures.write_text("")
    failed = [name for name in given.names or MODULES if not tried(name, given.site, figures)]
    rows = map(json.loads, figures.read_text(encoding="utf-8").splitlines())
    print(f"\n{table(rows)}")
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
