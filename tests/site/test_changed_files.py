"""What has to be published: the files that differ from those of the site before."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from support import run

OLD = {
    "index.html": "home",
    "terms/x/index.html": "as it was",
    "terms/gone/index.html": "to be renamed",
    "data/a table.csv": "1",
}
NEW = {
    "index.html": "home",
    "terms/x/index.html": "as it is",
    "terms/信用/index.html": "was renamed",
    "data/a table.csv": "2",
}
UPLOADS = "data/a table.csv\nterms/x/index.html\nterms/信用/index.html\n"
COUNTS = "1 added, 2 changed, 1 removed, 1 as they were\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an old site and a new one."""
    for name, files in (("old", OLD), ("new", NEW)):
        for path, text in files.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        mark = tmp_path / name / ".xinyong"
        mark.write_text(f'{{"built by": "xinyong", "files": ["{name}"]}}', encoding="utf-8")
    return tmp_path


def _changed(folder: Path, *options: str, old: str = "old") -> str:
    ran = run("changed", str(folder / old), str(folder / "new"), *options)
    assert ran.status == 0, ran.output
    return ran.output


def _sums(site: Path, start: str = "") -> str:
    """Write a list as sha256sum does."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name != ".xinyong")
    return "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {start}{file.relative_to(site)}\n"
        for file in files
    )


def test_every_file_that_differs_is_told_with_what_became_of_it(folder: Path) -> None:
    assert _changed(folder) == (
        "changed\tdata/a table.csv\n"
        "removed\tterms/gone/index.html\n"
        "changed\tterms/x/index.html\n"
        "added\tterms/信用/index.html\n" + COUNTS
    )


def test_paths_to_upload_and_to_delete_stand_alone(folder: Path) -> None:
    assert _changed(folder, "--show", "upload") == UPLOADS + COUNTS
    assert _changed(folder, "--show", "delete") == "terms/gone/index.html\n" + COUNTS


@pytest.mark.parametrize("address", ["https://example.org/xinyong/", "https://example.org/xinyong"])
def test_a_cache_is_told_the_addresses_whose_files_it_may_hold(folder: Path, address: str) -> None:
    assert _changed(folder, "--purge", address) == (
        "https://example.org/xinyong/data/a%20table.csv\n"
        "https://example.org/xinyong/terms/gone/\n"
        "https://example.org/xinyong/terms/x/\n" + COUNTS
    )


def test_the_home_page_has_the_address_of_the_site(folder: Path) -> None:
    (folder / "new" / "index.html").write_text("another home", encoding="utf-8")

    assert _changed(folder, "--purge", "https://example.org/").splitlines()[1] == (
        "https://example.org/"
    )


def test_a_file_counts_by_what_it_holds_not_by_its_time(folder: Path) -> None:
    shutil.rmtree(folder / "new")
    shutil.copytree(folder / "old", folder / "new", copy_function=shutil.copyfile)

    assert _changed(folder) == "0 added, 0 changed, 0 removed, 4 as they were\n"


def test_a_list_stands_for_a_site_that_is_not_kept(folder: Path) -> None:
    (folder / "none.txt").touch()
    first = _changed(folder, "--list", str(folder / "files.txt"), old="none.txt")
    again = _changed(folder, old="files.txt")

    assert first.endswith("4 added, 0 changed, 0 removed, 0 as they were\n")
    assert again == "0 added, 0 changed, 0 removed, 4 as they were\n"
    assert (folder / "files.txt").read_text(encoding="utf-8") == _sums(folder / "new")


def test_a_list_takes_the_place_of_the_one_that_was_read(folder: Path) -> None:
    files = folder / "files.txt"
    files.write_text(_sums(folder / "old"), encoding="utf-8")

    assert _changed(folder, "--list", str(files), old="files.txt").endswith(COUNTS)
    assert files.read_text(encoding="utf-8") == _sums(folder / "new")


@pytest.mark.parametrize("start", ["", "./"])
def test_a_list_of_sha256sum_is_read(folder: Path, start: str) -> None:
    (folder / "sums.txt").write_text(_sums(folder / "old", start), encoding="utf-8")

    assert _changed(folder, old="sums.txt").endswith(COUNTS)


@pytest.mark.parametrize(
    "line",
    [
        "terms/x/index.html",
        f"{'0' * 63}  short",
        f"{'0' * 64}  ../elsewhere",
        f"{'0' * 64}  /etc/passwd",
        f"{'0' * 64}  with\x1b[31m colour",
    ],
)
def test_a_list_that_is_none_is_refused(folder: Path, line: str) -> None:
    (folder / "sums.txt").write_text(f"{'0' * 64}  a\n{line}\n", encoding="utf-8")
    ran = run("changed", str(folder / "sums.txt"), str(folder / "new"))

    assert ran.status == 2
    assert ran.output.splitlines()[-1] == (
        f"Error: '{folder}/sums.txt': line 2 is no SHA-256 with a path; "
        "make the list with --list or sha256sum"
    )


def test_what_is_not_there_is_said_with_what_to_name(folder: Path) -> None:
    nothing = run("changed", str(folder / "nowhere"), str(folder / "new"))
    no_site = run("changed", str(folder / "old"), str(folder))

    assert (nothing.status, no_site.status) == (2, 2)
    assert nothing.output.splitlines()[-1] == (
        f"Error: there is no '{folder}/nowhere'; name the folder of the old site, "
        "a list of its files, or an empty file for the first publication"
    )
    assert no_site.output.splitlines()[-1] == (
        f"Error: there is no built site in '{folder}'; build it with 'xinyong site'"
    )


def test_a_list_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "sums.txt").write_bytes(b"\xff\xfe")
    ran = run("changed", str(folder / "sums.txt"), str(folder / "new"))

    assert ran.status == 2
    assert ran.output.splitlines()[-1] == (
        f"Error: '{folder}/sums.txt' is no text; name a list that --list or sha256sum wrote"
    )


@pytest.mark.skipif(not shutil.which("rsync"), reason="there is no rsync")
def test_rsync_makes_the_new_site_of_the_old_one(folder: Path) -> None:
    uploads = _changed(folder, "--show", "upload").removesuffix(COUNTS)
    deletes = _changed(folder, "--show", "delete").removesuffix(COUNTS)
    copy = ["rsync", "-a", "--ignore-times", "--files-from=-", folder / "new", folder / "old"]
    subprocess.run(copy, input=uploads.encode(), check=True)
    for path in deletes.splitlines():
        (folder / "old" / path).unlink()

    assert _sums(folder / "old") == _sums(folder / "new")
