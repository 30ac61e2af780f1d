"""A build that is ended, killed, or let down by the machine leaves the old site or the new one."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support import PROJECT, SMALL
from xinyong.cli import signals
from xinyong.cli import site as building

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits are those of POSIX")

PROGRAM = Path(sys.executable).parent / "xinyong"
MOMENTS = 60


def _start(folder: Path, *prefix: str) -> subprocess.Popen[str]:
    """Begin a build of the small corpus in ``folder`` in a group of processes of its own."""
    command = [*prefix, str(PROGRAM), "site", "--corpus", str(SMALL)]
    command += ["--config", str(PROJECT / "mkdocs.yml"), "--out", str(folder / "site")]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        cwd=folder,
    )


def _files(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def folder(tmp_path: Path, built: Path) -> Path:
    """A folder with an older site, which has a page more."""
    shutil.copytree(built, tmp_path / "site")
    mark = tmp_path / "site" / ".xinyong"
    text = mark.read_text(encoding="utf-8").replace('"404.html"', '"404.html", "older.html"')
    mark.write_text(text, encoding="utf-8")
    (tmp_path / "site" / "older.html").write_text("older", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_ended_by_a_signal_it_leaves_the_old_site_and_nothing_over(name: str, folder: Path) -> None:
    old, number = _files(folder / "site"), signal.Signals[name]
    ran = _start(folder)
    assert ran.stdout
    assert ran.stdout.readline().startswith("read")

    os.killpg(ran.pid, number)
    _, message = ran.communicate(timeout=120)

    assert message == f"not built: ended by {name}; {folder / 'site'} is as it was\n"
    assert ran.returncode == 128 + number
    assert _files(folder / "site") == old
    assert [path.name for path in folder.iterdir()] == ["site"]


def test_a_signal_that_is_ignored_stays_so_and_others_are_as_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    hangup = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as 'nohup' begins a program
    try:
        with signals.endable():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) != before
    finally:
        signal.signal(signal.SIGHUP, hangup)

    assert signal.getsignal(signal.SIGTERM) == before


def test_no_signal_is_heard_while_the_site_takes_its_place() -> None:
    with signals.endable(lambda: True):
        os.kill(os.getpid(), signal.SIGTERM)
    with pytest.raises(signals.EndedError), signals.endable():
        os.kill(os.getpid(), signal.SIGTERM)


def test_where_no_file_may_grow_the_old_site_stays_and_a_line_says_why(folder: Path) -> None:
    old = _files(folder / "site")

    ran = _start(folder, "bash", "-c", 'ulimit -f 200; exec "$@"', "-")
    _, message = ran.communicate(timeout=300)

    assert message == (
        "Error: not built: the system refused it (File too large); fix that, and build again; "
        f"{folder / 'site'} is as it was\n"
    )
    assert ran.returncode == 2
    assert _files(folder / "site") == old
    assert [path.name for path in folder.iterdir()] == ["site"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize("more", ["200k", "2m", "6m", "9m"])
def test_on_a_full_disk_the_old_site_stays_and_a_line_says_why(more: str, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={more}", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        (disk / "site").mkdir()
        (disk / "site" / "index.html").write_text("old", encoding="utf-8")
        text = '{"built by": "xinyong", "files": ["index.html"]}'
        (disk / "site" / ".xinyong").write_text(text, encoding="utf-8")

        _, message = (ran := _start(disk)).communicate(timeout=300)

        end = f"the disk is full; free some space; {disk / 'site'} is as it was\n"
        assert message == f"Error: not built: {end}"
        assert ran.returncode == 2
        assert (disk / "site" / "index.html").read_text(encoding="utf-8") == "old"
        assert [path.name for path in disk.iterdir()] == ["site"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_what_a_database_says_of_a_full_disk_is_told_too() -> None:
    error = sqlite3.OperationalError("database or disk is full")

    assert building.failure(error) == "the disk is full; free some space"


@pytest.mark.long
def test_killed_at_any_of_sixty_moments_one_site_is_whole(folder: Path, built: Path) -> None:
    new, old = _files(built), _files(folder / "site")
    began = time.monotonic()
    kept = folder.with_name("kept")
    shutil.copytree(folder / "site", kept)
    ran = _start(folder)
    ran.communicate()
    whole, killed = time.monotonic() - began, 0
    for moment in range(MOMENTS):
        shutil.rmtree(folder / "site")
        shutil.copytree(kept, folder / "site")
        ran = _start(folder)
        # Two thirds of them in the build, the others where the site takes its place.
        time.sleep(whole * (moment / 40 if moment < 40 else 0.9 + (moment - 40) / 100))
        if ran.poll() is None:
            os.killpg(ran.pid, signal.SIGKILL)
        ran.communicate()
        killed += ran.returncode == -signal.SIGKILL

        assert _files(folder / "site") in (old, new), f"mixed at moment {moment}"
    assert killed > MOMENTS // 2

    ran = _start(folder)
    ran.communicate()
    assert ran.returncode == 0
    assert _files(folder / "site") == new
    assert [path.name for path in folder.iterdir()] == ["site"]


@pytest.mark.long
def test_two_builds_at_once_one_waits_and_both_end_well(folder: Path, built: Path) -> None:
    first = _start(folder)
    assert first.stdout
    assert first.stdout.readline().startswith("read")
    second = _start(folder)
    message, _ = second.communicate()
    first.communicate()

    assert (first.returncode, second.returncode) == (0, 0)
    assert f"another build of '{folder / 'site'}' is under way; waiting for its end\n" in message
    assert _files(folder / "site") == _files(built)
    assert [path.name for path in folder.iterdir()] == ["site"]
