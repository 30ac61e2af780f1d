"""``xinyong history``: what became of a record, told on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import Lay, git, run


def test_the_states_of_a_record_are_told_the_newest_first(
    followed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(followed)

    ran = run("history", "cities/rongcheng")

    assert ran.status == 0
    assert ran.output == (
        "cities/rongcheng\n"
        "2026-01-06  2 changes  /history/cities/rongcheng/2026-01-06/\n"
        "  Coordinates: latitude: 37.2 → 37.17\n"
        "  Schemes: points → points for residents\n"
        "2026-01-05  new  /history/cities/rongcheng/2026-01-05/\n"
    )


def test_a_renamed_record_is_told_with_what_it_was_before(
    followed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(followed)

    now, before = run("history", "sesame-credit"), run("history", "zhima-credit")

    assert now.output == (
        "programs/sesame-credit\n"
        "2026-02-02  renamed from zhima-credit, 1 change  /history/programs/sesame-credit/2026-02-02/\n"
        "  Taking part: unknown → opt-in\n"
        "2026-01-05  new  /history/programs/zhima-credit/2026-01-05/\n"
    )
    assert before.output == (
        "programs/zhima-credit\n"
        "2026-02-02  renamed to sesame-credit  /history/programs/zhima-credit/2026-02-02/\n"
        "2026-01-05  new  /history/programs/zhima-credit/2026-01-05/\n"
    )


def test_a_record_that_git_does_not_know_is_wrong_use(
    followed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(followed)

    ran = run("history", "sesame-kredit")

    assert ran.status == 2
    assert "git knows no record 'sesame-kredit'; did you mean 'sesame-credit'?" in ran.output


def test_without_git_it_says_what_to_do(lay: Lay, tmp_path: Path) -> None:
    lay({})

    assert (
        "'corpus' lies in no git repository; clone the project with git first"
        in run("history", "shixin").output
    )
    git(tmp_path, "init", "--quiet")
    assert "nothing has been committed yet" in run("history", "shixin").output
