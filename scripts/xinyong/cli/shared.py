"""What commands share: their options, and how they speak of problems."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xinyong import corpus as corpora
from xinyong import problems
from xinyong.rules.all import judge, today

CORPUS = click.option(
    "--corpus", "root", type=click.Path(path_type=Path), default=Path("corpus"), help="The folder of the corpus."
)
CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=Path("mkdocs.yml"),
    help="The configuration of the site's engine.",
)
SITE = click.Path(path_type=Path, file_okay=False)


def sound(root: Path) -> corpora.Corpus:
    """Load a corpus that has no errors; where it has some, say them and end the program with status 1."""
    corpus, found = corpora.load(root)
    found += judge(corpus, today())
    if any(problem.severity == "error" for problem in found):
        say(found)
        sys.exit(1)
    return corpus


def say(found: list[problems.Problem]) -> None:
    """Print problems with their places, source lines and carets."""
    text = corpora.report(found)
    if text:
        click.echo(text)
