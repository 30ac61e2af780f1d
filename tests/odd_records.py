"""What may stand in a record by mistake or malice, and what must hold of every problem that is
found there.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import strategies as st

from support import SMALL
from xinyong.problems import CODES, Problem
from xinyong.problems.formats import as_github

EXAMPLES = int(os.environ.get("EXAMPLES", "150"))
"""How many examples a test tries."""

FILES = sorted(path.relative_to(SMALL) for path in SMALL.glob("*/*.yml"))
SIGNS = (
    ":-?,[]{}#&*!|>'\"%@`~<\\ \n\t\r/._0123456789aA：，［］【】“”‘’「」　失é𠮷\u00a0\u0085\u2028\ufeff\u200b\x00\x1b"
    "⽤⻋豈ａ９ﬁｶ\u0301\u0410\u2003\u3164\ufffd\ue000Ã©â€™淇＄敤"
)

signs = st.text(st.sampled_from(SIGNS), max_size=12)
texts = st.one_of(
    signs,
    st.text(max_size=20),
    st.sampled_from(["[[", "]]", "[@", "a: b", "- ", "<b>", "../x", "2015-02-30", "|", ">-"]),
    st.sampled_from(['"\\x02"', '"\\u202e"', '"\\ud800"', '"a\\u3000"', "&a b", "*a", "<<: *a"]),
    st.sampled_from(["!!x y", "--- ", "? ", "**a**", "&amp;", "`a`", "null", "~", "N/A", "TBD"]),
    st.sampled_from(["0001", "9999", "2014/9999", "con", "sources"]),
)
trees = st.recursive(
    texts | st.integers() | st.booleans() | st.none(),
    lambda t: st.lists(t, max_size=4) | st.dictionaries(texts, t, max_size=4),
    max_leaves=10,
)

HEAD = "name: {en: x}\nlayer: state\n"
LARGE = {
    "brackets that open": HEAD + "summary: '" + "[" * 65_000 + "'\n",
    "brackets of links": HEAD + "summary: '" + "[[" * 32_000 + "'\n",
    "brackets of cites": HEAD + "summary: '" + "[@" * 32_000 + "'\n",
    "links": HEAD + "summary: '" + "[[a]]" * 13_000 + "'\n",
    "cites of nothing": HEAD + "summary: '" + "[@a; @b]" * 8_000 + "'\n",
    "stars": HEAD + "summary: '" + "*a_ " * 16_000 + "'\n",
    "stars side by side": HEAD + "summary: '" + "*" * 65_000 + "'\n",
    "backticks of all lengths": HEAD
    + "summary: '"
    + " ".join("`" * n for n in range(1, 350))
    + "'\n",
    "tags": HEAD + "summary: '" + "<a " * 21_000 + "'\n",
    "tag signs": HEAD + "summary: '" + "<!" * 32_000 + "'\n",
    "quotations": HEAD + "summary: |\n" + "  " + ">" * 60_000 + "\n",
    "lists in lists": HEAD + "summary: |\n" + "".join(f"  {' ' * n}- a\n" for n in range(330)),
    "links to the web": HEAD + "summary: '" + "[a](b" * 13_000 + "'\n",
    "escapes": HEAD + "summary: '" + "\\\\" * 32_000 + "'\n",
    "entities": HEAD + "summary: '" + "&amp" * 16_000 + "'\n",
    "unknown links": HEAD + "concerns: [" + ",".join(f"x{n}" for n in range(9_000)) + "]\n",
    "ids that are none": HEAD + "concerns: [" + ",".join(f"X{n}" for n in range(9_000)) + "]\n",
    "unknown fields": HEAD + "".join(f"f{n}: a\n" for n in range(6_500)),
    "fields given twice": HEAD + "layer: a\n" * 7_000,
    "facts without cites": HEAD + "scored:\n" + "- value: a\n" * 5_500,
    "dates that are none": HEAD + "launched:\n" + "- {value: x, cite: a}\n" * 2_900,
    "dates that differ": HEAD + "launched:\n" + "- {value: 2015, cite: b}\n" * 2_600,
    "a long id": HEAD + "concerns: " + "a-" * 32_000 + "\n",
    "a long number": HEAD + "base_score: {value: " + "9" * 65_000 + ", cite: a}\n",
    "a long number with commas": HEAD + "base_score: {value: '" + "9," * 32_000 + "', cite: a}\n",
    "a long date": HEAD + "reviewed: " + "2015/" * 13_000 + "\n",
    "a long cite": HEAD + "scored: {value: a, cite: '" + "a via " * 10_000 + "'}\n",
    "a long address": HEAD + "website: " + "a." * 32_000 + "\n",
    "a long pinyin": "name: {en: x, zh: " + "失" * 9_000 + ", pinyin: " + "shīxìn" * 4_000 + "}\n",
    "flow that opens": HEAD + "see: " + "{a: [" * 12_000 + "\n",
    "one long key": "a" * 65_000 + ": b\n",
    "dashes": "- " * 32_000 + "\n",
    "question marks": "? " * 32_000 + "\n",
    "anchors": HEAD + "see: [" + ",".join("&a b" for _ in range(12_000)) + "]\n",
    "aliases": HEAD + "see: [" + ",".join("*a" for _ in range(16_000)) + "]\n",
    "lines that fit nothing": "".join(f"{' ' * (n % 7)}a\n" for n in range(12_000)),
    "full-width text": "：" * 21_000,
    "quotes": HEAD + "summary: " + "'" * 65_001 + "\n",
    "conflicts": "<<<<<<< a\n" * 6_000,
    "blank lines": "\n" * 65_000 + "a\n",
    "dates to be guessed": HEAD + "reviewed: 2015 " + "to" * 30_000 + "\n",
    "spaces in a field": HEAD + "reviewed: a" + " " * 64_000 + "b\n",
}


def lines_of(file: str) -> list[str]:
    """The lines of a file, whatever its bytes."""
    return Path(file).read_bytes().decode("utf-8-sig", "replace").split("\n")


def assert_places(problem: Problem, lines: list[str]) -> None:
    """Assert that a problem has a code, a message, and a place in the lines of its file."""
    assert problem.code in CODES
    assert problem.message
    assert 1 <= problem.line <= len(lines), problem
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
    assert len(as_github(problem).splitlines()) == 1
    if problem.end_line:
        assert (problem.line, problem.column) <= (problem.end_line, problem.end_column)
        assert problem.end_column <= len(lines[problem.end_line - 1]) + 1
