"""JSON and small files, written often and so made fast."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

dumped: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, default=str).encode
"""Return JSON data as text on one line: Chinese as it is, dates as ISO 8601.

One encoder serves all calls.
"""


def put(path: Path | str, text: str) -> int:
    """Write a text as UTF-8 with line feeds; return its size in bytes.

    For thousands of small files, twice as fast as ``Path.write_text``.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        content = rest = text.encode()
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)
    return len(content)


def taken(path: str) -> str:
    """Return the text that ``put`` wrote."""
    with open(path, "rb") as file:  # noqa: PTH123 - thousands of times
        return file.read().decode()


def names(folder: Path) -> Iterator[str]:
    """Yield the names of all files below a folder, with ``/`` between their parts."""
    start = len(str(folder)) + 1
    for place, _, files in os.walk(folder):
        within = f"{place}/"[start:].replace(os.sep, "/")
        for name in files:
            yield within + name
