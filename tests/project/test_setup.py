"""The program sets itself up from its locks alone, and says what to do where it cannot."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from locks import ASKED_FOR, EXTRAS, LOCKS, PYPROJECT, locked, needed, versions
from support import PROJECT, SMALL
from xinyong.cli import extras

DIRECT = {canonicalize_name(Requirement(text).name) for text in ASKED_FOR}


def read(command: Sequence[object], cwd: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command, and return what it said."""
    asked = [str(part) for part in command]
    return subprocess.run(asked, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_one_version_and_its_hashes(name: str) -> None:
    for requirement, hashes in locked(name):
        assert hashes > 0, requirement
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement


def test_the_site_has_the_same_packages_under_every_python_and_system() -> None:
    pins = [pin for pin, _ in locked("requirements.txt")]

    assert [str(pin) for pin in pins if pin.marker] == []


def test_no_package_stands_in_both_locks() -> None:
    site, tests = ({pin.name for pin, _ in locked(name)} for name in LOCKS)

    assert site & tests == set()


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (LOCKS[:1], ASKED_FOR),
        (LOCKS, PYPROJECT["dependency-groups"]["dev"]),
    ],
    ids=["site", "tests"],
)
def test_all_that_is_needed_stands_in_the_lock(names: tuple[str, ...], wanted: list[str]) -> None:
    found = versions(*names)
    for requirement in needed(map(Requirement, wanted), set()):
        version = found.get(canonicalize_name(requirement.name))
        assert version, f"{requirement} is in no lock; run 'make lock'"
        fits = requirement.specifier.contains(version, prereleases=True)
        assert fits, f"{requirement}, and {version} is locked"


def test_what_is_installed_is_what_stands_in_the_locks() -> None:
    installed = {canonicalize_name(found.name): found.version for found in metadata.distributions()}
    ran = read([sys.executable, "-m", "pip", "check"])

    assert installed == versions(*LOCKS)
    assert ran.stdout == "No broken requirements found.\n"


def test_every_module_that_the_program_imports_belongs_to_a_package_that_it_asks_for() -> None:
    owners = metadata.packages_distributions()
    for path in sorted((PROJECT / "scripts" / "xinyong").rglob("*.py")):
        for module in _imported(ast.parse(path.read_text(encoding="utf-8"))):
            if module != "xinyong" and module not in sys.stdlib_module_names:
                named = {canonicalize_name(owner) for owner in owners.get(module, ())}
                assert named & DIRECT, f"{path}: '{module}' is in no dependency of pyproject.toml"


def test_every_module_of_an_extra_is_known_to_the_message_that_names_the_extra() -> None:
    owners = metadata.packages_distributions()
    for extra, modules in extras.EXTRAS.items():
        named = {canonicalize_name(owner) for module in modules for owner in owners[module]}
        asked = {canonicalize_name(Requirement(text).name) for text in EXTRAS[extra]}
        others = {"pyarrow"} if extra == "site" else set()  # the smaller extra brings it too
        assert named == asked - others


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


PYTHON = """#!/bin/sh
# A Python that installs nothing, and notes what it was asked to do.
echo "$*" >> "{log}"
case "$*" in
    *"pip --python .venv/bin/python install"*) exit {installs} ;;
    "-m pip"*) exit {has_pip} ;;
    "-m venv"*) {venv}; exec "{real}" -m venv --without-pip .venv ;;
esac
exec "{real}" "$@"
"""


@dataclass
class Folder:
    """A copy of what setting up needs, and a Python that installs nothing."""

    root: Path

    def python(self, name: str = "python3", **given: object) -> Path:
        """Write a Python of that name which fails as told, and return it."""
        chosen = {
            "installs": 0,
            "has_pip": 0,
            "venv": ":",
            "real": sys.executable,
            "log": self.root / "log",
        } | given
        path = self.root / name
        path.write_text(PYTHON.format_map(chosen), encoding="utf-8")
        path.chmod(0o755)
        return path

    def set_up(self, *locks: str, **environment: object) -> subprocess.CompletedProcess[str]:
        """Set up as the Makefile does."""
        given = {"PYTHON": self.root / "python3", "PATH": os.environ["PATH"]} | environment
        return subprocess.run(
            [self.root / "scripts/set-up", *locks],
            capture_output=True,
            text=True,
            check=False,
            env={name: str(value) for name, value in given.items()},
            timeout=120,
        )

    def installed(self) -> list[str]:
        """Return the calls so far that install something."""
        log = self.root / "log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return [line for line in lines if " install " in line]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A project folder in which nothing is set up, with a blank in its name."""
    root = tmp_path / "a project"
    (root / "scripts").mkdir(parents=True)
    shutil.copy(PROJECT / "scripts/set-up", root / "scripts")
    for name in LOCKS:
        shutil.copy(PROJECT / name, root)
    found = Folder(root)
    found.python()
    return found


FLAGS = "--no-compile --only-binary :all: --disable-pip-version-check -r {} --quiet --no-deps --require-hashes"
INSTALLS = f"-m pip --python .venv/bin/python install {FLAGS}"


def test_a_lock_is_installed_as_it_stands_and_once_only(folder: Folder) -> None:
    first, again, more = folder.set_up(), folder.set_up(), folder.set_up("requirements-test.txt")

    assert first.stdout == "setting up .venv, once; this takes half a minute\n"
    assert again.stdout == ""
    assert more.stdout == "adding what the tests need; this takes a minute\n"
    assert [first.stderr, again.stderr, more.stderr] == ["", "", ""]
    assert folder.installed() == [INSTALLS.format(name) for name in LOCKS]
    assert folder.set_up().stdout == ""


def test_nothing_else_is_ever_installed_by_the_project() -> None:
    files = [PROJECT / "Makefile", PROJECT / ".ci/run", *PROJECT.glob(".github/workflows/*.yml")]
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.search(r"pip3? install|uv add|uv sync|pipx", line):
                assert "--require-hashes" in line, f"{path}: {line}"
                assert "--no-deps" in line, f"{path}: {line}"


def test_uv_does_the_same_in_the_place_of_pip(folder: Folder) -> None:
    uv = folder.python("uv")
    text = uv.read_text(encoding="utf-8").replace('"-m venv"*', "venv*")
    uv.write_text(text.replace("exec", "[ $1 = pip ] || exec"), encoding="utf-8")
    ran = folder.set_up(UV=uv, PYTHON="")

    assert ran.stderr == ""
    venv, install = (folder.root / "log").read_text(encoding="utf-8").splitlines()
    assert venv == "venv --quiet --python >=3.11 .venv"
    assert install == (
        "pip install --python .venv/bin/python --no-build -r requirements.txt --quiet --no-deps --require-hashes"
    )


def broken_off(folder: Folder) -> None:
    (folder.root / ".venv/ready").unlink()


def moved(folder: Folder) -> None:
    folder.root = folder.root.rename(folder.root.parent / "elsewhere")
    folder.python()


def without_its_python(folder: Folder) -> None:
    (folder.root / ".venv/bin/python").unlink()
    (folder.root / ".venv/bin/python").symlink_to("/nowhere/python3")


def locked_anew(folder: Folder) -> None:
    with (folder.root / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("# newer\n")


@pytest.mark.parametrize("change", [broken_off, moved, without_its_python, locked_anew])
def test_what_is_half_made_or_stale_is_made_anew(
    folder: Folder,
    change: Callable[[Folder], None],
) -> None:
    folder.set_up()
    (folder.root / ".venv/left-over").touch()
    change(folder)
    ran = folder.set_up()

    assert (ran.returncode, ran.stderr) == (0, "")
    assert not (folder.root / ".venv/left-over").exists()
    program = (folder.root / ".venv/bin/xinyong").read_text(encoding="utf-8")
    assert f'"{folder.root}/.venv/bin/python"' in program
    assert folder.set_up().stdout == ""


def test_the_program_runs_from_where_it_stands(folder: Folder) -> None:
    folder.set_up()
    package = folder.root / "scripts/xinyong"
    package.mkdir()
    (package / "__init__.py").touch()
    code = "def main(prog_name):\n    print(prog_name, 'runs')\n"
    (package / "cli.py").write_text(code, encoding="utf-8")
    ran = read([folder.root / ".venv/bin/xinyong"], cwd="/")

    assert (ran.stdout, ran.stderr) == ("xinyong runs\n", "")


TOO_OLD = """
Xinyong needs Python 3.11 or newer, and '{}' is {}.
Install it (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python)
or name one that is there, as in: make site PYTHON=/usr/local/bin/python3.13
"""


def old(folder: Folder, name: str) -> Path:
    path = folder.root / name
    code = '#!/bin/sh\ncase "$2" in *exit*) exit 1 ;; esac\nprintf 3.10.13\n'
    path.write_text(code, encoding="utf-8")
    path.chmod(0o755)
    return path


def test_too_old_a_python_is_told(folder: Folder) -> None:
    ran = folder.set_up(PYTHON=old(folder, "python3"))

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == TOO_OLD.format(folder.root / "python3", "3.10.13")


def test_no_python_is_told(folder: Folder) -> None:
    bare = tools(folder)
    ran = folder.set_up(PYTHON="", PATH=bare)

    assert ran.returncode == 1
    assert ran.stderr == TOO_OLD.format("python3", "no Python that runs")


def test_a_newer_python_beside_an_old_one_is_found(folder: Folder) -> None:
    bare = tools(folder)
    old(folder, "python3").rename(bare / "python3")
    folder.python("python3.12").rename(bare / "python3.12")
    ran = folder.set_up(PYTHON="", PATH=bare)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert folder.installed() == [INSTALLS.format("requirements.txt")]


def tools(folder: Folder) -> Path:
    """Return a folder with what a bare system brings, and no Python."""
    bare = folder.root / "tools"
    bare.mkdir()
    for name in ("sh", "dirname", "cat", "cksum", "rm", "chmod"):
        (bare / name).symlink_to(str(shutil.which(name)))
    return bare


NO_VENV = """ensurepip is not available

'{python}' could not make the folder .venv; what it said stands above.
It may lack Python's modules venv and pip (Debian, Ubuntu: apt install python3-venv).
Then run the same command again.
"""
NO_NETWORK = """
Not all of the packages could be installed; what went wrong stands above.
They are fetched from the network: is there a connection? Behind a proxy set HTTPS_PROXY.
Then run the same command again.
"""
FAILING: Mapping[str, tuple[dict[str, object], str]] = {
    "no venv": ({"has_pip": 1, "venv": "echo 'ensurepip is not available'; exit 1"}, NO_VENV),
    "no network": ({"installs": 1}, NO_NETWORK),
}


@pytest.mark.parametrize("failure", FAILING)
def test_what_fails_is_told_and_the_next_try_begins_anew(folder: Folder, failure: str) -> None:
    given, message = FAILING[failure]
    python = folder.python(**given)
    failed = folder.set_up()
    folder.python()
    ran = folder.set_up()

    assert failed.returncode == 1
    assert failed.stderr == message.format(python=python)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_system_without_pip_gets_one_in_the_folder(folder: Folder) -> None:
    noting = "import sys; open('log', 'a').write('in .venv: ' + ' '.join(sys.argv[1:]) + chr(10))"
    made = f'"{sys.executable}" -m venv --without-pip .venv; cd .venv/lib/python3*/site-packages'
    folder.python(has_pip=1, venv=f'{made}; echo "{noting}" > pip.py; exit')
    ran = folder.set_up()

    assert (ran.returncode, ran.stderr) == (0, "")
    assert folder.installed() == [f"in .venv: install {FLAGS.format('requirements.txt')}"]


@pytest.mark.long
def test_a_newcomer_with_the_oldest_pip_builds_a_starting_corpus(tmp_path: Path) -> None:
    project = tmp_path / "project"
    kept = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("scripts", "docs"):
        shutil.copytree(PROJECT / name, project / name, ignore=kept)
    for name in ("Makefile", "pyproject.toml", "mkdocs.yml", "CITATION.cff", *LOCKS):
        shutil.copy(PROJECT / name, project)
    shutil.copytree(SMALL, project / "corpus")
    environment = os.environ | {"PYTHON": str(_oldest(tmp_path)), "UV": ""}
    ran = subprocess.run(
        ["make", "--no-print-directory", "site"],
        cwd=project, capture_output=True, text=True, check=False, env=environment, timeout=900,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (project / "site/programs/sesame-credit/index.html").is_file()
    listing = "print({d.name: d.version for d in metadata.distributions()})"
    python = project / ".venv/bin/python"
    found = ast.literal_eval(
        read([python, "-c", f"from importlib import metadata; {listing}"]).stdout
    )
    installed = {canonicalize_name(name): version for name, version in found.items()}
    assert installed == versions("requirements.txt")


def _oldest(folder: Path) -> Path:
    """Return a Python with the pip of Debian 12; with its own where that one does not run."""
    for wanted in ("pip==23.0.1", "pip"):
        python = folder / wanted / "bin/python"
        subprocess.run([sys.executable, "-m", "venv", folder / wanted], check=True)
        command = [python, "-m", "pip", "install", "--quiet", "--no-deps", wanted]
        subprocess.run(command, check=False, capture_output=True)
        if read([python, "-m", "pip", "--version"]).returncode == 0:
            return python
    pytest.fail("this Python brings no pip")
