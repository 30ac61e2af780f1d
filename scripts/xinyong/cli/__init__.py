"""The commands: one module for each, called like it and loaded when it is called."""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import keyword
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

import click

from xinyong import __version__
from xinyong.cli.extras import extra_of

COMMANDS = (
    "check",
    "explain",
    "site",
    "serve",
    "links",
    "addresses",
    "changed",
    "stats",
    "export",
    "new",
    "fmt",
    "schema",
    "commands",
    "diff",
    "import",
    "cite",
    "history",
)
"""Every command, in the module called like it. Listed here, it costs nothing until it is called."""


class _FailedError(click.ClickException):
    """Raised where the system fails a command.

    A file that cannot be read or written, git, too little memory.
    """

    exit_code = 2


class _MissingError(click.ClickException):
    """Raised where a command needs a package that only an extra of the wheel brings."""

    exit_code = 2


class _EndedError(click.ClickException):
    """Raised where somebody ended a command.

    The status is that of a program that a signal ended.
    """

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message)
        self.__dict__["exit_code"] = 128 + number  # click declares it for the class alone

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, err=True)


class _TerminatedError(BaseException):
    """Raised where the program stands when it is asked to end, so that whatever has to be tidied up is."""


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module: Any = importlib.import_module(f"xinyong.cli.{name}")
        command: click.Command = getattr(module, name, None) or getattr(module, f"{name}_")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from xinyong.problems import nearest

            ctx.fail(
                f"there is no command '{args[0]}'{nearest(args[0], COMMANDS, 'see all of them with --help')}"
            )
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **options: Any) -> Any:
        gc.disable()  # a command ends before garbage matters, and what is loaded stays in use
        atexit.register(gc.freeze)  # what is left is not searched for garbage at the end, either
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            _set_encoding(stream)
        return super().main(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _ended_by_signal():
                return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # nobody reads on, which click knows of
            raise _FailedError(_failure(error)) from error
        except ModuleNotFoundError as error:
            raise _MissingError(_missing(ctx, error)) from error
        except subprocess.CalledProcessError as error:
            raise _FailedError(_failure_of_program(error)) from error
        except MemoryError as error:
            raise _FailedError("there is not enough memory; close other programs") from error
        except KeyboardInterrupt as error:
            raise _EndedError("\nended by Ctrl-C", signal.SIGINT) from error
        except _TerminatedError as error:
            raise _EndedError("ended, as it was asked to (SIGTERM)", signal.SIGTERM) from error


def _set_encoding(stream: Any) -> None:
    """Let files and pipes be UTF-8 whatever the terminal is, and a terminal take what it cannot show as escapes."""
    if hasattr(stream, "reconfigure"):
        errors = "replace" if stream is sys.stdin else "backslashreplace"
        with suppress(OSError):  # of input that has been read from already
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    def end(*_: object) -> None:
        raise _TerminatedError

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _missing(ctx: click.Context, error: ModuleNotFoundError) -> str:
    extra = extra_of((error.name or "").partition(".")[0])
    if not extra:
        raise error
    wheel = f"xinyong-{__version__}-py3-none-any.whl[{extra}]"
    message = (
        f"'xinyong {ctx.invoked_subcommand}' needs the extra '{extra}', which is not installed"
    )
    return f"{message}; install the wheel with it: pip install './{wheel}'"


def _failure(error: OSError) -> str:
    from xinyong.cli.shared import trouble

    if error.filename is None:
        _drop_output()
    return trouble(error)


def _failure_of_program(error: subprocess.CalledProcessError) -> str:
    from xinyong.problems import visible

    command = error.cmd if isinstance(error.cmd, str) else " ".join(map(str, error.cmd[:1]))
    raw = error.stderr or b""
    lines = (raw if isinstance(raw, str) else raw.decode("utf-8", "replace")).strip().splitlines()
    message = f": {visible(lines[-1])}" if lines else f" with status {error.returncode}"
    return f"the program {visible(command)} failed{message}; fix what it says, and run the command again"


def _drop_output() -> None:
    """Throw away what could not be printed, lest the interpreter try again as it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Check, explain, build and preview the corpus on China's credit systems."""
