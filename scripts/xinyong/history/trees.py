"""The files of the past as trees; a field that stands alike in many of them is read once."""

from __future__ import annotations

import re

from xinyong.problems import visible
from xinyong.source import yaml
from xinyong.source.yaml import Tree

Fields = dict[str, Tree]

_FIELD = re.compile(r"[a-z_]+:[ \n]")
_LINE = re.compile(r"\n(?=[^ #\n-]|-[^ \n])")
"""The end of a line, where the next one can go on with nothing that was begun before it but a text
in quotes or a value in brackets; a file that is cut there cannot be read."""
_BREAKS = "\r\x85\u2028\u2029"
"""What else ends a line in YAML."""


class Trees:
    """Reads files; it keeps the fields that it has read."""

    def __init__(self) -> None:
        self._read: dict[str, Fields | None] = {}

    def read(self, text: str) -> Fields | None:
        """Return what stands in a file, as it is shown; None where it is no record."""
        if text.endswith("\n") and not any(sign in text for sign in _BREAKS):
            parts = [self._field(part) for part in _LINE.split(text[:-1])]
            tree = {name: value for part in parts if part for name, value in part.items()}
            if len(tree) == len(parts):
                return tree
        return _whole(text)

    def _field(self, part: str) -> Fields | None:
        """Return the one field that stands in a part of a file; None where that is not so."""
        if part not in self._read:
            tree = _whole(f"{part}\n") if _FIELD.match(f"{part}\n") else None
            self._read[part] = tree if tree and len(tree) == 1 else None
        return self._read[part]


def _whole(text: str) -> Fields | None:
    tree, _ = yaml.read(text)
    if not isinstance(tree, dict):
        return None
    is_seen = "\\" not in text and text.replace("\n", "").isprintable()
    return tree if is_seen else _seen(tree)


def _seen(tree: Fields) -> Fields:
    """Exchange what no page or feed can hold, or what acts on a terminal, for a picture of it."""
    return {visible(name): _seen_in(value) for name, value in tree.items()}


def _seen_in(value: Tree) -> Tree:
    if isinstance(value, str):
        return visible(value, keep="\n\t")
    return _seen(value) if isinstance(value, dict) else [_seen_in(inner) for inner in value]
