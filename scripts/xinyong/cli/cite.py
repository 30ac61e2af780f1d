"""The command that finds the ids of sources: ``cite``."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

import click

from xinyong import corpus as corpora
from xinyong.cli.shared import CORPUS, need, tell


@click.command()
@click.argument("text", nargs=-1, required=True)
@CORPUS
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="How many are shown at most.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects instead of lines.")
def cite(text: tuple[str, ...], root: Path, limit: int, as_json: bool) -> None:
    """Find the id of the source that TEXT means: author, year, words of the title, Chinese, number, DOI or address.

    Exit status: 0, or 1 where nothing fits.
    """
    from xinyong.imports.search import as_lines, seek

    need(root)
    corpus, _ = corpora.load(root)
    whole = corpora.Corpus({entry.id: entry for entry in corpus if entry.whole})
    found = seek(whole, " ".join(text), limit)
    if as_json:
        tell(json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=2))
    elif not found:
        tell(
            "no source fits; add it to corpus/citations, or import it with 'xinyong import'",
            err=True,
        )
    else:
        tell("\n".join(as_lines(found)))
    sys.exit(int(not found))
