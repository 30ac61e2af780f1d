"""A file of the past says the same, whatever else was read before it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from odd_records import EXAMPLES, SIGNS
from xinyong.history.trees import Trees
from xinyong.problems import visible
from xinyong.source import yaml
from xinyong.source.yaml import Tree

LINES = [
    *("a:", "a: b", "a: c", "b: |", "b: >-", "b: |+", "c: 'x", 'c: "x', "c: x'", 'c: y"', "c: [x,"),
    *("c: y]", "d: {x: y,", "d: z}", "c_d:e", "Aa: b", "a1: b", "? a", ": b", "'a': b", "é: b"),
    *(
        "- x",
        "-x",
        "-",
        "  - x",
        "  a: b",
        "  b: c",
        "  x",
        "    y",
        "# x",
        "  # x",
        " # x",
        "x",
        "",
    ),
    *(
        "---",
        "...",
        "--- a: b",
        "%YAML 1.1",
        "&a",
        "a: &b",
        "a: *b",
        "a: !!str",
        "<<: *a",
        "\ta: b",
    ),
    *(
        'a: "\\x1b"',
        "a: b\rc: d",
        "a: b\u2028c: d",
        "a: b\x85...",
        "a: \x1b",
        "a: \u200b",
        "a: \u3000",
    ),
    *("]", "}", '"', "'", "|", "a: b: c", "a: 'b' c", "a: - b", "a: b # c", "\ufeffa: b"),
]
lines = st.lists(st.sampled_from(LINES) | st.text(st.sampled_from(SIGNS), max_size=6), max_size=8)
files = st.tuples(lines.map("\n".join), st.sampled_from(["", "\n", "\n\n"])).map("".join)

SHARED = Trees()


@settings(max_examples=2 * EXAMPLES)
@given(files)
def test_a_file_says_what_it_says_when_read_as_a_whole(text: str) -> None:
    """Also where quotes, brackets or other lines that begin nothing go on over several lines."""
    tree, _ = yaml.read(text)
    whole = shown(tree) if isinstance(tree, dict) else None
    assert in_order(SHARED.read(text)) == in_order(whole)
    assert in_order(Trees().read(text)) == in_order(whole)


def in_order(tree: Tree | None) -> object:
    return [*tree.items()] if isinstance(tree, dict) else tree


def shown(tree: Tree) -> Tree:
    """Exchange the characters that nobody sees for pictures of them."""
    if isinstance(tree, str):
        return visible(tree, keep="\n\t")
    if isinstance(tree, dict):
        return {visible(name): shown(value) for name, value in tree.items()}
    return [shown(value) for value in tree]
