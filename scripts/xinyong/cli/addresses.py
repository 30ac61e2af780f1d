"""The command for the addresses that were published: ``addresses``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xinyong import problems
from xinyong.cli import files
from xinyong.cli.shared import CORPUS, SITE, SITE_NAME, of_project, say, sound


@click.command()
@CORPUS
@click.argument("folder", type=SITE, default=of_project(SITE_NAME))
@click.option("--write", is_flag=True, help="Add what is new to published/addresses.txt.")
def addresses(root: Path, folder: Path, write: bool) -> None:
    """Hold the built site in FOLDER against all addresses that were ever published.

    With --write, its own addresses are promised from now on; whoever publishes the site does so,
    nobody else. Exit status: 0, or 1 where nothing answers at an address that was published; then
    nothing is written.
    """
    from xinyong.history import read
    from xinyong.site import addresses as answering
    from xinyong.site import documents

    if not (folder / "index.html").is_file():
        raise click.UsageError(
            f"there is no built site in '{folder}'; build it with 'xinyong site'"
        )
    corpus = sound(root)
    built = documents.read(folder)
    found = answering.vanished(built, corpus, read.read(root, corpus))
    say(found)
    known = corpus.published
    new = len(answering.addresses(built, corpus).keys() - known.lines.keys())
    click.echo(
        f"{len(known.lines):,} addresses were published: {problems.count(found)}; new: {new:,}"
    )
    if found:
        sys.exit(1)
    if write:
        file = known.folder / answering.ADDRESSES
        files.replace(file, answering.manifest(built, corpus))
