"""The search index: files that the page script asks for one after the other, so that the first answer comes soon.

``search/records.json`` holds the names of all records but sources, and of the sections of
hand-written pages; ``search/sources.json`` those of sources, which are many and come last;
``search/texts/<n>.json`` their texts, a fixed number of rows a file, for the results shown. Rows
stand in the order of their weight, so that the texts of those shown most often stand together. How
a row is matched is the business of ``docs/assets/matching.js``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from xinyong.publication import Library
from xinyong.records.vocabularies import LAYER
from xinyong.site.search_pages import KIND as PAGES
from xinyong.site.search_rows import WEIGHTS, Row, packed, row
from xinyong.words import WORDS

FOLDER = Path("search")
SHARD = 64
"""How many rows share one file of texts."""

SOURCES = "citations"
LIMIT = 600
"""How much of a record's text is kept; a section of a hand-written page is kept whole."""

_THEME = (Path("assets/javascripts/lunr"), Path("assets/javascripts/workers"))
"""What the theme brings for its own search, which nothing here asks for."""


def write(site: Path, library: Library, pages: Iterable[Row]) -> int:
    """Write the index of the records and of the sections ``pages`` of hand-written pages.

    Return its size in bytes.
    """
    rows = [*pages, *(row(entry, library.corpus, library.references) for entry in library.corpus)]
    rows.sort(key=lambda item: (item.kind == SOURCES, -item.weight, item.kind, item.place))
    first = [item for item in rows if item.kind != SOURCES]
    kinds = [*WEIGHTS, PAGES, SOURCES]
    layers = ["", *LAYER.values]
    pack = _Packer(kinds, layers)
    written = {
        "records.json": {
            "kinds": [[kind, label(kind)] for kind in kinds],
            "layers": [[key, LAYER[key].label if key else ""] for key in layers],
            "shard": SHARD,
            "traditional": _traditional(rows),
            "rows": pack(first),
        },
        "sources.json": pack(rows[len(first) :]),
    } | {f"texts/{number}.json": texts for number, texts in enumerate(_texts(rows))}
    return sum(_write(site / FOLDER / name, content) for name, content in written.items())


def label(kind: str) -> str:
    """Return the heading of a group of results."""
    return WORDS["on-this-site" if kind == PAGES else kind]


def simplified() -> Mapping[str, str]:
    """Return the simplified form of each traditional character known."""
    text = files("xinyong.site").joinpath("traditional.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {pair[0]: pair[1] for line in lines for pair in line.split()}


class _Packer:
    def __init__(self, kinds: Sequence[str], layers: Sequence[str]) -> None:
        self.kinds = {kind: number for number, kind in enumerate(kinds)}
        self.layers = {layer: number for number, layer in enumerate(layers)}

    def __call__(self, rows: Iterable[Row]) -> list[list[Any]]:
        return [packed(item, self.kinds, self.layers) for item in rows]


def _traditional(rows: Iterable[Row]) -> str:
    """Pair the traditional characters with those simplified ones that some row has: ``執执對对``."""
    used = {
        char
        for item in rows
        for form in (item.name, item.zh, item.text, *item.also, *item.more)
        for char in form
    }
    return "".join(old + new for old, new in simplified().items() if new in used)


def _texts(rows: Sequence[Row]) -> list[list[str]]:
    shown = [item.text if item.kind == PAGES else _cut(item.text) for item in rows]
    return [shown[start : start + SHARD] for start in range(0, len(shown), SHARD)]


def _cut(text: str) -> str:
    return text if len(text) <= LIMIT else text[:LIMIT].rsplit(" ", 1)[0] + " …"


def _write(path: Path, content: object) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(data)
    return len(data)


def remove_theme_search(site: Path) -> None:
    """Take out what the theme brings for its own search."""
    for path in _THEME:
        shutil.rmtree(site / path, ignore_errors=True)
