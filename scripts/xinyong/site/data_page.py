"""What fills the slots of the data page and the query page: files, sizes, checksums, the data dictionary, queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from xinyong.exports import queries
from xinyong.exports.api import FOLDER as API
from xinyong.exports.everything import FOLDER, Written
from xinyong.exports.manifest import CHECKSUMS
from xinyong.exports.schema import tables
from xinyong.exports.sqlite import FILE as DATABASE
from xinyong.exports.views import VIEWS
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.references import json_ld
from xinyong.references.bibtex import bibtex
from xinyong.references.cff import cff
from xinyong.references.citation import whole_reference
from xinyong.references.csl import csl_json
from xinyong.references.ris import ris
from xinyong.references.work import whole
from xinyong.site.templating import macro
from xinyong.words import Words

WORDS = Words("data")

FILES = Words("files")
"""The single files of the data page, in the order in which they are shown, with what each is."""


@dataclass(frozen=True)
class _File:
    """A file as it is shown: what it is called, where it is, what it is, how large, its checksum."""

    name: str
    address: str
    meaning: str = ""
    size: str = ""
    checksum: str = ""


@dataclass(frozen=True)
class _TableFiles:
    """A table as it is shown: what one row is, how many rows there are, and its files.

    ``number`` is the name of the number of its rows, if that has one.
    """

    name: str
    meaning: str
    rows: int
    number: str
    files: Sequence[_File]


@dataclass(frozen=True)
class _Page:
    library: Library
    written: Written
    root: str

    def address(self, path: str) -> str:
        """Return the address of a file below ``data/`` from the page."""
        return f"{self.root}{FOLDER}/{path}"

    def file(self, path: str, name: str = "", meaning: str = "") -> _File:
        """Return a file below ``data/`` as it is shown, under its path or another name."""
        file = self.written.files[path]
        return _File(name or path, self.address(path), meaning, size(file.size), file.sha256)


def fragment(library: Library, written: Written, name: str, root: str) -> str | None:
    """Render the fragment ``name`` for a page from which ``root`` leads to the site's root.

    None if there is none.
    """
    made = FRAGMENTS.get(name)
    return str(made(_Page(library, written, root))) if made else None


def files(page: _Page) -> Markup:
    """Show the single files: what each is, how large, its checksum."""
    rows = [page.file(path, meaning=meaning) for path, meaning in FILES.items()]
    written = page.written.files
    whole_size = size(sum(file.size for file in written.values()))
    total = WORDS["total"].format(n=f"{len(written):,}", m=whole_size)
    return macro("data.html.j2", "files")(rows, total, _File(CHECKSUMS, page.address(CHECKSUMS)))


def table_files(page: _Page) -> Markup:
    """Show the tables: what one row is, how many rows, the files of each."""
    rows = [
        _TableFiles(
            table.name,
            table.meaning,
            page.written.counts[table.name],
            _number(table.name),
            list(_files_of(page, table.name)),
        )
        for table in tables().values()
    ]
    return macro("data.html.j2", "tables")(rows)


def dictionary(page: _Page) -> Markup:
    """Show the data dictionary: every column of every table, with its type and meaning."""
    views = [(name, meaning) for name, (meaning, _) in VIEWS.items()]
    return macro("data.html.j2", "dictionary")(list(tables().values()), views)


def citation(page: _Page) -> Markup:
    """Show how to cite the corpus as a whole, in every form."""
    edition = page.library.edition
    work = [whole(edition)]
    forms = {
        "text": whole_reference(edition),
        "bibtex": bibtex(work),
        "ris": ris(work),
        "csl": csl_json(work),
        "cff": cff(edition),
    }
    shown = [(form, reference.rstrip()) for form, reference in forms.items()]
    downloads = {
        edition.base + f"{FOLDER}/{name}": page.written.files[name].media for name in FILES
    }
    description = json_ld.script(json_ld.dataset(edition, downloads))
    return macro("data.html.j2", "citation")(shown) + description


def copied(page: _Page) -> Markup:
    """Show the queries to copy; those in SQL lead to the query page."""
    return macro("data.html.j2", "queries")(page.root, queries.copied())


def clicked(page: _Page) -> Markup:
    """Show the queries to click as links that hold the query."""
    return macro("data.html.j2", "examples")(queries.clicked())


def console(page: _Page) -> Markup:
    """Show the form of the query page.

    A script makes it work and loads the database when asked to.
    """
    database = page.written.files[f"{DATABASE}.gz"]
    megabytes = f"{database.size / 1e6:.1f}"
    return macro("data.html.j2", "console")(page.root, page.address(database.path), megabytes)


def interface(page: _Page) -> Markup:
    """Show the addresses of the static API and a record as an example."""
    names = ("index.json", "openapi.json", "programs.json", "cities.json")
    found = [_File(f"/{API}/{name}", f"{page.root}{API}/{name}") for name in names]
    return macro("data.html.j2", "interface")(found)


FRAGMENTS: Mapping[str, Callable[[_Page], Markup]] = {
    "data-files": files,
    "data-tables": table_files,
    "data-dictionary": dictionary,
    "data-citation": citation,
    "data-queries": copied,
    "data-api": interface,
    "query-console": console,
    "query-examples": clicked,
}


def size(number: int) -> str:
    """Write a size: ``512 bytes``, ``12 kB``, ``8.9 MB``."""
    if number < 1_000:
        return WORDS["bytes"].format(n=number)
    if number < 1_000_000:
        return WORDS["kilobytes"].format(n=f"{number / 1_000:,.0f}")
    return WORDS["megabytes"].format(n=f"{number / 1_000_000:,.1f}")


def _number(table: str) -> str:
    """Return the name of the number of a table's rows; empty where it has none."""
    if table in MODELS:
        return f"records-{table}"
    return table if table in ("records", "facts") else ""


def _files_of(page: _Page, table: str) -> Iterator[_File]:
    """Yield the files that hold a table; not every table is there as JSON."""
    yield page.file(f"csv/{table}.csv", name=WORDS["csv"])
    yield page.file(f"parquet/{table}.parquet", name=WORDS["parquet"])
    if f"json/{table}.json" in page.written.files:
        yield page.file(f"json/{table}.json", name=WORDS["json"])
