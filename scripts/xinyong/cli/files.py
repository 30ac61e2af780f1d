"""Write a file of the corpus whole.

Whatever happens meanwhile, it is the old one or the new one.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click


def replace(path: Path, text: str) -> None:
    """Write ``text`` in the place of the file ``path``, which may not be there yet.

    Its permissions stay. Raises UsageError for a symbolic link, OSError where it cannot be written.
    """
    if path.is_symlink():
        message = f"'{path}' is a symbolic link, and nothing is written through one"
        raise click.UsageError(f"{message}; put a file in its place")
    path.parent.mkdir(parents=True, exist_ok=True)
    with _written_beside(path, text) as new:
        if path.exists():
            # As an editor would: that the folder can be written to is not enough.
            with path.open("r+b"):
                _keep_owner(path, new)
        new.replace(path)


def create(path: Path, text: str) -> None:
    """Write ``text`` to a file that is not there.

    Raise FileExistsError where it is, else OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _written_beside(path, text) as new:
        try:
            os.link(new, path)
        except FileExistsError as error:
            raise FileExistsError(error.errno, error.strerror, str(path)) from error
        except (OSError, NotImplementedError):  # a file system that knows no hard links
            with path.open("x"):
                pass
            new.replace(path)


@contextmanager
def _written_beside(path: Path, text: str) -> Iterator[Path]:
    """Write a hidden file beside ``path``, safe on the disk; it is gone afterwards, if still there.

    An error names ``path``, which the user knows, not the hidden file.
    """
    new = path.parent / f".xinyong-{secrets.token_hex(8)}.tmp"
    try:
        with new.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        yield new
        _sync(path.parent)
    except OSError as error:
        if str(error.filename or new) == str(new):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _keep_owner(path: Path, new: Path) -> None:
    held = path.stat()
    new.chmod(held.st_mode & 0o7777)
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(new, held.st_uid, held.st_gid)


def _sync(folder: Path) -> None:
    """Make a change of names in a folder last, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
