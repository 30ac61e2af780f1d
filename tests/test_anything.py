"""Whatever stands in a record, a check ends soon, with a clean result or with problems that have a place in it."""

from __future__ import annotations

import gc
import os
import shutil
import time
from pathlib import Path

import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import SMALL
from xinyong.corpus import load, locate
from xinyong.problems import CODES, Problem
from xinyong.problems.formats import Report, as_github, as_json, as_lines, as_sarif
from xinyong.rules.all import check, today
from xinyong.source.snapshot import MAX_BYTES

pytestmark = pytest.mark.no_cover

EXAMPLES = int(os.environ.get("EXAMPLES", "150"))
SECONDS = float(os.environ.get("SECONDS", "20"))
"""Tells a check that runs away from one on a busy machine; two seconds are what is promised on a quiet one."""

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


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small corpus, of which one record is changed at a time."""
    folder = tmp_path_factory.mktemp("anything") / "corpus"
    shutil.copytree(SMALL, folder)
    return folder


def _check(root: Path, file: Path, data: bytes) -> list[Problem]:
    """Check the corpus with ``data`` in the place of ``file``; hold every problem against the promise."""
    path, sound = root / file, (SMALL / file).read_bytes()
    path.write_bytes(data)
    try:
        gc.disable()  # as the commands do; what other tests hold in memory would be searched else
        began = time.process_time()
        corpus, problems = load(root)
        found = locate(problems + check(corpus, today()))
        assert time.process_time() - began < SECONDS, f"more than {SECONDS} seconds for a record"
        for form in (as_lines(found), as_json(Report(found, 1)), as_sarif(Report(found, 1), "0")):
            form.encode()
        lines = {name: _lines(name) for name in {problem.file for problem in found}}
        for problem in found:
            _holds(problem, lines[problem.file])
    finally:
        gc.enable()
        path.write_bytes(sound)
    return found


def _lines(file: str) -> list[str]:
    return Path(file).read_bytes().decode("utf-8-sig", "replace").split("\n")


def _holds(problem: Problem, lines: list[str]) -> None:
    assert problem.code in CODES
    assert problem.message
    assert 1 <= problem.line <= len(lines), problem
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem
    assert len(as_github(problem).splitlines()) == 1
    if problem.end_line:
        assert (problem.line, problem.column) <= (problem.end_line, problem.end_column)
        assert problem.end_column <= len(lines[problem.end_line - 1]) + 1


changed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)


@changed
@given(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 40), texts)
def test_any_text_in_place_of_any_other(
    root: Path, file: Path, where: float, length: int, text: str
) -> None:
    sound = (SMALL / file).read_text(encoding="utf-8")
    at = int(where * len(sound))

    _check(root, file, (sound[:at] + text + sound[at + length :]).encode("utf-8", "surrogatepass"))


@changed
@given(st.sampled_from(FILES), st.data())
def test_any_lines_cut_moved_indented_or_doubled(
    root: Path, file: Path, data: st.DataObject
) -> None:
    lines = (SMALL / file).read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        edit = data.draw(
            st.sampled_from(["cut", "move", "double", "indent", "unindent", "glue", "empty"])
        )
        if edit == "cut":
            lines = lines[: at + 1]
        elif edit == "move":
            lines.insert(other, lines.pop(at))
        elif edit == "double":
            lines.insert(other, lines[at])
        elif edit == "glue" and at + 1 < len(lines):
            lines[at : at + 2] = [lines[at] + lines[at + 1].strip()]
        else:
            line = lines[at]
            lines[at] = {
                "indent": " " * (1 + other % 5) + line,
                "unindent": line[1:],
                "empty": "",
            }.get(edit, line)

    _check(root, file, "\n".join(lines).encode())


@changed
@given(st.sampled_from(FILES), st.data())
def test_any_tree_in_place_of_any_value_or_name(
    root: Path, file: Path, data: st.DataObject
) -> None:
    whole = pyyaml.load((SMALL / file).read_text(encoding="utf-8"), pyyaml.BaseLoader)
    path = data.draw(st.sampled_from(_paths(whole)))
    container = whole
    for step in path[:-1]:
        container = container[step]
    if isinstance(container, dict) and data.draw(st.booleans()):
        container[data.draw(texts)] = container.pop(path[-1])
    else:
        container[path[-1]] = data.draw(trees)
    style = data.draw(st.sampled_from([None, True, False]))

    _check(
        root,
        file,
        pyyaml.safe_dump(
            whole, allow_unicode=True, default_flow_style=style, sort_keys=False
        ).encode(),
    )


@changed
@given(st.sampled_from(FILES), trees)
def test_any_tree_as_a_record(root: Path, file: Path, tree: object) -> None:
    _check(root, file, pyyaml.safe_dump(tree, allow_unicode=True).encode())


@changed
@given(
    st.sampled_from(FILES),
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-16")),
)
def test_any_bytes_as_a_record(root: Path, file: Path, data: bytes) -> None:
    _check(root, file, data)


def _paths(tree: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    return [
        *([path] if path else []),
        *(found for key, value in inner for found in _paths(value, (*path, key))),
    ]


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


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.parametrize(
    "file", [Path("programs/sesame-credit.yml"), Path("organizations/ant-group.yml")], ids=str
)
def test_no_record_of_the_largest_size_takes_long(name: str, file: Path, root: Path) -> None:
    data = LARGE[name].encode()[:MAX_BYTES]

    assert _check(root, file, data)
