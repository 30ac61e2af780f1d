"""What changes between two states of the corpus: read from git, compared in meaning, told as Markdown."""

from __future__ import annotations
