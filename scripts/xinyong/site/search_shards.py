"""Files of words: each holds the words that begin alike, so that a search loads few of them.

A word's file is named after its first two letters, or more where too many words begin with these;
Chinese words are shared out by their first character.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar

SHORTEST = 2
LONGEST = 5
OTHERS = 256
"""So many files hold the words that do not begin with a small Latin letter or a digit."""

T = TypeVar("T")
_PLAIN = re.compile(r"[a-z0-9~]")
_OTHER = re.compile(r"[^a-z0-9]")


def file_of(word: str, split: frozenset[str]) -> str:
    """Return the name of a word's file; ``split`` are the beginnings that have files of their own."""
    if not _PLAIN.match(word):
        return f"han-{ord(word[0]) % OTHERS}"
    bare = word.removeprefix("~")
    length = SHORTEST
    while length < LONGEST and bare[:length] in split:
        length += 1
    return _OTHER.sub("-", bare[:length].ljust(length, "-"))


def shared_out(words: Mapping[str, T], split: frozenset[str]) -> dict[str, dict[str, T]]:
    """Share words out to files; return these by their names."""
    files: defaultdict[str, dict[str, T]] = defaultdict(dict)
    for word in sorted(words):
        files[file_of(word, split)][word] = words[word]
    return {name: files[name] for name in sorted(files)}


def split(sizes: Mapping[str, int], most: int) -> frozenset[str]:
    """Return the beginnings of words whose files would be larger than ``most`` bytes."""
    total: defaultdict[str, int] = defaultdict(int)
    for word, size in sizes.items():
        bare = word.removeprefix("~")
        if _PLAIN.match(bare):
            for length in range(SHORTEST, min(LONGEST, len(bare) + 1)):
                total[bare[:length]] += size
    return frozenset(start for start, size in total.items() if size > most)
