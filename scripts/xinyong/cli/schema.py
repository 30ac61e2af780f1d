"""The command that writes the JSON Schemas of the kinds: ``schema``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from xinyong.cli import files
from xinyong.cli.shared import CORPUS, tell

SCHEMAS = "schema"
"""The folder of the corpus that holds the schemas; see .vscode/settings.json."""


@click.command()
@CORPUS
@click.option("--write", is_flag=True, help="Write them into the corpus.")
@click.option(
    "--check",
    is_flag=True,
    help="Say which of those in the corpus are out of date; then the status is 1.",
)
def schema(root: Path, write: bool, check: bool) -> None:
    """Make the JSON Schemas by which editors help to write records.

    They offer the ids of programs, organizations and lists. These may lag behind the corpus:
    --check passes over them.
    """
    from xinyong.records import MODELS
    from xinyong.records import schema as schemas

    if write == check:
        raise click.UsageError("say --write or --check")
    ids = {
        kind: sorted(file.stem for file in (root / kind).glob("*.yml")) for kind in schemas.OFFERED
    }
    stale = 0
    for kind in MODELS:
        file, made = root / SCHEMAS / f"{kind}.schema.json", schemas.schema(kind, ids)
        if write:
            file.parent.mkdir(exist_ok=True)
            files.replace(file, schemas.as_text(made))
        elif not file.exists() or schemas.without_ids(_held(file)) != schemas.without_ids(made):
            tell(f"{file} is out of date; make it anew with 'xinyong schema --write'")
            stale += 1
    if not stale:
        tell(f"{len(MODELS)} schemas {'written' if write else 'are up to date'}")
    sys.exit(int(bool(stale)))


def _held(file: Path) -> object:
    try:
        held: object = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return held
