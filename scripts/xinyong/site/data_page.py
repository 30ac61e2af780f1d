"""What fills the slots of the data page and the query page: files, sizes, checksums, the data dictionary, queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from xinyong.exports import queries
from xinyong.exports.api import FOLDER as API
from xinyong.exports.everything import CHECKSUMS, FOLDER, Written
from xinyong.exports.queries import Query
from xinyong.exports.schema import Column, Table, tables
from xinyong.exports.sqlite import FILE as DATABASE
from xinyong.exports.sqlite import VIEWS
from xinyong.markup import text
from xinyong.publication import Library
from xinyong.references import json_ld
from xinyong.references.bibtex import bibtex
from xinyong.references.citation import whole_reference
from xinyong.references.csl import csl_json
from xinyong.references.ris import ris
from xinyong.references.work import whole
from xinyong.words import SCRIPTS, Words

WORDS = Words("data")

FILES = Words("files")
"""The single files of the data page, in the order in which they are shown, with what each is."""


@dataclass(frozen=True)
class _Page:
    library: Library
    written: Written
    root: str

    def address(self, path: str) -> str:
        """Return the address of a file below ``data/`` from the page."""
        return f"{self.root}{FOLDER}/{path}"


def fragment(library: Library, written: Written, name: str, root: str) -> str | None:
    """Render the fragment ``name`` for a page from which ``root`` leads to the site's root.

    None if there is none.
    """
    made = FRAGMENTS.get(name)
    return str(made(_Page(library, written, root))) if made else None


def files(page: _Page) -> Markup:
    """Show the single files: what each is, how large, its checksum."""
    row = Markup(
        '<tr><td><a href="{}" download>{}</a></td><td>{}</td><td class="xy-number">{}</td>'
        '<td><code class="xy-checksum">{}</code></td></tr>'
    )
    rows = [
        row.format(page.address(path), path, what, size(file.size), file.sha256)
        for path, what in FILES.items()
        if (file := page.written.files[path])
    ]
    total = sum(file.size for file in page.written.files.values())
    message = WORDS["total"].format(n=f"{len(page.written.files):,}", m=size(total))
    sums = Markup('<p>{} <a href="{}">{}</a>.</p>').format(
        message, page.address(CHECKSUMS), CHECKSUMS
    )
    return _table(("file", "what", "size", "checksum"), rows) + sums


def table_files(page: _Page) -> Markup:
    """Show the tables: what one row is, how many rows, the files of each."""
    rows = []
    link = Markup('<a href="{}" download>{}</a>')
    for table in tables().values():
        csv = page.written.files[f"csv/{table.name}.csv"]
        links = [link.format(page.address(csv.path), f"CSV, {size(csv.size)}")]
        if f"json/{table.name}.json" in page.written.files:
            json = page.written.files[f"json/{table.name}.json"]
            links.append(link.format(page.address(json.path), f"JSON, {size(json.size)}"))
        row = Markup(
            '<tr><th scope="row"><a href="#table-{0}"><code>{0}</code></a></th><td>{1}</td>'
        )
        row += Markup('<td class="xy-number">{2:,}</td><td>{3}</td></tr>')
        rows.append(
            row.format(
                table.name,
                table.meaning,
                page.written.counts[table.name],
                Markup("<br>").join(links),
            )
        )
    return _table(("table", "what", "rows", "format"), rows)


def dictionary(page: _Page) -> Markup:
    """Show the data dictionary: every column of every table, with its type and meaning."""
    return Markup("\n").join(_columns(table) for table in tables().values()) + _views()


def citation(page: _Page) -> Markup:
    """Show how to cite the corpus as a whole, in every form."""
    edition = page.library.edition
    work = [whole(edition)]
    forms = {
        "text": whole_reference(edition),
        "bibtex": bibtex(work),
        "ris": ris(work),
        "csl": csl_json(work),
    }
    block = Markup(
        '<details class="xy-details"{}><summary>{}</summary>\n<pre data-copy><code>{}</code></pre></details>'
    )
    shown = [
        block.format(
            Markup(" open") if form == "text" else "", WORDS[f"cite-{form}"], message.rstrip()
        )
        for form, message in forms.items()
    ]
    downloads = {
        edition.base + f"{FOLDER}/{name}": page.written.files[name].media for name in FILES
    }
    return Markup("\n").join(shown) + json_ld.script(json_ld.dataset(edition, downloads))


def copied(page: _Page) -> Markup:
    """Show the queries to copy; those in SQL lead to the query page."""
    block = Markup(
        '<section class="xy-query"><h3 id="query-{}">{}</h3>\n<p class="xy-sub">{}</p>\n'
        "<pre data-copy><code>{}</code></pre></section>"
    )
    return Markup("\n").join(
        block.format(q.id, text(q.title), _language(page, q), q.text) for q in queries.copied()
    )


def clicked(page: _Page) -> Markup:
    """Show the queries to click as links that hold the query."""
    item = Markup('<li><a href="?sql={}">{}</a></li>')
    items = [item.format(quote(q.text.strip()), text(q.title)) for q in queries.clicked()]
    return Markup('<ul class="xy-examples">{}</ul>').format(Markup("").join(items))


def console(page: _Page) -> Markup:
    """Show the form of the query page.

    A script makes it work and loads the database when asked to.
    """
    database = page.written.files[f"{DATABASE}.gz"]
    html = (
        '<div class="xy-console" data-database="{}" data-size="{}" data-engine="{}">'
        '<noscript><p class="xy-note">{}</p></noscript></div>\n<script type="module" src="{}assets/query.js"></script>'
    )
    engine = f"{page.root}assets/query-worker.js"
    megabytes = f"{database.size / 1e6:.1f}"
    return Markup(html).format(
        page.address(database.path), megabytes, engine, SCRIPTS["query-script"], page.root
    )


def interface(page: _Page) -> Markup:
    """Show the addresses of the static API and a record as an example."""
    item = Markup('<li><a href="{0}">{1}</a></li>')
    names = ["index.json", "openapi.json", *(f"{kind}.json" for kind in ("programs", "cities"))]
    items = [item.format(f"{page.root}{API}/{name}", f"/{API}/{name}") for name in names]
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


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
        return f"{number} bytes"
    return f"{number / 1_000:,.0f} kB" if number < 1_000_000 else f"{number / 1_000_000:,.1f} MB"


def _table(heads: Iterable[str], rows: Iterable[Markup]) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(WORDS[name]) for name in heads)
    html = '<div class="xy-wide"><table class="xy-files"><thead><tr>{}</tr></thead>\n<tbody>{}</tbody></table></div>\n'
    return Markup(html).format(head, Markup("\n").join(rows))


def _columns(table: Table) -> Markup:
    row = Markup("<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>")
    rows = [
        row.format(column.name, _type(column), text(column.meaning)) for column in table.columns
    ]
    key = Markup("{}: {}").format(
        WORDS["key"], Markup(", ").join(Markup("<code>{}</code>").format(k) for k in table.key)
    )
    html = (
        '<details class="xy-details" id="table-{0}"><summary><code>{0}</code> '
        "{1}</summary>\n<p>{2}</p>\n{3}</details>"
    )
    return Markup(html).format(
        table.name, table.meaning, key, _table(("column", "type", "meaning"), rows)
    )


def _type(column: Column) -> Markup:
    parts = [column.type, *([WORDS["required"]] if column.required else [])]
    message = text(", ".join(parts))
    if not column.points_to:
        return message
    return Markup('{0}, {1} <a href="#table-{2}"><code>{2}</code></a>').format(
        message, WORDS["points-to"], column.points_to
    )


def _views() -> Markup:
    row = Markup("<tr><td><code>{}</code></td><td>{}</td></tr>")
    rows = [row.format(name, meaning) for name, (meaning, _) in VIEWS.items()]
    html = '<details class="xy-details" id="views"><summary>{}</summary>\n{}</details>'
    return Markup(html).format(WORDS["views"], _table(("table", "meaning"), rows))


def _language(page: _Page, query: Query) -> Markup:
    shown = text(WORDS[query.language])
    if query.language != "sqlite":
        return shown
    link = Markup('<a href="{}query/?sql={}">{}</a>').format(
        page.root, quote(query.text.strip()), WORDS["run-here"]
    )
    return Markup("{}; {}").format(shown, link)
