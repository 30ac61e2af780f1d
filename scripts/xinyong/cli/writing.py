"""Commands that write files of the corpus: ``new``, ``fmt`` and ``schema``."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xinyong.cli import files
from xinyong.cli.shared import CORPUS, need, say, tell, trouble
from xinyong.problems import Problem
from xinyong.source.snapshot import MAX_BYTES, SUFFIX

if TYPE_CHECKING:
    from xinyong.cli.drafts import Draft

SCHEMAS = "schema"
"""The folder of the corpus that holds the schemas; see .vscode/settings.json."""


@click.command()
@click.argument("kind", metavar="KIND")
@click.argument("id_", metavar="ID")
@CORPUS
@click.option("--name-en", metavar="NAME", help="The same as --set name.en=NAME.")
@click.option(
    "--set", "given", multiple=True, metavar="FIELD=VALUE", help="Fill in a field, such as launched.value=2015."
)
@click.option("--ask/--no-ask", default=None, help="Ask for what is missing; by default on a terminal only.")
def new(kind: str, id_: str, root: Path, name_en: str | None, given: tuple[str, ...], ask: bool | None) -> None:
    """Write a new record of a KIND (cities, programs …) under an ID, which is its address for ever.

    On a terminal it asks for what every record of that kind needs and checks each answer. A VALUE may be written as in
    a record: 'about=[alipay, ant-group]'. A file that is there is never changed. The status is 1 where something is
    still missing; then the record says so in comments.
    """
    from xinyong.cli.asking import fill
    from xinyong.cli.drafts import Draft
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
        raise click.UsageError(f"'{id_}' is not an id; write small letters, digits and single hyphens")
    if trouble := ids.trouble(id_):
        raise click.UsageError(f"{trouble[1]}; choose another id")
    for other in MODELS:
        if (taken := root / other / f"{id_}.yml").exists():
            raise click.UsageError(f"the id '{id_}' is taken by {taken}; choose another, or change that record")
    return root / kind / f"{id_}.yml"


def _put(draft: Draft, setting: str) -> None:
    from xinyong.problems import visible
    from xinyong.source import yaml

    name, equals, value = setting.partition("=")
    if re.search("[\ud800-\udfff]", setting):
        raise click.UsageError(f"'{visible(setting)}' is not UTF-8; type it at a terminal that is")
    if not equals or not all(name.split(".")):
        raise click.UsageError(f"'{setting}' is no setting; write it as field=value, such as layer=state")
    tree, faults = yaml.read(f"value: {value}\n")
    read = tree["value"] if isinstance(tree, dict) and not faults and list(tree) == ["value"] else value
    draft.put(tuple(name.split(".")), read)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@CORPUS
@click.option("--check", is_flag=True, help="Change nothing; say which records are not laid out. Then the status is 1.")
def fmt(paths: tuple[Path, ...], root: Path, check: bool) -> None:
    """Lay records out in the canonical way; with PATHS, only these files and folders.

    What a record says stays the same, and so do its comments. A file that cannot be read as YAML,
    or not be laid out without a change of what it says, is left as it is.
    Exit status: 0, 1 for such a file, 2 where one cannot be read or written.
    """
    found = _records(paths or (root,))
    counts: Counter[str] = Counter()
    for file in found:
        try:
            counts[_lay_out(file, check=check)] += 1
        except OSError as error:
            tell(f"Error: {trouble(error)}", err=True)
            counts["out of reach"] += 1
    noun = "record" if len(found) == 1 else "records"
    done = "not laid out" if check else "laid out anew"
    rare = (what for what in ("left as it is", "out of reach") if counts[what])
    said = ", ".join(f"{counts[what]:,} {what}" for what in (done, "unreadable", *rare))
    tell(f"{len(found):,} {noun}: {said}")
    sys.exit(2 if counts["out of reach"] else int(bool(counts.keys() - {"as it was", "laid out anew"})))


def _records(paths: Iterable[Path]) -> list[Path]:
    """Return the files of records among ``paths`` and in them; raise UsageError for what is not there."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder '{path}'; look at its name again")
        files = [file for file in [path, *sorted(path.rglob("*.yml"))] if _is_record(file)]
        if not path.is_dir() and not files:
            raise click.UsageError(f"'{path}' is no record; name a file such as corpus/cities/rongcheng.yml")
        found |= dict.fromkeys(files)
    return [*found]


def _is_record(file: Path) -> bool:
    """Say whether a file can be one of a record; a symbolic link is none, since nothing is written through it."""
    from xinyong.records import MODELS

    return file.suffix == SUFFIX and _kind(file) in MODELS and file.is_file() and not file.is_symlink()


def _kind(file: Path) -> str:
    return file.absolute().parent.name


def _lay_out(file: Path, *, check: bool) -> str:
    """Lay out the file of a record, or with ``check`` only say whether it is; return what became of it."""
    from xinyong.records.order import order
    from xinyong.source import layout

    data = file.read_bytes() if file.stat().st_size <= MAX_BYTES else b""
    faults = _faults(file, data)
    if faults:
        say(faults)
        return "unreadable"
    laid = layout.settle(data.decode(), lambda path: order(_kind(file), path))
    if laid is None:
        said = "laid out anew it would say something else or lose a comment; do it by hand"
        tell(f"{file} is left as it is: {said}")
        return "left as it is"
    if laid.encode() == data:
        return "as it was"
    if check:
        tell(f"{file} is not laid out; run 'xinyong fmt {file}'")
        return "not laid out"
    files.replace(file, laid)
    return "laid out anew"


def _faults(file: Path, data: bytes) -> list[Problem]:
    """Say why a file cannot be read as YAML, or that nothing stands in it."""
    from xinyong.source import yaml

    size, tree = file.stat().st_size, None
    text, faults = yaml.decode(data) if data or not size else ("", [yaml.too_large(size)])
    if not faults:
        tree, faults = yaml.read(text)
    if tree is None and not faults:
        return [Problem("X112", "the file is empty; begin it with a line such as 'name: …'", str(file))]
    return [Problem(one.code, one.message, str(file), line=one.line, column=one.column) for one in faults]


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
