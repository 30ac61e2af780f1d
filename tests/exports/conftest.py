"""All exports of the small and of the real corpus, written once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from support import PROJECT, SMALL
from xinyong.corpus import Corpus, load
from xinyong.edition import read
from xinyong.exports import everything
from xinyong.publication import Library


@dataclass(frozen=True)
class Exported:
    """A corpus, the site that its exports were written into, and what was written."""

    corpus: Corpus
    library: Library
    site: Path
    written: everything.Written

    @property
    def data(self) -> Path:
        """The folder of the files."""
        return self.site / "data"


def export(root: Path, site: Path) -> Exported:
    """Write all exports of the corpus ``root`` into ``site``."""
    corpus, _ = load(root)
    library = Library(corpus, edition=read(PROJECT, "https://example.org/x/"))
    return Exported(corpus, library, site, everything.write(library, site))


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The exports of the real corpus."""
    return export(PROJECT / "corpus", tmp_path_factory.mktemp("exported"))


@pytest.fixture(scope="session")
def exported_small(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """The exports of the small corpus."""
    return export(SMALL, tmp_path_factory.mktemp("exported-small"))
