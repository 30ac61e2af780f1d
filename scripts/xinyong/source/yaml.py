"""Read one YAML file as a tree of mappings, lists and text.

YAML 1.1 turns ``no`` into false, ``2014-06-14`` into a date, ``010`` into 8 and ``12:30`` into 750. Here every scalar
stays the text that was written, and the field's type says what it means. The tree is built from the parser's events,
which makes duplicate fields, anchors, tags and depth visible without a second pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from xinyong.problems import Path

MAX_BYTES = 64 * 1024
MAX_DEPTH = 12

Tree = str | list["Tree"] | dict[str, "Tree"]
Event = yaml.Event
Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile(r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Fault:
    """One fault of a file as text: a code, a sentence, and the place counted from 1."""

    code: str
    message: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Place:
    """Where a value stands: the start of its field name, of itself, and its end, as (line, column) from 1."""

    key: tuple[int, int]
    start: tuple[int, int]
    end: tuple[int, int]


def decode(data: bytes) -> tuple[str, list[Fault]]:
    """Turn a file's bytes into text; the faults say why that text is not to be read on."""
    if len(data) > MAX_BYTES:
        return "", [Fault("X103", f"the file has {len(data):,} bytes; a record may have {MAX_BYTES:,}: split it")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = _line_column(before, len(before))
        byte = data[error.start]
        return "", [Fault("X101", f"byte 0x{byte:02x} is not UTF-8; save the file as UTF-8", line, column)]
    if text.startswith("\ufeff"):
        return text, [Fault("X102", "the file starts with a byte order mark; save it as UTF-8 without one")]
    return text, [*_forbidden(text)]


def read(text: str) -> tuple[Tree | None, list[Fault]]:
    """Read YAML into a tree; with faults the tree is what could be read, or None where nothing could."""
    builder = _Builder()
    try:
        tree = builder.document(yaml.parse(text, Loader=Parser))
    except yaml.MarkedYAMLError as error:
        return None, [*builder.faults, _syntax_fault(error, text)]
    except yaml.YAMLError as error:
        return None, [Fault("X105", f"this cannot be read as YAML ({str(error).splitlines()[0]})")]
    except _RefusedError as refusal:
        return None, [*builder.faults, refusal.fault]
    return tree, builder.faults


def places(text: str) -> dict[Path, Place]:
    """Read a file a second time, with marks: the place of every value by its path. Empty if it is not YAML."""
    try:
        root = yaml.compose(text, Loader=Parser)
    except (yaml.YAMLError, RecursionError):
        return {}
    found: dict[Path, Place] = {}
    if root is not None:
        _collect(root, (), None, found)
    return found


def find(places: Mapping[Path, Place], path: Path) -> Place | None:
    """Find the place of a value, or of the nearest thing around it; a single entry stands for a list of one."""
    at: Path = ()
    for step in path:
        if (*at, step) in places:
            at = (*at, step)
    return places.get(at)


class _RefusedError(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class _Builder:
    """Builds the tree from events and gathers the faults that do not stop the reading."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def document(self, events: Iterator[yaml.Event]) -> Tree | None:
        tree: Tree | None = None
        seen = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1 or event.version or event.tags:
                    raise _RefusedError(_at(event, "X110", "a file holds one record: no second '---' and no '%' line"))
            elif isinstance(event, yaml.NodeEvent):
                tree = self.node(event, events, 1)
        return tree

    def node(self, event: Event, events: Iterator[Event], depth: int) -> Tree:
        if isinstance(event, yaml.AliasEvent):
            said = f"'*{event.anchor}' repeats another value; write the value out"
            self.faults.append(_at(event, "X107", said))
            return ""
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent), event
        if event.anchor is not None:
            self.faults.append(_at(event, "X107", f"'&{event.anchor}' names a value for reuse; leave it out"))
        if event.tag is not None:
            said = f"'{event.tag}' gives the value a type; leave it out: the field knows its type"
            self.faults.append(_at(event, "X108", said))
        if depth > MAX_DEPTH:
            raise _RefusedError(_at(event, "X109", f"more than {MAX_DEPTH} levels deep; check the indentation"))
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, depth)
        return self.mapping(events, depth)

    def sequence(self, events: Iterator[Event], depth: int) -> list[Tree]:
        items: list[Tree] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, events, depth + 1))
        return items

    def mapping(self, events: Iterator[Event], depth: int) -> dict[str, Tree]:
        fields: dict[str, Tree] = {}
        lines: dict[str, int] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise _RefusedError(_at(event, "X111", "a field name must be plain text, not a list or a mapping"))
            key = str(self.node(event, events, depth))
            value = self.node(next(events), events, depth + 1)
            if key in fields:
                said = f"field '{key}' stands already on line {lines[key]}; keep one of the two"
                self.faults.append(_at(event, "X106", said))
                continue
            fields[key] = value
            lines[key] = _point(event.start_mark)[0]
        return fields


def _collect(node: yaml.Node, path: Path, key: yaml.Node | None, found: dict[Path, Place]) -> None:
    start = _point(node.start_mark)
    found[path] = Place(_point(key.start_mark) if key else start, start, _point(node.end_mark))
    if len(path) > MAX_DEPTH:
        return
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if isinstance(name, yaml.ScalarNode):
                _collect(value, (*path, str(name.value)), name, found)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _collect(item, (*path, index), None, found)


def _forbidden(text: str) -> Iterator[Fault]:
    tab = text.find("\t")
    if tab >= 0:
        yield Fault("X104", "a tab character; indent with spaces", *_line_column(text, tab))
    control = _CONTROL.search(text)
    if control:
        said = f"an invisible character U+{ord(control.group()):04X}; delete it"
        yield Fault("X114", said, *_line_column(text, control.start()))


# What libyaml and PyYAML's own parser say, and what it most likely means for somebody who writes a record.
_LIKELY = (
    ("mapping values are not allowed", "a second ': ' on one line; put the text in quotes if the colon belongs to it"),
    ("could not find expected ':'", "a line without ': ' after its field name, or a text that is not indented"),
    ("did not find expected key", "a line that does not fit here; check its indentation and the quotes before it"),
    ("did not find expected '-' indicator", "a line that does not fit its list; check its indentation"),
    ("expected <block end>", "a line that does not fit here; check its indentation and the quotes before it"),
    ("did not find expected ',' or", "a '[' or '{' that is not closed, or a comma that is missing"),
    ("expected ',' or", "a '[' or '{' that is not closed, or a comma that is missing"),
    ("unexpected end of stream", "a quotation mark that is not closed"),
    ("did not find expected node content", "a value that starts with a character YAML keeps for itself; use quotes"),
    ("expected the node content", "a value that starts with a character YAML keeps for itself; use quotes"),
    ("cannot start any token", "a value that starts with a character YAML keeps for itself; use quotes"),
    ("unknown escape character", "a '\\' inside double quotes; use single quotes"),
    ("undefined alias", "a '*' at the start of a value; put the value in quotes"),
    ("block sequence entries are not allowed", "a '- ' where no list can begin; start the list on its own line"),
    ("document start", "text after the end of the record; check the indentation of this line"),
    ("directive", "a '%' at the start of a line; put the value in quotes"),
)


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    said = f"{error.context or ''} {error.problem or ''}"
    likely = next((meaning for words, meaning in _LIKELY if words in said), None)
    message = f"this is not YAML: {likely or 'check the indentation, colons and quotes around here'}"
    if mark is None:
        return Fault("X105", message)
    line = min(mark.line + 1, text.count("\n") + 1)
    return Fault("X105", message, line, mark.column + 1 if line == mark.line + 1 else 1)


def _at(event: Event, code: str, message: str) -> Fault:
    return Fault(code, message, *_point(event.start_mark))


def _point(mark: Any) -> tuple[int, int]:
    assert mark, "the parser marks every event"
    return mark.line + 1, mark.column + 1


def _line_column(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1
