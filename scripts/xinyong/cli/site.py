"""The command that builds the site: ``site``."""

from __future__ import annotations

import errno
import sqlite3
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xinyong import problems
from xinyong.cli.shared import CONFIG, CORPUS, SITE, SITE_NAME, need, of_project, say
from xinyong.cli.signals import EndedError, endable
from xinyong.source.edtf import today

if TYPE_CHECKING:
    from xinyong.problems import Problem
    from xinyong.site.build import Progress
    from xinyong.site.history import Demand
    from xinyong.site.whole import Whole


_BY_SIGNAL = 128
"""What shells add to the number of the signal that ended a program."""


@click.command()
@CORPUS
@CONFIG
@click.option(
    "--out",
    type=SITE,
    default=of_project(SITE_NAME),
    help="The folder that the site is built into.",
)
@click.option(
    "--no-history",
    "bare",
    is_flag=True,
    help="Build without dated addresses, what changed and feeds; git is not asked.",
)
@click.option("--strict", is_flag=True, help="Build nothing where git has no history to tell.")
@click.option("--fresh", is_flag=True, help="Take nothing over from the last site.")
def site(root: Path, config: Path, out: Path, bare: bool, strict: bool, fresh: bool) -> None:
    """Check the corpus and build the site; an old site is replaced only when all is right.

    A history that could be had, of a shallow clone or of a folder that git does not trust, is
    asked for. Without any git the site is built and says what it lacks; with --strict, which a
    published site is built with, it is not built.

    What has not changed since the last build is taken over from its site, which gives the same as
    building all of it; with --fresh, all of it is built.
    """
    need(root)
    demand = _demand(bare, strict)
    whole = None if fresh else _whole(root, config, out, demand)
    if whole and whole.warnings is not None:
        click.echo(f"nothing has changed since {out} was built")
        _tell(out, whole.warnings)
    else:
        _build(root, config, out, demand, whole)


def _whole(root: Path, config: Path, out: Path, demand: Demand) -> Whole:
    from xinyong.site import cache
    from xinyong.site.whole import Place, Whole

    place = Place(out, root, config, config.parent / cache.FOLDER)
    return Whole(place, today().text, demand)


def _build(root: Path, config: Path, out: Path, demand: Demand, whole: Whole | None) -> None:
    from xinyong.site import build, engine
    from xinyong.site.place import PlaceError

    progress = _Stages()
    try:
        with endable(lambda: progress.name == "replace"):
            reporting = progress.reporting()
            warnings = build.build(
                config, root, out, today(), reporting, demand, whole, parallel=True
            )
    except engine.UnsoundError as unsound:
        progress.close()
        say(unsound.problems)
        click.echo(f"not built: {problems.count(unsound.problems)}; {out} is as it was")
        sys.exit(1)
    except PlaceError as error:
        raise click.UsageError(str(error)) from error
    except EndedError as ended:
        progress.close()
        click.echo(f"not built: ended by {ended.signal.name}; {out} is as it was", err=True)
        sys.exit(_BY_SIGNAL + ended.signal)
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, BrokenPipeError):
            raise  # nobody reads what is said any more, which click knows of
        progress.close()
        raise _FailedError(f"not built: {failure(error)}; {out} is as it was") from error
    progress.close()
    _tell(out, warnings)


def _tell(out: Path, warnings: list[Problem]) -> None:
    from xinyong.site.place import listed

    say(warnings)
    pages = sum(name.rpartition("/")[2] == "index.html" for name in listed(out) or ())
    click.echo(f"built {out}: {pages:,} pages, {problems.count(warnings)}")


class _FailedError(click.ClickException):
    """Raised where the machine lets a build fail: a full disk, a file that cannot be read."""

    exit_code = 2


def failure(error: Exception) -> str:
    """Say what a machine refused, and what to do."""
    number = getattr(error, "errno", None)
    if number in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error):
        return "the disk is full; free some space"
    if isinstance(error, OSError) and error.filename and number != errno.EFBIG:
        return f"'{error.filename}' cannot be read or written ({error.strerror}); make it so"
    message = getattr(error, "strerror", None) or error
    return f"the system refused it ({message}); fix that, and build again"


def _demand(bare: bool, strict: bool) -> Demand:
    if bare and strict:
        message = "--strict asks for the history that --no-history leaves out"
        raise click.UsageError(f"{message}; leave one of the two out")
    if bare:
        return "none"
    return "whole" if strict else "known"


class _Stages:
    """Shows the stages of a build with their times: a bar on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bars

        self._console = Console(highlight=False)
        self.name = ""
        self._began = time.perf_counter()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bars = Bars(*columns, console=self._console, transient=True)
        self._task = self._bars.add_task("pour", total=None, visible=False)

    def reporting(self) -> Progress:
        from xinyong.site.build import Progress

        return Progress(self._stage, self._step, self._note)

    def close(self) -> None:
        self._stage("")

    def _stage(self, name: str) -> None:
        if self._bars.live.is_started:
            self._bars.stop()
        if self.name:
            click.echo(f"{self.name:<8} {time.perf_counter() - self._began:6.2f} s")
        self.name, self._began = name, time.perf_counter()

    def _note(self, message: str) -> None:
        click.echo(message)

    def _step(self, done: int, total: int) -> None:
        if not self._console.is_terminal:
            return
        if done == 1:
            self._bars.start()
        self._bars.update(
            self._task, completed=done, total=total, visible=True, refresh=done % 50 == 0
        )
