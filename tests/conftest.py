"""What the tests share: a small sound corpus, and ways to change it and to run the commands on it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from support import SMALL, Lay
from xinyong.corpus import Corpus, load
from xinyong.pages.views import Library

# How long an example takes depends on the machine; timings are measured by the bench, not by tests.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the program remembers for its user out of the home of whoever runs the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))


@pytest.fixture
def lay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lay:
    """Lay files over a copy of the small corpus, and stand beside it."""
    shutil.copytree(SMALL, tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)

    def add(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / "corpus"

    return add


@pytest.fixture(scope="session")
def small() -> Corpus:
    """The small corpus, which has no problem at all."""
    corpus, problems = load(SMALL)
    assert problems == []
    return corpus


@pytest.fixture(scope="session")
def library(small: Corpus) -> Library:
    """The small corpus, ready for rendering."""
    return Library(small)
