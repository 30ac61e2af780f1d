"""The command ``export``: one format, or all."""

from __future__ import annotations

import importlib
from pathlib import Path

import click

from xinyong.corpus import Corpus
from xinyong.edition import read
from xinyong.exports import archive, everything
from xinyong.exports.references import Bibliography, write_pages
from xinyong.history import read as reading
from xinyong.history.lines import UNKNOWN, History
from xinyong.publication import Library

DATED = frozenset({"all", "archive", "changes"})
"""The formats that need the corpus's history."""

PACKED = frozenset({"all", "archive", "parquet"})
"""The formats that need pyarrow, asked for before anything is written."""


def write(name: str, corpus: Corpus, out: Path | None, site_url: str, root: Path) -> None:
    """Write the sound corpus of the folder ``root`` in the format ``name`` to ``out``.

    Without, print a text. ``site_url`` is the address that the records' own addresses begin with;
    ``CITATION.cff`` stands beside ``root``. Raises click.UsageError for a format of many files, or
    of bytes, without ``out``.
    """
    if name in PACKED:
        importlib.import_module("pyarrow")
    history = reading.read(root, corpus) if name in DATED else UNKNOWN
    library = Library(
        corpus, edition=read(root.parent, f"{site_url.rstrip('/')}/"), history=history
    )
    if name in everything.TEXTS:
        _write_text(everything.TEXTS[name][1](Bibliography(library)), out)
        _tell(history)
        return
    if out is None:
        raise click.UsageError(
            f"'{name}' cannot be printed; name the place to write it to with --out"
        )
    if name == "all":
        everything.write(library, out)
    elif name == "archive":
        archive.write(library, out)
    elif name == "cite":
        write_pages(Bibliography(library), out)
    else:
        everything.write_records(library, {name: out})
    if name == "csv":
        everything.write_package(library, out)
    click.echo(f"wrote {out}")
    _tell(history)


def _tell(history: History) -> None:
    """Say on the way of errors that what changed is not in what was written, and why."""
    if history.why:
        click.echo(f"without what changed: {history.why}", err=True)


def _write_text(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(text.encode())
    click.echo(f"wrote {out}")
