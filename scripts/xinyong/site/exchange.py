"""Exchange the names of two folders in one step, where the system can."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
from collections.abc import Callable
from functools import cache
from pathlib import Path

_HERE = -100
"""``AT_FDCWD`` of Linux: paths are meant from the working folder."""

_EXCHANGE = 2
"""``RENAME_EXCHANGE`` of Linux, ``RENAME_SWAP`` of macOS."""


def exchange(one: Path, other: Path) -> None:
    """Give each of two folders the name of the other; at any moment both names are there.

    Raise OSError where that fails, with ENOTSUP where the system has no such call. The calls are
    renameat2 (https://man7.org/linux/man-pages/man2/rename.2.html) and renamex_np of macOS.
    """
    call = _call()
    if call is None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(one), None, str(other))
    if call(os.fsencode(one), os.fsencode(other)):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one), None, str(other))


@cache
def _call() -> Callable[[bytes, bytes], int] | None:
    """Return the system's call, None where it has none."""
    system = platform.system()
    if system not in ("Linux", "Darwin"):
        return None
    library = ctypes.CDLL(None, use_errno=True)
    call = getattr(library, "renameat2" if system == "Linux" else "renamex_np", None)
    if call is None:
        return None
    if system == "Linux":
        return lambda one, other: int(call(_HERE, one, _HERE, other, _EXCHANGE))
    return lambda one, other: int(call(one, other, _EXCHANGE))
