"""Read one YAML file as a tree of mappings, lists and text.

YAML 1.1 turns ``no`` into false, ``2014-06-14`` into a date, ``010`` into 8 and ``12:30`` into 750.
Here every scalar stays the text that was written, and the field's type says what it means. The tree
is built from the parser's events, which makes duplicate fields, anchors, tags and depth visible
without a second pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from xinyong.problems import Path
from xinyong.source import yaml_errors
from xinyong.source.snapshot import MAX_BYTES

MAX_DEPTH = 12

Tree = str | list["Tree"] | dict[str, "Tree"]
Event = yaml.Event
Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNSEEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    r"\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
)
_CONTROL = re.compile(rf"[\r{_UNSEEN}](?<!\r(?=\n))")  # begins with a class, which is found fast
_ESCAPED = re.compile(rf"[\t\r{_UNSEEN}]")
"""What nobody sees, and what may stand in a file, but not in a value: written as an escape."""
_CONFLICTS = ("<" * 7, ">" * 7, "|" * 7)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?= |$)", re.MULTILINE)
_GB_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True)
class Fault:
    """One fault of a file as text: a code, a sentence, and the place counted from 1."""

    code: str
    message: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Place:
    """Where a value stands.

    The start of its field name, of itself, and its end, as (line, column) from 1.
    """

    key: tuple[int, int]
    start: tuple[int, int]
    end: tuple[int, int]


def too_large(size: int) -> Fault:
    """Say that a file has more bytes than a record may have."""
    return Fault("X103", f"the file has {size:,} bytes; a record may have {MAX_BYTES:,}: split it")


def decode(data: bytes) -> tuple[str, list[Fault]]:
    """Turn a file's bytes into text; the faults say why that text is not to be read on."""
    if len(data) > MAX_BYTES:
        return "", [too_large(len(data))]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        return "", [Fault("X101", _encoding(data, error.start), *_line_column(before, len(before)))]
    if text.startswith("\ufeff"):
        return text, [
            Fault("X102", "the file starts with a byte order mark; save it as UTF-8 without one")
        ]
    return text, [*_forbidden(text)]


def read(text: str) -> tuple[Tree | None, list[Fault]]:
    """Read YAML into a tree.

    With faults the tree is what could be read, or None where nothing could.
    """
    builder = _Builder()
    try:
        tree = builder.document(iter(Parser(text).get_event, None))
    except yaml.MarkedYAMLError as error:
        message, line, column = yaml_errors.diagnose(text, error)
        return None, [*builder.faults, Fault("X105", message, line, column)]
    except yaml.YAMLError as error:
        return None, [
            Fault(
                "X105",
                f"YAML cannot read this file ({str(error).splitlines()[0]}); save it as plain UTF-8 text",
            )
        ]
    except _RefusedError as refusal:
        return None, [*builder.faults, refusal.fault]
    return tree, builder.faults


def write(tree: Tree) -> str:
    """Write a tree as YAML that ``read`` gives back as it was."""
    written: str = yaml.dump(
        tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return written


def places(text: str) -> dict[Path, Place]:
    """Read a file again, with marks: the place of every value by its path. Empty if no YAML.

    An alias is a place like any other, so that what it repeats is not gone through again. What lies
    deeper than a record may is passed over.
    """
    found: dict[Path, Place] = {}
    try:
        for event in (events := iter(Parser(text).get_event, None)):
            if isinstance(event, yaml.NodeEvent):
                _collect(event, events, (), None, found)
                break
    except yaml.YAMLError:
        return {}
    return found


def find(places: Mapping[Path, Place], path: Path) -> Place | None:
    """Find the place of a value, or of the nearest thing around it.

    A single entry stands for a list of one.
    """
    at: Path = ()
    for step in path:
        if (*at, step) in places:
            at = (*at, step)
    return places.get(at)


_SECOND = (
    "a file holds one record; delete this line, or move what follows it into a file of its own"
)


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
                    raise _RefusedError(_at(event, "X110", _SECOND))
            elif isinstance(event, yaml.NodeEvent):
                tree = self.node(event, events, 1)
        return tree

    def node(self, event: Event, events: Iterator[Event], depth: int) -> Tree:
        if type(event) is yaml.ScalarEvent:
            if event.style == '"':
                self.hidden(event)
            if event.anchor is None and event.tag is None and depth <= MAX_DEPTH:
                return str(event.value)  # nearly all there is
        if isinstance(event, yaml.AliasEvent):
            message = f"'*{event.anchor}' repeats another value; write the value out, or put the text in quotes"
            self.faults.append(_at(event, "X107", message))
            return ""
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent), event
        if event.anchor is not None:
            self.faults.append(
                _at(
                    event,
                    "X107",
                    f"'&{event.anchor}' names a value for reuse; leave it out, or use quotes",
                )
            )
        if event.tag is not None:
            message = (
                f"'{_as_written(event.tag)}' gives the value a type, which its field "
                "knows; leave it out, or use quotes"
            )
            self.faults.append(_at(event, "X108", message))
        if depth > MAX_DEPTH:
            raise _RefusedError(
                _at(event, "X109", f"more than {MAX_DEPTH} levels deep; check the indentation")
            )
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, depth)
        return self.mapping(events, depth)

    def hidden(self, event: yaml.ScalarEvent) -> None:
        """Refuse what nobody sees in a text in double quotes, where an escape may stand for it."""
        found = _ESCAPED.search(event.value)
        if found:
            message = (
                f"an escape stands for the invisible character U+{ord(found[0]):04X}; delete it"
            )
            self.faults.append(_at(event, "X117", message))

    def sequence(self, events: Iterator[Event], depth: int) -> list[Tree]:
        items: list[Tree] = []
        for event in events:
            if type(event) is yaml.SequenceEndEvent:
                break
            items.append(self.node(event, events, depth + 1))
        return items

    def mapping(self, events: Iterator[Event], depth: int) -> dict[str, Tree]:
        fields: dict[str, Tree] = {}
        starts: dict[str, Event] = {}
        for event in events:
            if type(event) is yaml.MappingEndEvent:
                break
            if type(event) is not yaml.ScalarEvent:
                raise _RefusedError(
                    _at(
                        event,
                        "X111",
                        "a list or a mapping stands where a field's name belongs; write 'name: value'",
                    )
                )
            key = str(self.node(event, events, depth))
            value = self.node(next(events), events, depth + 1)
            if key in fields:
                line, _ = _point(starts[key].start_mark)
                message = f"field '{key}' stands already on line {line}; keep one of the two"
                self.faults.append(_at(event, "X106", message))
                continue
            fields[key] = value
            starts[key] = event
        return fields


class _Dumper(yaml.SafeDumper):
    """Writes a list of texts in brackets, all else line by line."""

    def represent_texts(self, data: list[Any]) -> yaml.SequenceNode:
        flow = all(isinstance(item, str) for item in data)
        return self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flow)

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(list, _Dumper.represent_texts)


def _collect(
    event: Event,
    events: Iterator[Event],
    path: Path,
    key: Event | None,
    found: dict[Path, Place],
) -> None:
    """Note where the value lies that begins with ``event``, and what is in it, up to its end."""
    start = _point(event.start_mark)
    first = _point(key.start_mark) if key else start
    found[path] = Place(first, start, _point(event.end_mark))
    if not isinstance(event, yaml.CollectionStartEvent):
        return
    if len(path) > MAX_DEPTH:
        end = _skip(event, events)
    elif isinstance(event, yaml.SequenceStartEvent):
        end = _collect_items(events, path, found)
    else:
        end = _collect_fields(events, path, found)
    found[path] = Place(first, start, _point(end.end_mark))


def _collect_items(events: Iterator[Event], path: Path, found: dict[Path, Place]) -> Event:
    for index, event in enumerate(events):
        if isinstance(event, yaml.SequenceEndEvent):
            break
        _collect(event, events, (*path, index), None, found)
    return event


def _collect_fields(events: Iterator[Event], path: Path, found: dict[Path, Place]) -> Event:
    for name in events:
        if isinstance(name, yaml.MappingEndEvent):
            break
        if not isinstance(name, yaml.ScalarEvent):
            _skip(name, events)
            _skip(next(events), events)
            continue
        inner = (*path, str(name.value))
        # Of a field that stands twice the first is the one that is read.
        _collect(next(events), events, inner, name, {} if inner in found else found)
    return name


def _skip(event: Event, events: Iterator[Event]) -> Event:
    """Pass over the value that begins with ``event``; return the last event of it."""
    depth = 0
    while True:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if not depth:
            return event
        event = next(events)


def _encoding(data: bytes, at: int) -> str:
    """Say in which encoding a file is saved, as far as its bytes show it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "the file is saved as UTF-16; save it as UTF-8"
    pairs = len(_GB_PAIR.findall(data))
    if pairs and not _HIGH.search(_GB_PAIR.sub(b"", data)):
        return "the file is saved as GB18030 (also called GBK or ANSI); save it as UTF-8"
    return f"byte 0x{data[at]:02x} is not UTF-8; save the file as UTF-8"


def _forbidden(text: str) -> Iterator[Fault]:
    tab = text.find("\t")
    if tab >= 0:
        yield Fault("X104", "a tab character; indent with spaces", *_line_column(text, tab))
    control = _CONTROL.search(text)
    if control:
        yield Fault("X114", _invisible(control.group()), *_line_column(text, control.start()))
    marked = any(mark in text for mark in _CONFLICTS)
    if marked and (conflict := _CONFLICT.search(text)):
        message = (
            f"'{conflict.group()}' is left from merging two versions; keep what is "
            "right of both, delete the marks"
        )
        yield Fault("X115", message, *_line_column(text, conflict.start()))


def _invisible(char: str) -> str:
    if char == "\r":
        return "the line ends with U+000D alone, as on old Macs; save the file with Unix line ends (LF)"
    if char == "\0":
        return "an invisible character U+0000, as in a file saved as UTF-16; save it as UTF-8, or delete the character"
    return f"an invisible character U+{ord(char):04X}; delete it"


def _as_written(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!", 1)


def _at(event: Event, code: str, message: str) -> Fault:
    return Fault(code, message, *_point(event.start_mark))


def _point(mark: Any) -> tuple[int, int]:
    assert mark, "the parser marks every event"
    return mark.line + 1, mark.column + 1


def _line_column(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1
