"""The command that tells what became of a record: ``history``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xinyong.cli.shared import CORPUS, tell

if TYPE_CHECKING:
    from xinyong.history.lines import History, Line


@click.command()
@click.argument("id_", metavar="ID")
@CORPUS
def history(id_: str, root: Path) -> None:
    """Tell the states of the record ID, the newest first, each with its dated address and what changed in it."""
    from xinyong import corpus as corpora
    from xinyong.history import read
    from xinyong.problems import nearest

    corpus, _ = corpora.load(root)
    found = read.read(root, corpus)
    if found.lack:
        hint = found.why
        raise click.UsageError(f"{hint}")
    wanted = id_.rpartition("/")[2]
    lines = [line for line in found.lines.values() if line.id == wanted]
    if not lines:
        hint = nearest(wanted, [id_ for _, id_ in found.lines], "commit it first")
        raise click.UsageError(f"git knows no record '{wanted}'{hint}")
    tell("\n".join(text for line in lines for text in _text(found, line)))


def _text(found: History, line: Line) -> Iterator[str]:
    from xinyong.history import text as words

    yield f"{line.kind}/{line.id}"
    if line.key in found.unsaved:
        yield "changed since the last commit"
    for step in found.chain(line):
        for state in reversed(step.states):
            if state.blob or step is line:
                yield f"{state.day}  {words.became(step, state)}  /{step.address(state)}"
                yield from (f"  {words.line(change)}" for change in state.changes)
