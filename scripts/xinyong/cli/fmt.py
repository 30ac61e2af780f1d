"""The command that lays records out: ``fmt``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from xinyong.cli import files
from xinyong.cli.shared import CORPUS, say, tell, trouble
from xinyong.problems import Problem
from xinyong.source.snapshot import MAX_BYTES, SUFFIX


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@CORPUS
@click.option(
    "--check",
    is_flag=True,
    help="Change nothing; say which records are not laid out. Then the status is 1.",
)
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
    message = ", ".join(f"{counts[what]:,} {what}" for what in (done, "unreadable", *rare))
    tell(f"{len(found):,} {noun}: {message}")
    sys.exit(
        2 if counts["out of reach"] else int(bool(counts.keys() - {"as it was", "laid out anew"}))
    )


def _records(paths: Iterable[Path]) -> list[Path]:
    """Return the files of records among ``paths`` and in them.

    Raise UsageError for what is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no file or folder '{path}'; look at its name again")
        files = [file for file in [path, *sorted(path.rglob("*.yml"))] if _is_record(file)]
        if not path.is_dir() and not files:
            raise click.UsageError(
                f"'{path}' is no record; name a file such as corpus/cities/rongcheng.yml"
            )
        found |= dict.fromkeys(files)
    return [*found]


def _is_record(file: Path) -> bool:
    """Say whether a file can be one of a record.

    A symbolic link is none, since nothing is written through it.
    """
    from xinyong.records import MODELS

    return (
        file.suffix == SUFFIX and _kind(file) in MODELS and file.is_file() and not file.is_symlink()
    )


def _kind(file: Path) -> str:
    return file.absolute().parent.name


def _lay_out(file: Path, *, check: bool) -> str:
    """Lay out the file of a record, or with ``check`` only say whether it is.

    Return what became of it.
    """
    from xinyong.records.order import order
    from xinyong.source import layout

    data = file.read_bytes() if file.stat().st_size <= MAX_BYTES else b""
    faults = _faults(file, data)
    if faults:
        say(faults)
        return "unreadable"
    laid = layout.settle(data.decode(), lambda path: order(_kind(file), path))
    if laid is None:
        message = "laid out anew it would say something else or lose a comment; do it by hand"
        tell(f"{file} is left as it is: {message}")
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
        return [
            Problem("X112", "the file is empty; begin it with a line such as 'name: …'", str(file))
        ]
    return [
        Problem(one.code, one.message, str(file), line=one.line, column=one.column)
        for one in faults
    ]
