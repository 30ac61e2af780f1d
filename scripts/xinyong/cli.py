"""The commands."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path

import click

from xinyong import corpus as corpora
from xinyong import problems
from xinyong.rules.all import judge
from xinyong.source import edtf

CORPUS = click.option(
    "--corpus", "root", type=click.Path(path_type=Path), default=Path("corpus"), help="The folder of the corpus."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xinyong")
def main() -> None:
    """Check, explain, build and preview the corpus on China's credit systems."""


@main.command()
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
    show(found)
    click.echo(f"{len(corpus.entries):,} records: {problems.count(found)}")
    sys.exit(any(problem.severity == "error" for problem in found))


def today() -> edtf.Edtf:
    """The day up to which dates are not in the future: SOURCE_DATE_EPOCH where it is set, else the clock's day."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.datetime.now(datetime.UTC)
    moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch.isdigit() else now
    return edtf.parse(moment.date().isoformat())


def show(found: list[problems.Problem]) -> None:
    """Print problems in the order of their places, each with its source line and a caret."""
    lines: dict[str, list[str]] = {}
    for problem in corpora.locate(found):
        source = lines.setdefault(problem.file, corpora.source_lines(problem.file))
        line = source[problem.line - 1] if 0 < problem.line <= len(source) else ""
        click.echo(problems.as_text(problem, line))
