"""Whatever can be read is laid out once for all and says the same, or is left alone."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odd_records import EXAMPLES, FILES, LARGE
from support import SMALL, Lay, run
from xinyong.records.order import order
from xinyong.source import layout, yaml
from xinyong.source.snapshot import MAX_BYTES

pytestmark = pytest.mark.no_cover

SIGNS = ":-?,[]{}#&*!|>'\"%@`~<\\ \n\r/._0123456789aA：，\u3000\u00a0失é\u0301\u2028\u200d\xad\t\ufe0f\U000e0001"
words = st.one_of(
    st.text(st.sampled_from(SIGNS), max_size=12),
    st.text(st.sampled_from("a #-:|>\n'\"\u00a0\u3000"), max_size=10),
    st.text(max_size=8),
)
trees = st.recursive(
    words, lambda t: st.lists(t, max_size=4) | st.dictionaries(words, t, max_size=4), max_leaves=12
)
PARTS = (
    "a:",
    "b: ",
    "- ",
    "-",
    "? x",
    "k: |",
    "k: >-",
    "k: |2",
    "k: |+",
    "# c",
    "",
    '"x y"',
    "k: {a: b}",
    "k: [a, b]",
    "k: [a,#c",
    "  b]",
    "a: b # c",
    "- - x",
    "- k: v",
    "text",
    "k: 'a b'",
    'k: "\\u2028"',
    "x: y #z",
    "---",
    "...",
    "k: ~",
    "'': \"\"",
    "- # c",
    "- 'a' #c",
    'k: "a"#c',
)
lines = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(PARTS),
        st.sampled_from(["", " ", "\u00a0", "\u3000", " # d"]),
    ),
    max_size=10,
).map(lambda parts: "".join(f"{'  ' * depth}{part}{end}\n" for depth, part, end in parts))
anyhow = settings(
    max_examples=EXAMPLES * 4,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _settle(text: str, kind: str = "programs") -> str | None:
    return layout.settle(text, lambda path: order(kind, path))


def _holds(text: str, kind: str = "programs") -> None:
    tree, faults = yaml.read(text)
    if faults or tree is None:
        assert _settle(text, kind) is None
        return
    laid = _settle(text, kind)
    assert laid is not None or not tree, "only a text that says nothing may be left as it is"
    if laid is not None:
        assert yaml.decode(laid.encode()) == (laid, [])
        assert yaml.read(laid) == (tree, [])
        assert _settle(laid, kind) == laid


@anyhow
@given(
    trees,
    st.sampled_from([True, False, None]),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
    st.integers(10, 200),
)
def test_any_tree_in_any_style(
    tree: object, flow: bool | None, style: str | None, raw: bool, width: int
) -> None:
    text = pyyaml.dump(
        tree,
        allow_unicode=raw,
        default_flow_style=flow,
        default_style=style,
        sort_keys=False,
        width=width,
    ).replace("!!str ", "")
    if not yaml.decode(text.encode("utf-8", "surrogatepass"))[1]:
        _holds(text)


@anyhow
@given(lines)
@example("- b: 1 # x\n  # above\n  a: 2 # y\n")
@example("    - - x # d\n")
def test_any_lines(text: str) -> None:
    if not yaml.decode(text.encode())[1]:
        _holds(text, "terms")


@anyhow
@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), words), min_size=1, max_size=3),
)
def test_any_edit_of_a_record(file: Path, edits: list[tuple[float, int, str]]) -> None:
    text = (SMALL / file).read_text(encoding="utf-8")
    for where, length, put in edits:
        at = int(where * len(text))
        text = text[:at] + put + text[at + length :]
    if not yaml.decode(text.encode("utf-8", "surrogatepass"))[1]:
        _holds(text, file.parts[0])


@pytest.mark.parametrize(
    ("written", "laid"),
    [
        ("a: Weibo\u00a0\nb: c\n", 'a: "Weibo\\u00a0"\nb: c\n'),
        ("a: 芝麻开门\u3000\n", 'a: "芝麻开门\\u3000"\n'),
        ("a: [b,#c\n  d]\n", "a: [b, d]  #c\n"),
        ("- - b # c\n", "# c\n-\n  - b\n"),
        ("- b: 1\n  # above\n  a: 2\n", "- b: 1\n  # above\n  a: 2\n"),
    ],
)
def test_what_is_easily_lost_is_kept(written: str, laid: str) -> None:
    assert layout.settle(written, lambda _: ()) == laid
    assert layout.settle(laid, lambda _: ()) == laid


@pytest.mark.parametrize("written", ['a: "b\\u00ad"\n', 'a: "b\\tc\\nd"\n'])
def test_what_the_reader_refuses_is_left_alone(written: str) -> None:
    assert layout.settle(written, lambda _: ()) is None


def test_a_comment_that_moves_to_the_front_of_an_item_stands_above_its_dash() -> None:
    written = "launched:\n  - cite: c  # one\n    # above\n    value: 2015  # two\n"
    laid = _settle(written)

    assert laid is not None
    assert laid == "launched:\n  # above\n  - value: 2015  # two  # one\n    cite: c\n"
    assert _settle(laid) == laid


def test_a_file_that_cannot_be_kept_is_left_and_told_and_stops_no_other(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay({"corpus/terms/a.yml": "name:   {en: A}\n", "corpus/terms/b.yml": "name:   {en: B}\n"})
    laid = layout.lay_out
    monkeypatch.setattr(
        layout, "lay_out", lambda text, order: laid(text.replace("A", "changed"), order)
    )

    ran = run("fmt", "corpus/terms/a.yml", "corpus/terms/b.yml")

    assert ran.output == (
        "corpus/terms/a.yml is left as it is: laid out anew it would say something else or lose a comment; "
        "do it by hand\n"
        "2 records: 1 laid out anew, 0 unreadable, 1 left as it is\n"
    )
    assert ran.status == 1
    assert Path("corpus/terms/a.yml").read_text() == "name:   {en: A}\n"
    assert Path("corpus/terms/b.yml").read_text() == "name: {en: B}\n"


def test_a_comment_that_would_be_lost_is_a_reason_to_leave_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid = layout.lay_out
    monkeypatch.setattr(
        layout, "lay_out", lambda text, order: re.sub(" *#.*", "", laid(text, order))
    )

    assert _settle("a:   b # c\n") is None
    assert _settle("a:   b\n") == "a: b\n"


def test_what_is_no_file_of_a_record_is_passed_over(lay: Lay) -> None:
    root = lay({"corpus/terms/big.yml": "# " + "x" * MAX_BYTES, "corpus/terms/empty.yml": ""})
    (root / "terms" / "link.yml").symlink_to(root / "terms" / "shixin.yml")

    ran = run("fmt", "corpus/terms")

    assert ran.status == 1
    assert (
        "corpus/terms/big.yml:1:1: X103 the file has 65,538 bytes; a record may have 65,536: split it\n"
        in ran.output
    )
    assert (
        "corpus/terms/empty.yml:1:1: X112 the file is empty; begin it with a line such as 'name: …'\n"
        in ran.output
    )
    assert (root / "terms" / "link.yml").is_symlink()
    assert run("fmt", "corpus/terms/link.yml").status == 2


ROOM = {
    "comments": "a: b\n" + "# c\n" * 15_000,
    "comments behind": "".join(f"k{n}: b # c\n" for n in range(4_500)),
    "signs of comments": "a: '" + "#" * 64_000 + "'\n",
    "brackets in brackets": "".join(f"k{n}: [[[[[[[[[[b]]]]]]]]]]\n" for n in range(1_900)),
    **LARGE,
}


def test_no_record_of_the_largest_size_takes_long() -> None:
    took: Counter[str] = Counter()
    for name, text in ROOM.items():
        began = time.process_time()
        _settle(text.encode()[:MAX_BYTES].decode("utf-8", "ignore"))
        took[name] = int(time.process_time() - began)

    assert max(took.values()) < 20, took.most_common(1)
