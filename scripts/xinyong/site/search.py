"""The search index: small files, of which a search loads those that its words lead to.

- ``search/index.json``: kinds, weights of all documents, synonyms; loaded first.
- ``search/names/<beginning>.json``: the words of names, ``search/contents/<beginning>.json`` those
  of texts, each with the documents that have them.
- ``search/heads/<n>.json``: what a result shows at once; ``search/details/<n>.json`` its other names
  and its summary, ``search/texts/<n>.json`` what its page says, with the anchors of sections.
- ``search/words.json``: all words of names, asked for when a word is not known.
- ``search/traditional.json``: traditional characters, asked for when a query has characters.

All of it follows from the records. What a document adds stands in the files of its words and in
three of its own, so one change makes few files anew; ``search_kept`` makes no others. How a search
is answered is the business of ``docs/assets/matching.js``.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from xinyong.exports.files import put
from xinyong.records.vocabularies import LAYER
from xinyong.site import search_shards, search_terms
from xinyong.site.search_pages import KIND as PAGES
from xinyong.site.search_rows import PROBLEMS, WEIGHTS, Row
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


@dataclass
class Noted:
    """What has to be known of an index for the next one to be made from it.

    ``rows`` are the documents as JSON by their addresses, ``documents`` their weights and kinds,
    packed; ``names`` and ``contents`` are the lengths of the lists of words, ``times`` says how
    often a word was found in texts where its list has another length, ``characters`` how many
    documents have a character that has another form.
    """

    rows: dict[str, str]
    documents: dict[str, int]
    names: dict[str, int]
    contents: dict[str, int]
    times: dict[str, int]
    characters: dict[str, int]


def write_rows(site: Path, rows: Sequence[Row]) -> Noted:
    """Write the index of any documents; return what has to be known of it."""
    places = slots(row.address for row in rows)
    rows = sorted(rows, key=lambda row: places.of[row.address])
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = search_terms.of_names(rows, places)
    texts, times = search_terms.of_texts(rows, places)
    noted = Noted(
        {row.address: row.noted() for row in rows},
        {row.address: packed(row) for row in rows},
        {word: len(numbers) for word, numbers in names.items()},
        {word: len(numbers) for word, numbers in texts.items()},
        {word: found for word, found in times.items() if found != len(texts[word])},
        Counter(chain.from_iterable(map(characters, rows))),
    )
    words = {
        "names": search_shards.shared_out(names, split(noted.names)),
        "contents": search_shards.shared_out(texts, split(noted.contents)),
    }
    documents = [(places.of[row.address], packed(row)) for row in rows]
    write_common(folder, noted, places.shift, documents, words)
    for part, files in words.items():
        _write_all(folder / part, files)
    for part, make in PARTS.items():
        _write_all(folder / part, _by_file(rows, places, make))
    return noted


def write_common(
    folder: Path,
    noted: Noted,
    shift: int,
    documents: Iterable[tuple[int, int]],
    words: Mapping[str, Iterable[str]],
) -> None:
    """Write what there is once: slots with weights and kinds, the names of files of words."""
    index = {
        "kinds": [[kind, label(kind)] for kind in KINDS],
        "layers": [["", ""], *([key, LAYER[key].label] for key in LAYER.values)],
        "shift": shift,
        **{part: " ".join(names) for part, names in words.items()},
        "words": synonyms()["words"],
        "phrases": synonyms()["phrases"],
        "silent": " ".join(synonyms()["silent"]),
        "documents": list(_steps(documents)),
    }
    write_file(folder / "index.json", index)
    write_file(folder / "traditional.json", _traditional(noted.characters))
    write_file(folder / "words.json", _known(noted.names))


def label(kind: str) -> str:
    """Return the heading of a group of results."""
    return WORDS[{PAGES: "on-this-site", PROBLEMS: "problem-pages"}.get(kind, kind)]


def remove_theme_search(site: Path) -> None:
    """Take out what the theme brings for its own search."""
    for path in _THEME:
        shutil.rmtree(site / path, ignore_errors=True)


def split(lengths: Mapping[str, int]) -> frozenset[str]:
    """Return the beginnings of words that have files of their own, by the lengths of lists."""
    return search_shards.split({word: 8 + 5 * found for word, found in lengths.items()}, LARGEST)


def packed(row: Row) -> int:
    """Return the weight and the kind of a document in one number."""
    return row.weight * WEIGHT + KINDS.index(row.kind)


def _steps(documents: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield for each document the step to its slot and its packed weight and kind."""
    last = 0
    for slot, weight in documents:
        yield slot - last
        yield weight
        last = slot


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


PARTS: Mapping[str, Callable[[Row], list[Any]]] = {
    "heads": _head, "details": _detail, "texts": _text,
}  # fmt: skip
"""What is kept of a document itself, by the folders of the files in which it stands."""


def _by_file(
    rows: Iterable[Row], places: Slots, make: Callable[[Row], list[Any]]
) -> dict[str, dict[str, Any]]:
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for item in rows:
        found[str(places.file(item.address))][str(places.of[item.address])] = make(item)
    return found


def _known(names: Mapping[str, int]) -> str:
    """Return the Latin words of names in one text, those in most documents first."""
    latin = (
        (-length, word)
        for word, length in names.items()
        if word.isascii() and word.isalpha() and 3 < len(word) < 25
    )
    return " ".join(word for _, word in sorted(latin))


def _traditional(used: Container[str]) -> str:
    """Pair the traditional characters with those simplified ones that some name or text has: ``執执對对``."""
    pairs = simplified().items()
    new_ones = {new for old, new in pairs if new in used or old in used}
    return "".join(old + new for old, new in pairs if new in new_ones)


def characters(item: Row) -> set[str]:
    """Return the characters of a document that have another form."""
    return set().union(*_forms(item)) & _two_forms()


@cache
def _two_forms() -> frozenset[str]:
    return frozenset(chain(simplified(), simplified().values()))


def _forms(item: Row) -> Iterator[str]:
    yield from (item.name, item.zh, item.text, *item.also, *item.more, *item.numbers, *item.asked)
    yield from (section.text for section in item.sections)


def _shortened(text: str) -> str:
    return text if len(text) <= LIMIT else text[:LIMIT].rsplit(" ", 1)[0] + " …"


def _write_all(folder: Path, files: Mapping[str, object]) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        write_file(f"{folder}/{name}.json", content)


def write_file(path: Path | str, content: object) -> None:
    """Write JSON."""
    put(path, _dumped(content))
