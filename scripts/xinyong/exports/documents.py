"""The records as documents.

The files of the API, one file a kind, one line a record, the nodes of the graph, and Markdown.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from xinyong.corpus import Entry
from xinyong.exports import api, graph, markdown, openapi
from xinyong.exports.columns import Row
from xinyong.exports.files import dumped, put, taken
from xinyong.exports.writers import Writer
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.references.work import cited_by


class Documents:
    """The documents of records as text; each is written once, however many writers ask for it.

    Of a record whose files stand in the site, it is read in the folder of the ``api``.
    """

    def __init__(self, library: Library, api: Path | None = None) -> None:
        self.library = library
        self._api = api
        self._last: tuple[str, str] = ("", "")

    def text(self, entry: Entry) -> str:
        """Return the document of a record on one line."""
        if self._last[0] != entry.id:
            self._last = (entry.id, self._text(entry))
        return self._last[1]

    def _text(self, entry: Entry) -> str:
        if self._api and self.library.has_files(entry.url):
            return taken(f"{self._api}/{entry.kind}/{entry.id}.json").removesuffix("\n")
        return dumped(api.document(self.library.corpus, entry, self.library.edition))


class Api(Writer):
    """The static API: one file a record, the lists, the index, the description."""

    def __init__(self, documents: Documents, folder: Path) -> None:
        self._documents = documents
        self._folder = folder
        for kind in MODELS:
            (folder / kind).mkdir(parents=True, exist_ok=True)

    def take(self, entry: Entry | None, rows: Sequence[tuple[str, Row]]) -> None:
        """Write the file of a record."""
        if entry and not self._documents.library.has_files(entry.url):
            put(f"{self._folder}/{entry.kind}/{entry.id}.json", f"{self._documents.text(entry)}\n")

    def __exit__(self, *caught: object) -> None:
        """Write the lists, the index and the description."""
        corpus, edition = self._documents.library.corpus, self._documents.library.edition
        made = {kind: api.listed(kind, corpus.of_kind(kind), edition) for kind in MODELS}
        firsts = {kind: entries[0].id for kind in MODELS if (entries := corpus.of_kind(kind))}
        made |= {
            "index": api.index(corpus, edition),
            "openapi": openapi.description(edition, firsts),
        }
        for name, value in made.items():
            put(self._folder / f"{name}.json", f"{dumped(value)}\n")


class Json(Writer):
    """One JSON file a kind: the list of its documents, one a line."""

    def __init__(self, documents: Documents, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._documents = documents
        self._files = {kind: _opened(folder / f"{kind}.json") for kind in MODELS}
        self._begun: set[str] = set()

    def take(self, entry: Entry | None, rows: Sequence[tuple[str, Row]]) -> None:
        """Write the document of a record."""
        if entry:
            start = ",\n" if entry.kind in self._begun else "[\n"
            self._begun.add(entry.kind)
            self._files[entry.kind].write(start + self._documents.text(entry))

    def __exit__(self, *caught: object) -> None:
        """End the lists."""
        for kind, file in self._files.items():
            file.write("\n]\n" if kind in self._begun else "[]\n")
            file.close()


class Lines(Writer):
    """One file of all documents, one a line."""

    def __init__(self, documents: Documents, path: Path) -> None:
        self._documents = documents
        self._file = _opened(path)

    def take(self, entry: Entry | None, rows: Sequence[tuple[str, Row]]) -> None:
        """Write the document of a record."""
        if entry:
            self._file.write(self._documents.text(entry) + "\n")

    def __exit__(self, *caught: object) -> None:
        """Close the file."""
        self._file.close()


class Graph(Writer):
    """The graph as JSON-LD, one node a line."""

    def __init__(self, library: Library, path: Path) -> None:
        self._library = library
        self._file = _opened(path)
        self._first = True
        self._file.write(graph.opening(library.edition))

    def take(self, entry: Entry | None, rows: Sequence[tuple[str, Row]]) -> None:
        """Write the node of a record."""
        if entry:
            links = (row for table, row in rows if table == "links")
            node = graph.node(self._library, entry, links, cited_by(entry))
            self._file.write(node if self._first else f",\n{node}")
            self._first = False

    def __exit__(self, *caught: object) -> None:
        """End the graph."""
        self._file.write(graph.CLOSING)
        self._file.close()


class Pages(Writer):
    """One Markdown file a record, where its page stands."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._folder = folder
        self._shared = markdown.Shared(library)
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, entry: Entry | None, rows: Sequence[tuple[str, Row]]) -> None:
        """Write the file of a record."""
        if entry and not self._shared.library.has_files(entry.url):
            page = f"{self._folder}/{entry.url}"
            os.makedirs(page, exist_ok=True)  # noqa: PTH103 - thousands of times
            put(f"{page}{markdown.FILE}", markdown.record(self._shared, entry))


def _opened(path: Path) -> IO[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("w", encoding="utf-8", newline="\n")
