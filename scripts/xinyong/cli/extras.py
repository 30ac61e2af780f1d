"""The modules that only an extra of the wheel brings: ``site`` to build the site, ``tables`` to write Parquet."""

from __future__ import annotations

from collections.abc import Mapping

EXTRAS: Mapping[str, tuple[str, ...]] = {
    "site": ("jinja2", "lxml", "material", "mkdocs", "rich", "urllib3", "watchdog"),
    "tables": ("pyarrow",),
}
"""The modules of each extra that ``pyproject.toml`` has."""


def extra_of(module: str) -> str:
    """Return the extra that brings a module; empty where none does."""
    return next((extra for extra, modules in EXTRAS.items() if module in modules), "")
