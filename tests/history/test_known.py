"""What was found out of files of the past is not found out again, and tells the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import Lay, commit
from xinyong.corpus import load
from xinyong.history import read
from xinyong.history.known import Known
from xinyong.history.lines import History
from xinyong.source import yaml

TERM = "corpus/terms/shixin.yml"


@pytest.fixture
def past(lay: Lay, tmp_path: Path) -> Path:
    """A corpus with a term that was said otherwise, could not be read, and was put right."""
    lay({})
    commit(tmp_path, "2026-01-05T09:00:00Z")
    text = (tmp_path / TERM).read_text(encoding="utf-8")
    other = text.replace("domain: law", "domain: finance")
    for day, now in enumerate((other, "name: [", text), 6):
        commit(tmp_path, f"2026-01-{day:02}T09:00:00Z", {TERM: now})
    return tmp_path / "corpus"


def told(history: History) -> object:
    return [*history.lines.items()], [*history.texts.items()], history.unsaved


def test_with_notes_the_history_is_told_the_same_and_no_file_is_read(
    past: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, known = load(past)[0], Known()
    first = read.read(past, corpus, known)
    line = first.lines["terms", "shixin"]
    assert [state.day.day for state in line.states] == [5, 6, 8]
    noted = json.loads(json.dumps(known.notes()))

    monkeypatch.setattr(yaml, "read", lambda text: pytest.fail(f"read again: {text[:20]}"))
    again = Known(found=noted)

    assert told(read.read(past, corpus, again)) == told(first)
    assert json.loads(json.dumps(again.notes())) == noted
    assert known.has_grown
    assert not again.has_grown


def test_a_commit_more_is_told_of_whatever_was_known_before(past: Path) -> None:
    known = Known()
    read.read(past, load(past)[0], known)
    noted = json.loads(json.dumps(known.notes()))
    text = (past.parent / TERM).read_text(encoding="utf-8")
    commit(past.parent, "2026-01-09T09:00:00Z", {TERM: text.replace("law", "finance")})
    corpus, again = load(past)[0], Known(found=noted)

    found = read.read(past, corpus, again)

    assert told(found) == told(read.read(past, corpus))
    assert [state.day.day for state in found.lines["terms", "shixin"].states] == [5, 6, 8, 9]
    assert again.has_grown


def test_what_nobody_asks_for_any_more_is_forgotten(past: Path) -> None:
    old = {"readable": {"0" * 40: True}, "changes": {f"{'0' * 40} {'1' * 40}": []}}
    known = Known(found=old)

    read.read(past, load(past)[0], known)

    assert "0" * 40 not in known.notes()["readable"]
    assert len(known.notes()["changes"]) == 2
