"""What a system does to a program: full disks, small limits, old terminals, odd names, an end."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support import SMALL, Lay, git, run
from xinyong.cli import files
from xinyong.cli.shared import trouble

PROGRAM = Path(sys.executable).parent / "xinyong"
LOOSE = "name:   {en: A}\n" + "# a comment\n" * 200
ALONE = {"PYTHONDONTWRITEBYTECODE": "1"}
"""A limit on files would cut the compiled modules that later tests load."""

ODD = os.fsdecode(b"caf\xe9.yml")


def shell(
    *args: str | bytes,
    out: int = subprocess.PIPE,
    limit: tuple[int, int] | None = None,
    **more: str,
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, with a limit of the system and more in its
    environment.
    """

    def limited() -> None:
        if limit:
            resource.setrlimit(limit[0], (limit[1], limit[1]))

    return subprocess.run(
        [PROGRAM, *args],
        stdout=out,
        stderr=subprocess.PIPE,
        env=os.environ | ALONE | more,
        preexec_fn=limited,
        check=False,
    )


def one_line(ran: subprocess.CompletedProcess[bytes]) -> str:
    """Return the one line that a failed command said."""
    message = ran.stderr.decode()
    assert message.count("\n") == 1, message
    return message.rstrip("\n")


@pytest.mark.parametrize(
    "args",
    [
        ["fmt", "corpus/terms/loose.yml"],
        ["import", "refs.bib", "--merge"],
        ["new", "terms", "other", "--no-ask", "--name-en", "long " * 500],
        ["schema", "--write"],
    ],
    ids=lambda args: args[0],
)
def test_no_command_leaves_half_a_file_where_no_more_can_be_written(
    args: list[str], lay: Lay
) -> None:
    long = "Press " * 80
    given = {
        "title": "Open Sesame",
        "url": "https://www.example.org/open-sesame",
        "journaltitle": "W",
        "publisher": long,
    }
    entry = f"@online{{k, {', '.join(f'{name}={{{text}}}' for name, text in given.items())}}}"
    root = lay({"corpus/terms/loose.yml": LOOSE, "refs.bib": entry})
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    ran = shell(*args, limit=(resource.RLIMIT_FSIZE, 512))

    assert ran.returncode == 2
    assert one_line(ran).startswith("Error: 'corpus/")
    assert (
        "cannot be read or written: File too large; raise the limit of a file's size (ulimit -f)"
        in one_line(ran)
    )
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_kill_while_a_record_is_written_leaves_the_old_one(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = lay({"corpus/terms/loose.yml": LOOSE}) / "terms" / "loose.yml"

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", killed)
    ran = run("fmt", str(file))

    assert (ran.output, ran.status) == ("\nended by Ctrl-C\n", 130)
    assert file.read_text() == LOOSE
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


def test_one_file_that_cannot_be_written_stops_no_other(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay({"corpus/terms/a.yml": LOOSE, "corpus/terms/b.yml": LOOSE})
    written = files.replace

    def refuse(path: Path, text: str) -> None:
        if path.name == "a.yml":
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        written(path, text)

    monkeypatch.setattr(files, "replace", refuse)
    ran = run("fmt", "corpus/terms/a.yml", "corpus/terms/b.yml")

    assert ran.status == 2
    assert ran.output == (
        "Error: 'corpus/terms/a.yml' cannot be read or written: Read-only file system; "
        "make it so, or name another place\n"
        "2 records: 1 laid out anew, 0 unreadable, 1 out of reach\n"
    )


def test_permissions_stay_and_links_are_not_replaced(lay: Lay, tmp_path: Path) -> None:
    root = lay({"corpus/terms/loose.yml": LOOSE, "elsewhere.json": "{}"})
    file, link = root / "terms" / "loose.yml", root / "schema" / "cities.schema.json"
    file.chmod(0o640)
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(tmp_path / "elsewhere.json")

    assert run("fmt", str(file)).status == 0
    assert file.stat().st_mode & 0o777 == 0o640
    ran = run("schema", "--write")
    assert ran.status == 2
    assert (
        "'corpus/schema/cities.schema.json' is a symbolic link, and nothing is written through one; put"
        in ran.output
    )
    assert (tmp_path / "elsewhere.json").read_text() == "{}"
    assert link.is_symlink()


def test_a_file_is_made_whole_and_only_where_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.create(tmp_path / "a.yml", "one\n")
    with pytest.raises(FileExistsError) as found:
        files.create(tmp_path / "a.yml", "other\n")
    assert found.value.filename == str(tmp_path / "a.yml")

    def unknown(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", unknown)
    files.create(tmp_path / "b.yml", "two\n")
    with pytest.raises(FileExistsError):
        files.create(tmp_path / "b.yml", "other\n")

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a.yml": "one\n",
        "b.yml": "two\n",
    }


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            (
                "a file or the output cannot be read or written: No space left on device; "
                "make room on the disk, and run the command again"
            ),
        ),
        (
            OSError(errno.EMFILE, "Too many open files", "a.yml"),
            (
                "'a.yml' cannot be read or written: Too many open files; "
                "close other programs, or raise the limit of open files (ulimit -n)"
            ),
        ),
        (
            OSError(errno.ENAMETOOLONG, "File name too long", b"a\xff"),
            "'a\ufffd' cannot be read or written: File name too long; choose a shorter name",
        ),
        (
            OSError("odd"),
            "a file or the output cannot be read or written: odd; make it so, or name another place",
        ),
    ],
)
def test_every_trouble_of_the_system_is_a_sentence(error: OSError, shown: str) -> None:
    assert trouble(error) == shown


@pytest.mark.parametrize("args", [["check"], ["export", "csl"]], ids=str)
def test_output_that_cannot_be_written_is_said_in_one_line(args: list[str], lay: Lay) -> None:
    lay({})
    with Path("/dev/full").open("wb") as full:
        ran = shell(*args, out=full.fileno())

    assert ran.returncode == 2
    assert one_line(ran) == (
        "Error: a file or the output cannot be read or written: No space left on device; "
        "make room on the disk, and run the command again"
    )


def test_nobody_who_reads_on_is_no_trouble(lay: Lay) -> None:
    lay({})
    read, write = os.pipe()
    os.close(read)
    ran = shell("export", "csl", out=write)
    os.close(write)

    assert ran.stderr == b""


@pytest.mark.parametrize(
    ("number", "shown"),
    [(signal.SIGINT, "ended by Ctrl-C"), (signal.SIGTERM, "ended, as it was asked to (SIGTERM)")],
)
def test_who_ends_a_command_gets_one_line(
    number: signal.Signals, shown: str, lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay({"corpus/terms/loose.yml": LOOSE})
    monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), number))

    ran = run("fmt", "corpus/terms/loose.yml")

    assert (ran.output.strip(), ran.status) == (shown, 128 + number)
    assert Path("corpus/terms/loose.yml").read_text() == LOOSE
    assert list(Path("corpus/terms").glob(".*")) == []


def test_git_that_fails_is_a_sentence(lay: Lay) -> None:
    root = lay({})
    git(root.parent, "init", "--quiet")
    git(root.parent, "add", "--all")
    git(root.parent, "commit", "--quiet", "--message", "first")
    for pack in (root.parent / ".git" / "objects").glob("??"):
        for blob in pack.iterdir():
            blob.chmod(0o600)
            blob.write_bytes(b"damaged")

    ran = shell("diff", "HEAD")

    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr


LEGACY = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii:strict"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


@pytest.mark.parametrize(
    ("form", "environment"),
    [("csl", LEGACY[0]), ("bibtex", LEGACY[1]), ("ris", LEGACY[2])],
    ids=str,
)
def test_an_export_is_utf_8_whatever_the_terminal_is(
    form: str, environment: dict[str, str]
) -> None:
    ran = shell("export", form, "--corpus", str(SMALL), **environment)

    assert ran.stderr == b""
    assert ran.stdout.decode() == run("export", form, "--corpus", str(SMALL)).output
    assert "最高人民法院" in ran.stdout.decode()


@pytest.mark.parametrize(
    ("args", "environment"),
    [
        (["check"], LEGACY[0]),
        (["fmt", f"corpus/terms/{ODD}"], LEGACY[2]),
        (["cite", "失信"], LEGACY[1]),
    ],
    ids=str,
)
def test_messages_are_never_an_error(
    args: list[str], environment: dict[str, str], lay: Lay
) -> None:
    lay(
        {
            "corpus/terms/a.yml": "name: {en: 失信}\nlayrs: 失信\n",
            f"corpus/terms/{ODD}": "name: x\n",
        }
    )

    ran = shell(*args, **environment)

    assert b"Traceback" not in ran.stderr, ran.stderr.decode()
    assert ran.returncode in (0, 1)
    ran.stdout.decode()


def test_a_terminal_that_knows_no_chinese_gets_escapes(lay: Lay) -> None:
    lay({"corpus/terms/a.yml": "失信: x\n"})
    primary, secondary = os.openpty()
    ran = shell("check", out=secondary, PYTHONIOENCODING="cp1252", NO_COLOR="1")
    os.close(secondary)
    message = os.read(primary, 100_000)
    os.close(primary)

    assert ran.stderr == b""
    assert rb"\u5931\u4fe1" in message


@pytest.mark.parametrize("form", ["text", "github", "json", "sarif"])
def test_a_file_name_that_is_not_utf_8_is_told_in_every_form(form: str, lay: Lay) -> None:
    lay({f"corpus/terms/{ODD}": "name: x\n"})

    ran = run("check", "--format", form)

    assert ran.status == 1
    message = ran.output
    if form == "sarif":
        (result,) = json.loads(message)["runs"][0]["results"]
        assert (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            == "corpus/terms/caf%E9.yml"
        )
    else:
        assert "corpus/terms/caf\ufffd.yml" in message


@pytest.mark.parametrize(
    "args",
    [
        ["check", "X"], ["check", "--corpus", "X"], ["check", "--changed", "X"], ["fmt", "X"], ["explain", "X"],
        ["new", "terms", "X"], ["new", "X", "a"], ["new", "terms", "a", "--no-ask", "--name-en", "X"],
        ["new", "terms", "a", "--no-ask", "--set", "X=X"], ["new", "terms", "a", "--no-ask", "--set", "domain=X"],
        ["import", "X"], ["import", "refs.bib", "--corpus", "X"], ["cite", "X"], ["cite", "--json", "X"],
        ["history", "X"], ["diff", "X"], ["diff", "HEAD", "X"], ["diff", "HEAD", "--files", "X"], ["X"],
        ["export", "csl", "--out", "X/y"], ["export", "json", "--out", "X"], ["export", "X"],
        ["export", "csl", "--site-url", "X"],
        ["schema", "--write", "--corpus", "X"], ["links", "X"], ["site", "--config", "X"], ["stats", "--corpus", "X"],
        ["serve", "--address", "X"], ["addresses", "--corpus", "X"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_argument_that_is_not_utf_8_ends_in_a_traceback(args: list[str], lay: Lay) -> None:
    root = lay(
        {"refs.bib": "@book{a, title={A}}", "mkdocs.yml": "site_url: https://example.org/\n"}
    )
    git(root.parent, "init", "--quiet")
    git(root.parent, "add", "--all")
    git(root.parent, "commit", "--quiet", "--message", "first")

    ran = run(*(arg.replace("X", os.fsdecode(b"\xff\n")) for arg in args))

    assert ran.status in (0, 1, 2)
    ran.output.encode()
