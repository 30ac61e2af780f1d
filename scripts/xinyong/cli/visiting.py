"""The command for links: ``links``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xinyong import problems
from xinyong.cli.shared import CONFIG, SITE, SITE_NAME, of_project, say


@click.command()
@CONFIG
@click.argument("folder", type=SITE, default=of_project(SITE_NAME))
def links(config: Path, folder: Path) -> None:
    """Check the links of the built site in FOLDER."""
    from xinyong.site import engine
    from xinyong.site import links as checker

    if not (folder / "index.html").is_file():
        raise click.UsageError(f"there is no built site in '{folder}'; build it with 'xinyong site'")
    try:
        found = checker.check(folder, engine.address(engine.configure(config, folder)))
    except engine.UnsoundError as unsound:
        found = unsound.problems
    say(found)
    click.echo(f"links of {folder}: {problems.count(found)}")
    sys.exit(int(bool(found)))
