"""Every scalar stays the text that was written; what YAML does in silence is refused aloud."""

from __future__ import annotations

import string

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from xinyong.source import yaml
from xinyong.source.snapshot import MAX_BYTES
from xinyong.source.yaml import Fault

words = st.text(
    string.ascii_letters + string.digits + " :#-失信芝麻'\"{}[],&*!|>%@`?", min_size=1, max_size=20
)
trees = st.recursive(
    words, lambda t: st.lists(t, max_size=3) | st.dictionaries(words, t, max_size=3), max_leaves=12
)


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "null",
        "~",
        "010",
        "1.10",
        "12:30",
        "2014-06-14",
        "0x1F",
        "1e3",
        "3",
        ".inf",
        "=",
    ],
)
def test_yaml_surprises_stay_text(written: str) -> None:
    assert yaml.read(f"a: {written}\n") == ({"a": written}, [])


@given(trees)
def test_what_another_writer_wrote_is_read_back(tree: yaml.Tree) -> None:
    text = pyyaml.dump({"a": tree}, allow_unicode=True)
    if "!!" not in text and "\t" not in text and "&" not in text:
        assert yaml.read(text) == ({"a": tree}, [])


@given(st.text(max_size=60))
def test_any_text_is_read_or_gives_faults_that_lie_inside_it(text: str) -> None:
    decoded, faults = yaml.decode(text.encode("utf-8", "replace"))
    if not faults:
        _, faults = yaml.read(decoded)
    lines = text.split("\n")

    for fault in faults:
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
        assert fault.message


@given(st.binary(max_size=80))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    text, faults = yaml.decode(data)

    assert faults or text.encode() == data


def test_a_file_may_have_64_kib_and_not_a_byte_more() -> None:
    assert yaml.decode(b"a" * MAX_BYTES)[1] == []
    message = "the file has 65,537 bytes; a record may have 65,536: split it"
    assert yaml.decode(b"a" * (MAX_BYTES + 1))[1] == [Fault("X103", message)]


def test_twelve_levels_are_read_and_thirteen_refused() -> None:
    assert yaml.read("[" * 12 + "]" * 12)[1] == []
    assert [fault.code for fault in yaml.read("[" * 13 + "]" * 13)[1]] == ["X109"]


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)
    ]
    _, faults = yaml.read("\n".join(lines))

    assert {fault.code for fault in faults} == {"X107"}
    assert len(faults) == 9 + 8 * 9


def test_every_value_is_found_again_at_its_place() -> None:
    text = "name:\n  en: Sesame\n  also: [a, 芝麻]\nscore: {value: {min: 3}}\n"
    places = yaml.places(text)

    assert places["name", "en"].start == (2, 7)
    assert places["name", "also", 1].start == (3, 13)
    assert places["score", "value", "min"].key == (4, 17)
    found = yaml.find(places, ("score", 0, "value", "min"))
    assert found is not None
    assert found.start == (4, 22)


def test_a_file_that_is_not_yaml_has_no_places() -> None:
    assert yaml.places("a: [") == {}
