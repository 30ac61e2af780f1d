"""Do a part of the work in a process of its own, beside the rest, where the system lets us."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_THREADS = Path("/proc/self/task")
_DIE_WITH_PARENT = 1
"""``PR_SET_PDEATHSIG`` of Linux (https://man7.org/linux/man-pages/man2/prctl.2.html)."""


@contextmanager
def beside(work: Callable[[], T], *, wanted: bool) -> Iterator[Callable[[], T]]:
    """Begin ``work`` in a process of its own; give what waits for its end and returns its value.

    The process sees what there is now, and changes nothing of it; what it returns or raises is
    pickled. Where there is no second processor, or the system forks badly, the work is done when it
    is waited for.
    """
    if not (wanted and _is_possible()):
        yield work
        return
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(work, sender, os.getpid()), daemon=True)
    child.start()
    sender.close()

    def waited() -> T:
        try:
            value, error = receiver.recv()
        except EOFError:
            child.join()
            message = f"a process that made a part of it ended with {child.exitcode}"
            raise OSError(message) from None
        child.join()
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]

    try:
        yield waited
    finally:
        child.kill()
        child.join()
        receiver.close()


def _is_possible() -> bool:
    """Whether a fork is sound and pays: on Linux, with one thread and two processors."""
    if platform.system() != "Linux" or len(os.sched_getaffinity(0)) < 2:
        return False
    try:
        return len(list(_THREADS.iterdir())) == 1
    except OSError:
        return False


def _run(work: Callable[[], object], sender: Any, parent: int) -> None:
    for told in (signal.SIGINT, signal.SIGHUP):  # the parent is told, too, and ends this process
        signal.signal(told, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with(parent)
    made: tuple[object, Exception | None]
    try:
        made = work(), None
    except Exception as error:  # whatever it is, the parent raises it
        made = None, error
    with suppress(BrokenPipeError):
        sender.send(made)


def _die_with(parent: int) -> None:
    """Let this process end as soon as its parent does, even where that is killed."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
