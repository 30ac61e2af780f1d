"""The small corpus built once, as a user builds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import PROJECT, SMALL
from xinyong.rules.all import today
from xinyong.site import build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small corpus."""
    out = tmp_path_factory.mktemp("built") / "site"
    build.build(PROJECT / "mkdocs.yml", SMALL, out, today())
    return out
