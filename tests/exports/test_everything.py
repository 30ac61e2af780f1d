"""All exports together: complete, with right checksums, and the same bytes every time."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from exports.conftest import Exported
from support import PROJECT, SMALL, Lay, run
from xinyong.exports import queries
from xinyong.exports.formats import FORMATS
from xinyong.site.data_page import FILES, size


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def test_a_second_build_elsewhere_has_the_same_bytes(
    exported_small: Exported, tmp_path: Path
) -> None:
    environment = os.environ | {
        "TZ": "Asia/Shanghai",
        "PYTHONHASHSEED": "7",
        "SITE_URL": "https://example.org/x",
    }
    environment |= {"SOURCE_DATE_EPOCH": "2000000000", "LC_ALL": "C"}
    project = tmp_path / "p"
    project.mkdir()
    (project / "corpus").symlink_to(SMALL)
    (project / "CITATION.cff").symlink_to(PROJECT / "CITATION.cff")
    command = [
        Path(sys.executable).parent / "xinyong",
        "export",
        "all",
        "--corpus",
        "corpus",
        "--out",
        tmp_path / "out",
    ]
    subprocess.run(command, check=True, env=environment, cwd=project, capture_output=True)

    assert _files(tmp_path / "out") == _files(exported_small.site)


def test_checksums_and_sizes_are_right(exported_small: Exported) -> None:
    lines = (exported_small.data / "SHA256SUMS.txt").read_text().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)

    present = {
        path: content
        for path, content in _files(exported_small.data).items()
        if path != "SHA256SUMS.txt"
    }
    assert sums == {path: hashlib.sha256(content).hexdigest() for path, content in present.items()}
    assert {path: file.size for path, file in exported_small.written.files.items()} == {
        path: len(content) for path, content in present.items()
    }


def test_the_packed_files_hold_the_files(exported_small: Exported) -> None:
    data = exported_small.data
    assert (
        gzip.decompress((data / "xinyong.sqlite.gz").read_bytes())
        == (data / "xinyong.sqlite").read_bytes()
    )
    for name, folder in (("xinyong-csv.zip", "csv"), ("xinyong-parquet.zip", "parquet")):
        with zipfile.ZipFile(data / name) as archive:
            assert archive.testzip() is None
            inside = {path: archive.read(path) for path in archive.namelist()}
        expected = {
            path: content for path, content in _files(data).items() if path.startswith(f"{folder}/")
        }
        if folder == "csv":
            expected["datapackage.json"] = (data / "datapackage.json").read_bytes()
        assert inside == expected


def test_every_file_for_people_is_written(exported_small: Exported) -> None:
    assert set(FILES) <= set(exported_small.written.files)
    described = json.loads((exported_small.data / "datasette.json").read_text(encoding="utf-8"))
    assert described["license"] == "CC-BY-4.0"
    assert set(described["databases"]["xinyong"]["queries"]) >= {
        query.id for query in queries.clicked()
    }


def test_the_command_writes_every_format(lay: Lay, tmp_path: Path) -> None:
    lay({})
    for name in FORMATS:
        assert run("export", name, "--out", str(tmp_path / "out" / name)).status == 0, name
        assert (tmp_path / "out" / name).exists()


def test_sizes_are_said_for_people() -> None:
    assert [size(number) for number in (512, 12_345, 8_884_224)] == ["512 bytes", "12 kB", "8.9 MB"]
