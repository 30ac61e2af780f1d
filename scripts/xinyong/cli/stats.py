"""The command that counts what the corpus holds: ``stats``."""

from __future__ import annotations

from pathlib import Path

import click

from xinyong.cli.shared import CORPUS, sound, tell


@click.command()
@CORPUS
@click.option(
    "--sample",
    type=click.IntRange(1),
    help="Instead, draw so many facts to hold against their sources.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Which facts are drawn.")
def stats(root: Path, sample: int | None, seed: int) -> None:
    """Count what the corpus holds, and say how well it stands."""
    from xinyong.corpus import stats as figures
    from xinyong.references.labels import References

    corpus = sound(root)
    lines = (
        figures.sample(corpus, References(corpus).labels, sample, seed)
        if sample
        else figures.as_lines(figures.stats(corpus))
    )
    tell("\n".join(lines))
