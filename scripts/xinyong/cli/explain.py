"""The command that says what a problem's code means: ``explain``."""

from __future__ import annotations

from pathlib import Path

import click

from xinyong import problems
from xinyong.cli.check import ADDRESS
from xinyong.cli.shared import site_address


@click.command()
@click.argument("code")
@ADDRESS
def explain(code: str, config: Path) -> None:
    """Say what a problem's CODE means, why the rule exists, and show it wrong and right."""
    from xinyong.problems.formats import Report

    code = code.upper()
    if code not in problems.CODES:
        hint = problems.nearest(code, problems.CODES, "write one as check shows it, such as X204")
        raise click.UsageError(f"there is no code '{code}'{hint}")
    click.echo(problems.explanation_text(problems.explain(code)), nl=False)
    if address := Report((), 0, site_address(config)).help(code):
        click.echo(f"\nOn the site: {address}")
