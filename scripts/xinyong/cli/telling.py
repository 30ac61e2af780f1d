"""Commands that tell what the corpus holds: ``stats`` and ``export``."""

from __future__ import annotations

from pathlib import Path

import click

from xinyong.cli.shared import CORPUS, sound


@click.command()
@CORPUS
@click.option("--sample", type=click.IntRange(1), help="Instead, draw so many facts to hold against their sources.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which facts are drawn.")
def stats(root: Path, sample: int | None, seed: int) -> None:
    """Count what the corpus holds, and say how well it stands."""
    from xinyong.pages import stats as figures

    corpus = sound(root)
    lines = figures.sample(corpus, sample, seed) if sample else figures.as_lines(figures.stats(corpus))
    click.echo("\n".join(lines))


@click.command()
@click.argument("name", metavar="FORMAT", type=click.Choice(["bibtex"]))
@CORPUS
def export(name: str, root: Path) -> None:
    """Print the corpus in another FORMAT: its sources as BibTeX."""
    from xinyong.exports.bibtex import bibtex

    click.echo({"bibtex": bibtex}[name](sound(root)), nl=False)
