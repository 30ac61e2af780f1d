"""Mistakes of the hand that YAML refuses or takes for something else, told in plain words.

A parser says where it lost the thread; people want to know what they typed. Most mistakes show on one
line: a full-width colon from a Chinese keyboard, a missing space, a text that begins with a sign of
YAML's own. ``MISTAKES`` lists those. What is left is told by what the parser was reading when it
stopped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml

SIGNS: Mapping[str, tuple[str, str]] = {
    "：": ("full-width colon", ":"),
    "，": ("full-width comma", ","),
    "、": ("Chinese list comma", ","),
    "；": ("full-width semicolon", ";"),
    "［": ("full-width bracket", "["),
    "］": ("full-width bracket", "]"),
    "【": ("Chinese bracket", "["),
    "】": ("Chinese bracket", "]"),
    "｛": ("full-width brace", "{"),
    "｝": ("full-width brace", "}"),
    "（": ("full-width parenthesis", "("),
    "）": ("full-width parenthesis", ")"),
    "“": ("typographic quotation mark", '"'),
    "”": ("typographic quotation mark", '"'),
    "„": ("typographic quotation mark", '"'),
    "‘": ("typographic quotation mark", "'"),
    "’": ("typographic quotation mark", "'"),
    "「": ("Chinese quotation mark", '"'),
    "」": ("Chinese quotation mark", '"'),
    "–": ("dash", "-"),
    "—": ("dash", "-"),
    "－": ("full-width hyphen", "-"),
    "／": ("full-width slash", "/"),
    "．": ("full-width full stop", "."),
    "。": ("Chinese full stop", "."),
    "～": ("full-width tilde", "~"),
    "＃": ("full-width hash", "#"),
    "＠": ("full-width at sign", "@"),
}
"""Signs that a Chinese keyboard or a word processor puts in the place of plain ones: their names,
and plain ones."""

_SPACES: Mapping[str, str] = {"\u3000": "a full-width space", "\u00a0": "a no-break space"}
_QUOTES = "“”„‘’「」『』«»＂＇"
LONGEST = 200
_LONGEST_LINE = 2_000
_KEY = r"[A-Za-z_][\w-]*"


@dataclass(frozen=True)
class Mistake:
    """What went wrong on a line, and what to do.

    A sentence, and the column at which it stands, from 1.
    """

    message: str
    column: int


def foreign(text: str) -> str:
    """Return ``; '，' is a full-width comma: type ','`` for the first such sign in a text.

    Empty if there is none.
    """
    for char in text:
        if char in SIGNS:
            name, plain = SIGNS[char]
            return f"; '{char}' is a {name}: type '{plain}'"
        if char in _SPACES:
            return f"; U+{ord(char):04X} is {_SPACES[char]}: type a plain space"
    wide = next((char for char in text if "\uff01" <= char <= "\uff5e"), "")
    return f"; '{wide}' is full-width: type '{chr(ord(wide) - 0xFEE0)}'" if wide else ""


def several(text: str) -> str:
    """Say how several ids are written that stand in one text, such as ``a，b`` or ``-a -b``.

    Empty for one id.
    """
    text = text[:LONGEST]
    if re.search(r"(?:^|\s)[-–—－](?=[^\s-])", text):
        return "; a list entry needs a plain dash and a space: write '- …'"
    if re.search(r"(?:^|\s)[-–—－] ", text):
        return "; list entries begin in the same column, each with a plain dash and a space: write '- …'"
    if re.search(r"[,，、；;【［｛]", text):
        return foreign(text) or "; write several ids as a list: [a, b]"
    return ""


def plain(text: str) -> str:
    """Return a text with plain signs, digits and spaces in the place of full-width and typographic ones, unquoted.

    Only its beginning is looked at: what is longer is no id, date or number that somebody mistyped.

    """
    signs = "".join(SIGNS[char][1] if char in SIGNS else char for char in text[:LONGEST])
    return unicodedata.normalize("NFKC", signs).strip(" \"'")


def diagnose(text: str, error: yaml.MarkedYAMLError) -> tuple[str, int, int]:
    """Say what most likely made YAML stop.

    A sentence that ends in what to do, and the line and column, from 1.
    """
    lines = text.split("\n")
    stop = _at(error.problem_mark or error.context_mark, lines)
    start = _at(error.context_mark, lines) if error.context_mark else stop
    for number in _suspects(lines, start[0], stop[0]):
        mistake = on_line(lines[number - 1])
        if mistake:
            return mistake.message, number, mistake.column
    message = f"{error.context or ''} {error.problem or ''}"
    for words, tell in _PARSER:
        if words in message:
            return tell(lines, start, stop)
    return (
        "YAML cannot read on from here; check the indentation, the colons and the quotes of this line",
        *stop,
    )


def on_line(line: str) -> Mistake | None:
    """Find the mistake on one line that shows by itself."""
    for pattern, message in MISTAKES:
        match = pattern.search(line[:_LONGEST_LINE])
        if match:
            return Mistake(
                message.format(*match.groups(), char=_named(match["at"])), match.start("at") + 1
            )
    return None


MISTAKES: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(pattern), message)
    for pattern, message in (
        (
            rf"^[ -]*({_KEY}) ?(?P<at>：)",
            "the colon after '{0}' is full-width; type ':' and a space",
        ),
        (
            r"^ *(?:- +)?(?P<at>[\u3000\u00a0])",
            "the line is indented with {char}; indent it with plain spaces",
        ),
        (
            rf"^[ -]*({_KEY}):(?P<at>[\u3000\u00a0])",
            "behind '{0}:' stands {char}; type a plain space",
        ),
        (
            rf"^ *(?:- +)*({_KEY})(?P<at>:)(?![\s/]|$)",
            "'{0}:' needs a space behind its colon; write '{0}: …'",
        ),
        (
            r"^ *(?P<at>-)(?=[^\W\d_]|[\[{\"'])",
            "a list entry needs a space behind its dash; write '- …'",
        ),
        (
            r"^ *(?P<at>[—–－·•]) ?",
            "a list entry begins with a plain dash, not with '{char}'; write '- …'",
        ),
        (
            rf"(?:: +|^ *- +)(?:[\[{{] *)?(?P<at>[{_QUOTES}])",
            "'{char}' does not quote a text here; type the straight quotation mark \" at both ends",
        ),
        (r"(?:: +|^ *- +)(?P<at>[［【｛])", "'{char}' opens no list or mapping; type '[' or '{{'"),
        (
            r"[\[{{][^\]}}]*(?P<at>[］】｝])\s*$",
            "'{char}' closes no list or mapping; type ']' or '}}'",
        ),
        (
            r"(?:: +|^ *- +)(?P<at>\[\[)",
            "'[[' reads as a list here; put a text that begins with it in quotes",
        ),
        (
            r"(?:: +|^ *- +)(?P<at>\[@)",
            "'[@' reads as a list here; put a text that begins with it in quotes",
        ),
        (
            r"(?:: +|^ *- +)(?P<at>[@`%])",
            "a text cannot begin with '{char}'; put it in single quotes",
        ),
        (
            r"^(?P<at>%)",
            "a line that begins with '%' speaks to YAML itself; delete the line, or put the text in quotes",
        ),
        (
            r"(?:: +|^ *- +)(?P<at>[*&!?](?=\S))",
            "a text cannot begin with '{char}'; put it in single quotes",
        ),
        (
            r"(?:: +|^ *- +)(?P<at>'(?:[^']|'')*'[^\s,\]}:#])",
            "an apostrophe inside single quotes is written twice; write '' there, or use double quotes",
        ),
        (
            r"(?:: +|^ *- +)(?P<at>\"(?:[^\"\\]|\\.)*\")(?= *[^\s,\]}:#])",
            "the text goes on behind its closing quotation mark; put the whole of it in single quotes",
        ),
        (
            r"(?:: +|^ *- +)(?P<at>'(?:[^']|'')*')(?= +[^\s,\]}:#])",
            "the text goes on behind its closing quotation mark; put the whole of it in double quotes",
        ),
    )
)
"""What shows on a line by itself, each with what to do; the first that fits is told."""

Found = tuple[str, int, int]
Point = tuple[int, int]


def _suspects(lines: Sequence[str], start: int, stop: int) -> Iterator[int]:
    """Yield the lines worth a look.

    Where the part began, the last line with text before the stop, the stop itself.
    """
    before = next(
        (
            n
            for n in range(stop - 1, 0, -1)
            if lines[n - 1].strip() and not lines[n - 1].lstrip().startswith("#")
        ),
        0,
    )
    yield from dict.fromkeys(number for number in (start, before, stop) if number)


def _second_colon(lines: Sequence[str], start: Point, stop: Point) -> Found:
    line = lines[stop[0] - 1]
    if re.match(rf"^ *(?:- +)*{_KEY}:", line) and line.index(":") + 1 == stop[1]:
        message = (
            "this line is indented further than the one above, which has its value "
            "already; begin it in the same column"
        )
        return message, stop[0], len(line) - len(line.lstrip()) + 1
    return "a colon and a space stand inside the text; put the whole text in quotes", *stop


def _no_colon(lines: Sequence[str], start: Point, stop: Point) -> Found:
    message = (
        "this line is no 'field: value'; write ': ' behind the field's name, "
        "or indent it as part of the text above"
    )
    return message, *start


def _unclosed_quote(lines: Sequence[str], start: Point, stop: Point) -> Found:
    return (
        "the quotation mark that opens here is not closed; close it at the end of the text",
        *start,
    )


def _unclosed_bracket(lines: Sequence[str], start: Point, stop: Point) -> Found:
    opened = lines[start[0] - 1][start[1] - 1 : start[1]]
    if lines[stop[0] - 1][stop[1] - 1 : stop[1]] == ",":
        return "no value stands before this comma; write one, or delete the comma", *stop
    if opened not in ("[", "{"):
        return "a bracket or a comma is missing; close every '[' and '{' that is open here", *stop
    closing = {"[": "]", "{": "}"}[opened]
    if start[0] == stop[0] and lines[stop[0] - 1][stop[1] - 1 :].strip():
        sign = foreign(lines[stop[0] - 1][start[1] - 1 : stop[1]])
        if sign:
            return sign.removeprefix("; "), *stop
        message = (
            f"before this a comma or the closing '{closing}' is missing; add it, or "
            "put a text with ': ' in quotes"
        )
        return message, *stop
    return f"the '{opened}' that opens here is not closed; close it with '{closing}'", *start


def _misfit(lines: Sequence[str], start: Point, stop: Point) -> Found:
    line = lines[stop[0] - 1]
    if (char := line[stop[1] - 1 : stop[1]]) and char in "]}":
        return f"this '{char}' closes nothing; delete it", *stop
    indent = len(line) - len(line.lstrip(" "))
    above = sorted(
        {len(text) - len(text.lstrip(" ")) for text in lines[: stop[0] - 1] if text.strip()}
    )
    if indent not in above:
        near = sorted(above, key=lambda level: (abs(level - indent), level))[:2]
        fits = " or ".join(map(str, sorted(near)))
        message = f"this line is indented by {_spaces(indent)}, which fits no line above; indent it by {fits}"
        return message, stop[0], indent + 1
    if line.lstrip().startswith("- "):
        return (
            "a list entry stands where a field belongs; indent it like the entries of its list",
            *stop,
        )
    return (
        "this line does not fit the lines above it; check its indentation, and the quotes and brackets before it",
        *stop,
    )


def _list_too_early(lines: Sequence[str], start: Point, stop: Point) -> Found:
    return (
        "a list with dashes cannot begin here; begin it on a line of its own, or write [a, b]",
        *stop,
    )


def _escape(lines: Sequence[str], start: Point, stop: Point) -> Found:
    return (
        r"a '\' inside double quotes has a meaning of its own; use single quotes around the text",
        *stop,
    )


def _after_end(lines: Sequence[str], start: Point, stop: Point) -> Found:
    return (
        "the record has ended before this line; indent it as the lines above, or delete it",
        *stop,
    )


def _block_header(lines: Sequence[str], start: Point, stop: Point) -> Found:
    return "behind '|' or '>' nothing may stand; begin the text on the next line, indented", *stop


def _own_sign(lines: Sequence[str], start: Point, stop: Point) -> Found:
    char = lines[stop[0] - 1][stop[1] - 1 : stop[1]]
    if char and char in ",]}":
        return (
            f"'{char}' stands where a value belongs; write the value before it, or delete the sign",
            *stop,
        )
    shown = f"'{char}'" if char else "a sign of YAML's own"
    return f"a text cannot begin with {shown}; put it in single quotes", *stop


_PARSER: Sequence[tuple[str, Callable[[Sequence[str], Point, Point], Found]]] = (
    ("mapping values are not allowed", _second_colon),
    ("could not find expected ':'", _no_colon),
    ("unknown escape character", _escape),
    ("escape", _escape),
    ("quoted scalar", _unclosed_quote),
    ("block scalar", _block_header),
    ("flow", _unclosed_bracket),
    ("',' or", _unclosed_bracket),
    ("block sequence entries are not allowed", _list_too_early),
    ("document start", _after_end),
    ("node content", _own_sign),
    ("cannot start any token", _own_sign),
    ("alphabetic or numeric", _own_sign),
    ("alias", _own_sign),
    ("anchor", _own_sign),
    ("expected key", _misfit),
    ("indicator", _misfit),
    ("<block end>", _misfit),
)
"""What the parser says (libyaml's words and PyYAML's own), and who can tell what it means."""


def _at(mark: yaml.Mark | None, lines: Sequence[str]) -> Point:
    """Turn a mark into a place inside the text.

    Behind its last character where the mark lies beyond.
    """
    if mark is None:
        return 1, 1
    line = min(mark.line + 1, len(lines))
    while line > 1 and not lines[line - 1].strip():
        line -= 1
    if line == mark.line + 1:
        return line, min(mark.column, len(lines[line - 1])) + 1
    return line, len(lines[line - 1].rstrip()) + 1


def _named(char: str) -> str:
    return _SPACES.get(char, char)


def _spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"
