"""Whatever was once committed, the history tells it: no traceback, pages and feeds that are read."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import feedparser
import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from support import SMALL, git, run
from xinyong.corpus import Corpus, load
from xinyong.exports.changes import changes as as_json
from xinyong.history import read
from xinyong.pages import changes, history
from xinyong.pages.view import View
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.site import feeds

EXAMPLES = int(os.environ.get("EXAMPLES", "15"))
SECONDS = float(os.environ.get("SECONDS", "20"))

TERM = "terms/shixin.yml"
SOUND = (SMALL / TERM).read_text(encoding="utf-8")
NOON = 1_767_268_800
DAY = 24 * 60 * 60

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What no page or feed may hold as it is: it acts on a terminal, hides, or is no XML."""

Days = Sequence[tuple[int, Mapping[str, bytes]]]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose history is made anew for each example; the corpus in it is sound."""
    folder = tmp_path_factory.mktemp("committed")
    shutil.copytree(SMALL, folder / "corpus")
    git(folder, "init", "--quiet")
    return folder


@pytest.fixture(scope="module")
def sound(repository: Path) -> Corpus:
    return load(repository / "corpus")[0]


def keep(folder: Path, days: Days) -> None:
    """Give the repository a history: on each day the files of the corpus, then the sound corpus."""
    now = {file.relative_to(SMALL).as_posix(): file.read_bytes() for file in SMALL.glob("*/*.yml")}
    stream = io.BytesIO()
    for moment, files in (*days, (max([NOON, *(day for day, _ in days)]) + DAY, now)):
        head = f"commit refs/heads/main\ncommitter A <a@b> {moment} +0000\ndata 0\n"
        stream.write(head.encode() + b"deleteall\n")
        for path, data in files.items():
            stream.write(
                f"M 100644 inline corpus/{path}\ndata {len(data)}\n".encode() + data + b"\n"
            )
    git(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    command = ["git", "-C", str(folder), "fast-import", "--quiet", "--force"]
    subprocess.run(
        command,
        input=b"reset refs/heads/main\n" + stream.getvalue(),
        check=True,
        capture_output=True,
    )
    git(folder, "read-tree", "HEAD")


def holds(folder: Path, corpus: Corpus) -> None:
    """Hold all that is made of the history against the promise."""
    began = time.process_time()
    found = read.read(folder / "corpus", corpus)
    assert found.lack == ""
    library = Library(corpus, history=found)
    pages = {page.url: page.html for page in history.render(library)}
    pages |= {page.url: page.body for page in changes.months(View(library))}
    pages["changes/"] = str(changes.changes(View(library)))
    expected = as_json(found, "http://127.0.0.1/")
    written = {kind: feeds.feed(library, f"feeds/{kind}.xml", kind, kind) for kind in MODELS}
    assert time.process_time() - began < SECONDS

    for url, page in pages.items():
        assert not UNSEEN.search(page), url
        page.encode()
        assert html.fromstring(page) is not None
    assert json.loads(expected) is not None
    assert not UNSEEN.search(expected)
    for kind, feed in written.items():
        etree.fromstring(feed)
        assert not feedparser.parse(feed).bozo, kind
        assert not UNSEEN.search(feed.decode())
    ran = run("history", "shixin", "--corpus", str(folder / "corpus"))
    assert ran.status == 0
    assert not UNSEEN.search(ran.output)


ODD = [
    "\x02", "\x00", "\x1b[31m", "\u202e", "\u2066", "\ufffe", "\uffff", "\ud800", "\u0085", "\x7f",
    "]]>", "<!--", "</ul>", "&#0;", "<script>", "\U0010ffff", "\ufeff", "a" * 200, "2026-01-01",
    "x-y" * 9, "[[", "[[a|", "\n\n", "\t", " ",
]  # fmt: skip
texts = st.text(max_size=12) | st.sampled_from(ODD) | st.lists(st.sampled_from(ODD)).map("".join)
trees = st.recursive(
    texts | st.integers() | st.booleans() | st.none() | st.floats(),
    lambda tree: st.lists(tree, max_size=4) | st.dictionaries(texts, tree, max_size=4),
    max_leaves=12,
)
fields = st.sampled_from(["name", "domain", "usage", "summary", "formerly", "id", "see", "", "é"])


def dumped(tree: object) -> bytes:
    """A tree as YAML, characters of all sorts as escapes, which are text to whoever looks."""
    return pyyaml.dump(tree, allow_unicode=False).encode("ascii", "backslashreplace")


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """The sound record with anything in the place of some of its fields, or beside them."""
    tree = pyyaml.load(SOUND, pyyaml.BaseLoader)
    tree |= draw(st.dictionaries(fields | texts, trees, min_size=1, max_size=3))
    return dumped(tree)


@st.composite
def cut(draw: st.DrawFn) -> bytes:
    """The sound record with some bytes cut out and others put in."""
    data = SOUND.encode()
    at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 60))
    return data[:at] + draw(st.binary(max_size=20) | texts.map(escaped)) + data[at + length :]


def escaped(text: str) -> bytes:
    return json.dumps(text).encode()


anything = changed() | cut() | trees.map(dumped) | st.binary(max_size=120) | texts.map(escaped)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.dictionaries(st.sampled_from([TERM, "terms/gone.yml"]), anything), max_size=4))
@example([{"terms/gone.yml": b"\0" + SOUND.encode()}])  # what cannot be read gets another name
def test_any_bytes_as_a_record_that_is_fixed_a_day_later(
    repository: Path, sound: Corpus, states: Sequence[Mapping[str, bytes]]
) -> None:
    keep(repository, [(NOON + number * DAY, files) for number, files in enumerate(states)])

    holds(repository, sound)


@pytest.mark.parametrize("char", ODD)
def test_a_value_that_cannot_be_shown_is_told_all_the_same(
    char: str, repository: Path, sound: Corpus
) -> None:
    """Such a record was sound when it was committed; it is fixed on the next day."""
    text = SOUND.replace(
        "domain: ", f"usage: {{value: {json.dumps('a ' + char)}, cite: b}}\ndomain: "
    )
    keep(repository, [(NOON, {TERM: text.encode("ascii", "backslashreplace")})])

    holds(repository, sound)


LARGE = {
    "a bomb of aliases": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{b}: &{b} [{','.join(9 * [f'*{a}'])}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "letters that are no id": "domain: " + "a" * 65_000,
    "letters with hyphens": "domain: " + "a-" * 32_000,
    "entries without a lead": "usage:\n" + "".join(f"- {{note: n{n}x}}\n" for n in range(3_500)),
    "entries of one lead": "usage:\n"
    + "".join(f"- {{value: x, note: n{n}}}\n" for n in range(2_600)),
    "many ids": f"see: [{','.join(f'x{n}' for n in range(9_000))}]",
    "blanks in a name": "name: {en: 'a" + " " * 60_000 + "b'}",
    "blank lines": "summary: 'a" + "\n" * 60_000 + "b'",
    "brackets": "summary: '" + "[[" * 32_000 + "'",
    "a field without end": "a" * 1_000 + ": b",
    "too large": "summary: '" + "word " * 60_000 + "'",
}


@pytest.mark.parametrize("name", LARGE)
def test_no_record_of_the_past_takes_long(name: str, repository: Path, sound: Corpus) -> None:
    other = LARGE[name].replace("x", "y").replace("[[", "[a").replace("word", "text")
    first, second = f"{LARGE[name]}\n".encode(), f"{other}\n".encode()
    keep(repository, [(NOON, {TERM: first}), (NOON + DAY, {TERM: second})])

    holds(repository, sound)
