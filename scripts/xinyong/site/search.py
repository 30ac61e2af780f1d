"""The search index: small files, of which a search loads those that its words lead to.

- ``search/index.json``: kinds, weights of all documents, synonyms; loaded first.
- ``search/names/<beginning>.json``: the words of names, ``search/contents/<beginning>.json`` those
  of texts, each with the documents that have them.
- ``search/heads/<n>.json``: what a result shows at once; ``search/details/<n>.json`` its other names
  and its summary, ``search/texts/<n>.json`` what its page says, with the anchors of sections.
- ``search/words.json``: all words of names, asked for when a word is not known.
- ``search/traditional.json``: traditional characters, asked for when a query has characters.

All of it follows from the records. What a document adds stands in the files of its words and in
three of its own, so one change makes few files anew. How a search is answered is the business of
``docs/assets/matching.js``.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from xinyong.exports.files import put
from xinyong.publication import Library
from xinyong.records.vocabularies import LAYER
from xinyong.site import search_shards, search_terms
from xinyong.site.search_pages import KIND as PAGES
from xinyong.site.search_rows import PROBLEMS, WEIGHTS, Row, problem_rows, row
from xinyong.site.search_slots import Slots, slots
from xinyong.site.search_words import simplified, synonyms
from xinyong.words import WORDS

FOLDER = Path("search")
SOURCES = "citations"
KINDS = (*WEIGHTS, PAGES, PROBLEMS, SOURCES)
LARGEST = 16_000
"""About so many bytes a file of words has at most, unless one word alone has more."""

LIMIT = 600
"""How much of a summary is kept for a result."""

WEIGHT = 16
"""Weights of documents are packed with their kinds: weight times this plus the number of the kind."""

_dumped = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_THEME = (Path("assets/javascripts/lunr"), Path("assets/javascripts/workers"))
"""What the theme brings for its own search, which nothing here asks for."""


def write(site: Path, library: Library, pages: Iterable[Row]) -> int:
    """Write the index of the records and of the sections ``pages`` of hand-written pages.

    Return its size in bytes.
    """
    found = [row(entry, library.corpus, library.references) for entry in library.corpus]
    return write_rows(site, [*pages, *problem_rows(), *found])


def write_rows(site: Path, rows: Sequence[Row]) -> int:
    """Write the index of any documents; return its size in bytes."""
    places = slots(row.address for row in rows)
    rows = sorted(rows, key=lambda row: places.of[row.address])
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = search_terms.of_names(rows, places)
    name_files = _files(names)
    text_files = _files(search_terms.of_texts(rows, places))
    index = {
        "kinds": [[kind, label(kind)] for kind in KINDS],
        "layers": [["", ""], *([key, LAYER[key].label] for key in LAYER.values)],
        "shift": places.shift,
        "names": " ".join(name_files),
        "contents": " ".join(text_files),
        "words": synonyms()["words"],
        "phrases": synonyms()["phrases"],
        "silent": " ".join(synonyms()["silent"]),
        "documents": _documents(rows, places),
    }
    size = _write(folder / "index.json", index)
    size += _write(folder / "traditional.json", _traditional(rows))
    size += _write(folder / "words.json", _known(names))
    size += _write_all(folder / "names", name_files)
    size += _write_all(folder / "contents", text_files)
    size += _write_all(folder / "heads", _by_file(rows, places, _head))
    size += _write_all(folder / "details", _by_file(rows, places, _detail))
    return size + _write_all(folder / "texts", _by_file(rows, places, _text))


def label(kind: str) -> str:
    """Return the heading of a group of results."""
    return WORDS[{PAGES: "on-this-site", PROBLEMS: "problem-pages"}.get(kind, kind)]


def remove_theme_search(site: Path) -> None:
    """Take out what the theme brings for its own search."""
    for path in _THEME:
        shutil.rmtree(site / path, ignore_errors=True)


def _files(postings: search_terms.Postings) -> dict[str, dict[str, Any]]:
    sizes = {word: 8 + 5 * len(numbers) for word, numbers in postings.items()}
    return search_shards.shared_out(postings, sizes, LARGEST)


def _documents(rows: Iterable[Row], places: Slots) -> list[int]:
    """Return for each document the step to its slot and, packed, its weight and kind."""
    numbers = {kind: number for number, kind in enumerate(KINDS)}
    found = []
    last = 0
    for item in rows:
        slot = places.of[item.address]
        found += [slot - last, item.weight * WEIGHT + numbers[item.kind]]
        last = slot
    return found


def _head(item: Row) -> list[Any]:
    layers = ["", *LAYER.values]
    found = [item.place, item.name, item.zh, item.pinyin, layers.index(item.layer), item.mark]
    while not found[-1]:
        found.pop()
    return found


def _detail(item: Row) -> list[Any]:
    return [
        _shortened(item.text),
        list(item.also),
        list(item.more),
        list(item.numbers),
        list(item.asked),
    ]


def _text(item: Row) -> list[list[str]]:
    said: defaultdict[str, list[str]] = defaultdict(list)
    said[""].append(item.text)
    for section in item.sections:
        said[section.anchor].append(section.text)
    return [[anchor, *texts] for anchor, texts in said.items()]


def _by_file(rows: Iterable[Row], places: Slots, part: Any) -> dict[str, dict[str, Any]]:
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for item in rows:
        found[str(places.file(item.address))][str(places.of[item.address])] = part(item)
    return dict(found)


def _known(names: Mapping[str, Sequence[int]]) -> str:
    """Return the Latin words of names in one text, those in most documents first."""
    times = Counter(
        {
            word: len(numbers)
            for word, numbers in names.items()
            if word.isascii() and word.isalpha() and 3 < len(word) < 25
        }
    )
    return " ".join(word for word, _ in sorted(times.items(), key=lambda pair: (-pair[1], pair[0])))


def _traditional(rows: Iterable[Row]) -> str:
    """Pair the traditional characters with those simplified ones that some name or text has: ``執执對对``."""
    used = set().union(*(text for item in rows for text in _forms(item)))
    used |= {new for old, new in simplified().items() if old in used}
    return "".join(old + new for old, new in simplified().items() if new in used)


def _forms(item: Row) -> Iterator[str]:
    yield from (item.name, item.zh, item.text, *item.also, *item.more, *item.numbers, *item.asked)
    yield from (section.text for section in item.sections)


def _shortened(text: str) -> str:
    return text if len(text) <= LIMIT else text[:LIMIT].rsplit(" ", 1)[0] + " …"


def _write_all(folder: Path, files: Mapping[str, object]) -> int:
    folder.mkdir(exist_ok=True)
    return sum(_write(f"{folder}/{name}.json", content) for name, content in files.items())


def _write(path: Path | str, content: object) -> int:
    return put(path, _dumped(content))
