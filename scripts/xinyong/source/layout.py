"""The canonical layout of a YAML file.

One order of fields, two spaces, as few quotes as possible, comments kept.

What was written in braces or brackets stays so where it fits on one line; what does not fit, or was
written line by line, has a line for each entry. A text of several lines is a literal block, any
other stands on one line. A comment on a line of its own stays above the entry that it stood above,
wherever that entry goes; one behind an entry stays there. Comments that begin the file and have an
empty line behind them are about the whole file, and stay on top.
"""

from __future__ import annotations

import io
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import yaml
from yaml.emitter import Emitter

from xinyong.problems import Path
from xinyong.source.yaml import Parser, decode, read

WIDTH = 120
MODELINE = "# yaml-language-server:"
Order = Callable[[Path], Sequence[str]]
"""Says in which order the fields of the mapping at a path stand.

Those it does not name follow in their own order.
"""

_NOTHING = re.compile(r"(?:~|null|Null|NULL)\Z")
_TRIES = 4
"""A text that is not settled after so many layouts is left as it is."""

_Point = tuple[int, int]
_HEAD = re.compile(r"(?:#[^\n]*\n)+(?=\r?\n)")


@dataclass
class _Entry:
    """A field of a mapping or an item of a list, with the comments above and behind it."""

    node: yaml.Node
    key: yaml.ScalarNode | None = None
    above: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    inside: list[_Entry] = field(default_factory=list)
    length: int = 0
    """How many characters the texts in it have, names included."""

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return int((self.key or self.node).start_mark.line)

    @property
    def commented(self) -> bool:
        """Whether a comment stands anywhere inside it."""
        return any(entry.above or entry.behind or entry.commented for entry in self.inside)


def settle(text: str, order: Order) -> str | None:
    """Lay out a YAML text that can be read without a fault, so that a second time changes nothing.

    None where that cannot be done without a change of what the text says, or the loss of a comment.
    """
    tree, faults = read(text)
    if faults or tree is None:
        return None
    laid = text
    for _ in range(_TRIES):
        before, laid = laid, lay_out(laid, order)
        if laid == text:
            return text
        if decode(laid.encode("utf-8", "surrogatepass"))[1] or read(laid) != (tree, []):
            return None
        if laid == before:
            return laid if _said_beside(laid) == _said_beside(text) else None
    return None


def lay_out(text: str, order: Order) -> str:
    """Lay out a YAML text that can be read without a fault.

    ``settle`` also holds the two against one another.
    """
    node = yaml.compose(text, Loader=Parser)
    if node is None:
        return text
    root = _Entry(node)
    _fill(root)
    head, foot = _attach(root, text)
    apart = [""] if any(not comment.startswith(MODELINE) for comment in head) else []
    lines = [*head, *apart, *_block(root, "", (), order), *foot]
    return "\n".join(lines) + "\n"


def _said_beside(text: str) -> Counter[str]:
    """Count the words of all comments: two that come to stand on one line still say the same."""
    return Counter(
        word for _, comment, _ in _comments(text) for word in re.findall(r"[^\s#]+", comment)
    )


def _fill(entry: _Entry) -> None:
    if isinstance(entry.node, yaml.MappingNode):
        entry.inside = [_Entry(value, key) for key, value in entry.node.value]
    elif isinstance(entry.node, yaml.SequenceNode):
        entry.inside = [_Entry(item) for item in entry.node.value]
    for inner in entry.inside:
        _fill(inner)
    own = [node.value for node in (entry.key, entry.node) if isinstance(node, yaml.ScalarNode)]
    entry.length = sum(map(len, own)) + sum(inner.length for inner in entry.inside)


def _walk(entry: _Entry) -> Iterator[_Entry]:
    for inner in entry.inside:
        yield inner
        yield from _walk(inner)


def _attach(root: _Entry, text: str) -> tuple[list[str], list[str]]:
    """Hang every comment on its entry.

    Return those that belong to the whole file, at its head and its foot.
    """
    first: dict[int, _Entry] = {}
    for entry in _walk(root):
        first.setdefault(entry.line, entry)
    starts = sorted(first)
    head: list[str] = []
    foot: list[str] = []
    top = _HEAD.match(text)
    body = top.group().count("\n") if top else 0
    for line, comment, alone in _comments(text):
        if line < body or (line == 0 and comment.startswith(MODELINE)):
            head.append(comment)
        elif not alone:
            at = bisect_right(starts, line)
            (first[starts[at - 1]].behind if at else head).append(comment)
        else:
            after = bisect_left(starts, line + 1)
            (first[starts[after]].above if after < len(starts) else foot).append(comment)
    return head, foot


def _comments(text: str) -> Iterator[tuple[int, str, bool]]:
    """Find the comments.

    The line of each, from 0, its text, and whether it has the line for itself.
    """
    if "#" not in text:
        return
    lines = text.replace("\r\n", "\n").split("\n")
    spans = [
        _span(token, lines)
        for token in yaml.scan(text, Loader=Parser)
        if isinstance(token, yaml.ScalarToken)
    ]
    starts = [start for start, _ in spans]
    for number, line in enumerate(lines):
        for column in (match.start() for match in re.finditer("#", line)):
            at = bisect_right(starts, (number, column))
            if not at or spans[at - 1][1] <= (number, column):
                yield number, line[column:].rstrip(), not line[:column].strip()
                break


def _span(token: yaml.ScalarToken, lines: Sequence[str]) -> tuple[_Point, _Point]:
    """Return where a text begins and ends.

    Of a block its lines alone, since the parser takes comments along.
    """
    start = (token.start_mark.line, token.start_mark.column)
    if token.style not in ("|", ">"):
        return start, (token.end_mark.line, token.end_mark.column)
    first = next((n for n in range(start[0] + 1, len(lines)) if lines[n].strip()), len(lines))
    depth = len(lines[first]) - len(lines[first].lstrip(" ")) if first < len(lines) else 0
    end = first
    while (
        end < len(lines)
        and end < token.end_mark.line
        and (not lines[end].strip() or lines[end].startswith(" " * depth))
    ):
        end += 1
    return (start[0] + 1, 0), (end, 0)


def _block(entry: _Entry, indent: str, path: Path, order: Order) -> list[str]:
    """Lay out the entries of a mapping or list, a line or more for each."""
    if not entry.inside:
        return [indent + _inline(entry, path, order, flow=False)]
    lines: list[str] = []
    for step, inner in _ordered(entry, path, order):
        lines += [f"{indent}{comment}" for comment in inner.above]
        lines += _line(inner, indent, (*path, step), order)
    return lines


def _ordered(entry: _Entry, path: Path, order: Order) -> list[tuple[str | int, _Entry]]:
    if isinstance(entry.node, yaml.SequenceNode):
        return list(enumerate(entry.inside))
    names = {name: place for place, name in enumerate(order(path))}
    fields = [(str(inner.key.value) if inner.key else "", inner) for inner in entry.inside]
    return [*sorted(fields, key=lambda pair: names.get(pair[0], len(names)))]


def _line(entry: _Entry, indent: str, path: Path, order: Order) -> list[str]:
    lead = f"{indent}{_scalar(entry.key, flow=True)}:" if entry.key else f"{indent}-"
    note = "".join(f"  {comment}" for comment in entry.behind)
    if isinstance(entry.node, yaml.ScalarNode) and _is_block(entry.node):
        header, *rest = _literal(entry.node.value)
        return [f"{lead} {header}{note}", *(f"{indent}  {line}" if line else "" for line in rest)]
    if _fits(entry, f"{lead} ", path, order):
        value = _inline(entry, path, order, flow=False)
        return [(f"{lead} {value}" if value else lead) + note]
    if entry.key:
        return [lead + note, *_block(entry, indent + "  ", path, order)]
    return _item(entry, indent, path, order)


def _item(entry: _Entry, indent: str, path: Path, order: Order) -> list[str]:
    """Lay out a list or a mapping in a list.

    Behind the dash where it can, with comments above the dash.

    The dash of what begins on the next line has no place of its own for a comment: it would be
    taken for another's.
    """
    inner = _block(entry, indent + "  ", path, order)
    above = []
    while inner[0].lstrip().startswith("#"):
        above.append(indent + inner.pop(0).lstrip())
    if isinstance(entry.node, yaml.SequenceNode):
        return [*(f"{indent}{comment}" for comment in entry.behind), *above, f"{indent}-", *inner]
    note = "".join(f"  {comment}" for comment in entry.behind)
    return [*above, f"{indent}- {inner[0].removeprefix(indent + '  ')}{note}", *inner[1:]]


def _fits(entry: _Entry, lead: str, path: Path, order: Order) -> bool:
    if not entry.inside:
        return True
    if not getattr(entry.node, "flow_style", False) or entry.length > WIDTH:
        return False
    if entry.commented or any(map(_several_lines, _walk(entry))):
        return False
    return len(lead) + len(_inline(entry, path, order, flow=False)) <= WIDTH


def _several_lines(entry: _Entry) -> bool:
    return isinstance(entry.node, yaml.ScalarNode) and "\n" in entry.node.value


def _inline(entry: _Entry, path: Path, order: Order, *, flow: bool) -> str:
    node = entry.node
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, flow=flow)
    parts = [
        (f"{_scalar(inner.key, flow=True)}: " if inner.key else "")
        + _inline(inner, (*path, step), order, flow=True)
        for step, inner in _ordered(entry, path, order)
    ]
    joined = ", ".join(part.removesuffix(" ") for part in parts)
    return f"[{joined}]" if isinstance(node, yaml.SequenceNode) else f"{{{joined}}}"


def _scalar(node: yaml.ScalarNode, *, flow: bool) -> str:
    """Write a text on one line.

    Plain where YAML takes it as it stands, else in the quotes that it had.
    """
    text = str(node.value)
    quoted = node.style in ("'", '"')
    if not text:
        return "''" if quoted or flow else ""
    analysis = Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text)
    if "\n" in text or not analysis.allow_single_quoted or _needs_escapes(text):
        return _in_double_quotes(text)
    plain = analysis.allow_flow_plain if flow else analysis.allow_block_plain
    if plain and not analysis.multiline and not (quoted and _NOTHING.match(text)):
        return text
    if node.style == '"' and not re.search(r'["\\]', text):
        return _in_double_quotes(text)
    return "'" + text.replace("'", "''") + "'"


def _needs_escapes(text: str) -> bool:
    """Say whether a text holds what no record may hold as it stands, or begins or ends with an unseen blank."""
    if text.replace("\n", "").isprintable():
        return False
    bare = text.strip(" \n")
    return bare != bare.strip() or bool(decode(text.encode("utf-8", "surrogatepass"))[1])


def _in_double_quotes(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char == "\n":
        return r"\n"
    if char != " " and unicodedata.category(char)[0] in "CZ":
        return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
    return char


def _is_block(node: yaml.ScalarNode) -> bool:
    """Whether a text is written as a literal block.

    It has several lines, and nothing that such a block would lose.
    """
    text = str(node.value)
    wanted = node.style == "|" or (node.style == ">" and text.endswith("\n"))
    if "\n" not in text.rstrip("\n") and not (wanted and text.strip()):
        return False
    if text.startswith((" ", "\n")) or _needs_escapes(text):
        return False
    return bool(Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text).allow_block)


def _literal(text: str) -> list[str]:
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    header = {0: "|-", 1: "|"}.get(ends, "|+")
    return [header, *body.split("\n"), *[""] * (ends - 1)]
