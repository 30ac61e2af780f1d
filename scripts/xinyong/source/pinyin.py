"""Pinyin suggested for Chinese characters: words joined, with tone marks (GB/T 16159)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

_APART = frozenset("市县区省镇村和与及的之")
"""Characters that are words of their own: the rank of a place, and, of."""


def suggest(chinese: str, *, proper: bool) -> str:
    """Spell ``chinese`` word by word, each ``proper`` word with a capital.

    ``芝麻信用`` becomes ``Zhīmá Xìnyòng``.

    Words are told apart by a dictionary of phrases, so a person has to look it over: names are
    often read otherwise.
    """
    spelled = []
    for word in _words(chinese):
        joined = ""
        for syllable in _syllables(word):
            joined += f"'{syllable}" if joined and syllable[0] in "aāáǎàeēéěèoōóǒò" else syllable
        spelled.append(joined[:1].upper() + joined[1:] if proper else joined)
    return " ".join(spelled)


def _syllables(word: str) -> list[str]:
    from pypinyin import Style, pinyin

    readings = _dictionary()[1].get(word) or pinyin(word, style=Style.TONE)
    return [reading[0] for reading in readings]


def _words(chinese: str) -> Iterator[str]:
    """Cut a text into words; characters that the dictionary leaves alone are joined two by two."""
    alone = ""
    for word in (word.strip() for word in _dictionary()[0].cut(chinese)):
        if len(word) == 1 and word not in _APART and not word.isascii():
            alone += word
            if len(alone) == 2:
                yield alone
                alone = ""
            continue
        yield from filter(None, (alone, word))
        alone = ""
    if alone:
        yield alone


@cache
def _dictionary() -> tuple[Any, dict[str, list[list[str]]]]:
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.seg.mmseg import PrefixSet, Seg

    prefixes = PrefixSet()
    prefixes.train(iter(phrases_dict))
    return Seg(prefixes), phrases_dict
