"""Texts in GitHub's Markdown: escaped, as code, cut, and two of them with what differs marked.

Nothing of a text is taken for markup: what Markdown or GitHub would read as more than text is
escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from xinyong.problems import visible

CELL = 1200
"""From so many characters on a long text is cut; the file shows it whole."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!$])")
_BEGINNING = re.compile(r"^( ?) *(\d+(?=[.)](?:\s|$))|(?=[-+=](?:[-+=\s]|$)|::))")
"""What makes a list, a heading or a command of the line that begins with it."""

_ADDRESS = re.compile(r"https?://[^\s<>|`\"'()\[\]{}\\]+[^\s<>|`\"'()\[\]{}\\.,;:]")
_CALL = re.compile(
    r"(?<=@)(?=[a-z\d])|(?<=:)(?=[\w+-]+:|//)|(?<=#)(?=\d)|(?<=\bGH)(?=-\d)|(?<=\bwww)(?=\.)",
    re.IGNORECASE,
)
"""Where GitHub sees a person, an emoji, an issue or an address in a text without markup."""

_JOINER = "\u2060"
"""Unseen, and no part of any of these (U+2060, word joiner)."""

OURS = f"\n{_JOINER}"
"""What of the unseen may stand in what is written here."""

_BARE = re.compile(r"[^`|\s](?:[^`|]*[^`|\s])?")
_PIECES = re.compile(r"(?:[\u3400-\u9fff]|[^\s\u3400-\u9fff]+)\s*|\s+")
_KEPT = 8


def escape(text: str, *, links: bool = True) -> str:
    """Make a text that stays what it is in GitHub's Markdown, wherever it stands.

    ``@name`` calls nobody. Addresses become links to what they say, which GitHub would make of them
    anyway, unless ``links`` is false.
    """
    text = visible(text, keep="\n")
    pieces, end = [], 0
    for match in _ADDRESS.finditer(text) if links else ():
        pieces += [_plain(text[end : match.start()]), f"<{match.group()}>"]
        end = match.end()
    return "".join([*pieces, _plain(text[end:])])


def code(text: str) -> str:
    """Set a text as code: as it stands where Markdown lets it, else escaped."""
    text = visible(text)
    if _BARE.fullmatch(text) and "##[" not in text:
        return f"`{text}`"
    return f"<code>{escape(text, links=False)}</code>"


def _plain(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", _CALL.sub(_JOINER, text))
    begun = _BEGINNING.sub(r"\1\2\\", escaped)
    return re.sub("^ +", " ", begun).replace("\n", "<br>")


def cut(text: str, limit: int = CELL) -> str:
    """Escape a text, cut behind a word where it is too long."""
    if len(text) <= limit:
        return escape(text)
    return escape(text[:limit].rsplit(" ", 1)[0]) + " …"


def compared(old: str, new: str) -> tuple[str, str]:
    """Return two texts with the words that differ struck out and in bold.

    Of long ones only what stands around these is left. Texts that are short, or that have less
    than half in common, stay as they are: marks would only be in the way.
    """
    a, b = _PIECES.findall(old), _PIECES.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if min(len(a), len(b)) < 4 or len(a) * len(b) > 1_000_000 or matcher.ratio() < 0.5:
        return cut(old), cut(new)
    one: list[str] = []
    other: list[str] = []
    segments = [*_segments(matcher.get_opcodes(), a, b)]
    for index, (was, now) in enumerate(segments):
        if was == now:
            kept = _context(was, first=index == 0, last=index == len(segments) - 1)
            one.append(kept)
            other.append(kept)
        else:
            one.append(_marked("~~", "".join(was)))
            other.append(_marked("**", "".join(now)))
    return "".join(one), "".join(other)


def _segments(
    codes: Sequence[tuple[str, int, int, int, int]], a: Sequence[str], b: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield stretches of two texts that are equal or differ.

    One or two equal words between differences join these.
    """
    was: list[str] = []
    now: list[str] = []
    for index, (tag, i, j, k, m) in enumerate(codes):
        if tag == "equal" and (j - i > 2 or index in (0, len(codes) - 1)):
            if was or now:
                yield was, now
            yield a[i:j], a[i:j]
            was, now = [], []
        else:
            was += a[i:j]
            now += b[k:m]
    if was or now:
        yield was, now


def _context(pieces: Sequence[str], *, first: bool, last: bool) -> str:
    """Shorten what is the same before, between and after differences."""
    if len(pieces) <= 3 * _KEPT:
        return escape("".join(pieces))
    start = "" if first else escape("".join(pieces[:_KEPT]))
    end = "" if last else escape("".join(pieces[-_KEPT:]))
    return f"{start}…{end}"


def _marked(mark: str, text: str) -> str:
    inner = text.strip()
    if not inner:
        return escape(text)
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    return f"{before}{mark}{cut(inner)}{mark}{after}".replace("\n", "<br>")
