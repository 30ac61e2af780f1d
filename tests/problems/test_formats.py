"""The outputs of check: for people, for GitHub, as JSON and as SARIF, each held against its
published form.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import PROJECT, Lay, run
from xinyong.problems import CODES, Problem, as_text, visible
from xinyong.problems.formats import Report, as_github, as_json, as_sarif

SARIF = json.loads(
    (PROJECT / "tests" / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")
)
REPORT = json.loads(
    (PROJECT / "docs" / "problems" / "report.schema.json").read_text(encoding="utf-8")
)
FORM = jsonschema.Draft202012Validator(REPORT, format_checker=jsonschema.FormatChecker())
SARIF_FORM = jsonschema.Draft4Validator(SARIF, format_checker=jsonschema.FormatChecker())
BROKEN = {
    "corpus/events/b.yml": "name: {en: 失信 launch}\ndate: {value: soon, cite: koetse-208}\nlayers: state\nsummary: x\n"
}

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
numbers = st.integers(0, 99)
problems = st.builds(
    Problem,
    st.sampled_from([*CODES]),
    texts,
    texts,
    st.tuples(st.text("abc", min_size=1) | numbers),
    st.just(""),
    st.booleans(),
    st.just(3),
    st.just(4),
    st.just(3),
    st.integers(4, 9),
)


def test_the_text_of_a_terminal_has_colours_and_says_the_same() -> None:
    problem = Problem("X306", "no date", "a.yml", line=2, column=3)
    painted = as_text(problem, "  失信", colour=True)

    assert painted == (
        "\x1b[1ma.yml:2:3\x1b[0m: \x1b[1;31mX306\x1b[0m no date\n      失信\n      \x1b[1;36m^\x1b[0m"
    )


@pytest.mark.parametrize(
    ("environment", "painted"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals_only_and_can_be_refused(
    environment: dict[str, str], painted: bool, lay: Lay
) -> None:
    lay(BROKEN)
    program = f"import pty, sys; sys.exit(pty.spawn([{sys.executable!r}, '-m', 'xinyong', 'check']) and 0)"
    home = {"PATH": "/usr/bin:/bin", "HOME": str(Path.cwd())}

    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env=home | environment, check=True
    )
    piped = subprocess.run(
        [sys.executable, "-m", "xinyong", "check"],
        capture_output=True,
        env=home | environment,
        check=False,
    )

    assert (b"\x1b[" in ran.stdout) == painted
    assert b"X306" in ran.stdout
    assert b"\x1b[" not in piped.stdout


def test_what_would_act_on_a_terminal_is_shown_as_a_picture() -> None:
    assert visible("a\x1b[31mb\tc\x7f\u202ed") == "a␛[31mb␉c␡�d"


def test_an_annotation_names_file_line_columns_and_code() -> None:
    problem = Problem(
        "X204", "unknown city 'suzou'", "corpus/cities/a.yml", (), "", False, 14, 9, 14, 14
    )

    assert as_github(problem) == (
        "::error file=corpus/cities/a.yml,line=14,endLine=14,col=9,endColumn=14,title=X204 link to an unknown record"
        "::unknown city 'suzou'"
    )


def test_what_an_annotation_could_be_misled_by_is_escaped() -> None:
    problem = Problem("X251", "100%\r\n::error::no", "a,b:c%.yml", line=1, column=1)

    assert as_github(problem) == (
        "::warning file=a%2Cb%3Ac%25.yml,line=1,col=1,title=X251 citation that nobody cites::100%25%0D%0A::error::no"
    )


def _as_runner(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as GitHub's runner does: properties at ',', name at '=', then the
    escapes.
    """
    head, _, data = line.removeprefix("::").partition("::")
    command, _, rest = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in rest.split(","))
    properties = {name: _unescaped(value, {"%3A": ":", "%2C": ","}) for name, value in pairs}
    return command, properties, _unescaped(data, {})


def _unescaped(text: str, more: dict[str, str]) -> str:
    for code, char in ({"%0D": "\r", "%0A": "\n"} | more | {"%25": "%"}).items():
        text = text.replace(code, char)
    return text


@given(problems)
def test_an_annotation_is_one_line_that_the_runner_reads_back(problem: Problem) -> None:
    line = as_github(problem)
    command, properties, message = _as_runner(line)

    assert "\n" not in line
    assert "\r" not in line
    assert command == problem.severity
    assert properties["file"] == visible(problem.file, keep="\r\n")
    assert properties["title"].startswith(problem.code)
    assert message == visible(problem.message, keep="\r\n")


@given(
    st.lists(problems, max_size=4),
    st.sampled_from(["", "https://example.org/x", "http://127.0.0.1:8000/"]),
)
def test_any_problems_make_a_json_report_of_the_published_form(
    found: list[Problem], site: str
) -> None:
    report = json.loads(as_json(Report(found, 7, site)))

    FORM.validate(report)
    assert [problem["message"] for problem in report["problems"]] == [
        problem.message for problem in found
    ]


@given(st.lists(problems, max_size=4), st.sampled_from(["", "https://example.org/x"]))
def test_any_problems_make_valid_sarif(found: list[Problem], site: str) -> None:
    log = json.loads(as_sarif(Report(found, 7, site), "0.1.0"))

    SARIF_FORM.validate(log)
    run_ = log["runs"][0]
    assert len(run_["results"]) == len(found)
    for result in run_["results"]:
        assert run_["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    fingerprints = [result["partialFingerprints"]["xinyong/v1"] for result in run_["results"]]
    assert len(set(fingerprints)) == len(found)


def test_the_form_of_the_json_report_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(REPORT)


def test_check_prints_json(lay: Lay) -> None:
    lay(BROKEN)
    ran = run("check", "--format", "json", "--config", str(PROJECT / "mkdocs.yml"))
    report = json.loads(ran.output)

    assert ran.status == 1
    FORM.validate(report)
    assert (report["records"], report["errors"], report["warnings"]) == (15, 2, 1)
    assert report["problems"][1] == {
        "code": "X306",
        "title": "not a date",
        "severity": "error",
        "message": "'soon' is not a date: write it as 2015, 2015-01, 2018-05-22, 2014/2020 or 2015~",
        "file": "corpus/events/b.yml",
        "line": 2,
        "column": 15,
        "endLine": 2,
        "endColumn": 19,
        "path": ["date", 0, "value"],
        "help": "http://127.0.0.1:8000/problems/X306/",
    }


def test_check_prints_sarif_whose_regions_count_code_points(lay: Lay) -> None:
    lay({"corpus/events/b.yml": "name: {en: 𠮷𠮷, zz: x}\nsummary: A [@koetse-2018].\n"})
    ran = run("check", "--format", "sarif")
    log = json.loads(ran.output)

    SARIF_FORM.validate(log)
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    regions = {
        r["ruleId"]: r["locations"][0]["physicalLocation"]["region"]
        for r in log["runs"][0]["results"]
    }
    assert regions["X301"] == {"startLine": 1, "startColumn": 16, "endLine": 1, "endColumn": 18}


def test_a_result_stays_the_same_when_lines_are_added_above_it(lay: Lay) -> None:
    prints: list[Any] = []
    for comment in ("", "# a comment\n"):
        lay({name: comment + text for name, text in BROKEN.items()})
        results = json.loads(run("check", "--format", "sarif").output)["runs"][0]["results"]
        prints.append([result["partialFingerprints"] for result in results])

    assert prints[0] == prints[1]


def test_check_prints_annotations_and_the_count(lay: Lay) -> None:
    lay(BROKEN)
    lines = run("check", "--format", "github").output.splitlines()

    assert lines[1] == (
        "::error file=corpus/events/b.yml,line=2,endLine=2,col=15,endColumn=19,title=X306 not a date"
        "::'soon' is not a date: write it as 2015, 2015-01, 2018-05-22, 2014/2020 or 2015~"
    )
    assert lines[-1] == "15 records: 2 errors, 1 warning"


def _git(*args: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *args], check=True, capture_output=True)


def test_changed_shows_the_problems_of_changed_records_and_counts_the_others(lay: Lay) -> None:
    lay({"corpus/claims/old.yml": "name: x\n"})
    _git("init", "-b", "main")
    _git("add", "-A")
    _git("commit", "-m", "all")
    _git("checkout", "-b", "work")
    lay(BROKEN)

    ran = run("check", "--changed", "main")

    assert ran.status == 1
    assert "corpus/events/b.yml" in ran.output
    assert "corpus/claims/old.yml" not in ran.output
    assert ran.output.endswith(
        "16 records: 2 errors, 1 warning; in records that did not change: 5 errors, 1 warning\n"
    )


def test_a_change_that_breaks_a_record_it_does_not_touch_is_not_sound(lay: Lay) -> None:
    lay({})
    _git("init", "-b", "main")
    _git("add", "-A")
    _git("commit", "-m", "all")
    Path("corpus/organizations/ant-group.yml").unlink()
    ran = run("check", "--changed", "main")

    assert ran.status == 1
    assert ran.output == "13 records: no problems; in records that did not change: 2 errors\n"


@pytest.mark.parametrize("base", ["nowhere", "--output=x"])
def test_a_base_that_git_does_not_know_is_wrong_use(base: str, lay: Lay) -> None:
    lay({})
    _git("init")

    ran = run("check", f"--changed={base}")

    assert ran.status == 2
    assert (
        f"git knows no commit '{base}' here; fetch it with 'git fetch origin', or look at its name again"
        in ran.output
    )
