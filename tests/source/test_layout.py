"""The canonical layout keeps what a record says and its comments, and changes nothing the second
time.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml as pyyaml
from hypothesis import assume, given
from hypothesis import strategies as st

from support import PROJECT, SMALL, Lay, run
from xinyong.problems import Path as FieldPath
from xinyong.records import MODELS
from xinyong.records.order import fields, order
from xinyong.source import yaml
from xinyong.source.layout import WIDTH, lay_out

FILES = sorted([*(PROJECT / "corpus").glob("*/*.yml"), *SMALL.glob("*/*.yml")])
KINDS = sorted({file.parent.name for file in FILES})


def _unordered(path: FieldPath) -> tuple[str, ...]:
    return ()


def _plain(text: str) -> str:
    return lay_out(text, _unordered)


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", KINDS)
def test_every_record_says_the_same_and_is_laid_out_once_for_all(kind: str) -> None:
    for file in (file for file in FILES if file.parent.name == kind):
        text = file.read_text(encoding="utf-8")
        laid = lay_out(text, lambda path: order(kind, path))

        assert yaml.read(laid) == yaml.read(text), file
        assert lay_out(laid, lambda path: order(kind, path)) == laid, file


@pytest.mark.parametrize(
    ("written", "laid"),
    [
        ("a:   1\n", "a: 1\n"),
        ("a: 'b'\n", "a: b\n"),
        ('a: "b: c"\n', 'a: "b: c"\n'),
        ("a: 'b: c'\n", "a: 'b: c'\n"),
        ("a: 'it''s: so'\n", "a: 'it''s: so'\n"),
        ('a: "[[b]]"\n', 'a: "[[b]]"\n'),
        ("a: [b,c ,  d]\n", "a: [b, c, d]\n"),
        ("a: {b: c,d: 'e, f'}\n", "a: {b: c, d: 'e, f'}\n"),
        ("a:\n    b: c\n", "a:\n  b: c\n"),
        ("a:\n- b\n- c\n", "a:\n  - b\n  - c\n"),
        ("a:\n- b: c\n  d: e\n", "a:\n  - b: c\n    d: e\n"),
        ("a: >-\n  b\n  c\n", "a: b c\n"),
        ("a: >\n  b\n  c\n", "a: |\n  b c\n"),
        ("a: b\n   c\n", "a: b c\n"),
        ("a: |\n    b\n    c\n", "a: |\n  b\n  c\n"),
        ("a: |-\n  b\n  c\n", "a: |-\n  b\n  c\n"),
        ('a: "b\\nc\\n"\n', "a: |\n  b\n  c\n"),
        ("a: |\n  b\n\n  c\n", "a: |\n  b\n\n  c\n"),
        ("---\na: b\n...\n", "a: b\n"),
        ("\n\na: b\n\n\nc: d\n", "a: b\nc: d\n"),
        ("a: b\r\nc: d\r\n", "a: b\nc: d\n"),
        ("a: 2015-01-28\nb: no\nc: 010\n", "a: 2015-01-28\nb: no\nc: 010\n"),
        ("a: '~'\nb: 'null'\n", "a: '~'\nb: 'null'\n"),
        ("a:\n", "a:\n"),
        ("a: []\nb: {}\n", "a: []\nb: {}\n"),
    ],
)
def test_one_layout_for_what_can_be_written_in_many_ways(written: str, laid: str) -> None:
    assert _plain(written) == laid
    assert _plain(laid) == laid
    assert yaml.read(laid) == yaml.read(written)


def test_what_does_not_fit_on_a_line_gets_a_line_for_each_entry() -> None:
    fits, long = "x" * (WIDTH - len("a: [b, ]")), "x" * (WIDTH - len("a: [b, ]") + 1)

    assert _plain(f"a: [b, {fits}]\n") == f"a: [b, {fits}]\n"
    assert _plain(f"a: [b, {long}]\n") == f"a:\n  - b\n  - {long}\n"
    assert _plain(f"- {{b: c, d: {long}}}\n") == f"- b: c\n  d: {long}\n"


def test_fields_stand_in_the_order_of_their_kind() -> None:
    text = "summary: s\nlaunched: {note: n, cite: c, value: 2015, as_of: 2016}\nname: {zh: z, en: e}\nlayer: state\n"

    assert lay_out(text, lambda path: order("programs", path)) == (
        "name: {en: e, zh: z}\nlayer: state\nlaunched: {value: 2015, as_of: 2016, cite: c, note: n}\nsummary: s\n"
    )


def test_fields_that_are_not_known_follow_the_others() -> None:
    assert lay_out(
        "zz: 1\nlayer: state\nname: {en: x}\n", lambda path: order("programs", path)
    ) == ("name: {en: x}\nlayer: state\nzz: 1\n")


@pytest.mark.parametrize("model", MODELS.values())
def test_every_field_has_a_place_in_the_order(model: type) -> None:
    assert sorted(fields(model)) == sorted(model.model_fields)  # type: ignore[attr-defined]


def test_a_comment_goes_with_its_entry_and_the_modeline_stays_on_top() -> None:
    text = (
        "# yaml-language-server: $schema=../schema/programs.schema.json\n"
        "# of the layer\nlayer: state # behind it\n"
        "name: {en: x} # behind the name\n"
        "launched: # behind the field\n"
        "  # of the first\n  - value: 2015 # the year\n    cite: [a, # of a\n      b]\n"
        "  - value: 2016\n    cite: a\n"
        "# the end\n"
    )

    assert lay_out(text, lambda path: order("programs", path)) == (
        "# yaml-language-server: $schema=../schema/programs.schema.json\n"
        "name: {en: x}  # behind the name\n"
        "# of the layer\nlayer: state  # behind it\n"
        "launched:  # behind the field\n"
        "  # of the first\n  - value: 2015  # the year\n    cite: [a, b]  # of a\n"
        "  - value: 2016\n    cite: a\n"
        "# the end\n"
    )


def test_a_comment_that_begins_the_file_and_stands_apart_stays_on_top() -> None:
    head = "# yaml-language-server: $schema=x\n# Of the whole,\n# on two lines.\n\n"
    text = f"{head}# of the layer\nlayer: state\nname: {{en: x}}\n"
    laid = f"{head}name: {{en: x}}\n# of the layer\nlayer: state\n"

    assert lay_out(text, lambda path: order("programs", path)) == laid
    assert lay_out(laid, lambda path: order("programs", path)) == laid


words = st.text(st.sampled_from("ab 1.:#-'\"[]{},&*!|>%@`?~\n失：，é\\\t"), min_size=0, max_size=12)
trees = st.recursive(
    words, lambda t: st.lists(t, max_size=4) | st.dictionaries(words, t, max_size=4), max_leaves=12
)


@given(
    st.dictionaries(words, trees, min_size=1, max_size=4),
    st.sampled_from([True, False, None]),
    st.sampled_from([None, "'", '"', "|", ">"]),
)
def test_anything_keeps_its_meaning(tree: object, flow: bool | None, style: str | None) -> None:
    text = pyyaml.dump(
        tree, allow_unicode=True, default_flow_style=flow, default_style=style, sort_keys=False
    )
    before, faults = yaml.read(text.replace("!!str ", ""))
    assume(not faults and "\t" not in text and "!!" not in text)
    laid = _plain(text)

    assert yaml.read(laid) == (before, [])
    assert _plain(laid) == laid


@pytest.mark.no_cover
@given(st.data())
def test_no_comment_is_lost_wherever_it_stands(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(FILES[:: max(1, len(FILES) // 60)]))
    lines = file.read_text(encoding="utf-8").split("\n")
    for n in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(lines) - 1))
        indent = " " * data.draw(st.integers(0, 6))
        if data.draw(st.booleans()):
            lines.insert(at, f"{indent}# comment {n}")
        else:
            lines[at] += f" # comment {n}"
    text = "\n".join(lines)
    before, faults = yaml.read(text)
    assume(not faults and before == yaml.read(re.sub(r" *# comment \d", "", text))[0])
    laid = lay_out(text, lambda path: order(file.parent.name, path))

    assert yaml.read(laid) == (before, [])
    assert Counter(re.findall(r"# comment \d", laid)) == Counter(re.findall(r"# comment \d", text))
    assert lay_out(laid, lambda path: order(file.parent.name, path)) == laid


def test_the_command_lays_out_what_is_named_and_says_so(lay: Lay) -> None:
    lay(
        {
            "corpus/terms/laolai.yml": "domain:   media\nname: {en:   x}\n",
            "corpus/terms/bad.yml": "a: [\n",
        }
    )
    before = Path("corpus/terms/shixin.yml").read_bytes()

    checked = run("fmt", "--check", "corpus/terms/laolai.yml")
    assert checked.status == 1
    assert checked.output == (
        "corpus/terms/laolai.yml is not laid out; run 'xinyong fmt corpus/terms/laolai.yml'\n"
        "1 record: 1 not laid out, 0 unreadable\n"
    )
    assert (
        run("fmt", "corpus/terms/laolai.yml").output == "1 record: 1 laid out anew, 0 unreadable\n"
    )
    assert Path("corpus/terms/laolai.yml").read_text() == "name: {en: x}\ndomain: media\n"
    assert run("fmt", "--check", "corpus/terms/laolai.yml").status == 0
    assert Path("corpus/terms/shixin.yml").read_bytes() == before


def test_a_record_that_cannot_be_read_is_left_as_it_is_and_named(lay: Lay) -> None:
    lay({"corpus/terms/bad.yml": "a: [b\n"})
    ran = run("fmt", "corpus/terms/bad.yml")

    assert ran.status == 1
    assert ran.output.startswith(
        "corpus/terms/bad.yml:1:4: X105 the '[' that opens here is not closed; close it with ']'\n"
    )
    assert Path("corpus/terms/bad.yml").read_text() == "a: [b\n"
    assert run("fmt", "nowhere").status == 2
