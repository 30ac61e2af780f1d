"""The command for links: ``links``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xinyong import problems
from xinyong.cli import files
from xinyong.cli.shared import (
    CONFIG,
    CORPUS,
    SITE,
    SITE_NAME,
    of_project,
    say,
    site_address,
    sound,
)

if TYPE_CHECKING:
    from xinyong.corpus.published import Answer
    from xinyong.site.external import Plan
    from xinyong.site.http import Asker

AGENT = "Mozilla/5.0 (compatible; xinyong-links/1.0; +{})"
_INTERRUPTED = 130


@click.command()
@CONFIG
@CORPUS
@click.argument("folder", type=SITE, default=of_project(SITE_NAME))
@click.option("--external", is_flag=True, help="Instead, ask for the addresses of all sources.")
@click.option(
    "--after",
    type=click.IntRange(min=0),
    default=6,
    show_default=True,
    help="Ask again for what was asked so many days ago.",
)
@click.option(
    "--minutes", type=click.FloatRange(min=0), help="Stop after so long; the next time goes on."
)
@click.option(
    "--archive", is_flag=True, help="Ask the Internet Archive for copies of what is gone."
)
@click.option("--delay", type=click.FloatRange(min=0), default=2.0, hidden=True)
@click.option("--limit", type=click.FloatRange(min=0), default=20.0, hidden=True)
@click.option("--allow", multiple=True, hidden=True)
@click.option("--archive-at", default="", hidden=True)
def links(
    config: Path,
    root: Path,
    folder: Path,
    external: bool,
    after: int,
    minutes: float | None,
    archive: bool,
    delay: float,
    limit: float,
    allow: tuple[str, ...],
    archive_at: str,
) -> None:
    """Check the links of the built site in FOLDER; with --external, ask for the addresses of sources.

    How these answered is kept in published/links.json, which pages show; what was stopped goes on
    where it was. Exit status: 0, 1 where a link of the site is broken, or a source is gone (404,
    410, no such host) and its record names no archived copy, 2 for wrong use. Hosts that refuse,
    are slow, or say nothing certain do not count.
    """
    if not external:
        _inside(config, folder)
        return
    from xinyong.site import external as sources
    from xinyong.site import http

    asker = http.Asker(AGENT.format(site_address(config)), delay, limit, allowed=frozenset(allow))
    seconds = None if minutes is None else minutes * 60
    at = archive_at or (sources.ARCHIVE if archive else "")
    _outside(root, asker, sources.Plan(datetime.now(UTC).date(), after, seconds, at))


def _inside(config: Path, folder: Path) -> None:
    from xinyong.site import docs, engine, workshop
    from xinyong.site import links as checker

    workshop.repair(folder)
    if not (folder / "index.html").is_file():
        raise click.UsageError(
            f"there is no built site in '{folder}'; build it with 'xinyong site'"
        )
    try:
        configured = engine.configure(config, folder)
        unlinked = docs.published_as_it_is(Path(configured.docs_dir))
        found = checker.check(folder, engine.address(configured), unlinked)
    except engine.UnsoundError as unsound:
        found = unsound.problems
    say(found)
    click.echo(f"links of {folder}: {problems.count(found)}")
    sys.exit(int(bool(found)))


def _outside(root: Path, asker: Asker, plan: Plan) -> None:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    from xinyong.corpus.published import LINKS
    from xinyong.site import external as sources

    corpus = sound(root)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    file = corpus.published.folder / LINKS

    def keep(answers: Mapping[str, Answer]) -> None:
        files.replace(file, sources.written(answers))

    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bars:
        task = bars.add_task("addresses", total=len(sources.due(corpus, plan)))
        try:
            answers = sources.visit(
                corpus, asker, plan, keep, lambda done, _: bars.update(task, completed=done)
            )
        except KeyboardInterrupt:
            click.echo(
                f"stopped; what was learnt is in {file}, and the next time goes on from there"
            )
            sys.exit(_INTERRUPTED)
    wanted = sources.due(corpus, plan)
    if wanted and not asker.answered:
        count = f"{len(wanted):,}"
        click.echo(f"Nothing was learnt: none of {count} addresses answered; is there a network?")
        return
    click.echo("\n".join(sources.report(corpus, answers)))
    sys.exit(int(bool(sources.lost(corpus, answers))))
