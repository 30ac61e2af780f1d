"""The command for the addresses that were published: ``addresses``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from xinyong import problems
from xinyong.cli.shared import CORPUS, SITE, SITE_NAME, of_project, say, sound


@click.command()
@CORPUS
@click.argument("folder", type=SITE, default=of_project(SITE_NAME))
@click.option("--write", is_flag=True, help="Add what is new to published/addresses.txt.")
def addresses(root: Path, folder: Path, write: bool) -> None:
    """Hold the built site in FOLDER against all addresses that were ever published.

    With --write, its own addresses are promised from now on; whoever publishes the site does so, nobody else. Exit
    status: 0, or 1 where nothing answers at an address that was published; then nothing is written.
    """
    from xinyong.history import reading
    from xinyong.site import addresses as answering
    from xinyong.site import links

    if not (folder / "index.html").is_file():
        said = f"there is no built site in '{folder}'; build it with 'xinyong site'"
        raise click.UsageError(said)
    corpus = sound(root)
    built = links.read(folder)
    found = answering.vanished(built, corpus, reading.read(root, corpus))
    say(found)
    known = corpus.published
    new = len(answering.addresses(built, corpus).keys() - known.lines.keys())
    click.echo(f"{len(known.lines):,} addresses were published: {problems.count(found)}; new: {new:,}")
    if found:
        sys.exit(1)
    if write:
        _replace(known.folder, answering.ADDRESSES, answering.manifest(built, corpus))


def _replace(folder: Path, name: str, text: str) -> None:
    """Write a file whole or not at all."""
    folder.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{name}-", delete=False) as new:
        new.write(text.encode())
    Path(new.name).chmod(0o644)
    os.replace(new.name, folder / name)
