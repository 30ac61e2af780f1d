"""The command that begins a record: ``new``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xinyong.cli import files
from xinyong.cli.shared import CORPUS, need, tell

if TYPE_CHECKING:
    from xinyong.cli.drafts import Draft


@click.command()
@click.argument("kind", metavar="KIND")
@click.argument("id_", metavar="ID")
@CORPUS
@click.option("--name-en", metavar="NAME", help="The same as --set name.en=NAME.")
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Fill in a field, such as launched.value=2015.",
)
@click.option(
    "--ask/--no-ask", default=None, help="Ask for what is missing; by default on a terminal only."
)
def new(
    kind: str, id_: str, root: Path, name_en: str | None, given: tuple[str, ...], ask: bool | None
) -> None:
    """Write a new record of a KIND (cities, programs …) under an ID, which is its address for ever.

    On a terminal it asks for what every record of that kind needs and checks each answer. A VALUE
    may be written as in a record: 'about=[alipay, ant-group]'. A file that is there is never
    changed. The status is 1 where something is still missing; then the record says so in comments.
    """
    from xinyong.cli.drafts import Draft
    from xinyong.cli.questions import fill
    from xinyong.corpus import load

    file = _free_place(kind, id_, root)
    draft = Draft(kind, id_, load(root)[0])
    for setting in ([f"name.en={name_en}"] if name_en else []) + list(given):
        _put(draft, setting)
    if ask or (ask is None and sys.stdin.isatty()):
        try:
            fill(draft)
        except click.Abort:
            click.echo("\nnothing was written")
            raise
    files.create(file, draft.text())
    problems = draft.problems()
    tell(f"written: {file}")
    for problem in problems:
        at = f"{'.'.join(map(str, problem.path))}: " if problem.path else ""
        tell(f"  {problem.code} {at}{problem.message}")
    tell(f"what else it can say: docs/contribute/{kind}.md")
    tell(f"see it with the whole corpus: xinyong check {file}")
    sys.exit(int(any(problem.severity == "error" for problem in problems)))


def _free_place(kind: str, id_: str, root: Path) -> Path:
    """Return the file for a new record; raise UsageError for a kind or an id that cannot be."""
    from xinyong.problems import nearest
    from xinyong.records import MODELS
    from xinyong.source import ids
    from xinyong.source.cites import ID

    need(root)
    if kind not in MODELS:
        hint = nearest(kind, MODELS, f"write one of: {', '.join(MODELS)}")
        raise click.UsageError(f"there is no kind '{kind}'{hint}")
    if not ID.match(id_):
        raise click.UsageError(
            f"'{id_}' is not an id; write small letters, digits and single hyphens"
        )
    if trouble := ids.trouble(id_):
        raise click.UsageError(f"{trouble[1]}; choose another id")
    for other in MODELS:
        if (taken := root / other / f"{id_}.yml").exists():
            raise click.UsageError(
                f"the id '{id_}' is taken by {taken}; choose another, or change that record"
            )
    return root / kind / f"{id_}.yml"


def _put(draft: Draft, setting: str) -> None:
    from xinyong.problems import visible
    from xinyong.source import yaml

    name, equals, value = setting.partition("=")
    if re.search("[\ud800-\udfff]", setting):
        raise click.UsageError(f"'{visible(setting)}' is not UTF-8; type it at a terminal that is")
    if not equals or not all(name.split(".")):
        raise click.UsageError(
            f"'{setting}' is no setting; write it as field=value, such as layer=state"
        )
    tree, faults = yaml.read(f"value: {value}\n")
    read = (
        tree["value"]
        if isinstance(tree, dict) and not faults and list(tree) == ["value"]
        else value
    )
    draft.put(tuple(name.split(".")), read)
