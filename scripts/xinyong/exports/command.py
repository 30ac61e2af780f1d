"""The command ``export``: one format, or all."""

from __future__ import annotations

from pathlib import Path

import click

from xinyong.corpus import Corpus
from xinyong.exports import everything
from xinyong.exports.references import Bibliography, write_pages
from xinyong.pages.formats.edition import read
from xinyong.pages.views import Library


def write(name: str, corpus: Corpus, out: Path | None, site_url: str, project: Path) -> None:
    """Write a sound corpus in the format ``name`` to ``out``; a text is printed where there is no ``out``.

    ``site_url`` is the address that the records' own addresses begin with; ``project`` is the folder of
    ``CITATION.cff``. Raises click.UsageError for a format of many files, or of bytes, without ``out``.
    """
    library = Library(corpus, edition=read(project, f"{site_url.rstrip('/')}/"))
    if name in everything.TEXTS:
        _write_text(everything.TEXTS[name][1](Bibliography(library)), out)
        return
    if out is None:
        raise click.UsageError(f"'{name}' cannot be printed; say with --out where to write it")
    if name == "all":
        everything.write(library, out)
    elif name == "cite":
        write_pages(Bibliography(library), out)
    else:
        everything.write_records(library, {name: out})
    if name == "csv":
        everything.write_package(library, out)
    click.echo(f"wrote {out}")


def _write_text(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(text.encode())
    click.echo(f"wrote {out}")
