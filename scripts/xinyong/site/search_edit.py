"""Changes of an index of the search: only the files that they touch are read and changed.

What a document has in the index is taken out and put in as a whole, at its slot.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xinyong.site.search import PARTS, Noted, characters, packed, split
from xinyong.site.search_rows import Row
from xinyong.site.search_shards import SHORTEST, file_of
from xinyong.site.search_terms import (
    in_names,
    in_texts,
    most_of,
    names_packed,
    names_unpacked,
    texts_packed,
    texts_unpacked,
)


class Edit:
    """An index that is changed: ``files`` with changes, ``now``, what is to be noted of it.

    The index as it was stands in a folder, in files of the names ``there``; ``shift`` is that of
    its slots.
    """

    def __init__(
        self, folder: Path, there: Container[str], last: Noted, rows: dict[str, str], shift: int
    ) -> None:
        self.files: dict[str, dict[str, Any]] = {}
        self.now = replace(
            last,
            rows=rows,
            documents={url: found for url, found in last.documents.items() if url in rows},
            names=dict(last.names),
            contents=dict(last.contents),
            times=dict(last.times),
            characters=dict(last.characters),
        )
        self._folder = folder
        self._there = there
        self._last = last
        self._shift = shift
        self._names: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
        self._texts: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
        self._more: defaultdict[str, int] = defaultdict(int)

    def change(self, slot: int, was: Row | None, now: Row | None) -> None:
        """Put the document that has a slot ``now`` in the place of the one that it was."""
        for part, make in PARTS.items():
            content = self._content(part, str(slot >> self._shift))
            content.pop(str(slot), None)
            if now:
                content[str(slot)] = make(now)
        if now:
            self.now.documents[now.address] = packed(now)
        for row, step in ((was, -1), (now, 1)):
            for character in characters(row) if row else ():
                self.now.characters[character] = self.now.characters.get(character, 0) + step
        before, after = (in_names(row) if row else {} for row in (was, now))
        for word in before.keys() | after.keys():
            if before.get(word) != after.get(word):
                self._names[word][slot] = after.get(word, [])
        before, after = (in_texts(row) if row else {} for row in (was, now))
        for word in before.keys() | after.keys():
            if before.get(word) != after.get(word):
                self._texts[word][slot] = after.get(word, [])
                self._more[word] += len(after.get(word, ())) - len(before.get(word, ()))

    def finish(self) -> bool:
        """Change the files of words; return whether that can be without the whole index."""
        self.now.characters = {key: found for key, found in self.now.characters.items() if found}
        names, texts = (
            _starts(self._last.names, self._names),
            _starts(self._last.contents, self._texts),
        )
        self._finish_names(names)
        if not self._finish_texts(texts):
            return False
        if names != _starts(self.now.names, self._names):
            return False
        if texts != _starts(self.now.contents, self._texts):
            return False
        for name, content in self.files.items():
            order = int if name.partition("/")[0] in PARTS else str
            self.files[name] = {key: content[key] for key in sorted(content, key=order)}
        return True

    def _finish_names(self, starts: frozenset[str]) -> None:
        for word, places in self._names.items():
            content = self._content("names", file_of(word, starts))
            known = names_unpacked(content.pop(word, ())) | places
            numbers = names_packed((slot, known[slot]) for slot in sorted(known))
            self.now.names.pop(word, None)
            if numbers:
                content[word] = numbers
                self.now.names[word] = len(numbers)

    def _finish_texts(self, starts: frozenset[str]) -> bool:
        least, most = most_of(len(self._last.rows)), most_of(len(self.now.rows))
        for word, places in self._texts.items():
            content = self._content("contents", file_of(word, starts))
            was = self._last.times.get(word, self._last.contents.get(word, 0))
            times = was + self._more[word]
            if was > least and times <= most:
                return False
            known = {slot: [much] for slot, much in texts_unpacked(content.pop(word, ())).items()}
            known |= places
            marks = ((slot, max(known[slot])) for slot in sorted(known) if known[slot])
            numbers = [] if times > most else texts_packed(marks)
            for table in (self.now.contents, self.now.times):
                table.pop(word, None)
            if times:
                content[word] = numbers
                self.now.contents[word] = len(numbers)
            if times != len(numbers):
                self.now.times[word] = times
        return True

    def _content(self, part: str, name: str) -> dict[str, Any]:
        """Return what stands in a file, to be changed."""
        path = f"{part}/{name}"
        if path not in self.files:
            file = self._folder / f"{path}.json"
            there = path in self._there
            self.files[path] = json.loads(file.read_text(encoding="utf-8")) if there else {}
        return self.files[path]


def _starts(lengths: Mapping[str, int], changed: Iterable[str]) -> frozenset[str]:
    """Return the beginnings of changed words that have files of their own."""
    touched = {word.removeprefix("~")[:SHORTEST] for word in changed}
    return split(
        {word: n for word, n in lengths.items() if word.removeprefix("~")[:SHORTEST] in touched}
    )
