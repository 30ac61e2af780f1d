"""All exports, by name.

Those that have a part for each record are written in one pass over the records.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path

from xinyong.corpus import Corpus
from xinyong.edition import Edition
from xinyong.exports import (
    api,
    changes,
    datapackage,
    datasette,
    manifest,
    places,
    queries,
    skos,
    sqlite,
    timeline,
    vocabulary_tables,
)
from xinyong.exports.card import card
from xinyong.exports.documents import Api, Documents, Graph, Json, Lines, Pages
from xinyong.exports.files import dumped, put
from xinyong.exports.manifest import File
from xinyong.exports.references import Bibliography, write_pages
from xinyong.exports.rows import rows_of
from xinyong.exports.sqlite import Sqlite
from xinyong.exports.writers import Batches, Csv, JsonLines, Parquet, Writer
from xinyong.publication import Library
from xinyong.references.cff import cff

FOLDER = "data"

TEXTS: Mapping[str, tuple[str, Callable[[Bibliography], str]]] = {
    "bibtex": ("xinyong.bib", lambda works: works.whole("bibtex")),
    "ris": ("xinyong.ris", lambda works: works.whole("ris")),
    "csl": ("xinyong.csl.json", lambda works: works.whole("csl")),
    "chicago": ("bibliography.txt", lambda works: works.formatted()),
    "cff": ("CITATION.cff", lambda works: cff(works.library.edition)),
    "changes": (
        "changes.json",
        lambda works: changes.changes(works.library.history, works.library.edition.base),
    ),
    "skos": ("glossary.ttl", lambda works: skos.skos(works.library.corpus, works.library.edition)),
    "geojson": ("places.geojson", lambda works: _json(places.geojson, works.library)),
    "ical": (
        "timeline.ics",
        lambda works: timeline.icalendar(works.library.corpus, works.library.edition),
    ),
    "timeline": ("timeline.json", lambda works: _json(timeline.events, works.library)),
    "datasette": (
        "datasette.json",
        lambda works: f"{dumped(datasette.datasette(works.library.edition, queries.canned()))}\n",
    ),
}
"""The formats that are one text made from the corpus as a whole: the name of the file, and how it
is made."""

WRITERS: Mapping[str, tuple[str, Callable[[Documents, Path], Writer]]] = {
    "csv": ("csv", lambda _, path: Csv(path)),
    "facts": ("facts.jsonl", lambda _, path: JsonLines(path, "facts")),
    "parquet": ("parquet", lambda documents, path: Parquet(path, card(documents.library.edition))),
    "parquet-by-kind": ("parquet-by-kind", lambda _, path: Parquet(path, by_kind=True)),
    "sqlite": (sqlite.FILE, lambda documents, path: Sqlite(path, documents.library.edition)),
    "json": ("json", Json),
    "jsonl": ("records.jsonl", Lines),
    "graph": ("graph.jsonld", lambda documents, path: Graph(documents.library, path)),
    "api": (f"../{api.FOLDER}", Api),
    "markdown": ("..", lambda documents, path: Pages(documents.library, path)),
}
"""The formats that have a part for each record: the name of the file or folder below ``data/``, and
what writes it."""

ASKED_FOR = frozenset({"parquet-by-kind"})
"""The formats that are written only by themselves, when they are asked for."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 1
"""How hard is packed: harder takes four times as long, for a fifth less."""

_PACKED = {"xinyong-csv.zip": "csv", "xinyong-parquet.zip": "parquet"}


@dataclass(frozen=True)
class Written:
    """What was written below ``data/``: every file, and the number of rows of every table."""

    files: Mapping[str, File]
    counts: Mapping[str, int]


def write(library: Library, site: Path) -> Written:
    """Write all exports below ``site``: ``data/``, ``api/v1/``, ``cite/``, Markdown beside pages."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {name: folder / WRITERS[name][0] for name in WRITERS if name not in ASKED_FOR}
    counts = write_records(library, wanted)
    works = Bibliography(library, site)
    for file, make in TEXTS.values():
        put(folder / file, make(works))
    write_pages(works, site)
    write_package(library, folder, "csv")
    _pack(folder)
    return Written(manifest.seal(folder, library.edition), counts)


def write_records(library: Library, wanted: Mapping[str, Path]) -> Mapping[str, int]:
    """Write the formats ``wanted``, each to its place, in one pass.

    Return the number of rows of each table.
    """
    documents = Documents(library, wanted.get("api"))
    with ExitStack() as stack:
        opened = (WRITERS[name][1](documents, path) for name, path in wanted.items())
        batches = Batches([stack.enter_context(writer) for writer in opened])
        for entry in (*library.corpus, None):
            with library.making(entry.url) if entry else nullcontext():
                rows = rows_of(library, entry) if entry else vocabulary_tables.rows()
                batches.take(entry, [*rows])
        return batches.end()


def write_package(library: Library, folder: Path, tables_in: str = "") -> None:
    """Describe the CSV files in ``folder``, or in the folder ``tables_in`` below it, as a Data Package."""
    found = manifest.read(folder / tables_in, "*.csv")
    files = {Path(path).stem: file for path, file in found.items()}
    described = datapackage.describe(files, library.edition, tables_in)
    put(folder / "datapackage.json", f"{dumped(described)}\n")


def _json(make: Callable[[Corpus, Edition], object], library: Library) -> str:
    return f"{dumped(make(library.corpus, library.edition))}\n"


def _pack(folder: Path) -> None:
    """Pack the database for the query page, and the folders of tables for those who want them whole."""
    database = (folder / sqlite.FILE).read_bytes()
    (folder / f"{sqlite.FILE}.gz").write_bytes(pack(database))
    for name, inner in _PACKED.items():
        paths = sorted(path for path in (folder / inner).rglob("*") if path.is_file())
        described = [folder / "datapackage.json"] if inner == "csv" else []
        _zip(folder / name, folder, [*described, *paths])


def pack(data: bytes, level: int = _LEVEL) -> bytes:
    """Pack with the zlib that PyArrow brings, since each Python has another one.

    The ninth byte tells the system on which the file was made; 255 is "unknown" (RFC 1952, 2.3.1).
    """
    import pyarrow as pa

    packed = bytearray(pa.Codec("gzip", compression_level=level).compress(data, asbytes=True))
    packed[9] = 255
    return bytes(packed)


def _zip(target: Path, folder: Path, paths: Iterable[Path]) -> None:
    with zipfile.ZipFile(target, "w", compresslevel=_LEVEL) as archive:
        for path in paths:
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            info.external_attr = 0o644 << 16
            # Parquet is packed already.
            info.compress_type = (
                zipfile.ZIP_STORED if path.suffix == ".parquet" else zipfile.ZIP_DEFLATED
            )
            archive.writestr(info, path.read_bytes())
