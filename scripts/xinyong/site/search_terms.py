"""What stands where: the words of names and of texts, with the documents that have them.

Of a name the index keeps for each of its words where in the name it stands, how many words the name
has, and what sort of name it is, so that a search tells a whole name from a part of one. Of a text
it keeps how much of the document a word is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from xinyong.site.search_rows import PROBLEMS, Row
from xinyong.site.search_slots import Slots
from xinyong.site.search_words import groups, silent, stem, words

NAME, ALSO, ASKED, MORE, TITLE, NUMBER = range(6)
"""Sorts of names: the record's own, another, a phrase that people type, an author or a year, a
source's title, a document's number."""

FORMS = 64
PLACES = 16
LENGTHS = 16
IN_SUMMARY = 2
COMMON = 4
"""A word that stands in the texts of more than one document in so many tells nothing."""

LONGEST_JOINED = 5

_APART = " | "
"""Keeps the words of texts apart that are cut together."""

Postings = dict[str, list[int]]
"""Numbers by words: pairs for names, single ones for texts."""

Found = dict[str, list[int]]
"""What one document has of each word: of names where it stands in them, in order; of texts how much
it is there, once for the word itself and once for each of its synonyms."""


def in_names(row: Row) -> Found:
    """Return for each word where it stands in the names of a document."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, (sort, form) in enumerate(_forms(row)):
        for place, word in enumerate(form[:PLACES]):
            code = _code(min(number, FORMS - 1), place, len(form), sort)
            for key in _keys(word):
                found[key].add(code)
    return {word: sorted(codes) for word, codes in found.items()}


def in_texts(row: Row) -> Found:
    """Return for each word how much of the texts of a document it is."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for word, much in _said(row).items():
        for key in _keys(word):
            found[key].append(much)
    return found


def of_names(rows: Iterable[Row], slots: Slots) -> Postings:
    """Return for each word the steps from slot to slot and, after each, where it stands in a name.

    The rows are in the order of their slots.
    """
    found: defaultdict[str, list[tuple[int, list[int]]]] = defaultdict(list)
    for row in rows:
        slot = slots.of[row.address]
        for word, codes in in_names(row).items():
            places = found[word]
            if places and places[-1][0] == slot:  # two sections of a page may have one address
                places[-1] = slot, sorted({*places[-1][1], *codes})
            else:
                places.append((slot, codes))
    return {word: names_packed(places) for word, places in found.items()}


def of_texts(rows: Sequence[Row], slots: Slots) -> tuple[Postings, dict[str, int]]:
    """Return for each word of texts the steps from slot to slot, times four, plus how much it is there.

    A word that is everywhere has an empty list. Return, too, how often each word was found. The
    rows are in the order of their slots.
    """
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        slot = slots.of[row.address]
        for word, much in _said(row).items():
            for key in _keys(word):
                found[key].append((slot, much))
    most = most_of(len(rows))
    packed = {w: [] if len(marks) > most else texts_packed(marks) for w, marks in found.items()}
    return packed, {word: len(marks) for word, marks in found.items()}


def most_of(documents: int) -> int:
    """Return how often a word may be found in the texts of so many documents to tell something."""
    return max(documents // COMMON, 8)


def names_packed(places: Iterable[tuple[int, Iterable[int]]]) -> list[int]:
    """Pack where a word stands in names, by slots in their order."""
    found: list[int] = []
    last = 0
    for slot, codes in places:
        for code in codes:
            found += (slot - last, code)
            last = slot
    return found


def names_unpacked(numbers: Sequence[int]) -> dict[int, list[int]]:
    """Return by slots where a word stands in names."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    slot = 0
    for step, code in zip(numbers[::2], numbers[1::2], strict=True):
        slot += step
        found[slot].append(code)
    return found


def texts_packed(marks: Iterable[tuple[int, int]]) -> list[int]:
    """Pack how much a word is in texts, by slots in order; of several in one the highest."""
    found: list[int] = []
    last = 0
    for slot, much in marks:
        if slot == last and found:
            found[-1] = max(found[-1], found[-1] - found[-1] % 4 + much)
        else:
            found.append((slot - last) * 4 + much)
        last = slot
    return found


def texts_unpacked(numbers: Iterable[int]) -> dict[int, int]:
    """Return by slots how much a word is in texts."""
    found = {}
    slot = 0
    for number in numbers:
        slot += number >> 2
        found[slot] = number & 3
    return found


def _forms(row: Row) -> Iterator[tuple[int, list[str]]]:
    """Yield the sort and the words of each form of a document's names."""
    own = TITLE if row.kind == "citations" else NAME
    if row.kind == PROBLEMS:
        # Nothing of their titles is silent: "not a date" is not "date".
        yield from ((ALSO, words(text)) for text in (row.name, *row.also))
        return
    for text in filter(None, (row.name, row.zh, row.pinyin)):
        yield from _spelled(own, text)
    for text in row.also:
        yield from _spelled(ALSO, text)
    yield from ((ASKED, _telling(words(text))) for text in row.asked)
    yield from ((MORE, _telling(words(text))) for text in row.more)
    yield from ((NUMBER, _telling(words(text))) for text in row.numbers)


def _spelled(sort: int, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield a name, with v for ü, and as one word, since pinyin is written with and without spaces."""
    parts = words(text)
    yield sort, _telling(parts)
    if "ü" in text:
        yield sort, _telling(words(text.replace("ü", "v")))
    if sort != TITLE and 1 < len(parts) <= LONGEST_JOINED and all(map(str.isascii, parts)):
        yield sort, ["".join(parts)]


def _telling(every: list[str]) -> list[str]:
    """Return the words that are not silent; all where all are."""
    mute = silent()
    return [word for word in every if word not in mute] or every


def _said(row: Row) -> Mapping[str, int]:
    """Return the words of a document's texts, with 3 for what the summary says, else 0 to 2 by how often."""
    times = Counter(words(_APART.join(section.text for section in row.sections)))
    found = {word: min(count, 3) - 1 for word, count in times.items()}
    found |= dict.fromkeys(words(row.text), 3)
    mute = silent()
    return {word: much for word, much in found.items() if word not in mute}


@cache
def _keys(word: str) -> tuple[str, ...]:
    """Return a word, and the mark of the line of synonyms in which it stands."""
    group = groups().get(stem(word))
    return (word, f"~{group}") if group else (word,)


def _code(number: int, place: int, length: int, sort: int) -> int:
    return number + FORMS * (place + PLACES * (min(length, LENGTHS) - 1 + LENGTHS * sort))
