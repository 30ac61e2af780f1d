"""What check says of a faulty file, whole: every problem with its place, the line and a caret, then the count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from support import PROJECT, Lay, run
from xinyong.problems import CODES

FAULTS: list[dict[str, Any]] = yaml.safe_load((PROJECT / "tests" / "faults.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["name"])
def test_check_says(fault: dict[str, Any], lay: Lay) -> None:
    lay({fault["file"]: fault["text"].encode(fault.get("encoding", "utf-8"))})
    file = Path(fault["file"])

    ran = run("check", str(file))

    assert "\n".join(line.rstrip() for line in ran.said.split("\n")) == fault["says"]
    assert ran.status == (1 if "error" in fault["says"].rsplit("records:", 1)[1] else 0)


def test_every_code_of_the_corpus_is_shown_by_some_fault() -> None:
    shown = " ".join(fault["says"] for fault in FAULTS)
    missing = [code for code in CODES if not code.startswith("X8") and f" {code} " not in shown]

    assert missing == ["X103"]  # its file of 64 KiB stands in tests/source/test_yaml.py


def test_all_problems_of_a_record_come_in_one_run_and_an_old_site_stays(lay: Lay, tmp_path: Path) -> None:
    """Markup, a script link, a climbing id, an unknown field, a wrong type and more at once."""
    fault = next(fault for fault in FAULTS if fault["name"] == "everything at once")
    lay({fault["file"]: fault["text"], "site/index.html": "the old site"})

    ran = run("site", "--config", str(PROJECT / "mkdocs.yml"), "--out", "site")

    assert ran.status == 1
    for code in ("X701", "X301", "X304", "X305", "X204", "X306", "X303", "X702"):
        assert f" {code} " in ran.said
    assert "not built: 10 errors, 1 warning; site is as it was" in ran.said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "site"]
    assert (tmp_path / "site" / "index.html").read_text() == "the old site"
