"""What lies in the folder of a corpus at one moment: every file that may be a record, read once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SUFFIX = ".yml"
MAX_BYTES = 64 * 1024


@dataclass(frozen=True)
class Item:
    """A file or folder.

    Its path, what it is, and its bytes where it is a file that may be a record.

    A symbolic link is ``other``: it is never followed. ``size`` tells a file that is too large to
    be read from an empty one; ``trouble`` says why a file or folder could not be opened.
    """

    path: Path
    type: Literal["file", "folder", "other"]
    data: bytes = b""
    size: int = 0
    trouble: str = ""
    inside: tuple[Item, ...] = ()


def take(root: Path) -> tuple[Item, ...]:
    """Look through ``root`` and the folders in it, in the order of their names.

    Hidden ones are passed over. Where ``root`` itself cannot be opened, it is the only item.
    """
    found = _folder(root, 1)
    return (found,) if found.trouble else found.inside


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        yield from sorted(
            (entry for entry in found if not entry.name.startswith(".")),
            key=lambda entry: entry.name,
        )


def _item(entry: os.DirEntry[str], depth: int) -> Item:
    path = Path(entry.path)
    if entry.is_dir(follow_symlinks=False):
        return _folder(path, depth + 1) if depth == 1 else Item(path, "folder")
    if not entry.is_file(follow_symlinks=False):
        return Item(path, "other")
    if depth == 1 or not entry.name.endswith(SUFFIX):
        return Item(path, "file")
    return _read(path)


def _folder(path: Path, depth: int) -> Item:
    try:
        return Item(path, "folder", inside=tuple(_item(entry, depth) for entry in _entries(path)))
    except OSError as error:
        return Item(path, "folder", trouble=error.strerror or "unknown trouble")


def _read(path: Path) -> Item:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            return Item(path, "file", file.read() if size <= MAX_BYTES else b"", size)
    except OSError as error:
        return Item(path, "file", trouble=error.strerror or "unknown trouble")
