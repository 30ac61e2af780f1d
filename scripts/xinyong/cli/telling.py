"""Commands that tell what the corpus holds: ``stats`` and ``export``."""

from __future__ import annotations

from pathlib import Path

import click

from xinyong.cli.shared import CORPUS, sound, tell
from xinyong.edition import HERE
from xinyong.exports.formats import FORMATS


@click.command()
@CORPUS
@click.option("--sample", type=click.IntRange(1), help="Instead, draw so many facts to hold against their sources.")
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


@click.command()
@click.argument("name", metavar="FORMAT", type=click.Choice(FORMATS))
@CORPUS
@click.option("--out", type=click.Path(path_type=Path), help="The file or folder to write; without, a text is printed.")
@click.option("--site-url", envvar="SITE_URL", default=HERE, show_default=True, help="The address of the site.")
def export(name: str, root: Path, out: Path | None, site_url: str) -> None:
    """Write the corpus in another FORMAT, or in all of them."""
    from xinyong.exports.command import write

    write(name, sound(root), out, site_url, root)
