"""An edition can be cited, and its data kept whole: one archive, the same bytes, with checksums."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml

import xinyong
from support import PROJECT, SMALL, commit
from xinyong.edition import Edition, read
from xinyong.exports.everything import ASKED_FOR, TEXTS, WRITERS
from xinyong.records import MODELS
from xinyong.references.cff import cff
from xinyong.references.citation import whole_reference

BIN = Path(sys.executable).parent
DAY = read(PROJECT).released
NAME = f"xinyong-edition-{DAY}"


def archived(folder: Path, **environment: str) -> Path:
    """Write the archive of a project with the small corpus and a history."""
    shutil.copytree(SMALL, folder / "corpus")
    shutil.copy(PROJECT / "CITATION.cff", folder)
    commit(folder, "2026-01-05T09:00:00Z")
    given = os.environ | {"SITE_URL": "https://example.org/x/"} | environment
    target = folder / "out" / f"{NAME}.tar.gz"
    command = [BIN / "xinyong", "export", "archive", "--out", target]
    subprocess.run(command, cwd=folder, env=given, check=True, capture_output=True)
    return target


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of an edition of the small corpus."""
    return archived(tmp_path_factory.mktemp("edition"))


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is inside, unpacked as people do."""
    folder = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["tar", "-xzf", archive], cwd=folder, check=True)
    return folder / NAME


def test_the_archive_of_one_commit_is_the_same_elsewhere(archive: Path, tmp_path: Path) -> None:
    environment = {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "2000000000"}
    other = archived(tmp_path, **environment)

    assert other.read_bytes() == archive.read_bytes()


def test_its_files_are_in_order_of_one_day_and_of_nobody(archive: Path) -> None:
    with tarfile.open(archive) as opened:
        members = opened.getmembers()
    midnight = datetime.datetime.fromisoformat(f"{DAY}T00:00:00+00:00").timestamp()

    assert [member.name for member in members] == sorted(member.name for member in members)
    assert {(m.isreg(), m.mtime, m.uid, m.gid, m.uname, m.gname, m.mode) for m in members} == {
        (True, midnight, 0, 0, "", "", 0o644)
    }
    assert {member.name.split("/")[0] for member in members} == {NAME}


def test_its_checksums_are_right_and_all_there(unpacked: Path) -> None:
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS.txt"]
    if shutil.which("sha256sum") is None:
        pytest.skip("there is no sha256sum")
    ran = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=False)
    named = {line.split("  ")[1] for line in (unpacked / "SHA256SUMS.txt").read_text().splitlines()}
    found = {
        path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()
    }

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert named == found - {"SHA256SUMS.txt"}


def test_it_holds_the_data_of_every_format(unpacked: Path) -> None:
    twice = {"api", "markdown", *ASKED_FOR}  # which hold what others hold
    places = [place for name, (place, _) in WRITERS.items() if name not in twice]

    for place in (*places, *(file for file, _ in TEXTS.values()), "datapackage.json"):
        assert (unpacked / place).exists(), place
    assert not [*unpacked.glob("*.zip"), *unpacked.glob("*.gz")]


def test_it_holds_the_records_as_they_are_written_with_their_schemas(unpacked: Path) -> None:
    records = {p.relative_to(SMALL).as_posix(): p.read_bytes() for p in SMALL.glob("*/*.yml")}
    kept = unpacked / "corpus"

    assert {p.relative_to(kept).as_posix(): p.read_bytes() for p in kept.rglob("*.yml")} == records
    assert {path.name for path in (unpacked / "schema").iterdir()} == {
        "openapi.json",
        *(f"{kind}.schema.json" for kind in MODELS),
    }
    assert "Attribution 4.0 International" in (unpacked / "LICENCE.txt").read_text(encoding="utf-8")


def test_its_read_me_names_every_file_and_folder(unpacked: Path) -> None:
    text = (unpacked / "README.txt").read_text(encoding="utf-8")
    day = datetime.date.fromisoformat(DAY)

    assert text.splitlines()[1] == (
        f"Edition of {day.day} {day:%B %Y}, version {xinyong.__version__}, schema 1.0"
    )
    assert whole_reference(read(PROJECT, "https://example.org/x/")) in text
    for path in unpacked.iterdir():
        if path.name != "README.txt":
            assert path.name in text


def test_it_is_loaded_as_published_data_and_as_a_checkout(unpacked: Path) -> None:
    found, records = xinyong.load(unpacked), xinyong.load(unpacked / "corpus")

    assert found.edition.tag == f"edition-{DAY}"
    assert [*found] == [*records] == [*xinyong.load(SMALL)]
    assert [*found.facts] == [*records.facts]


def test_the_whole_is_cited_with_its_version_and_day() -> None:
    edition = Edition("https://example.org/", version="1.2.0", released="2026-11-30")

    assert whole_reference(edition) == (
        "Xinyong contributors. 2026. Xinyong: an annotated corpus on China's credit systems. "
        "Version 1.2.0, 30 November 2026. Data set. https://example.org/."
    )


def test_the_citation_file_is_valid_and_says_what_the_projects_says(unpacked: Path) -> None:
    file = unpacked / "CITATION.cff"
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.citation-file-format", file]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    ours, theirs = (
        yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        for path in (file, PROJECT / "CITATION.cff")
    )

    assert ran.returncode == 0, ran.stdout
    assert ours == theirs | {"url": "https://example.org/x/"}


def test_a_person_keeps_both_names_in_the_citation_file() -> None:
    person = {"family-names": "Li", "given-names": "Wei"}
    edition = Edition(creators=(person,))

    assert edition.authors == ("Wei Li",)
    assert yaml.safe_load(cff(edition))["authors"] == [person]
