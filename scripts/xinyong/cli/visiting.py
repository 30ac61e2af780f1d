"""The command for the links that leave the site: ``addresses``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from xinyong.cli.shared import CORPUS, sound


@click.command()
@CORPUS
@click.option(
    "--judge",
    "report",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Instead, say what lychee's JSON report on these addresses means.",
)
def addresses(root: Path, report: Path | None) -> None:
    """List the addresses of all sources, one a line, for a link checker.

    Exit status: 0, or with --judge 1 where a source is gone (404, 410, no such host) and no archived copy is named.
    """
    from xinyong.exports import addresses as exported

    corpus = sound(root)
    if report is None:
        click.echo("\n".join(exported.addresses(corpus)))
        return
    try:
        verdict = exported.judge(corpus, json.loads(report.read_text(encoding="utf-8")))
    except (ValueError, AttributeError, TypeError) as error:
        raise click.UsageError(f"'{report}' is no report of lychee ({error}); make one with --format json") from error
    click.echo("\n".join(exported.told(verdict)))
    sys.exit(int(bool(verdict.lost) and verdict.reached))
