"""A part of a build is made beside the rest, and ends with it whatever happens."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from editing import Project

from support import PROJECT

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or len(os.sched_getaffinity(0)) < 2,
    reason="only on Linux, with two processors, is anything done beside",
)

BEGIN = "import os, signal, time\nfrom xinyong.site.beside import beside\n"


def _said(program: str) -> str:
    """Return what a program of one thread says, and how it ended."""
    ran = subprocess.run(
        [sys.executable, "-c", BEGIN + program],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(PROJECT / "scripts")},
        timeout=60,
        check=False,
    )
    return ran.stdout + "".join(ran.stderr.splitlines()[-1:])


def test_another_process_does_the_work_and_its_value_comes_back() -> None:
    program = """
with beside(lambda: (os.getpid(), {"a": {"b"}}), wanted=True) as done:
    pid, value = done()
print(pid != os.getpid(), value)
"""
    assert _said(program) == "True {'a': {'b'}}\n"


def test_where_nobody_wants_another_process_there_is_none() -> None:
    program = """
with beside(os.getpid, wanted=False) as done:
    print(done() == os.getpid())
"""
    assert _said(program) == "True\n"


def test_what_goes_wrong_beside_is_raised_here() -> None:
    program = """
def work(): raise FileNotFoundError(2, "No such file or directory", "site/data")
with beside(work, wanted=True) as done:
    done()
"""
    assert _said(program) == "FileNotFoundError: [Errno 2] No such file or directory: 'site/data'"


def test_a_process_that_was_killed_is_told_of() -> None:
    program = """
with beside(lambda: os.kill(os.getpid(), signal.SIGKILL), wanted=True) as done:
    done()
"""
    assert _said(program) == "OSError: a process that made a part of it ended with -9"


def test_it_ends_as_soon_as_the_rest_has_failed() -> None:
    program = """
began = time.monotonic()
try:
    with beside(lambda: time.sleep(50), wanted=True):
        raise ValueError
except ValueError:
    print(time.monotonic() - began < 30)
"""
    assert _said(program) == "True\n"


def test_it_dies_with_a_build_that_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    program = f"""
def work():
    open({str(mark)!r}, "w").write(str(os.getpid()))
    time.sleep(50)
with beside(work, wanted=True) as done:
    while not (os.path.exists({str(mark)!r}) and open({str(mark)!r}).read()):
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert _said(program) == ""

    other = Path("/proc", mark.read_text(encoding="utf-8"), "stat")
    while _is_alive(other):
        time.sleep(0.01)


def test_two_processors_give_the_bytes_that_one_gives(tmp_path: Path) -> None:
    project = Project.laid(tmp_path / "project")
    assert project.build("--fresh")[0] == 0
    one = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    program = f"{one}from xinyong.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", program, "site", "--fresh", "--out", "other"],
        cwd=project.folder,
        env=os.environ | {"PYTHONPATH": str(project.folder / "scripts")},
        capture_output=True,
        check=True,
    )

    assert project.files("other") == project.files()


def _is_alive(stat: Path) -> bool:
    try:
        return stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
