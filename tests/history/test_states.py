"""The states of records, as git tells them: by day, in meaning, the same from every clone."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from support import commit, git
from xinyong.corpus import Corpus, load
from xinyong.history.lines import History, Line
from xinyong.history.read import read

TERM = "name: {{en: {name}}}\ndomain: law\nusage: {{value: {usage}, cite: a-2018}}\n"
FILE = "corpus/terms/{}.yml"
Said = list[tuple[str, str, int]]


def term(usage: str = "It is used", name: str = "Credit") -> str:
    return TERM.format(name=name, usage=usage)


def history(folder: Path) -> History:
    return read(folder / "corpus", load(folder / "corpus")[0])


def expected(found: History, id_: str, kind: str = "terms") -> Said:
    """Each state as its day in January, what became of the record, and the number of changes."""
    return [
        (state.day.strftime("%d"), state.became, len(state.changes))
        for state in found.lines[kind, id_].states
    ]


def places(found: History, id_: str) -> list[str]:
    """The end of the address of each state."""
    return [state.place for state in found.lines["terms", id_].states]


def keep(folder: Path, day: int, files: Mapping[str, str | None], hour: int = 12) -> str:
    return commit(
        folder,
        f"2026-01-{day:02}T{hour:02}:00:00Z",
        {FILE.format(id_): files[id_] for id_ in files},
    )


def test_each_day_on_which_a_record_changes_in_meaning_is_a_state(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"credit": term()})
    keep(tmp_path, 2, {"credit": term("It was used")})
    keep(tmp_path, 3, {"credit": term("It was used").replace("{en: Credit}", "\n  en: 'Credit'")})
    keep(tmp_path, 4, {"other": term(name="Other")})

    found = history(tmp_path)

    assert expected(found, "credit") == [("01", "added", 0), ("02", "changed", 1)]
    assert found.last_changed("terms", "credit") == datetime.date(2026, 1, 2)
    assert found.last_changed("terms", "nowhere") is None


def test_of_one_day_the_last_state_counts(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"credit": term()}, 1)
    keep(tmp_path, 1, {"credit": term("It was used"), "brief": term()}, 2)
    keep(tmp_path, 1, {"brief": None}, 3)
    keep(tmp_path, 2, {"credit": term("Something else")}, 1)
    keep(tmp_path, 2, {"credit": term("It was used")}, 2)

    found = history(tmp_path)

    assert expected(found, "credit") == [("01", "added", 0)]
    assert list(found.lines) == [("terms", "credit")]


def test_days_are_those_of_committing_in_utc(tmp_path: Path) -> None:
    commit(tmp_path, "2026-01-01T23:30:00-05:00", {FILE.format("credit"): term()})

    found = history(tmp_path)

    assert expected(found, "credit") == [("02", "added", 0)]
    assert found.lines["terms", "credit"].newest.time == "2026-01-02T04:30:00Z"


def test_days_never_go_back(tmp_path: Path) -> None:
    keep(tmp_path, 4, {"credit": term()})
    keep(tmp_path, 5, {"credit": term("It is known")})
    keep(tmp_path, 2, {"credit": term("It was used")})
    keep(tmp_path, 7, {"credit": term("It will be used")})

    found = history(tmp_path)

    assert [day for day, _, _ in expected(found, "credit")] == ["04", "05", "05", "07"]
    assert places(found, "credit") == ["2026-01-04", "2026-01-05", "2026-01-02", "2026-01-07"]


def test_a_merge_is_one_step_on_the_day_on_which_it_was_made(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"credit": term(), "other": term()})
    git(tmp_path, "checkout", "--quiet", "-b", "work")
    keep(tmp_path, 2, {"credit": term("One thing")})
    keep(tmp_path, 3, {"credit": term("It was used")})
    git(tmp_path, "checkout", "--quiet", "main")
    keep(tmp_path, 4, {"other": term("It was used")})
    git(tmp_path, "merge", "--quiet", "--no-edit", "work", moment="2026-01-05T12:00:00Z")

    found = history(tmp_path)

    assert expected(found, "credit") == [("01", "added", 0), ("05", "changed", 1)]
    assert expected(found, "other") == [("01", "added", 0), ("04", "changed", 1)]
    assert [state.day.day for state in found.lines["terms", "credit"].aside] == [2, 3]


def test_a_record_that_came_and_went_on_a_side_branch_keeps_only_the_addresses_it_had_there(
    tmp_path: Path,
) -> None:
    keep(tmp_path, 1, {"credit": term()})
    git(tmp_path, "switch", "--quiet", "--create", "side")
    keep(tmp_path, 2, {"brief": term("It is tried", "Brief")})
    keep(tmp_path, 3, {"brief": None, "credit": term("It was used")})
    git(tmp_path, "switch", "--quiet", "main")
    git(
        tmp_path,
        "merge",
        "--quiet",
        "--no-ff",
        "--message",
        "m",
        "side",
        moment="2026-01-04T12:00:00Z",
    )

    found = history(tmp_path)

    assert expected(found, "brief") == []
    assert [state.day.day for state in found.lines["terms", "brief"].aside] == [2]
    assert found.state("terms", "brief") is None


def test_what_was_published_keeps_its_address_when_the_branch_moves_to_a_merge_of_itself(
    tmp_path: Path,
) -> None:
    keep(tmp_path, 1, {"credit": term()})
    git(tmp_path, "branch", "work")
    keep(tmp_path, 2, {"credit": term("It was used")})
    published = history(tmp_path).lines["terms", "credit"]
    git(tmp_path, "checkout", "--quiet", "work")
    keep(tmp_path, 3, {"other": term()})
    git(tmp_path, "merge", "--quiet", "--no-edit", "main", moment="2026-01-04T12:00:00Z")
    git(tmp_path, "checkout", "--quiet", "main")
    git(tmp_path, "merge", "--quiet", "--ff-only", "work")

    found = history(tmp_path)
    line = found.lines["terms", "credit"]

    assert {line.address(state) for state in published.states} <= {
        line.address(state) for state in (*line.states, *line.aside)
    }
    assert found.texts[line.aside[0].blob] == term("It was used")


def test_a_renamed_record_goes_on_under_its_new_id_and_keeps_its_old_addresses(
    tmp_path: Path,
) -> None:
    keep(tmp_path, 1, {"credit": term()})
    keep(tmp_path, 2, {"credit": term("It was used")})
    keep(
        tmp_path,
        3,
        {
            "credit": None,
            "trust": term("Something new").replace("2018", "2019") + "formerly: [credit]\n",
        },
    )

    found = history(tmp_path)
    line = found.lines["terms", "trust"]

    assert expected(found, "trust") == [("03", "renamed", 1)]
    assert expected(found, "credit") == [
        ("01", "added", 0),
        ("02", "changed", 1),
        ("03", "renamed", 0),
    ]
    assert [step.id for step in found.chain(line)] == ["trust", "credit"]
    assert found.lines["terms", "credit"].after == "trust"
    assert [(line.id, state.became) for line, state in found.days[datetime.date(2026, 1, 3)]] == [
        ("trust", "renamed")
    ]


def test_without_former_ids_git_finds_renamed_files_by_their_likeness(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"credit": term()})
    keep(tmp_path, 2, {"credit": None, "trust": term()})

    assert expected(history(tmp_path), "trust") == [("02", "renamed", 0)]


def test_a_record_joined_with_another_leads_on_to_it(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"credit": term(), "trust": term("Something else")})
    keep(tmp_path, 2, {"credit": None, "trust": term("Both") + "formerly: [credit]\n"})

    found = history(tmp_path)

    assert expected(found, "trust") == [("01", "added", 0), ("02", "changed", 1)]
    assert expected(found, "credit") == [("01", "added", 0), ("02", "removed", 0)]
    assert found.lines["terms", "credit"].after == "trust"
    assert found.lines["terms", "trust"].before == ""


def test_a_removed_record_keeps_its_line_and_may_come_back(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"credit": term()})
    keep(tmp_path, 2, {"credit": None, "other": "name: {en: Quite another}\n"})
    gone = history(tmp_path)
    keep(tmp_path, 3, {"credit": term()})

    assert expected(gone, "credit") == [("01", "added", 0), ("02", "removed", 0)]
    assert gone.last_changed("terms", "credit") is None
    assert [*gone.texts.values()] == [term()]
    assert expected(history(tmp_path), "credit") == [
        ("01", "added", 0),
        ("02", "removed", 0),
        ("03", "added", 0),
    ]


def test_a_file_that_could_not_be_read_was_on_no_page(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"credit": term()})
    keep(tmp_path, 2, {"credit": "name: {en: Credit\n"})
    keep(tmp_path, 3, {"credit": term("It was used")})

    assert expected(history(tmp_path), "credit") == [("01", "added", 0), ("03", "changed", 1)]


def test_only_files_of_records_are_followed(tmp_path: Path) -> None:
    commit(
        tmp_path,
        "2026-01-01T12:00:00Z",
        {
            "corpus/terms/credit.yml": term(),
            "corpus/terms/Not an id.yml": "x",
            "corpus/README.md": "x",
            "corpus/schema/term.json": "{}",
            "terms/elsewhere.yml": term(),
        },
    )

    assert [*history(tmp_path).lines] == [("terms", "credit")]


def test_of_a_record_that_is_not_as_it_was_committed_nothing_dated_is_said(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"credit": term(), "other": term()})
    (tmp_path / FILE.format("credit")).write_text(term("Not yet committed"))
    (tmp_path / FILE.format("new")).write_text(term())

    found = history(tmp_path)

    assert found.last_changed("terms", "credit") is None
    assert found.last_changed("terms", "new") is None
    assert found.last_changed("terms", "other") == datetime.date(2026, 1, 1)
    assert [*found.texts.values()] == [term()]


def test_without_a_history_it_says_why(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus" / "terms"
    corpus.mkdir(parents=True)
    (corpus / "credit.yml").write_text(term())

    assert history(tmp_path).lack == "outside"
    git(tmp_path, "init", "--quiet")
    assert history(tmp_path).lack == "empty"


def test_a_shallow_clone_says_nothing_rather_than_something_wrong(tmp_path: Path) -> None:
    keep(tmp_path, 1, {"credit": term()})
    keep(tmp_path, 2, {"credit": term("It was used")})
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path}", "clone")

    found = history(tmp_path / "clone")

    assert found.lack == "shallow"
    assert found.last_changed("terms", "credit") is None


def test_every_clone_tells_the_same_whatever_its_owner_configured(
    followed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "--quiet", str(followed), "clone")
    config = tmp_path / "config"
    config.write_text(
        "[diff]\n\trenames = false\n\trenameLimit = 1\n\tnoprefix = true\n[log]\n\tshowSignature = true\n"
        "\tdate = relative\n\tdecorate = full\n\tdiffMerges = off\n"
        "[color]\n\tui = always\n[core]\n\tquotePath = false\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("TZ", "Asia/Shanghai")

    one, other = history(followed), history(tmp_path / "clone")

    assert other.lines == one.lines
    assert other.texts == one.texts


def test_the_corpus_may_be_a_repository_of_its_own(tmp_path: Path) -> None:
    commit(tmp_path, "2026-01-01T12:00:00Z", {"terms/credit.yml": term()})

    found = read(tmp_path, Corpus({}))

    assert isinstance(found.lines["terms", "credit"], Line)
