"""A new record: from flags for scripts, or asked for at a terminal, where each answer is checked."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from support import Lay, run
from xinyong.cli import main
from xinyong.cli.drafts import Draft
from xinyong.corpus import Corpus
from xinyong.records import MODELS, read
from xinyong.source import yaml
from xinyong.source.pinyin import suggest

ANSWERS = {
    "terms": ["laolai", "老赖", "lǎolài", "media", "Somebody who does not pay [@koetse-2018]."],
    "cities": ["Suzhou", "苏州市", "", "A city [@koetse-2018]."],
    "programs": ["Osmanthus Score", "", "", "municipal", "Points [@koetse-2018]."],
    "blacklists": ["A list", "", "", "blacklist", "state", "A list [@koetse-2018]."],
    "citations": ["news", "A report", "en", "full", "news"],
    "organizations": ["A bureau", "", "", "state", "A body [@koetse-2018]."],
    "events": ["A start", "", "", "2015-01-28", "koetse-2018; reuters-2015", "state", "It began [@koetse-2018]."],
    "claims": [
        "All are scored", "", "", "newspapers", "koetse-2018", "refuted", "against", "There is no score.",
        "koetse-2018", "They are not [@koetse-2018].",
    ],
}  # fmt: skip


def _asked(args: list[str], answers: list[str]) -> tuple[str, int]:
    ran = CliRunner().invoke(
        main, ["new", *args, "--ask"], input="\n".join(answers) + "\n", catch_exceptions=False
    )
    return ran.output, ran.exit_code


@pytest.mark.parametrize("kind", MODELS)
def test_what_is_asked_for_makes_a_record_that_check_accepts(kind: str, lay: Lay) -> None:
    lay({})
    message, status = _asked([kind, "a-new-record"], ANSWERS[kind])

    assert status == 0, message
    assert message.endswith(
        f"written: corpus/{kind}/a-new-record.yml\n"
        f"what else it can say: docs/contribute/{kind}.md\n"
        f"see it with the whole corpus: xinyong check corpus/{kind}/a-new-record.yml\n"
    )
    checked = run("check")
    assert checked.status == 0, checked.output
    assert run("fmt", "--check", f"corpus/{kind}/a-new-record.yml").status == 0
    first = Path(f"corpus/{kind}/a-new-record.yml").read_text(encoding="utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema=../schema/{kind}.schema.json"


def test_a_wrong_answer_is_told_as_check_tells_it_and_asked_again(lay: Lay) -> None:
    lay({})
    answers = [
        "A start", "", "", "28 January 2015", "2015-01-28", "koets", "koetse-2018", "State’s", "state",
        "It began.", "It began [@koetse-2018].",
    ]  # fmt: skip
    message, status = _asked(["events", "a-start"], answers)

    assert status == 0
    assert "  '28 January 2015' is not a date; write 2015-01-28\n" in message
    unknown = "  unknown citation 'koets'; did you mean 'koetse-2018'? If not, add corpus/citations/koets.yml first\n"
    assert f"{unknown}    koetse-2018: Open Sesame\n" in message
    assert "  'State’s' is not a layer; did you mean 'state'?\n" in message
    assert (
        "  the paragraph 'It began.' has no cite; end its statements with [@citation-id]\n"
        in message
    )
    assert Path("corpus/events/a-start.yml").read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../schema/events.schema.json\n"
        "name:\n  en: A start\n"
        "date:\n  value: 2015-01-28\n  cite: koetse-2018\n"
        "layers: state\n"
        "summary: It began [@koetse-2018].\n"
    )


def test_the_pinyin_of_a_chinese_name_is_suggested_and_an_enter_takes_it(lay: Lay) -> None:
    lay({})
    message, _ = _asked(["cities", "xian"], ["Xi'an", "西安市", "", "A city [@koetse-2018]."])

    assert "[Xī'ān Shì]> " in message
    assert "  pinyin: Xī'ān Shì\n" in Path("corpus/cities/xian.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("chinese", "spelled"),
    [
        ("运城市", "Yùnchéng Shì"),
        ("重庆市长寿区", "Chóngqìng Shì Chángshòu Qū"),
        ("秦皇岛市", "Qínhuángdǎo Shì"),
        ("鄂尔多斯市", "È'ěrduōsī Shì"),
        ("浦东新区", "Pǔdōng Xīnqū"),
        ("荣成", "Róngchéng"),
    ],
)
def test_the_rank_of_a_place_is_a_word_of_its_own(chinese: str, spelled: str, lay: Lay) -> None:
    lay({})

    assert (
        f"[{spelled}]> "
        in _asked(["cities", "a-place"], ["A", chinese, "", "A place [@koetse-2018]."])[0]
    )


def test_sources_are_looked_up_without_leaving_the_questions(lay: Lay) -> None:
    lay({})
    message, status = _asked(
        ["cities", "a"], ["A", "", "", "?koetse", "?nobody at all", "?", "A place [@koetse-2018]."]
    )

    assert "> ?koetse\n  koetse-2018  Koetse 2018 — Open Sesame" in message
    assert (
        message.count(
            "  no source fits; end with Ctrl-C and add it first: xinyong new citations ID\n"
        )
        == 2
    )
    assert status == 0


def test_what_a_record_needs_is_not_left_out_with_an_enter(lay: Lay) -> None:
    lay({})
    message, status = _asked(["cities", "a"], ["", "A", "", "", "A place [@koetse-2018]."])

    assert "  a record cannot do without it; write a value\n" in message
    assert status == 0


def test_flags_fill_fields_and_what_is_missing_is_said_and_written_down(lay: Lay) -> None:
    lay({})
    ran = run(
        "new", "programs", "a-score", "--no-ask", "--name-en", "A Score", "--set", "layer=commercial",
        "--set", "launched={value: 2015, cite: [koetse-2018, reuters-2015]}", "--set", "name.also=[B Score]",
    )  # fmt: skip

    assert ran.status == 1
    assert ran.output == (
        "written: corpus/programs/a-score.yml\n"
        "  X302 a program needs a field 'summary'; add it: what a newcomer has to know, in a few sentences of our own,"
        " each cited\n"
        "what else it can say: docs/contribute/programs.md\n"
        "see it with the whole corpus: xinyong check corpus/programs/a-score.yml\n"
    )
    assert Path("corpus/programs/a-score.yml").read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../schema/programs.schema.json\n"
        "name:\n  en: A Score\n  also: [B Score]\n"
        "layer: commercial\n"
        "launched:\n  value: 2015\n  cite: [koetse-2018, reuters-2015]\n"
        "# a program needs a field 'summary'; add it: what a newcomer has to know, in a few sentences of our own, "
        "each cited\n"
    )


def test_a_record_that_is_there_is_never_changed(lay: Lay) -> None:
    lay({})
    before = Path("corpus/terms/shixin.yml").read_bytes()
    ran = run("new", "claims", "shixin", "--no-ask")

    assert ran.status == 2
    assert (
        "the id 'shixin' is taken by corpus/terms/shixin.yml; choose another, or change that record"
        in ran.output
    )
    assert Path("corpus/terms/shixin.yml").read_bytes() == before
    assert not Path("corpus/claims/shixin.yml").exists()


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["event", "x"], "there is no kind 'event'; did you mean 'events'?"),
        (
            ["events", "A Start"],
            "'A Start' is not an id; write small letters, digits and single hyphens",
        ),
        (["events", "../x"], "'../x' is not an id"),
        (
            ["events", "x", "--set", "date"],
            "'date' is no setting; write it as field=value, such as layer=state",
        ),
        (["events", "x", "--set", ".=1"], "'.=1' is no setting"),
    ],
)
def test_wrong_use_writes_nothing(args: list[str], text: str, lay: Lay, tmp_path: Path) -> None:
    lay({})
    before = sorted(tmp_path.rglob("*"))
    ran = run("new", *args)

    assert ran.status == 2
    assert text in ran.output
    assert sorted(tmp_path.rglob("*")) == before


def test_who_gives_up_half_way_leaves_nothing_behind(lay: Lay) -> None:
    lay({})
    message, status = _asked(["events", "a-start"], ["A start"])

    assert status == 1
    assert message.endswith("\nnothing was written\nAborted!\n")
    assert not Path("corpus/events/a-start.yml").exists()


def test_at_a_terminal_it_asks_of_itself_and_elsewhere_it_does_not(lay: Lay) -> None:
    lay({})
    command = [sys.executable, "-m", "xinyong", "new", "citations", "a-report"]
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        command, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        os.close(terminal)
        os.write(controller, ("\n".join(ANSWERS["citations"]) + "\n").encode())
        output = process.communicate(timeout=120)[0]
    os.close(controller)

    assert process.returncode == 0, output
    assert run("check").output == (
        "corpus/citations/a-report.yml:2:1: X251 warning: nobody cites this citation; cite it where it supports a fact,"
        " or delete it\n    type: news\n    ^\n15 records: 1 warning\n"
    )
    quiet = subprocess.run(
        [*command[:-1], "another"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert quiet.returncode == 1
    assert b"needs a field 'title'" in quiet.stdout


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_that_a_kind_needs_is_asked_for(kind: str) -> None:
    asked = {question.path[0] for question in Draft(kind, "x", Corpus({})).questions()}
    needed = {problem.message.split("'")[1] for problem in read.read(kind, {}, "f").problems}

    assert needed <= asked
    assert all(question.meaning for question in Draft(kind, "x", Corpus({})).questions())


def test_a_written_tree_is_read_back() -> None:
    tree: yaml.Tree = {
        "a": ["b", "no", "2015"],
        "c": [{"d": ["x: y", ""]}],
        "e": "l1\nl2\n",
        "f": "~",
    }

    assert yaml.read(yaml.write(tree)) == (tree, [])


@pytest.mark.parametrize(
    ("chinese", "proper", "spelled"),
    [
        ("芝麻信用", True, "Zhīmá Xìnyòng"),
        ("荣成市", True, "Róngchéng Shì"),
        ("西安", True, "Xī'ān"),
        ("失信被执行人名单", False, "shīxìn bèi zhíxíng rén míngdān"),
        ("社会信用体系", False, "shèhuì xìnyòng tǐxì"),
        ("", True, ""),
    ],
)
def test_pinyin_is_suggested_word_by_word(chinese: str, proper: bool, spelled: str) -> None:
    assert suggest(chinese, proper=proper) == spelled


@pytest.mark.parametrize("id_", ["con", "prn", "aux", "nul", "com1", "lpt9"])
def test_a_name_that_windows_keeps_is_refused(id_: str, lay: Lay) -> None:
    root = lay({})

    ran = run("new", "terms", id_, "--no-ask")

    assert ran.status == 2
    assert (
        f"Windows keeps '{id_}' for a device and cannot check the file out; choose another id"
        in ran.output
    )
    assert not (root / "terms" / f"{id_}.yml").exists()
