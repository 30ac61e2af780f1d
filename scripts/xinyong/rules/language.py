"""Names: Chinese in Chinese characters, pinyin with tone marks, one term for one Chinese form."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from xinyong.corpus import Entry
from xinyong.corpus.text import plain
from xinyong.problems import Problem
from xinyong.records import Citation, Term
from xinyong.records.base import Name
from xinyong.records.types import Chinese, ChineseProse, Pinyin
from xinyong.rules import Context, problem
from xinyong.source.han import HAN

_SPELLING = re.compile(
    r"[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿêếềĀÁǍÀĒÉĚÈŌÓǑÒ0-9\s'’·.,:;?!()\"“”\-–—/&%]+", re.ASCII
)
_WRITTEN = re.compile(r"[\W_]+")
_HAN_SHARE = 0.5
_SHORTEST = 20
_LONGEST = 160
"""Characters of a summary in Chinese, its marks and cites aside: one sentence or two."""
_LATIN = re.compile(r"[A-Za-z+]")
_TONE = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹĀÁǍÀĒÉĚÈŌÓǑÒ]")


def chinese_has_characters(entry: Entry, context: Context) -> Iterator[Problem]:
    """X601: a field for Chinese holds Chinese characters."""
    for path, text in entry.values(Chinese):
        if not HAN.search(text):
            message = f"'{text}' has no Chinese character; write the Chinese form here, and move this to another field"
            yield problem(entry, "X601", message, path)


def chinese_summaries_are_chinese(entry: Entry, context: Context) -> Iterator[Problem]:
    """X609, X610: prose in Chinese is in Chinese, and has one or two sentences' length."""
    for path, source in entry.values(ChineseProse):
        text = _WRITTEN.sub("", plain(source, context.corpus))
        share = len(HAN.findall(text)) / max(len(text), 1)
        if share < _HAN_SHARE:
            message = "fewer than half of its letters are Chinese; write this summary in Chinese"
            yield problem(entry, "X609", message, path)
        elif not _SHORTEST <= len(text) <= _LONGEST:
            message = (
                f"this has {len(text)} characters, cites and marks not counted; "
                f"write {_SHORTEST} to {_LONGEST}"
            )
            yield problem(entry, "X610", message, path)


def pinyin_has_tone_marks(entry: Entry, context: Context) -> Iterator[Problem]:
    """X602: a field for pinyin holds Latin letters with tone marks."""
    for path, text in entry.values(Pinyin):
        strange = [
            char for char in unicodedata.normalize("NFC", text) if not _SPELLING.fullmatch(char)
        ]
        if strange:
            message = f"'{strange[0]}' is not part of pinyin; write Latin letters with tone marks, such as 'shīxìn'"
            yield problem(entry, "X602", message, path, strange[0])
        elif not _TONE.search(unicodedata.normalize("NFC", text)):
            yield problem(
                entry, "X602", f"'{text}' has no tone mark; write 'shīxìn', not 'shixin'", path
            )


def chinese_terms_differ(entry: Entry, context: Context) -> Iterator[Problem]:
    """X603: no two terms have the same Chinese form."""
    if entry.kind != "terms" or not entry.record.name or not entry.record.name.zh:
        return
    for other in context.chinese_terms[entry.record.name.zh]:
        if other.id < entry.id:
            message = f"{other.file} has the Chinese form '{entry.record.name.zh}' already; make one record of the two"
            yield problem(entry, "X603", message, ("name", "zh"))


def chosen_forms_differ(entry: Entry, context: Context) -> Iterator[Problem]:
    """X604: no two terms choose the same English form for running text."""
    if not isinstance(entry.record, Term) or not entry.record.in_text:
        return
    for other in context.corpus.of_kind("terms"):
        if other.id >= entry.id or not isinstance(other.record, Term):
            continue
        taken = {form.casefold() for form in other.record.in_text or ()}
        for index, form in enumerate(entry.record.in_text):
            if form.casefold() in taken:
                message = f"'{form}' leads to {other.file} already; leave it out of one of the two"
                yield problem(entry, "X604", message, ("in_text", index))


def pinyin_is_usual(entry: Entry, context: Context) -> Iterator[Problem]:
    """X651: the pinyin is one of the readings that a dictionary gives for the characters."""
    for path, chinese, spelled in _pairs(entry):
        if _LATIN.search(chinese) or HAN.search(spelled):
            continue
        if not _agrees(_letters(spelled), [_readings(char) for char in HAN.findall(chinese)]):
            usual = " ".join(choices[0] for choices in _usual(chinese))
            message = (
                f"'{spelled}' differs from the usual reading '{usual}' of '{chinese}'; "
                "keep it if the name is read so"
            )
            yield problem(entry, "X651", message, path)


def _pairs(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for path, value in entry.values(Name):
        if value.zh and value.pinyin:
            yield (*path, "pinyin"), value.zh, value.pinyin
    record = entry.record
    if isinstance(record, Citation) and record.title_pinyin and record.title_original:
        yield ("title_pinyin",), record.title_original, record.title_pinyin


def _usual(chinese: str) -> list[list[str]]:
    _, usual = _dictionary()
    return usual("".join(HAN.findall(chinese)))


@cache
def _readings(char: str) -> frozenset[str]:
    """Return all readings of a character, each also in the neutral tone."""
    known, _ = _dictionary()
    choices = {_letters(reading) for reading in known.get(ord(char), char).split(",")}
    return frozenset(choices | {_toneless(choice) for choice in choices})


@cache
def _dictionary() -> tuple[Mapping[int, str], Callable[[str], list[list[str]]]]:
    """Load the dictionary when it is first needed, without its phrases.

    The readings of each character with commas between them, and what gives a text its usual ones.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT, partial(pinyin, style=Style.TONE)


def _agrees(text: str, readings: list[frozenset[str]]) -> bool:
    """Whether ``text`` can be cut into one reading for each character, in order."""
    starts = {0}
    for choices in readings:
        starts = {
            at + len(choice) for at in starts for choice in choices if text.startswith(choice, at)
        }
    return len(text) in starts


def _letters(spelled: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFC", spelled.lower()) if char.isalpha())


def _toneless(spelled: str) -> str:
    decomposed = unicodedata.normalize("NFD", spelled)
    kept = "".join(
        char for char in decomposed if not unicodedata.combining(char) or char == "\u0308"
    )
    return unicodedata.normalize("NFC", kept)
