"""What must hold between records. One module a subject, one function a rule.

The list of rules is the specification.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.text import plain_phrase
from xinyong.problems import Path, Problem
from xinyong.records import Citation
from xinyong.source.edtf import Edtf


@dataclass(frozen=True)
class Context:
    """What a rule may look at: the whole corpus, and the last day that is not in the future."""

    corpus: Corpus
    today: Edtf

    @cached_property
    def chinese_terms(self) -> Mapping[str, list[Entry]]:
        """The terms of each Chinese form, in the order of their ids."""
        grouped: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.corpus.of_kind("terms"):
            if entry.record.name and entry.record.name.zh:
                grouped[entry.record.name.zh].append(entry)
        return grouped

    @cached_property
    def addresses(self) -> Mapping[str, list[Entry]]:
        """The sources at each address and under each DOI, in the order of their ids."""
        grouped: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.corpus.of_kind("citations"):
            for address in addresses_of(entry).values():
                grouped[address].append(entry)
        return grouped

    @cached_property
    def formers(self) -> Mapping[str, list[Entry]]:
        """The records that had each former id."""
        grouped: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.corpus:
            for _, id_ in entry.formers:
                grouped[id_].append(entry)
        return grouped

    @cached_property
    def phrases(self) -> Mapping[str, tuple[Entry, int]]:
        """The record, and the place in it, in which each phrase that people search for stands first."""
        found: dict[str, tuple[Entry, int]] = {}
        for entry in self.corpus:
            for index, phrase in enumerate(entry.record.asked or ()):
                found.setdefault(plain_phrase(phrase), (entry, index))
        return found


def addresses_of(entry: Entry) -> Mapping[str, str]:
    """Return a source's address and DOI by their fields, written so that equal ones are equal texts."""
    work = entry.record
    if not isinstance(work, Citation):
        return {}
    given = {"url": _WAY.sub("", work.url or "").rstrip("/"), "doi": (work.doi or "").lower()}
    return {field: address for field, address in given.items() if address}


_WAY = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)

Rule = Callable[[Entry, Context], Iterator[Problem]]
"""A rule: it looks at one entry in its context and yields what is wrong with it."""


def problem(entry: Entry, code: str, message: str, path: Path = (), needle: str = "") -> Problem:
    """Make a problem of an entry."""
    return Problem(code, message, entry.file, path, needle)
