"""The search index: our own entries for records, in the form that the theme's search reads.

The theme searches whole words and beginnings of words. Chinese has no spaces, so every run of characters is given as
overlapping pairs, and pinyin is given with and without tone marks. These forms go into the entry's ``tags``, which the
search weighs above title and text; the style sheet keeps them out of the list of results. A record weighs more by its
kind and by the number of records that link to it.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from xinyong.corpus import Corpus, Entry
from xinyong.pages.html import first_sentences
from xinyong.pages.references import date_of
from xinyong.pages.views import plain, title_of
from xinyong.records import Citation, City, Program
from xinyong.rules.language import HAN

INDEX = Path("search/search_index.json")
BOOSTS = {"terms": 1.6, "programs": 1.8, "blacklists": 1.4, "cities": 1.5, "organizations": 1.2, "citations": 0.4}
PAIR = 2
REPEATED = 3
"""How often a whole name is given again, so that it weighs more than the same word in a longer name."""

END = "$"
"""Ends a whole name that is given once more. A search for the beginning of a word finds it too, and since it is rare it
counts for much: without it, 'shixin' would find longer names first, whose rarer words begin with the same letters."""

_HAN_RUN = re.compile(f"(?:{HAN.pattern})+")
_CITY = re.compile("[市区县]$")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


def add_records(site: Path, corpus: Corpus, shells: Iterable[str]) -> int:
    """Put the records into the built index and take the shells out; return the index's size in bytes."""
    path = site / INDEX
    index = json.loads(path.read_text(encoding="utf-8"))
    hidden = tuple(shells)
    index["docs"] = [doc for doc in index["docs"] if not doc["location"].startswith(hidden)]
    index["docs"] += [document(entry, corpus) for entry in corpus]
    data = json.dumps(index, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    path.write_bytes(data)
    return len(data)


def document(entry: Entry, corpus: Corpus) -> dict[str, Any]:
    """Make the index entry of a record of the corpus."""
    record = entry.record
    about = record.summary or record.annotation
    whole = whole_names(entry)
    links = len(corpus.linked_from.get(entry.id, ()))
    return {
        "location": entry.url,
        "title": title_of(entry),
        "text": first_sentences(plain(about, corpus), 300) if about else "",
        "tags": [*dict.fromkeys(forms(entry)), *[form for name in whole for form in (name, name + END)] * REPEATED],
        "boost": round(BOOSTS.get(entry.kind, 1.0) * (1 + math.log10(1 + links) / 4), 2),
    }


def forms(entry: Entry) -> Iterator[str]:
    """Yield every form by which a record can be found, in small letters."""
    names = entry.record.names
    for name in (names.en, *names.also):
        yield from words(name)
    if names.zh:
        yield from pairs(names.zh)
    if names.pinyin:
        yield from words(names.pinyin)
    for text in _further(entry):
        yield from words(text)


def whole_names(entry: Entry) -> list[str]:
    """Return the forms that are a whole name in one word, by which the record is to be found before all others."""
    names = entry.record.names
    chinese = _CITY.sub("", names.zh) if names.zh and entry.kind == "cities" else names.zh
    pinyin = (names.pinyin or "").casefold().removesuffix(" shì").removesuffix(" qū").removesuffix(" xiàn")
    found = [*(name.casefold() for name in (names.en, *names.also)), pinyin, toneless(pinyin)]
    single = [name for name in found if _WORD.fullmatch(name) and not HAN.search(name)]
    return [*dict.fromkeys(single), *([chinese] if chinese and len(chinese) == PAIR else [])]


def words(text: str) -> Iterator[str]:
    """Yield the words of a text, those with accents also without, and the pairs of its Chinese runs."""
    for match in _WORD.finditer(text.casefold()):
        word = match.group()
        if HAN.search(word):
            yield from pairs(word)
            continue
        yield word
        if not word.isascii():
            yield toneless(word)


def pairs(text: str) -> Iterator[str]:
    """Yield the overlapping pairs of each run of Chinese characters: 失信人 gives 失信, 信人; a single one stays."""
    for match in _HAN_RUN.finditer(text):
        run = match.group()
        if len(run) < PAIR:
            yield run
        yield from (run[at : at + PAIR] for at in range(len(run) - 1))


def toneless(text: str) -> str:
    """Take the tone marks off pinyin; ü stays u, as people type it: Lǜ gives lu."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _further(entry: Entry) -> Iterator[str]:
    record = entry.record
    if isinstance(record, Citation):
        yield from (" ".join(filter(None, (a.family, a.given, a.name, a.zh))) for a in record.authors)
        yield from (str(fact.value) for fact in record.number)
        date = date_of(record)
        if date:
            yield date.year
    if isinstance(record, Program):
        yield from (band.zh for band in record.bands if band.zh)
    if isinstance(record, City):
        yield from (account.handle for account in record.accounts)
    yield entry.id.replace("-", " ")
