"""Commands that judge the corpus: ``check`` and ``explain``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xinyong import corpus as corpora
from xinyong import problems
from xinyong.cli.shared import CORPUS, say
from xinyong.rules.all import judge, today


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@CORPUS
def check(paths: tuple[Path, ...], root: Path) -> None:
    """Check the corpus; with PATHS, show the problems of these files and folders only.

    Exit status: 0 sound, 1 problems, 2 wrong use. Warnings alone are sound.
    """
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder '{path}'")
    corpus, found = corpora.load(root)
    found += judge(corpus, today())
    if paths:
        wanted = [path.resolve() for path in paths]
        found = [p for p in found if any(Path(p.file).resolve().is_relative_to(path) for path in wanted)]
    say(found)
    click.echo(f"{len(corpus.entries):,} records: {problems.count(found)}")
    sys.exit(int(any(problem.severity == "error" for problem in found)))


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a problem's CODE means, why the rule exists, and show it wrong and right."""
    code = code.upper()
    if code not in problems.CODES:
        raise click.UsageError(f"there is no code '{code}'{problems.nearest(code, problems.CODES)}")
    click.echo(problems.explanation_text(problems.explain(code)), nl=False)
