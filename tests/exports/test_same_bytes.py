"""The files are the same bytes whatever Python, SQLite and zlib write them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from support import SMALL
from xinyong.exports import everything, sqlite

from .conftest import Exported, export


def test_every_sqlite_library_writes_the_same_database(
    exported_small: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "needs a second SQLite library, which comes for Linux on x86-64 only"
    other = pytest.importorskip("pysqlite3", reason=reason)
    assert other.sqlite_version != sqlite.sqlite3.sqlite_version
    monkeypatch.setattr(sqlite, "sqlite3", other)
    written = export(SMALL, tmp_path)

    ours = (exported_small.data / sqlite.FILE).read_bytes()
    assert (written.data / sqlite.FILE).read_bytes() == ours


def test_the_database_is_sound(exported_small: Exported) -> None:
    database = sqlite.sqlite3.connect(exported_small.data / sqlite.FILE)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()


def test_the_packed_database_tells_neither_a_time_nor_a_system(exported_small: Exported) -> None:
    packed = (exported_small.data / f"{sqlite.FILE}.gz").read_bytes()

    assert packed[:10].hex() == "1f8b08000000000004ff"
    assert gzip.decompress(packed) == (exported_small.data / sqlite.FILE).read_bytes()


def test_packing_does_not_ask_the_zlib_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zlib.compress", None)
    monkeypatch.setattr("zlib.compressobj", None)

    assert gzip.decompress(everything.pack(b"a" * 99)) == b"a" * 99
