"""What the tests share: a small sound corpus, and ways to change it and to run the commands on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from support import PROJECT, SMALL, Lay, commit
from xinyong.corpus import Corpus, load
from xinyong.publication import Library

# How long an example takes depends on the machine; timings are measured by the bench, not by tests.
# 'make test' tries few examples of what hypothesis thinks up, 'make test-long' as many as it does.
# In CI the examples are the same each time, so that no pull request fails for what it did not do;
# 'make fuzz' and whoever runs the tests by hand look for new ones.
SAME = bool(os.environ.get("CI"))
settings.register_profile("short", deadline=None, max_examples=25, derandomize=SAME)
settings.register_profile("long", deadline=None, derandomize=SAME)
settings.load_profile("short")

# The small corpus stands in the project's own repository; without this, git would tell the history
# of these fixtures.
os.environ["GIT_CEILING_DIRECTORIES"] = str(PROJECT)


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


@pytest.fixture(scope="session")
def real() -> Corpus:
    """The project's own corpus, read once for all tests that only look at it."""
    return load(PROJECT / "corpus")[0]


@pytest.fixture(scope="session")
def whole(real: Corpus) -> Library:
    """The project's own corpus, ready for rendering."""
    return Library(real)


@pytest.fixture(scope="session")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the small corpus and a history of six days; every kind of change happens in
    it once.
    """
    folder = tmp_path_factory.mktemp("followed")
    shutil.copytree(SMALL, folder / "corpus")
    sesame = folder / "corpus" / "programs" / "sesame-credit.yml"
    now = sesame.read_text(encoding="utf-8")
    old = now.replace("formerly: [zhima-credit]\n", "").replace("value: opt-in", "value: unknown")
    blog = (folder / "corpus/citations/weak-2015.yml").read_text(encoding="utf-8")
    rongcheng = (folder / "corpus/cities/rongcheng.yml").read_text(encoding="utf-8")
    shixin = (folder / "corpus/terms/shixin.yml").read_text(encoding="utf-8")
    first = {
        "corpus/programs/sesame-credit.yml": None,
        "corpus/programs/zhima-credit.yml": old,
        "corpus/cities/rongcheng.yml": rongcheng.replace("37.17", "37.2").replace(
            "value: points for residents", "value: points"
        ),
        "corpus/citations/gone-2015.yml": blog.replace("title: ", "title: Gone, "),
    }
    commit(folder, "2026-01-05T09:00:00Z", first)
    commit(folder, "2026-01-06T09:00:00Z", {"corpus/cities/rongcheng.yml": rongcheng})
    reordered = shixin.replace("domain:", "\n\ndomain:")
    commit(folder, "2026-01-07T09:00:00Z", {"corpus/terms/shixin.yml": reordered})
    renamed = {"corpus/programs/zhima-credit.yml": None, "corpus/programs/sesame-credit.yml": now}
    commit(folder, "2026-02-01T23:30:00-03:00", renamed)
    commit(folder, "2026-02-03T09:00:00Z", {"corpus/citations/gone-2015.yml": None})
    return folder
