"""What is raised where published data cannot be read."""

from __future__ import annotations


class LoadError(Exception):
    """Raised by ``load`` where there is nothing that it can read; its text says what is wrong and what to do."""
