"""What pyproject.toml asks for, and what stands in the locks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from itertools import chain
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support import PROJECT

LOCKS = ("requirements.txt", "requirements-test.txt")
PYPROJECT: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = PYPROJECT["project"]["optional-dependencies"]
ASKED_FOR = [*PYPROJECT["project"]["dependencies"], *chain(*EXTRAS.values())]


def locked(name: str) -> Iterator[tuple[Requirement, int]]:
    """Yield what stands in a lock, each with the number of its hashes."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    for entry in text.replace("\\\n", "").splitlines():
        if not entry.startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=sha256:", entry)
            yield Requirement(requirement), len(hashes)


def versions(*names: str) -> dict[str, str]:
    """Return the version of each package that the locks name for this platform."""
    return {
        canonicalize_name(pin.name): next(iter(pin.specifier)).version
        for name in names
        for pin, _ in locked(name)
        if pin.marker is None or pin.marker.evaluate()
    }


def needed(requirements: Iterator[Requirement], seen: set[str]) -> Iterator[Requirement]:
    """Yield the requirements that hold on this platform, and what they need in their turn."""
    for requirement in requirements:
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement
            key = f"{canonicalize_name(requirement.name)}{sorted(requirement.extras)}"
            if key not in seen:
                seen.add(key)
                yield from needed(_behind(requirement), seen)


def _behind(requirement: Requirement) -> Iterator[Requirement]:
    for text in metadata.requires(requirement.name) or ():
        found = Requirement(text)
        for extra in ("", *requirement.extras):
            if found.marker is None or found.marker.evaluate({"extra": extra}):
                found.marker = None
                yield found
                break
