"""Signals that end a program end its work in order."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class EndedError(BaseException):
    """Raised in the middle of a build by a signal that ends it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = signal.Signals(number)


@contextmanager
def endable(deaf: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Have the signals that end a program end its work in order: nothing is left over.

    They are not heard while ``deaf`` says so, for a moment only; nor is a second one.
    A signal that was ignored before, as nohup has it, stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _: object) -> None:
        if not deaf():
            for other in before:
                signal.signal(other, signal.SIG_IGN)
            raise EndedError(number)

    heard = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP")]
    before = {n: was for n in heard if n and (was := signal.getsignal(n)) != signal.SIG_IGN}
    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)
