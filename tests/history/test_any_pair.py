"""Whatever two states hold, their difference is told, and nothing in a record is taken for markup."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from odd_records import EXAMPLES, texts, trees
from support import SMALL
from xinyong.history.compare import compare
from xinyong.history.git import blob_name
from xinyong.history.markdown import markdown
from xinyong.history.markdown_text import code, escape
from xinyong.history.states import Reader, State

pytestmark = pytest.mark.no_cover

SOUND = {
    path.relative_to(SMALL).as_posix(): path.read_bytes() for path in sorted(SMALL.glob("*/*.yml"))
}
TREES = {path: pyyaml.load(data, pyyaml.BaseLoader) for path, data in SOUND.items()}
MARKUP = (
    "# x",
    "- x",
    "1. x",
    "> x",
    "    x",
    "---",
    "===",
    "~~~~",
    "```",
    "- [x] done",
    "[a](http://x.example)",
    "![a](b)",
    "<b>x</b>",
    "<!-- x",
    "**x**",
    "`x`",
    "a | b",
    "@user",
    "#1",
    "GH-1",
    "a@b.example",
    "www.x.example",
    ":tada:",
    "http://x.example/a",
    "https://x.example|b",
    "$x$",
    "[^1]: x",
    "[a]: b",
    "&lt;",
    "\\",
    "\\|",
    "::error::x",
    "##[add-mask]x",
    "|---|",
    "x\n# y",
    "x\n\n    y",
    "~~x~~",
    "<http://x.example>",
    "ftp://x.example",
    "\u202ex",
)
NAMES = ("x", "con", "a`b|c", "<b>", "x\n# y", "\udcff")
markup = st.lists(st.sampled_from(MARKUP) | texts, min_size=1, max_size=4).map(" ".join)
anyhow = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)


def state(name: str, texts: Mapping[str, bytes]) -> State:
    blobs = {path: blob_name(data) for path, data in texts.items()}
    return Reader(Path("corpus"), {blobs[path]: data for path, data in texts.items()}).state(
        name, blobs
    )


def expected(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    return markdown(
        compare(state("old", before), state("new", after)), "https://github.com/o/n/blob/a"
    )


def dumped(tree: object) -> bytes:
    return pyyaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode(
        "utf-8", "surrogatepass"
    )


def _paths(tree: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
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


@st.composite
def records(draw: st.DrawFn) -> dict[str, bytes]:
    """The small corpus with a few records that lack a field, hold another value, are broken, gone
    or misnamed.
    """
    found = dict(SOUND)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(sorted(SOUND)))
        how = draw(st.sampled_from(["cut", "put", "bytes", "gone", "other name", "text"]))
        if how in ("cut", "put"):
            tree = copy.deepcopy(TREES[path])
            spot = draw(st.sampled_from(_paths(tree)))
            inner = tree
            for step in spot[:-1]:
                inner = inner[step]
            if how == "cut":
                del inner[spot[-1]]
            else:
                inner[spot[-1]] = draw(markup | trees)
            found[path] = dumped(tree)
        elif how == "gone":
            found.pop(path, None)
        elif how == "other name":
            kind = draw(st.sampled_from(["cities", "terms", "claims", "towns", "@x"]))
            found[f"{kind}/{draw(st.sampled_from(NAMES))}.yml"] = SOUND[path]
        else:
            found[path] = (
                draw(st.binary(max_size=60))
                if how == "bytes"
                else draw(markup).encode("utf-8", "replace")
            )
    return found


@anyhow
@given(records(), records())
def test_any_two_states_are_told_apart(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    message = expected(before, after)

    assert message.startswith("## What changes in the corpus\n\n")
    assert message.encode()
    _holds(message)


@anyhow
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_no_text_of_a_record_becomes_markup(path: str, data: st.DataObject) -> None:
    tree = copy.deepcopy(TREES[path])
    spots = [spot for spot in _paths(tree) if isinstance(_at(tree, spot), str)]
    for spot in data.draw(st.lists(st.sampled_from(spots), min_size=1, max_size=6)):
        held, text = _at(tree, spot), data.draw(markup)
        _at(tree, spot[:-1])[spot[-1]] = (
            f"{held}, {text}" if spot[-1] == "cite" else f"{text} {held}"
        )
    changed, without = (
        {**SOUND, path: dumped(tree)},
        {key: SOUND[key] for key in SOUND if key != path},
    )

    for before, after in (
        (SOUND, changed),
        (changed, SOUND),
        (without, changed),
        (changed, without),
    ):
        _holds(expected(before, after))


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


OURS = re.compile(r"<br>|</?code>")
BLOCKS = {
    "heading",
    "paragraph",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "bullet_list",
    "list_item",
    "inline",
}
CALLS = re.compile(r"@[A-Za-z0-9]|#\d|:[a-z]+:|\bwww\.|ftp://|\bGH-\d")


def _holds(output: str) -> None:
    """Hold what GitHub would show, and what its runner would do, against what is ours."""
    assert not re.search(r"^\s*::|##\[", output, re.MULTILINE)
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(output):
        assert re.sub("_(open|close)$", "", token.type) in BLOCKS, token
        if token.type == "heading_open":
            assert token.tag in ("h2", "h3", "h4")
        if token.type == "bullet_list_open":
            assert token.markup == "-"
        if token.type == "inline":
            _inline_holds(token.children or [], output)


def _inline_holds(children: list[Token], output: str) -> None:
    coded = False
    for number, token in enumerate(children):
        assert token.type != "image"
        if token.type == "html_inline":
            assert OURS.fullmatch(token.content), token.content
            coded = token.content == "<code>" or (coded and token.content != "</code>")
        elif token.type == "link_open":
            href = str(token.attrs["href"])
            assert token.info == "auto" or href.startswith(
                "https://github.com/o/n/blob/a/corpus/"
            ), href
        elif token.type == "text" and not coded:
            assert not CALLS.search(token.content) or children[number - 1].type == "link_open", (
                output
            )


@given(markup)
@settings(max_examples=EXAMPLES, deadline=None)
@example("x`y|z")
@example(" ")
def test_a_text_is_shown_as_it_is_written(text: str) -> None:
    for made in (escape(text, links=False), code(text)):
        for line in (made, f"x\n\n{made}", f"- {made}"):
            html = MarkdownIt("commonmark").render(line)
            assert not re.search(r"<(?!/?(?:p|br|code|ul|li)\b)", html), html
    cells = (
        MarkdownIt("commonmark")
        .enable("table")
        .render(f"| a | b |\n|---|---|\n| {code(text)} | {escape(text)} |")
    )
    assert cells.count("<td>") == 2
