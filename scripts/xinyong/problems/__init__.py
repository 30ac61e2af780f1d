"""What can be wrong with the corpus: problems, their codes, and how they are shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

_LIKE = 60  # of 100, as rapidfuzz counts: six letters in ten are the same
_LONGEST_ID = 80

MOST = 50
"""So many problems of one file are shown; who fixes these will see the others."""

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]

CODES: Mapping[str, str] = {
    # X1: reading the file
    "X101": "not UTF-8",
    "X102": "byte order mark",
    "X103": "file too large",
    "X104": "tab character",
    "X105": "not readable as YAML",
    "X106": "field written twice",
    "X107": "anchor or alias",
    "X108": "tag",
    "X109": "nested too deep",
    "X110": "more than one document",
    "X111": "field name is not text",
    "X112": "not a record",
    "X113": "file out of place or out of reach",
    "X114": "invisible control character",
    "X115": "merge left unfinished",
    "X116": "more problems than are shown",
    "X117": "invisible character written as an escape",
    # X2: ids, links and cites
    "X201": "id used twice",
    "X202": "id differs from the file name",
    "X203": "file name is not an id",
    "X204": "link to an unknown record",
    "X205": "link to a record of another kind",
    "X206": "unknown citation",
    "X207": "unread citation cited directly",
    "X208": "former id still in use",
    "X209": "id that no file can have on every system",
    "X210": "id that pages use themselves",
    "X211": "two sources with one address",
    "X212": "term that is a kind of itself",
    "X213": "search phrase in two records",
    "X251": "citation that nobody cites",
    "X252": "record that nothing links to",
    # X3: the shape of a record
    "X301": "unknown field",
    "X302": "missing field",
    "X303": "wrong type of value",
    "X304": "value not in the vocabulary",
    "X305": "not an id",
    "X306": "not a date",
    "X307": "not a cite",
    "X308": "empty value",
    "X309": "not an http or https address",
    "X310": "badly formed identifier",
    "X311": "number out of range",
    "X312": "entry given twice",
    "X313": "text too long",
    "X314": "more entries than a record has",
    "X315": "word for nothing",
    "X316": "line break where none belongs",
    "X317": "point outside China",
    "X351": "consequence that repeats a ground",
    # X4: order of dates and numbers
    "X401": "dates in the wrong order",
    "X402": "date in the future",
    "X403": "range upside down",
    "X404": "threshold outside the score's range",
    "X405": "band outside the score's range",
    "X406": "year too long ago",
    "X410": "contact between layers that are not joined",
    # X5: provenance
    "X501": "fact without a cite",
    "X502": "paragraph without a cite",
    # X6: names and languages
    "X601": "Chinese field without Chinese characters",
    "X602": "pinyin with other characters",
    "X603": "two terms with one Chinese form",
    "X604": "two terms that choose one English form",
    "X605": "character that only looks right",
    "X606": "character that nobody can read",
    "X607": "text read in a wrong encoding",
    "X608": "unusual blank at the end of a text",
    "X609": "Chinese summary that is not in Chinese",
    "X610": "Chinese summary that is too short or too long",
    "X611": "remark in a name or title",
    "X651": "pinyin differs from the usual reading",
    # X7: prose
    "X701": "HTML in text",
    "X702": "link that is not http or https",
    "X703": "broken brackets",
    "X704": "heading or picture in prose",
    "X705": "markup in plain text",
    # X8: the built site
    "X801": "link to a missing page",
    "X802": "link to a missing anchor",
    "X803": "missing file",
    "X804": "id used twice on a page",
    "X805": "link without its final slash",
    "X806": "link outside the site",
    "X807": "page that nothing links to",
    "X808": "request to another host",
    "X809": "empty link",
    "X810": "unfilled slot",
    "X811": "fault in a hand-written page",
    "X813": "page with nothing in it",
    "X814": "malformed address",
    "X815": "file name that no address can have",
    "X830": "inline code that browsers refuse",
    "X831": "page without a content security policy",
    # X9: history and addresses
    "X901": "shallow clone",
    "X902": "repository that git does not trust",
    "X903": "history that cannot be read",
    "X904": "no history to publish",
    "X951": "site without a history",
    "X952": "history left out",
    "X911": "published address that nothing answers",
    "X912": "moved address that leads nowhere",
    "X913": "list of addresses that cannot be read",
    "X956": "moved address that was never published",
    "X957": "record of answers that cannot be read",
}
"""Every code with its title. The middle digit 5 marks a warning."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the corpus.

    ``file`` is the path as it is shown to people. ``path`` leads to the value inside the record; ``needle`` is the
    faulty piece of that value's text, and ``on_key`` says that the field's name is at fault, not its value.
    ``line`` and ``column`` count from 1 in characters (Unicode code points); 0 means not yet looked up. ``end_line``
    and ``end_column`` are the place behind its last character; 0 where it is not known.
    """

    code: str
    message: str
    file: str
    path: Path = ()
    needle: str = ""
    on_key: bool = False
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    @property
    def severity(self) -> Severity:
        """``warning`` for the codes whose middle digit is 5, else ``error``."""
        return "warning" if self.code[2] == "5" else "error"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """The sort key: file, line, column, code, message."""
        return (self.file, self.line, self.column, self.code, self.message)


@dataclass(frozen=True)
class Explanation:
    """What a code means: ``meaning``, ``reason`` and what to do, in prose, ``wrong`` and ``right`` as files by path."""

    code: str
    title: str
    meaning: str
    reason: str
    fix: str
    wrong: Mapping[str, str]
    right: Mapping[str, str]


def explain(code: str) -> Explanation:
    """Return the explanation of ``code``; raise KeyError for a code that does not exist."""
    entry = _explanations()[code]
    return Explanation(
        code,
        CODES[code],
        **{name: entry[name] for name in ("meaning", "reason", "fix", "wrong", "right")},
    )


def explanation_text(explanation: Explanation) -> str:
    """Set out an explanation for a terminal: title, meaning, reason, what to do, both examples."""
    parts = [
        f"{explanation.code}: {explanation.title}",
        explanation.meaning,
        explanation.reason,
        explanation.fix,
    ]
    for word, files in (("Wrong", explanation.wrong), ("Right", explanation.right)):
        for path, text in files.items():
            lines = "\n".join(
                f"    {visible(line)}".rstrip() for line in text.rstrip("\n").split("\n")
            )
            parts.append(f"{word}, in {path}:\n\n{lines}")
    return "\n\n".join(parts) + "\n"


def as_text(problem: Problem, source_line: str = "", *, colour: bool = False) -> str:
    """Show a problem as one line, followed by the source line and a caret where that line is known.

    With ``colour`` the line is set out with the escape codes that terminals know (ECMA-48).
    """
    paint = _painted if colour else _plain
    place = ":".join([problem.file, *(str(n) for n in (problem.line, problem.column) if n)])
    warning = "warning: " if problem.severity == "warning" else ""
    code = paint(f"{problem.code} {warning}".rstrip(), problem.severity)
    message = without_commands(visible(problem.message))
    head = f"{paint(without_commands(visible(place)), 'place')}: {code} {message}"
    if not source_line.strip():
        return head
    before = without_commands(source_line[: max(problem.column - 1, 0)])
    shown = without_commands(visible(source_line.rstrip()))
    return f"{head}\n    {shown}\n    {' ' * _width(before)}{paint('^', 'caret')}"


def visible(text: str, keep: str = "") -> str:
    """Replace what would act on a terminal, or hide, by a picture of it; characters in ``keep`` stay."""
    return _UNSEEN.sub(
        lambda match: match[0] if match[0] in keep else _picture(ord(match[0])), text
    )


def without_commands(text: str) -> str:
    """Return a text in which GitHub's runner finds no workflow command; a backslash stands before what might be one.

    It takes a line that begins with ``::``, blanks aside, and whatever follows ``##[`` anywhere:
    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    return _COMMAND.sub(lambda match: f"{match[1]}\\{match[2]}", text)


def nearest(
    wrong: str, candidates: Iterable[str], otherwise: str = "", *, open_ended: bool = False
) -> str:
    """Return ``; did you mean 'x'?`` for the candidate most like ``wrong``, else ``; `` and ``otherwise`` if given.

    Where the list is ``open_ended``, what is wrong may as well be new: then ``otherwise`` is said in both cases.
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        wrong[:_LONGEST_ID], list(candidates), scorer=fuzz.ratio, score_cutoff=_LIKE
    )
    if found:
        return f"; did you mean '{found[0]}'?{f' If not, {otherwise}' if open_ended else ''}"
    return f"; {otherwise}" if otherwise else ""


def a(noun: str) -> str:
    """Return a noun with its article: ``a term``, ``an event``."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def count(problems: Iterable[Problem]) -> str:
    """Say how many errors and warnings there are: ``2 errors, 1 warning``."""
    severities = [problem.severity for problem in problems]
    numbers = [(severities.count("error"), "error"), (severities.count("warning"), "warning")]
    message = [f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in numbers if n]
    return ", ".join(message) or "no problems"


_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    r"\ufeff\ufffe\uffff\ud800-\udfff]"
)
_COMMAND = re.compile(r"(^[^\S\n]*+(?=::)|##(?=\[))([:\[])", re.MULTILINE)
_COLOURS: Mapping[str, str] = {"place": "1", "error": "1;31", "warning": "1;33", "caret": "1;36"}


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _painted(text: str, part: str) -> str:
    return f"\x1b[{_COLOURS[part]}m{text}\x1b[0m"


def _plain(text: str, part: str) -> str:
    return text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


@cache
def _explanations() -> Mapping[str, Mapping[str, Any]]:
    import yaml

    text = resources.files("xinyong.problems").joinpath("problems.yml").read_text(encoding="utf-8")
    entries: Mapping[str, Mapping[str, Any]] = yaml.load(text, yaml.CSafeLoader)
    return entries
