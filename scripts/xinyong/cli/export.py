"""The command that writes the corpus in another format: ``export``."""

from __future__ import annotations

from pathlib import Path

import click

from xinyong.cli.shared import CORPUS, sound
from xinyong.edition import HERE
from xinyong.exports.formats import FORMATS


@click.command()
@click.argument("name", metavar="FORMAT", type=click.Choice(FORMATS))
@CORPUS
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The file or folder to write; without, a text is printed.",
)
@click.option(
    "--site-url",
    envvar="SITE_URL",
    default=HERE,
    show_default=True,
    help="The address of the site.",
)
def export(name: str, root: Path, out: Path | None, site_url: str) -> None:
    """Write the corpus in another FORMAT, or in all of them."""
    from xinyong.exports.command import write

    write(name, sound(root), out, site_url, root)
