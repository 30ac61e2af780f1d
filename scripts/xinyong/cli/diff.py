"""The command that tells what a change means: ``diff``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xinyong.cli.shared import CORPUS


@click.command()
@click.argument("base")
@click.argument("head", required=False)
@CORPUS
@click.option(
    "--exact",
    is_flag=True,
    help="Compare with BASE itself, not with the commit at which HEAD left it.",
)
@click.option(
    "--files", default="", metavar="ADDRESS", help="What stands before a file's path in links."
)
def diff(base: str, head: str | None, root: Path, exact: bool, files: str) -> None:
    """Tell what changed in meaning since BASE, record by record, as Markdown for a pull request.

    BASE and HEAD are commits; without HEAD the working folder is compared. What is only layout
    counts for nothing. Exit status: 0, or 1 where an address that was once published would not
    answer any more, or 2 for wrong use.
    """
    from xinyong.history import compare, git, states
    from xinyong.history.markdown import markdown

    try:
        difference = compare.compare(*states.both(root, base, head, exact=exact))
    except git.GitError as error:
        raise click.UsageError(str(error)) from error
    click.echo(markdown(difference, files), nl=False)
    sys.exit(int(bool(difference.lost)))
