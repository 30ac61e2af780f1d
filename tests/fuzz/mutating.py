"""Records made from sound ones by changes such as people, tools and attackers make."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from xinyong.records import MODELS
from xinyong.source.snapshot import MAX_BYTES

Tree = Any
Spot = tuple[str | int, ...]
"""The way to a value: names of fields and places in lists."""

DATES = (
    "0001", "9999-12-31", "9999/9999", "2015~", "2015?", "2015%", "201X", "20XX-01", "../2015",
    "2015/..", "2015/", "1066/1999", "-0500", "Y17E7", "2015-00", "2015-13", "2016-02-29",
    "2015-02-29", "2015-01-01T00:00:00Z", "10000", "2014/2013", "1850", "2026-11-29", "3000",
    "[2015,2016]", "2015-21", "٢٠١٥", "２０１５",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "-1", "1e400", "1e-400", "nan", "inf", "-.inf", "0x10", "1_000", "010", "12:30",
    "0.1", "１２", "²", "½", "9" * 20, "9" * 400, "9" * 5000, "-" + "9" * 400, "1" + "0" * 4300,
    "3.4028236e38", "90", "180.0001", "-91",
)  # fmt: skip
WORDS = (
    "", " ", "~", "null", "no", "true", "N/A", "TBD", "-", "—", "...", "!!!", "?", "“”", "''",
    "$(x)", "%s", "{}", "{0}", "失信", "⼀⾦", "\u3000", "㈱", "𠮷", "\ufffd", "e\u0301" * 40,
    "\u202eabc", "\u2066abc", "\u200b", "\ufeff", "\x00", "\x02", "\x1b[31m", "\u2028", "\u0085",
    "👩‍👩‍👧‍👧", "ﬁ", "İ", "ß", "١", "nul", "con", "aux", "constructor", "__proto__", "index",
    "record", "slot-section", "⟦title⟧", "⟦policy⟧", "<!-- slot: counts -->", "::error::x",
    "##[error]x", "=1+1", "@SUM(1)", "-1+1", "../../etc/passwd", "a/b", "a b", "A", "x" * 80,
    "x" * 300, "summary", "sources", "https://example.com/", "http://[", "http://[::1]:99999/",
    "javascript:alert(1)", "data:text/html,x", "//example.com", "https://a b/",
    "https://例え.jp/失?信=1#é", "10.1000/182", "978-3-16-148410-0", "zh-Hans", "koetse-2018",
    "koetse-2018, p. 1", "mistreanu-2018 via koetse-2018", "sesame-credit",
)  # fmt: skip
PROSE = (
    "[[sesame-credit]]", "[[sesame-credit|]]", "[[sesame-credit|<b>x</b>]]", "[[rongcheng|失信]]",
    "[@koetse-2018]", "[@koetse-2018, p. 9; @daum-2017]", "[@koetse-2018, *p*]",
    "[x](https://example.com)", "[x](javascript:alert(1))", "![x](a.png)", "# x", "> x",
    "- x\n- y", "1. x", "```\nx\n```", "    x", "| a | b |\n|---|---|\n| 1 | 2 |", "***", "`x`",
    "*a* **b** _c_", "\\*", "&amp;lt;", "&#x202e;", "[[", "]]", "[@", "](",
    "<https://example.com>", "a  \nb", "x[^1]\n\n[^1]: y",
)  # fmt: skip
PAYLOADS = (
    "<script>xy(1)</script>", "\"><script>xy(1)</script>", "'><img src=x onerror=xy(1)>",
    "<img src=x onerror=xy(1)>", "<svg onload=xy(1)>", "<svg><script>xy(1)</script></svg>",
    "</script><script>xy(1)</script>", "--><script>xy(1)</script>",
    "</title><script>xy(1)</script>", "</style><script>xy(1)</script>",
    "</textarea><script>xy(1)</script>", "\" onmouseover=xy(1) x=\"",
    "' autofocus onfocus=xy(1) x='", "javascript:xy(1)", "[x](javascript:xy(1))",
    "[x](https://a\"onclick=xy(1))", "<iframe srcdoc='<script>parent.xy(1)</script>'>",
    "&lt;script&gt;xy(1)&lt;/script&gt;", "{{7*7}}", "{% raw %}", "${xy(1)}",
    "]]><script>xy(1)</script>", "\\u003cscript\\u003exy(1)", "<a href=//example.com>x",
    "<base href=//example.com/>", "<meta http-equiv=refresh content='0;url=//example.com'>",
    "<style>*{display:none}</style>", "＜script＞xy(1)",
    "<math><mi xlink:href=\"javascript:xy(1)\">", "<details open ontoggle=xy(1)>",
)  # fmt: skip
REPEATED = (
    "x", " ", "-", "!", "失", "失信 ", "x ", "(", "[", "[[", "*", "`", "<", "&", "\\", "a-", "a, ",
    "'", "\"", "\u0301", "[[sesame-credit]] ", "x [@koetse-2018] ", "x [@koetse-2018]\n\n",
    "https://example.com/a ", "1", "é", "…", "\u200d", ". ", "A.B. ", "失，", "|",
)  # fmt: skip
LENGTHS = (2, 10, 100, 300, 487, 1_000, 5_000, 20_000, 60_000)


class Plain(yaml.CSafeDumper):
    """Writes a text without quotes wherever YAML lets it, as people do."""

    yaml_implicit_resolvers: dict[str, Any] = {}


class Mutator:
    """Makes the records numbered 0, 1, 2 … of one seed from the records of two corpora.

    Records of ``more`` are written anew with the ids of the small corpus ``base``, in whose folder
    each made record takes the place of a file.
    """

    def __init__(self, seed: int, base: Path, more: Path) -> None:
        self._seed = seed
        self.files = sorted(path.relative_to(base) for path in base.glob("*/*.yml"))
        small = {path: read(base / path) for path in self.files}
        citable = [path for path, tree in small.items() if tree.get("read") != "none"]
        ids = {kind: [path.stem for path in citable if path.parent.name == kind] for kind in MODELS}
        foreign = {path.stem: ids[path.parent.name] for path in sorted(more.glob("*/*.yml"))}
        self._known = {path.stem for path in self.files}
        self._foreign = {id_: kin for id_, kin in foreign.items() if id_ not in self._known}
        self._records = {
            kind: [tree for path, tree in small.items() if path.parent.name == kind]
            for kind in MODELS
        }
        drawn = random.Random(seed)
        for kind in MODELS:
            paths = sorted((more / kind).glob("*.yml"))
            for path in drawn.sample(paths, min(len(paths), 40)):
                self._records[kind].append(self._adapted(read(path)))

    def make(self, number: int) -> tuple[Path, bytes]:
        """Return the file of the small corpus, by its path in it, and the bytes that take its
        place.
        """
        drawn = random.Random(f"{self._seed} {number}")
        file = drawn.choice(self.files)
        tree = copy.deepcopy(drawn.choice(self._records[file.parent.name]))
        for _ in range(drawn.choice((0, 1, 1, 1, 1, 1, 2, 2, 3, 5))):
            changed = drawn.choice(CHANGES)(
                drawn, tree, self._records[drawn.choice([file.parent.name, *MODELS])]
            )
            tree = changed if isinstance(changed, dict) else tree
        text = write(tree)
        if drawn.random() < 0.05:
            text = _slip(drawn, text)
        return file, text.encode("utf-8", "surrogatepass")[: MAX_BYTES + 1]

    def records(self, kind: str) -> Sequence[Tree]:
        """Return sound records of a kind that between them have every field that any of them has."""
        chosen: list[Tree] = []
        seen: set[Spot] = set()
        for tree in self._records[kind]:
            fields = {tuple(step for step in spot if isinstance(step, str)) for spot in spots(tree)}
            if fields - seen:
                chosen.append(tree)
                seen |= fields
        return chosen

    def _adapted(self, tree: Tree) -> Tree:
        """Point every link and cite of a record of the other corpus to a record of the small one."""
        if isinstance(tree, dict):
            return {key: self._adapted(value) for key, value in tree.items() if key != "formerly"}
        if isinstance(tree, list):
            adapted = [self._adapted(value) for value in tree]
            return [value for place, value in enumerate(adapted) if value not in adapted[:place]]
        return (
            re.sub(r"[a-z0-9]+(?:-[a-z0-9]+)*", self._known_id, tree)
            if isinstance(tree, str)
            else tree
        )

    def _known_id(self, match: re.Match[str]) -> str:
        kin = self._foreign.get(match[0])
        alone = match[0] == match.string or match.string[match.start() - 1 : match.start()] in (
            "[",
            "@",
        )
        return kin[len(match[0]) % len(kin)] if kin and (alone or "-" in match[0]) else match[0]


def read(path: Path) -> Tree:
    """Read a record with every value as text."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> Tree:
    """Read YAML with every value as text."""
    return yaml.load(text, yaml.CBaseLoader)


def write(tree: Tree) -> str:
    """Write a record as YAML."""
    return str(yaml.dump(tree, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10**6))


def encoded(tree: Tree) -> bytes:
    """Write a record as the bytes of a file."""
    return write(tree).encode("utf-8", "surrogatepass")


def spots(tree: Tree, spot: Spot = ()) -> list[Spot]:
    """Return the way to every value in a tree."""
    inner: Sequence[tuple[str | int, Tree]] = ()
    if isinstance(tree, dict):
        inner = list(tree.items())
    elif isinstance(tree, list):
        inner = list(enumerate(tree))
    return [found for key, value in inner for found in ((*spot, key), *spots(value, (*spot, key)))]


def at(tree: Tree, spot: Spot) -> Tree:
    """Return the value that a spot leads to."""
    for step in spot:
        tree = tree[step]
    return tree


def put(tree: Tree, spot: Spot, value: Tree) -> None:
    """Put a value where a spot leads to."""
    at(tree, spot[:-1])[spot[-1]] = value


def _odd(drawn: random.Random) -> str:
    if drawn.random() < 0.2:
        return drawn.choice(REPEATED) * drawn.choice(LENGTHS)
    return drawn.choice(drawn.choice((DATES, NUMBERS, WORDS, PROSE, PAYLOADS)))


def _text_spot(drawn: random.Random, tree: Tree) -> Spot | None:
    found = [spot for spot in spots(tree) if isinstance(at(tree, spot), str)]
    return drawn.choice(found) if found else None


def replace_value(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Put an odd text in the place of a text."""
    if spot := _text_spot(drawn, tree):
        put(tree, spot, _odd(drawn))


def lengthen_value(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Put an odd text into, before or behind a text."""
    if spot := _text_spot(drawn, tree):
        text = at(tree, spot)
        place = drawn.choice((0, len(text), drawn.randint(0, len(text))))
        put(tree, spot, text[:place] + _odd(drawn) + text[place:])


def another_date(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Put another date or number in the place of one."""
    found = [
        s for s in spots(tree) if isinstance(at(tree, s), str) and re.match(r"-?\d", at(tree, s))
    ]
    if found:
        spot = drawn.choice(found)
        digits = re.sub(r"\d", lambda _: str(drawn.randint(0, 9)), at(tree, spot))
        put(tree, spot, drawn.choice((digits, drawn.choice(DATES), drawn.choice(NUMBERS))))


def delete(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Leave out a field or an entry of a list."""
    if found := spots(tree):
        spot = drawn.choice(found)
        del at(tree, spot[:-1])[spot[-1]]


def double(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Make a list of a value, or repeat entries of one, up to thousands of times."""
    if found := spots(tree):
        spot = drawn.choice(found)
        value = at(tree, spot)
        times = drawn.choice((1, 1, 2, 2, 3, 30, 300, 2_500))
        put(
            tree,
            spot,
            [copy.deepcopy(one) for one in (value if isinstance(value, list) else [value]) * times],
        )


def move(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Copy a value to another place."""
    if found := spots(tree):
        one, other = drawn.choice(found), drawn.choice(found)
        value = copy.deepcopy(at(tree, one))
        put(tree, other, value)


def take_over(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Take a field from another record, most often of the same kind."""
    other = drawn.choice(others)
    name = drawn.choice(list(other))
    tree[name] = copy.deepcopy(other[name])


def take_over_many(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Join the lists of another record to those of this one."""
    other = drawn.choice(others)
    for name, value in other.items():
        if isinstance(value, list) and isinstance(tree.get(name), list):
            tree[name] = tree[name] + copy.deepcopy(value)


def nest(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Wrap a value in lists or mappings."""
    if found := spots(tree):
        spot = drawn.choice(found)
        value = at(tree, spot)
        for _ in range(drawn.choice((1, 2, 5, 40))):
            value = [value] if drawn.random() < 0.5 else {"value": value}
        put(tree, spot, value)


def rename_field(drawn: random.Random, tree: Tree, others: Sequence[Tree]) -> None:
    """Give a field an odd name, or that of another."""
    found = [spot for spot in spots(tree) if isinstance(spot[-1], str)]
    if found:
        spot, other = drawn.choice(found), drawn.choice(found)
        name = _odd(drawn) if drawn.random() < 0.5 else other[-1]
        holder = at(tree, spot[:-1])
        holder[name] = holder.pop(spot[-1])


CHANGES: Sequence[Callable[[random.Random, Tree, Sequence[Tree]], None]] = (
    replace_value, replace_value, replace_value, lengthen_value, lengthen_value, lengthen_value,
    another_date, another_date, delete, double, double, move, take_over, take_over,
    take_over_many, nest, rename_field,
)  # fmt: skip


def _slip(drawn: random.Random, text: str) -> str:
    """Change the text as a mistake of the hand does."""
    place = drawn.randint(0, len(text))
    bits = (
        "&a ",
        "*a",
        "!!x ",
        "\t",
        ": ",
        "- ",
        "{",
        "]",
        "'",
        '"',
        "|",
        "#",
        "%",
        "\r",
        "\x00",
        "\ufeff",
        "<<: ",
        "---\n",
        "? ",
    )
    odd = drawn.choice((drawn.choice(bits), _odd(drawn), _bomb(drawn)))
    return text[:place] + odd + text[place + drawn.choice((0, 0, 1, 30)) :]


def _bomb(drawn: random.Random) -> str:
    names = "abcdefghi"[: drawn.randint(2, 9)]
    lines = [f"\n{names[0]}: &{names[0]} [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise(names)]
    return "\n".join(lines) + "\n"
