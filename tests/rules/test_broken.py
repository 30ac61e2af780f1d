"""What check says of broken records, whole: every problem with its place, the line and a caret,
then the count.

Each folder of tests/broken holds one or more files that are laid over the small corpus, and what
check says of them. After a wanted change: ``BROKEN=write .venv/bin/pytest tests/test_broken.py``,
then read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from support import OLD_SITE, PROJECT, TO_DO, Lay, run
from xinyong.problems import CODES
from xinyong.records import MODELS

BROKEN = sorted((PROJECT / "tests" / "broken").iterdir())


def _files(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "says.txt"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _said(folder: Path) -> str:
    return (folder / "says.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_check_says(folder: Path, lay: Lay) -> None:
    lay(_files(folder))

    ran = run("check")

    message = "\n".join(line.rstrip() for line in ran.output.split("\n"))
    if os.environ.get("BROKEN") == "write":
        (folder / "says.txt").write_text(message, encoding="utf-8")
    assert message == _said(folder)
    assert ran.status == (1 if "error" in message.rsplit("records:", 1)[1] else 0)


def test_every_code_of_the_corpus_is_shown_by_some_record() -> None:
    shown = " ".join(_said(folder) for folder in BROKEN)

    assert [
        code for code in CODES if code[:2] not in ("X8", "X9") and f" {code} " not in shown
    ] == []


def test_every_kind_is_broken_in_some_way() -> None:
    kinds = {name.split("/")[1] for folder in BROKEN for name in _files(folder)}

    assert set(MODELS) <= kinds


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_no_message_speaks_as_a_parser_does(folder: Path) -> None:
    message = _said(folder).lower()

    for jargon in (
        "token",
        "scalar",
        "node",
        "mapping values",
        "block end",
        "flow sequence",
        "parser",
        "stream",
        "indicator",
    ):
        assert jargon not in message


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_every_message_ends_in_something_one_can_do(folder: Path) -> None:
    for line in _said(folder).splitlines():
        if re.match(r"corpus/[^:]*:\d+:\d+: X", line):
            assert TO_DO.search(line), line


def test_all_problems_of_a_record_come_in_one_run_and_an_old_site_stays(
    lay: Lay, tmp_path: Path
) -> None:
    """Markup, a script link, a climbing id, an unknown field, a wrong type and more at once."""
    folder = PROJECT / "tests" / "broken" / "everything-at-once"
    lay(_files(folder))
    lay(OLD_SITE)

    ran = run("site", "--config", str(PROJECT / "mkdocs.yml"), "--out", "site")

    assert ran.status == 1
    for code in ("X701", "X301", "X304", "X305", "X204", "X306", "X303", "X702"):
        assert f" {code} " in ran.output
    assert "not built: 10 errors, 1 warning; site is as it was" in ran.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "site"]
    assert (tmp_path / "site" / "index.html").read_text() == "the old site"
