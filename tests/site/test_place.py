"""Where a site may be put, and that the old one or the new one stands there whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support import OLD_SITE, PROJECT, Lay, run
from xinyong.site import place, workshop
from xinyong.site.place import PlaceError

CONFIG = PROJECT / "mkdocs.yml"
NOBODY = 65534
ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount, and be somebody else")
NEVER = "which no site replaces; name another folder with --out"


def _put(out: Path, text: str = "new") -> list[str]:
    """Put a small site at a place; return what was told."""
    expected: list[str] = []
    with workshop.opened(out, expected.append) as work:
        (work.folder / "a").mkdir()
        for name in ("index.html", "a/index.html"):
            (work.folder / name).write_text(text, encoding="utf-8")
        place.mark(work.folder)
        work.put()
    return expected


def _tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _is(out: Path, text: str) -> bool:
    return {name: data.decode() for name, data in _tree(out).items() if name != place.MARK} == {
        "index.html": text,
        "a/index.html": text,
    }


@pytest.fixture
def project(lay: Lay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a home of its own, with work in it that nobody has saved elsewhere."""
    home = tmp_path / "home" / "project"
    home.mkdir(parents=True)
    lay({})
    (tmp_path / "corpus").rename(home / "corpus")
    files = {
        "mkdocs.yml": CONFIG.read_text(encoding="utf-8"),
        "docs/index.md": "# Home\n",
        ".git/config": "",
        "my/thesis.txt": "thesis",
        "me/letter.txt": "dear",
        "copied/thesis.txt": "thesis",
        "copied/.xinyong": OLD_SITE["site/.xinyong"],
        "copied/index.html": "",
        "worktree/.git": "gitdir: elsewhere",
        "worktree/.xinyong": OLD_SITE["site/.xinyong"],
        "listed/.xinyong": "[1]",
        "listed/a.html": "",
        "many/.xinyong": OLD_SITE["site/.xinyong"],
        **{f"many/{n}.txt": "" for n in range(5)},
    }
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    (home / "folders" / "inside").mkdir(parents=True)
    (home / "to-docs").symlink_to("docs")
    (home / "to-file").symlink_to("mkdocs.yml")
    (home / "ring").symlink_to("ring")
    monkeypatch.chdir(home)
    monkeypatch.setenv("HOME", str(home / "me"))
    return home


ANOTHER = "or name another folder with --out"
FOREIGN = f"is not empty and was not built by xinyong; delete it if nobody needs it, {ANOTHER}"
MOVE = f"move it elsewhere (what belongs to the site stands in docs), {ANOTHER}"
ADDED = "holds what xinyong did not put there"


@pytest.mark.parametrize(
    ("out", "shown"),
    [
        (".", f"'.' is the project's folder, {NEVER}"),
        ("..", f"'..' holds the project's folder, {NEVER}"),
        ("/", f"'/' holds the project's folder, {NEVER}"),
        ("corpus", f"'corpus' is the corpus, {NEVER}"),
        ("my/../corpus", f"'my/../corpus' is the corpus, {NEVER}"),
        ("corpus/cities", f"'corpus/cities' lies in the corpus, {NEVER}"),
        ("corpus/new", f"'corpus/new' lies in the corpus, {NEVER}"),
        ("docs", f"'docs' is the folder of the hand-written pages, {NEVER}"),
        ("to-docs", f"'to-docs' is the folder of the hand-written pages, {NEVER}"),
        ("docs/new", f"'docs/new' lies in the folder of the hand-written pages, {NEVER}"),
        (".git/new", f"'.git/new' lies in the folder of git, {NEVER}"),
        ("my", f"'my' {FOREIGN}"),
        ("folders", f"'folders' {FOREIGN}"),
        ("listed", f"'listed' {FOREIGN}"),
        ("copied", f"'copied' {ADDED}: 'thesis.txt'; {MOVE}"),
        ("worktree", f"'worktree' {ADDED}: '.git'; {MOVE}"),
        (
            "many",
            f"'many' {ADDED}: '0.txt', '1.txt', '2.txt' and 2 more; {MOVE}",
        ),
        ("ring", "'ring' is no folder; name another place with --out"),
        ("/dev/null", "'/dev/null' is no folder; name another place with --out"),
        ("mkdocs.yml", "Directory 'mkdocs.yml' is a file."),
        ("to-file", "Directory 'to-file' is a file."),
        ("mkdocs.yml/site", "is no folder; name another place with --out"),
        ("x" * 300, "cannot be read or written (File name too long)"),
        ("me", f"'me' is your home folder, {NEVER}"),
    ],
)
def test_a_folder_that_is_no_site_is_refused_at_once(out: str, shown: str, project: Path) -> None:
    before = _tree(project.parent)

    ran = run("site", "--out", out)

    assert ran.status == 2
    assert shown in ran.output
    assert "check " not in ran.output
    assert _tree(project.parent) == before
    assert not list(project.parent.rglob(".*-build"))


def test_a_missing_or_empty_folder_and_a_site_of_our_own_are_replaced(tmp_path: Path) -> None:
    out = tmp_path / "a" / "site"

    _put(out, "one")
    assert _is(out, "one")
    (out / ".DS_Store").write_bytes(b"what a file manager leaves")
    _put(out, "two")
    assert _is(out, "two")

    (tmp_path / "empty").mkdir()
    _put(tmp_path / "empty", "three")
    assert _is(tmp_path / "empty", "three")
    assert sorted(path.name for path in tmp_path.rglob("*site*")) == ["site"]


def test_what_is_added_while_the_site_is_built_is_not_lost(tmp_path: Path) -> None:
    out = tmp_path / "site"
    _put(out, "old")

    with workshop.opened(out, str) as work:
        (out / "notes.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(PlaceError, match=r"'notes\.txt'"):
            work.put()

    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_failure_leaves_the_old_site_and_no_folder_that_was_made(tmp_path: Path) -> None:
    _put(tmp_path / "site", "old")
    for out in (tmp_path / "site", tmp_path / "x" / "y" / "site"):
        with pytest.raises(OSError, match="full"):
            _fail(out)

    assert _is(tmp_path / "site", "old")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def _fail(out: Path) -> None:
    with workshop.opened(out, str) as work:
        (work.folder / "half").write_text("x", encoding="utf-8")
        raise OSError("full")


@pytest.mark.parametrize("there", [True, False])
def test_behind_a_link_the_site_arrives_and_the_link_stays(there: bool, tmp_path: Path) -> None:
    if there:
        (tmp_path / "www").mkdir()
    (tmp_path / "project").mkdir()
    out = tmp_path / "project" / "site"
    out.symlink_to("../www")

    for text in ("one", "two"):
        _put(out, text)
        assert _is(tmp_path / "www", text)

    assert out.readlink() == Path("../www")
    assert [path.name for path in tmp_path.iterdir()] in (["www", "project"], ["project", "www"])
    assert [path.name for path in out.parent.iterdir()] == ["site"]


@contextmanager
def _mounted(*command: str) -> Iterator[None]:
    ran = subprocess.run(["mount", *command], capture_output=True, text=True, check=False)
    if ran.returncode:
        pytest.skip(f"this machine lets nobody mount: {ran.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", command[-1]], check=True)


@ROOT
@pytest.mark.parametrize("kind", ["another file system", "the same file system"])
def test_on_a_mount_point_the_content_is_exchanged(kind: str, tmp_path: Path) -> None:
    out, real = tmp_path / "site", tmp_path / "real"
    out.mkdir()
    real.mkdir()
    ways = {
        "another file system": ("-t", "tmpfs", "tmpfs", str(out)),
        "the same file system": ("--bind", str(real), str(out)),
    }

    with _mounted(*ways[kind]):
        here = out.stat().st_ino
        for text in ("one", "two"):
            _put(out, text)
            assert _is(out, text)
        assert out.stat().st_ino == here

    assert sorted(path.name for path in tmp_path.iterdir()) == ["real", "site"]


@ROOT
def test_a_read_only_target_is_told_before_any_work(lay: Lay, tmp_path: Path) -> None:
    lay({"disk/.keep": ""})
    with _mounted("-t", "tmpfs", "-o", "ro", "tmpfs", str(tmp_path / "disk")):
        for out, named in (("disk", "disk"), ("disk/site", tmp_path / "disk")):
            ran = run("site", "--config", str(CONFIG), "--out", out)

            assert ran.status == 2
            assert ran.output.endswith(
                f"Error: '{named}' cannot be written (its file system is read-only); "
                "make it writable, or name another folder with --out\n"
            )


@contextmanager
def _as_nobody() -> Iterator[None]:
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that everybody reaches, in which root has a folder and nobody too."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    for name in ("roots", "nobodys"):
        (folder / name).mkdir(mode=0o755)
    os.chown(folder / "nobodys", NOBODY, NOBODY)
    yield folder
    shutil.rmtree(folder)


@ROOT
def test_a_folder_beside_which_nothing_can_be_written_gets_its_site(shared: Path) -> None:
    with _as_nobody():
        for text in ("one", "two"):
            _put(shared / "nobodys", text)
            assert _is(shared / "nobodys", text)

    assert sorted(path.name for path in shared.iterdir()) == ["nobodys", "roots"]


@ROOT
def test_what_belongs_to_somebody_else_is_told_with_its_owner(shared: Path) -> None:
    way = "make it writable, or name another folder with --out"
    roots = shared / "roots"
    with _as_nobody(), pytest.raises(PlaceError) as expected:
        _put(roots)
    assert str(expected.value) == f"'{roots}' cannot be written (it belongs to root); {way}"
    with _as_nobody(), pytest.raises(PlaceError) as expected:
        _put(roots / "new")
    assert str(expected.value) == f"'{roots}' cannot be written (it belongs to root); {way}"

    site = shared / "nobodys" / "site"
    with _as_nobody():
        _put(site, "old")
    os.chown(site / "a", 0, 0)  # as a build in a container leaves it
    with _as_nobody(), pytest.raises(PlaceError) as expected:
        _put(site)
    assert str(expected.value) == f"'{site / 'a'}' cannot be written (it belongs to root); {way}"
    assert _is(site, "old")
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_second_build_waits_and_says_so_and_leaves_the_first_alone(tmp_path: Path) -> None:
    out, expected = tmp_path / "site", threading.Event()
    second = threading.Thread(target=lambda: _put_telling(out, expected))

    with workshop.opened(out, str) as first:
        (first.folder / "index.html").write_text("first", encoding="utf-8")
        workshop.repair(out)
        second.start()
        assert expected.wait(60)
        assert (first.folder / "index.html").read_text(encoding="utf-8") == "first"
        place.mark(first.folder)
        first.put()
        assert (out / "index.html").read_text(encoding="utf-8") == "first"
    second.join(60)

    assert _is(out, "second")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def _put_telling(out: Path, expected: threading.Event) -> None:
    def tell(shown: str) -> None:
        assert shown == f"another build of '{out}' is under way; waiting for its end"
        expected.set()

    with workshop.opened(out, tell) as work:
        (work.folder / "a").mkdir()
        for name in ("index.html", "a/index.html"):
            (work.folder / name).write_text("second", encoding="utf-8")
        place.mark(work.folder)
        work.put()


def test_a_folder_of_the_workshops_name_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    work = tmp_path / ".site-build"
    work.mkdir()
    (work / "thesis.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(PlaceError) as expected:
        _put(tmp_path / "site")
    workshop.repair(tmp_path / "site")

    message = f"'{work}' is needed for building and is not empty; move it elsewhere"
    assert str(expected.value) == message
    assert [path.name for path in work.iterdir()] == ["thesis.txt"]


LONG = pytest.mark.long


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only POSIX kills at a step")
@pytest.mark.parametrize(
    "way",
    [
        "exchange",
        "renames",
        pytest.param("pieces", marks=LONG),
        pytest.param("copies", marks=LONG),
    ],
)
def test_killed_at_any_step_the_next_run_puts_all_right(way: str, tmp_path: Path) -> None:
    program = Path(__file__).with_name("killing.py")
    command = [sys.executable, str(program), way, str(tmp_path)]

    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert int(ran.stdout) > 40, "so many steps at least it takes"


def test_links_and_serve_put_a_site_right_that_a_killed_run_left(lay: Lay, tmp_path: Path) -> None:
    lay({})
    _put(tmp_path / "site", "old")
    (tmp_path / ".site-build").mkdir()
    (tmp_path / "site").rename(tmp_path / ".site-build" / "old")

    ran = run("links", "--config", str(CONFIG), "site")

    assert "there is no built site" not in ran.output
    assert _is(tmp_path / "site", "old")
    assert not (tmp_path / ".site-build").exists()
