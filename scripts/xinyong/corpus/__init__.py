"""The corpus: records loaded from their files, indexed, linked and back-linked."""

from __future__ import annotations

from xinyong.corpus.entries import STANDINGS, Corpus, Entry, Use
from xinyong.corpus.loading import Trees, load, read_entry
from xinyong.corpus.places import locate, report

__all__ = ["STANDINGS", "Corpus", "Entry", "Trees", "Use", "load", "locate", "read_entry", "report"]
