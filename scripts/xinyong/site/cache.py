"""Notes that one build leaves to the next: data in JSON files, which can be lost at any time.

A file begins with a line that names the form, a key, and a checksum of the rest. What was written
by another program, was changed, cut off or cannot be read is nothing; nothing is ever said of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = Path(".cache/xinyong")
"""Where the notes stand, from the folder of the engine's configuration."""

KEPT = 32
"""So many files are kept, the last written ones; each place that a site is built at has five."""

_FORM = "xinyong-1"


def load(file: Path, key: str) -> dict[str, Any] | None:
    """Return the notes that were written under a key; None where there are none that can be believed."""
    try:
        head, _, body = file.read_bytes().partition(b"\n")
        if head.decode() != f"{_FORM} {key} {hashlib.sha256(body).hexdigest()}":
            return None
        found = json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def save(file: Path, key: str, notes: dict[str, Any]) -> None:
    """Write notes in one step, so that whoever reads meanwhile finds the old or the new ones.

    Where they cannot be written, the next build has none.
    """
    body = json.dumps(notes, ensure_ascii=False, separators=(",", ":")).encode()
    head = f"{_FORM} {key} {hashlib.sha256(body).hexdigest()}\n".encode()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as part:
                part.write(head + body)
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
        _forget(file.parent)


def _forget(folder: Path) -> None:
    """Remove all notes but the last ones, and what a killed run has left."""
    found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in found[KEPT:]:
        path.unlink(missing_ok=True)
