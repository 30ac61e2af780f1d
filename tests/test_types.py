"""A program that uses the whole public interface is checked by mypy, and every type is what it seems."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import xinyong
from support import PROJECT

PROGRAM = """
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, assert_type

import xinyong

corpus = xinyong.load(Path("data"), sha256="0", timeout=1.5)
assert_type(corpus, xinyong.Corpus)
assert_type(xinyong.load("https://example.org/data/"), xinyong.Corpus)
assert_type(next(iter(corpus)), str)
assert_type(len(corpus), int)
assert_type(corpus["x"], xinyong.Record)
assert_type(corpus.get("x"), xinyong.Record | None)
assert_type(corpus.of_kind("cities"), tuple[xinyong.Record, ...])
assert_type(corpus.facts, Iterator[xinyong.Fact])

edition = corpus.edition
assert_type(edition, xinyong.Edition)
assert_type((edition.version, edition.released, edition.schema), tuple[str, str, str])
assert_type((edition.title, edition.base, edition.licence), tuple[str, str, str])
assert_type((edition.doi, edition.tag, edition.authors), tuple[str, str, tuple[str, ...]])

for id_, record in corpus.items():
    assert_type((id_, record.id, record.kind, record.name), tuple[str, str, str, str])
    assert_type((record.name_zh, record.name_pinyin), tuple[str | None, str | None])
    assert_type((record.names_also, record.summary), tuple[tuple[str, ...], str])
    assert_type(record.data, Mapping[str, Any])
    assert_type(record.facts, tuple[xinyong.Fact, ...])
    for found in (record.links, record.linked_from, record.cites, record.cited_by):
        assert_type(found, tuple[xinyong.Record, ...])
    assert_type(record.reference(), str)
    assert_type(record.reference("ris"), str)
    assert_type(record.reference("csl"), Mapping[str, Any])
    assert_type(record.reference(record.kind), str | Mapping[str, Any])

fact = next(corpus.facts)
assert_type((fact.record, fact.field, fact.path), tuple[str, str, str])
assert_type((fact.as_of, fact.note, fact.inferred), tuple[str | None, str | None, str | None])
assert_type((fact.standing, fact.disputed), tuple[str, bool])
assert_type(fact.more, Mapping[str, Any])
cite = fact.cites[0]
assert_type(cite, xinyong.Cite)
assert_type((cite.id, cite.locator, cite.via), tuple[str, str, xinyong.Cite | None])

for error in (xinyong.LoadError("x"), xinyong.Problems("x")):
    print(str(error))
"""


def test_the_types_of_the_whole_interface_are_complete(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "program.py"]
    ran = subprocess.run(
        [*command, "--cache-dir", str(PROJECT / ".mypy_cache" / "users")],
        cwd=tmp_path,
        env={"MYPYPATH": str(PROJECT / "scripts"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stdout == "Success: no issues found in 1 source file\n"


def test_the_program_that_is_checked_uses_every_public_name() -> None:
    assert [name for name in xinyong.__all__ if f"xinyong.{name}" not in PROGRAM] == []
