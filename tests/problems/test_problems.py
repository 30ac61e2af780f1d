"""Problems are shown in one form, and each code is explained by examples that hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support import PROJECT, TO_DO, Lay, run
from xinyong.problems import CODES, Problem, as_text, count, explain, nearest
from xinyong.site import links

CORPUS_CODES = [code for code in CODES if code[:2] not in ("X8", "X9")]
SITE_CODES = [code for code in CODES if "X801" <= code <= "X809" or code in ("X830", "X831")]

PADDING = {"X103": "# more\n" * 10_000, "X313": "  very old\n" * 300, "X314": "- deadbeat\n" * 500}
"""What the wrong examples say in words: the rest of what is too large."""


def _codes(output: str) -> set[str]:
    return {word for line in output.splitlines() for word in line.split()[1:2] if word in CODES}


def test_a_code_that_a_rule_gives_or_that_is_explained_has_a_title() -> None:
    program = PROJECT / "scripts" / "xinyong"
    explained = re.findall(
        r"(?m)^(X\d{3}):$", (program / "problems/problems.yml").read_text("utf-8")
    )
    given = {
        code
        for file in program.rglob("*.py")
        for code in re.findall(r'"(X\d{3})"', file.read_text(encoding="utf-8"))
    }

    assert sorted(explained) == sorted(CODES)
    assert given <= CODES.keys()


@pytest.mark.parametrize("code", CODES)
def test_every_code_says_what_it_means_and_why(code: str) -> None:
    explanation = explain(code)

    assert explanation.meaning.strip().endswith(".")
    assert explanation.reason.strip().endswith(".")
    assert explanation.wrong
    assert TO_DO.match(f"; {explanation.fix[0].lower()}{explanation.fix[1:]}"), explanation.fix
    assert explanation.fix.endswith(".")
    assert explanation.fix not in f"{explanation.meaning} {explanation.reason}"
    assert explanation.right


@pytest.mark.parametrize("code", CORPUS_CODES)
def test_the_wrong_example_gives_the_code_and_the_right_one_does_not(code: str, lay: Lay) -> None:
    explanation = explain(code)
    encoding = "gbk" if code == "X101" else "utf-8"
    padding = PADDING.get(code, "")
    lay({path: (text + padding).encode(encoding) for path, text in explanation.wrong.items()})

    assert code in _codes(run("check").output)
    for path in explanation.wrong:
        Path(path).unlink()
    lay(explanation.right)
    assert code not in _codes(run("check").output)


@pytest.mark.parametrize("code", SITE_CODES)
def test_the_wrong_page_gives_the_code_and_the_right_one_does_not(
    code: str, tmp_path: Path
) -> None:
    explanation = explain(code)
    found = []
    for name, files in (("wrong", explanation.wrong), ("right", explanation.right)):
        for path, text in files.items():
            page = tmp_path / name / path
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"<!doctype html>{text}")
        found.append([*links.check(tmp_path / name / "site", "https://example.net/x/")])

    assert code in [problem.code for problem in found[0]]
    assert all(TO_DO.search(problem.message) for problem in found[0]), found[0]
    assert found[1] == []


def test_a_problem_is_one_line_then_its_source_with_a_caret() -> None:
    problem = Problem(
        "X204",
        "unknown city 'suzou'; did you mean 'suzhou'?",
        "corpus/cities/a.yml",
        line=14,
        column=9,
    )

    assert as_text(problem, "places: [suzou]") == (
        "corpus/cities/a.yml:14:9: X204 unknown city 'suzou'; did you mean 'suzhou'?\n"
        "    places: [suzou]\n"
        "            ^"
    )


def test_the_caret_stands_below_the_place_behind_wide_characters() -> None:
    problem = Problem("X305", "no", "a.yml", line=1, column=5)

    assert as_text(problem, "失信: x").split("\n")[2] == "    " + " " * 6 + "^"


def test_a_warning_says_that_it_is_one() -> None:
    assert (
        as_text(Problem("X251", "nobody cites it", "a.yml"))
        == "a.yml: X251 warning: nobody cites it"
    )


@pytest.mark.parametrize(
    ("codes", "shown"),
    [
        ([], "no problems"),
        (["X101"], "1 error"),
        (["X101", "X102", "X251"], "2 errors, 1 warning"),
        (["X251", "X252"], "2 warnings"),
    ],
)
def test_problems_are_counted_by_severity(codes: list[str], shown: str) -> None:
    assert count(Problem(code, "", "") for code in codes) == shown


def test_only_a_near_candidate_is_suggested() -> None:
    assert nearest("suzou", ["suzhou", "beijing"]) == "; did you mean 'suzhou'?"
    assert nearest("xyz", ["suzhou", "beijing"]) == ""


def test_explain_prints_the_meaning_and_both_examples() -> None:
    ran = run("explain", "x312")

    assert ran.status == 0
    assert ran.output == (
        "X312: entry given twice\n\n"
        "A cite or a link stands twice in one list.\n\n"
        "A source named twice would look like two sources.\n\n"
        "Keep one of the two.\n\n"
        "Wrong, in corpus/events/launch.yml:\n\n"
        "    outcome: {value: none, cite: [koetse-2018, koetse-2018]}\n\n"
        "Right, in corpus/events/launch.yml:\n\n"
        "    outcome: {value: none, cite: koetse-2018}\n\n"
        "On the site: http://127.0.0.1:8000/problems/X312/\n"
    )


def test_an_unknown_code_is_wrong_use_and_the_nearest_is_named() -> None:
    ran = run("explain", "X999")

    assert ran.status == 2
    assert "there is no code 'X999'" in ran.output
