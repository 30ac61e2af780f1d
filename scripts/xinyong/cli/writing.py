"""Commands that write files of the corpus: ``schema``, ``fmt`` and ``new``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from xinyong.cli.shared import CORPUS, say

SCHEMAS = "schema"
"""The folder of the corpus that holds the schemas; see .vscode/settings.json."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@CORPUS
@click.option("--check", is_flag=True, help="Change nothing; say which records are not laid out. Then the status is 1.")
def fmt(paths: tuple[Path, ...], root: Path, check: bool) -> None:
    """Lay records out in the canonical way; with PATHS, only these files and folders.

    What a record says stays the same, and so do its comments. A file that cannot be read as YAML is left as it is.
    """
    from xinyong.corpus import load

    files = _records(paths or (root,))
    done, unread = 0, []
    for file in files:
        laid = _laid_out(file)
        if laid is None:
            unread.append(str(file))
        elif laid.encode() != file.read_bytes():
            done += 1
            if check:
                click.echo(f"{file} is not laid out; run 'xinyong fmt {file}'")
            else:
                file.write_text(laid, encoding="utf-8", newline="\n")
    if unread:
        say([problem for problem in load(root)[1] if problem.file in unread])
    noun = "record" if len(files) == 1 else "records"
    said = "not laid out" if check else "laid out anew"
    click.echo(f"{len(files):,} {noun}: {done:,} {said}, {len(unread):,} unreadable")
    sys.exit(int(bool(unread or (check and done))))


def _records(paths: Iterable[Path]) -> list[Path]:
    """Return the files of records among ``paths`` and in them; raise UsageError for what is not there."""
    from xinyong.records import MODELS

    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder '{path}'")
        files = [path] if path.is_file() else sorted(path.rglob("*.yml"))
        found |= {file: None for file in files if file.suffix == ".yml" and file.parent.name in MODELS}
    return [file for file in found if not file.is_symlink()]


def _laid_out(file: Path) -> str | None:
    """Return the canonical layout of a record's file; None where it cannot be read."""
    from xinyong.records.order import order
    from xinyong.source import layout, yaml

    text, faults = yaml.decode(file.read_bytes())
    tree, more = yaml.read(text) if not faults else (None, faults)
    if faults or more or tree is None:
        return None
    laid = layout.lay_out(text, lambda path: order(file.parent.name, path))
    if yaml.read(laid) != (tree, []):
        raise RuntimeError(f"the layout of {file} would change what it says; please report this file")
    return laid


@click.command()
@CORPUS
@click.option("--write", is_flag=True, help="Write them into the corpus.")
@click.option("--check", is_flag=True, help="Say which of those in the corpus are out of date; then the status is 1.")
def schema(root: Path, write: bool, check: bool) -> None:
    """Make the JSON Schemas by which editors help to write records.

    They offer the ids of programs, organizations and lists. These may lag behind the corpus: --check passes over them.
    """
    from xinyong.records import MODELS
    from xinyong.records import schema as schemas

    if write == check:
        raise click.UsageError("say --write or --check")
    ids = {kind: sorted(file.stem for file in (root / kind).glob("*.yml")) for kind in schemas.OFFERED}
    stale = 0
    for kind in MODELS:
        file, made = root / SCHEMAS / f"{kind}.schema.json", schemas.schema(kind, ids)
        if write:
            file.parent.mkdir(exist_ok=True)
            file.write_text(schemas.as_text(made), encoding="utf-8")
        elif not file.exists() or schemas.without_ids(_held(file)) != schemas.without_ids(made):
            click.echo(f"{file} is out of date; make it anew with 'xinyong schema --write'")
            stale += 1
    if not stale:
        click.echo(f"{len(MODELS)} schemas {'written' if write else 'are up to date'}")
    sys.exit(int(bool(stale)))


def _held(file: Path) -> object:
    try:
        held: object = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return held
