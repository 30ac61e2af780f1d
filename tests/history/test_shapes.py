"""Histories of any shape: merges of any number, two roots, renames to and fro, ids used again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from support import commit, git
from xinyong.corpus import load
from xinyong.history.lines import History
from xinyong.history.read import read
from xinyong.pages import changes, history
from xinyong.pages.view import View
from xinyong.publication import Library

TERM = "name: {{en: {name}}}\ndomain: law\nusage: {{value: {usage}, cite: a-2018}}\n"
Files = Mapping[str, str | None]
Shown = dict[str, str]


def term(usage: str = "It is used", name: str = "Credit") -> str:
    return TERM.format(name=name, usage=usage)


def keep(folder: Path, day: int, files: Files) -> str:
    named = {f"corpus/terms/{id_}.yml": text for id_, text in files.items()}
    return commit(folder, f"2026-01-{day:02}T12:00:00Z", named)


def pages(folder: Path) -> tuple[History, Shown]:
    """Everything that the history has an address for; no two pages stand at the same one."""
    corpus, _ = load(folder / "corpus")
    found = read(folder / "corpus", corpus)
    assert found.lack == ""
    library = Library(corpus, history=found)
    rendered = [*history.render(library)]
    shown = {page.url: page.html for page in rendered}
    assert len(shown) == len(rendered)
    assert str(changes.changes(View(library)))
    return found, shown


def expected(found: History, id_: str) -> list[tuple[str, str]]:
    return [(state.place[-2:], state.became) for state in found.lines["terms", id_].states]


def test_an_octopus_keeps_what_each_of_its_arms_did(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"one": term(), "two": term(), "three": term()})
    for number, id_ in enumerate(("one", "two", "three"), 2):
        git(tmp_path, "checkout", "--quiet", "-b", f"arm-{id_}", "main")
        keep(tmp_path, number, {id_: term(f"It was {id_}")})
    git(tmp_path, "checkout", "--quiet", "main")
    arms = ("arm-one", "arm-two", "arm-three")
    git(tmp_path, "merge", "--quiet", "--no-ff", "--no-edit", *arms, moment="2026-01-06T12:00:00Z")

    found, shown = pages(tmp_path)

    for number, id_ in enumerate(("one", "two", "three"), 2):
        assert expected(found, id_) == [("01", "added"), ("06", "changed")]
        assert f"history/terms/{id_}/2026-01-{number:02}/" in shown


def test_two_roots_are_one_history_once_they_are_joined(tmp_path: Path) -> None:
    keep(tmp_path, 2, {"one": term()})
    git(tmp_path, "checkout", "--quiet", "--orphan", "other")
    git(tmp_path, "rm", "-r", "--quiet", "--force", ".")
    keep(tmp_path, 1, {"one": term("It is other"), "two": term()})
    git(tmp_path, "checkout", "--quiet", "main")
    joined = ("--allow-unrelated-histories", "--strategy-option", "ours", "other")
    git(tmp_path, "merge", "--quiet", "--no-edit", *joined, moment="2026-01-04T12:00:00Z")

    found, shown = pages(tmp_path)

    assert expected(found, "one") == [("02", "added")]
    assert expected(found, "two") == [("04", "added")]
    assert "It is other" in shown["history/terms/one/2026-01-01/"]


def test_a_record_that_is_renamed_to_and_fro_is_shown_under_each_id(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"one": term()})
    for day in range(2, 8):
        ids = ("two", "one") if day % 2 == 0 else ("one", "two")
        keep(tmp_path, day, {ids[0]: term(f"It is used {day} times"), ids[1]: None})

    found, shown = pages(tmp_path)

    assert [place for place, _ in expected(found, "one")] == [f"{day:02}" for day in range(1, 8)]
    assert [place for place, _ in expected(found, "two")] == [f"{day:02}" for day in range(2, 8)]
    for line in found.lines.values():
        assert len([*found.chain(line)]) <= 2
        assert line.url in shown


def test_a_chain_of_renames_leads_on_to_the_last_id(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"a": term()})
    for day, (old, new) in enumerate(zip("abcd", "bcde", strict=True), 2):
        keep(tmp_path, day, {old: None, new: f"{term()}formerly: [{old}]\n"})

    found, shown = pages(tmp_path)

    assert [line.id for line in found.chain(found.lines["terms", "e"])] == [*"edcba"]
    assert "../../../../terms/e/" in shown["history/terms/a/2026-01-02/"]


def test_an_id_that_is_used_again_for_another_thing_keeps_the_states_of_both(
    tmp_path: Path,
) -> None:
    keep(tmp_path, 1, {"one": term("It is a law", "Law")})
    keep(tmp_path, 2, {"one": None})
    keep(tmp_path, 4, {"one": term("It is a river", "River")})
    keep(tmp_path, 5, {"one": term("It was a river", "River")})

    found, shown = pages(tmp_path)

    assert expected(found, "one") == [
        ("01", "added"),
        ("02", "removed"),
        ("04", "added"),
        ("05", "changed"),
    ]
    assert "It is a law" in shown["history/terms/one/2026-01-01/"]
    assert "It is a river" in shown["history/terms/one/2026-01-04/"]


def test_a_record_that_comes_and_goes_on_one_day_again_and_again(tmp_path: Path) -> None:
    for day in (1, 1, 2, 2, 3):
        keep(tmp_path, day, {"one": term(), "other": term(f"It is used on day {day}")})
        keep(tmp_path, day, {"one": None})
    keep(tmp_path, 3, {"one": term()})

    found, _ = pages(tmp_path)

    assert expected(found, "one") == [("03", "added")]


def test_a_record_that_moves_to_another_kind_begins_anew_there(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"one": term()})
    moved = {"corpus/terms/one.yml": None, "corpus/claims/one.yml": term()}
    commit(tmp_path, "2026-01-02T12:00:00Z", moved)

    found, shown = pages(tmp_path)

    assert expected(found, "one") == [("01", "added"), ("02", "removed")]
    assert "It is used" in shown["history/terms/one/2026-01-01/"]
    assert ("claims", "one") in found.lines


def test_the_folder_of_the_corpus_may_have_stood_elsewhere(tmp_path: Path) -> None:
    commit(tmp_path, "2026-01-01T12:00:00Z", {"data/terms/one.yml": term()})
    moved = {"data/terms/one.yml": None, "corpus/terms/one.yml": term()}
    commit(tmp_path, "2026-01-02T12:00:00Z", moved)

    assert expected(pages(tmp_path)[0], "one") == [("02", "added")]


@pytest.mark.parametrize("broken", ["name: {en: Credit\n", "\xff", "- a list\n", "", "x" * 70_000])
def test_what_was_first_committed_broken_begins_when_it_was_fixed(
    broken: str, tmp_path: Path
) -> None:
    file = tmp_path / "corpus/terms/one.yml"
    keep(tmp_path, 1, {"other": term()})
    file.write_bytes(broken.encode("latin-1"))
    commit(tmp_path, "2026-01-02T12:00:00Z")
    keep(tmp_path, 3, {"one": term()})
    keep(tmp_path, 4, {"one": term("It was used")})

    found, _ = pages(tmp_path)

    assert expected(found, "one") == [("03", "added"), ("04", "changed")]


def test_work_that_is_taken_in_later_changes_no_address_that_other_work_has(
    tmp_path: Path,
) -> None:
    keep(tmp_path, 1, {"one": term()})
    for name, usage in (("first", "It was first"), ("second", "It was second")):
        git(
            tmp_path,
            "checkout",
            "--quiet",
            "-b",
            name,
            git(tmp_path, "rev-list", "--all").split()[-1],
        )
        keep(tmp_path, 2, {"one": term(usage)})
    git(tmp_path, "checkout", "--quiet", "main")
    git(
        tmp_path, "merge", "--quiet", "--no-ff", "--no-edit", "first", moment="2026-01-03T12:00:00Z"
    )
    _, before = pages(tmp_path)
    ours = ("--strategy", "ours", "second")
    git(tmp_path, "merge", "--quiet", "--no-edit", *ours, moment="2026-01-04T12:00:00Z")
    _, after = pages(tmp_path)

    assert "It was first" in before["history/terms/one/2026-01-02/"]
    assert after["history/terms/one/2026-01-02/"] == before["history/terms/one/2026-01-02/"]
