"""The command that checks the corpus: ``check``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from xinyong import problems
from xinyong.cli.shared import CONFIG_NAME, CORPUS, coloured, of_project, site_address, tell
from xinyong.problems import Problem

FORMATS = ("text", "github", "json", "sarif")
ADDRESS = click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=of_project(CONFIG_NAME),
    help="Where the site's address is found.",
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@CORPUS
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="The output's form.",
)
@click.option(
    "--changed",
    metavar="BASE",
    help="Show only the problems of records that differ from git's BASE.",
)
@ADDRESS
def check(
    paths: tuple[Path, ...], root: Path, form: str, changed: str | None, config: Path
) -> None:
    """Check the corpus; with PATHS, show the problems of these files and folders only.

    The whole corpus is checked in any case. With --changed, the problems of other records are
    counted, not shown. Exit status: 0 sound, 1 problems, 2 wrong use. Warnings alone are sound.
    """
    from xinyong.corpus import load, locate
    from xinyong.rules.all import check as check_corpus
    from xinyong.rules.all import today

    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder '{path}'; look at its name again")
        if root.is_dir() and not _meet(path.resolve(), root.resolve()):
            raise click.UsageError(
                f"'{path}' lies outside the corpus '{root}'; move it there, or name its own --corpus"
            )
    corpus, faults = load(root)
    found = locate(faults + check_corpus(corpus, today()))
    wanted = [problem for problem in found if not paths or _lies_in(problem, paths, root)]
    shown = wanted if changed is None else _touched(wanted, changed, root)
    records = len(corpus.entries)
    _print(shown, form, records, config)
    if form in ("text", "github"):
        rest = [problem for problem in wanted if problem not in shown]
        elsewhere = f"; in records that did not change: {problems.count(rest)}" if rest else ""
        tell(f"{records:,} records: {problems.count(shown)}{elsewhere}")
    sys.exit(int(any(problem.severity == "error" for problem in wanted)))


def _meet(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _lies_in(problem: Problem, paths: Sequence[Path], root: Path) -> bool:
    """Say whether a problem is one of the files and folders asked for, or of the corpus as a whole."""
    return problem.file == str(root) or any(
        Path(problem.file).resolve().is_relative_to(path.resolve()) for path in paths
    )


def _touched(found: Sequence[Problem], base: str, root: Path) -> list[Problem]:
    from xinyong.cli.git import touched

    files = {root.resolve(), *touched(base, root)}
    return [problem for problem in found if Path(problem.file).resolve() in files]


def _print(found: Sequence[Problem], form: str, records: int, config: Path) -> None:
    from xinyong import __version__
    from xinyong.problems import formats

    if form == "text":
        if found:
            click.echo(formats.as_lines(found, colour=coloured()), color=coloured())
    elif form == "github":
        for problem in found:
            click.echo(formats.as_github(problem))
    else:
        report = formats.Report(found, records, site_address(config))
        sarif = form == "sarif"
        click.echo(
            formats.as_sarif(report, __version__) if sarif else formats.as_json(report), nl=False
        )
