"""Commands of the site: ``site`` and ``serve``."""

from __future__ import annotations

import gc
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bars

from xinyong import problems
from xinyong.cli.shared import CONFIG, CORPUS, SITE, SITE_NAME, of_project, say
from xinyong.rules.all import today

if TYPE_CHECKING:
    from xinyong.site.building import Progress

_LAST_PORT = 65_535


@click.command()
@CORPUS
@CONFIG
@click.option("--out", type=SITE, default=of_project(SITE_NAME), help="The folder that the site is built into.")
def site(root: Path, config: Path, out: Path) -> None:
    """Check the corpus and build the site; an old site is replaced only when all is right."""
    from xinyong.site import building, engine

    progress = _Stages()
    try:
        warnings = building.build(config, root, out, today(), progress.told())
    except engine.UnsoundError as unsound:
        progress.close()
        say(unsound.problems)
        click.echo(f"not built: {problems.count(unsound.problems)}; {out} is as it was")
        sys.exit(1)
    progress.close()
    say(warnings)
    pages = sum(1 for _ in out.rglob("index.html"))
    click.echo(f"built {out}: {pages:,} pages, {problems.count(warnings)}")


@click.command()
@CORPUS
@CONFIG
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="The address to serve at.")
def serve(root: Path, config: Path, address: str) -> None:
    """Serve a live preview: a file that is saved is seen at once, and so is what is wrong with it.

    A record with problems keeps its last good state. Only this machine is served, unless another address is given.
    """
    from xinyong.site.serving import serving

    host, colon, port = address.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > _LAST_PORT:
        raise click.UsageError(f"'{address}' is not an address with a port; write one such as 127.0.0.1:8000")
    gc.enable()
    try:
        with serving(config, root, host.strip("[]"), int(port), click.echo) as shown:
            click.echo(f"serving {shown}, Ctrl-C ends it")
            threading.Event().wait()
    except KeyboardInterrupt:
        click.echo("ended")
    except OSError as error:
        raise click.UsageError(f"cannot serve at {address}: {error.strerror}; choose another with --address") from error


class _Stages:
    """Shows the stages of a build with their times: a bar on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._name = ""
        self._began = time.perf_counter()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bars = Bars(*columns, console=self._console, transient=True)
        self._task = self._bars.add_task("pour", total=None, visible=False)

    def told(self) -> Progress:
        from xinyong.site.building import Progress

        return Progress(self._stage, self._step)

    def close(self) -> None:
        self._stage("")

    def _stage(self, name: str) -> None:
        if self._bars.live.is_started:
            self._bars.stop()
        if self._name:
            click.echo(f"{self._name:<8} {time.perf_counter() - self._began:6.2f} s")
        self._name, self._began = name, time.perf_counter()

    def _step(self, done: int, total: int) -> None:
        if not self._console.is_terminal:
            return
        if done == 1:
            self._bars.start()
        self._bars.update(self._task, completed=done, total=total, visible=True, refresh=done % 50 == 0)
