"""The commands, as a user meets them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import PROJECT, TO_DO, Lay, git, run

CONFIG = str(PROJECT / "mkdocs.yml")


def test_a_sound_corpus_says_so(lay: Lay) -> None:
    lay({})

    ran = run("check")

    assert (ran.output, ran.status) == ("14 records: no problems\n", 0)


def test_problems_of_all_files_come_sorted_by_file_and_line(lay: Lay) -> None:
    lay(
        {
            "corpus/events/b.yml": "name: {en: B}\nlayers: x\ndate: {value: y, cite: koetse-2018}\nsee: [c]\n",
            "corpus/claims/a.yml": "name: x\n",
        }
    )

    places = [
        line.split(" ")[0] for line in run("check").output.splitlines() if line.startswith("corpus")
    ]

    assert places == sorted(
        places, key=lambda place: (place.split(":")[0], *map(int, place.split(":")[1:3]))
    )
    assert {place.split(":")[0] for place in places} == {
        "corpus/claims/a.yml",
        "corpus/events/b.yml",
    }


def test_check_of_a_path_shows_that_path_only(lay: Lay) -> None:
    lay({"corpus/events/b.yml": "name: x\n", "corpus/claims/a.yml": "name: x\n"})

    assert "corpus/claims/a.yml" in run("check", "corpus/claims").output
    assert "corpus/events/b.yml" not in run("check", "corpus/claims").output


def test_warnings_alone_are_sound(lay: Lay) -> None:
    source = "type: news\ntitle: Unused\nlanguage: en\nread: full\nreliability: news\n"
    lay({"corpus/citations/unused-2020.yml": source})

    ran = run("check")

    assert ran.status == 0
    assert ran.output.endswith("15 records: 1 warning\n")


HINT = re.compile(
    rf"{TO_DO.pattern}|; (?:build|clone|go|look) |Error: (?:name|say) |is not one of "
)
"""What tells a user how to go on."""


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["check", "nowhere.yml"], "there is no file or folder 'nowhere.yml'"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'github', 'json', 'sarif'"),
        (
            ["links", "nowhere", "--config", CONFIG],
            "there is no built site in 'nowhere'; build it with 'xinyong site'",
        ),
        (
            ["site", "--config", "nowhere.yml"],
            "there is no file 'nowhere.yml'; go to the project's folder, or name it",
        ),
        (["built"], "there is no command 'built'; see all of them with --help"),
        (["check", "other.yml"], "'other.yml' lies outside the corpus 'corpus'; move it there"),
        (
            ["fmt", "other.yml"],
            "'other.yml' is no record; name a file such as corpus/cities/rongcheng.yml",
        ),
        (
            ["cite", "koetse", "--corpus", "no"],
            "there is no corpus in 'no'; go to the project's folder, or name it",
        ),
        (
            ["new", "cities", "x", "--corpus", "no"],
            "there is no corpus in 'no'; go to the project's folder",
        ),
        (["explain", "X999"], "there is no code 'X999'; write one as check shows it"),
        (["new", "towns", "x"], "there is no kind 'towns'; write one of: cities, programs"),
        (["schema"], "say --write or --check"),
        (["import"], "name one file: refs.bib or refs.ris, or --doi-json FILE"),
        (
            ["import", "latin.bib"],
            "'latin.bib' is not UTF-8 (line 1); export it again or save it as UTF-8",
        ),
        (["export", "all"], "'all' cannot be printed; name the place to write it to with --out"),
        (["history", "rongcheng"], "lies in no git repository; clone the project with git first"),
        (["diff", "HEAD"], "lies in no git repository; clone the project with git first"),
        (["check", "--changed", "HEAD"], "lies in no git repository; clone the project with git"),
        (
            ["site", "--strict", "--no-history", "--config", CONFIG],
            "--strict asks for the history that --no-history leaves out; leave one of the two out",
        ),
    ],
)
def test_wrong_use_is_told_apart_from_problems_and_says_what_to_do(
    args: list[str], message: str, lay: Lay
) -> None:
    lay({"other.yml": "name: x\n", "latin.bib": "@book{x, title = {Zürich}}".encode("latin-1")})

    ran = run(*args)

    assert ran.status == 2
    assert message in ran.output
    assert HINT.search(ran.output)


@pytest.mark.parametrize(
    "args",
    [
        ["export", "json", "--out", "file/data.json"],
        ["export", "all", "--out", "file"],
        ["schema", "--write", "--corpus", "nowhere"],
    ],
)
def test_a_place_that_cannot_be_written_to_is_named(args: list[str], lay: Lay) -> None:
    lay({"file": ""})

    ran = run(*args)

    assert ran.status == 2
    message = r"Error: '(file|nowhere)[^']*' cannot be read or written: [^;]+; make it so, or name another place\n"
    assert re.fullmatch(message, ran.output)


def test_a_corpus_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    ran = run("check", "--corpus", str(tmp_path / "no"))

    assert ran.status == 1
    assert ran.output == (
        f"{tmp_path}/no: X113 there is no such folder; name the corpus with --corpus\n0 records: 1 error\n"
    )


@pytest.mark.parametrize("args", [[], ["corpus/terms"], ["--changed", "HEAD"]])
def test_a_corpus_without_a_record_is_never_sound(args: list[str], lay: Lay) -> None:
    root = lay({})
    git(root.parent, "init", "--quiet")
    git(root.parent, "commit", "--quiet", "--allow-empty", "--message", "first")
    for record in root.glob("*/*.yml"):
        record.unlink()

    ran = run("check", *args)

    assert ran.status == 1
    assert ran.output.startswith(
        "corpus: X113 there is no record in it; name the corpus with --corpus, "
        "or begin one with 'xinyong new'\n0 records: "
    )


def test_from_a_folder_inside_the_project_the_whole_of_it_is_found(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = lay(
        {"mkdocs.yml": "site_url: https://example.net/x/\n", "corpus/claims/a.yml": "name: x\n"}
    ).parent
    monkeypatch.chdir("corpus/claims")

    ran = run("check", "a.yml")
    assert f"{project}/corpus/claims/a.yml:1:7: X303 " in ran.output
    assert ran.status == 1
    assert "On the site: https://example.net/x/problems/X303/" in run("explain", "X303").output
    assert run("fmt", "a.yml").output == "1 record: 0 laid out anew, 0 unreadable\n"
    assert "written" in run("new", "events", "b", "--no-ask").output
    assert (project / "corpus" / "events" / "b.yml").is_file()
    assert run("cite", "koetse").output.startswith("koetse-2018 ")


def test_the_program_starts_from_a_shell() -> None:
    program = Path(sys.executable).parent / "xinyong"

    ran = subprocess.run([program, "--help"], capture_output=True, text=True, check=True)

    for command in ("check", "explain", "site", "serve", "links"):
        assert command in ran.stdout
