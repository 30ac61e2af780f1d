"""Git is asked in a way that no environment, configuration or broken repository makes unsound."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import Lay, Ran, commit, git, run
from xinyong.corpus import load
from xinyong.history import git as asking
from xinyong.history import read
from xinyong.history.git import Repository
from xinyong.history.lines import History

TERM = "corpus/terms/shixin.yml"


@pytest.fixture
def project(lay: Lay, tmp_path: Path) -> Path:
    """A repository with the small corpus, one of whose terms was changed on a second day."""
    lay({})
    commit(tmp_path, "2026-01-05T09:00:00Z")
    changed(tmp_path, "2026-01-06T09:00:00Z", "domain: law", "domain: finance")
    return tmp_path


@pytest.fixture
def other_owner(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as git sees it where the folder belongs to somebody else."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    return project


def changed(folder: Path, moment: str, old: str, new: str) -> str:
    text = (folder / TERM).read_text(encoding="utf-8")
    assert old in text
    return commit(folder, moment, {TERM: text.replace(old, new)})


def history(folder: Path) -> History:
    return read.read(folder / "corpus", load(folder / "corpus")[0])


def blob(folder: Path, revision: str) -> Path:
    """The file in which git keeps a term as it was; it may be written to."""
    name = git(folder, "rev-parse", f"{revision}:{TERM}")
    file = folder / ".git" / "objects" / name[:2] / name[2:]
    file.chmod(0o644)
    return file


def refused(ran: Ran) -> str:
    assert ran.status == 2
    return ran.output.split("Error: ")[1].strip()


def all_refused() -> Iterator[str]:
    yield refused(run("history", "shixin"))
    yield refused(run("diff", "HEAD~1"))
    yield refused(run("check", "--changed", "HEAD~1"))


def test_a_folder_of_another_owner_is_named_as_git_wants_it(other_owner: Path) -> None:
    message = (
        f"git does not trust the repository '{other_owner}', which belongs to somebody else; "
        f"name it with 'git config --global --add safe.directory {other_owner}'"
    )

    assert [*all_refused()] == [message] * 3


def test_without_the_program_git_each_command_says_so(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project))

    assert [*all_refused()] == ["this needs the program git; install it"] * 3


def test_a_program_git_that_cannot_be_run_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project / "bin"
    folder.mkdir()
    (folder / "git").write_text("no program\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))

    message = "git cannot be run (Exec format error); install it anew"
    assert [*all_refused()] == [message] * 3


def test_a_git_that_gives_no_answer_is_not_waited_for(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project / "bin"
    folder.mkdir()
    (folder / "git").write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(asking, "PATIENCE", 1)
    began = time.monotonic()

    message = refused(run("history", "shixin"))

    assert "it gave no answer in 1 seconds" in message
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("", "fatal: not a git repository"),
        ("nonsense\n", "fatal: not a git repository"),
        ("ref: refs/heads/gone\n", "HEAD names 'refs/heads/gone', which names no commit"),
        (f"{'1' * 40}\n", "HEAD"),
    ],
    ids=["empty", "nonsense", "a branch that is gone", "a commit that is gone"],
)
def test_a_broken_head_is_told_in_the_words_of_git(head: str, words: str, project: Path) -> None:
    (project / ".git" / "HEAD").write_text(head)

    for ran in (run("history", "shixin"), run("diff", "HEAD")):
        message = refused(ran)
        assert message.startswith(f"git cannot read the repository '{project}' (")
        assert words in message
        assert message.endswith("; clone the project again, or see what 'git fsck' says of it")


def test_a_branch_whose_file_was_emptied_by_a_crash_is_not_one_without_commits(
    project: Path,
) -> None:
    (project / ".git" / "refs" / "heads" / "main").write_text("")

    assert history(project).lack == "damaged"


def test_a_broken_repository_is_not_passed_over_for_one_further_up(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = project / "inner"
    shutil.copytree(project / "corpus", inner / "corpus")
    commit(inner, "2026-01-05T09:00:00Z")
    (inner / ".git" / "HEAD").unlink()
    monkeypatch.chdir(inner)

    message = f"git cannot read the repository '{inner}' (git passes over the '.git' in it)"
    assert refused(run("history", "shixin")).startswith(message)


def test_a_file_that_git_has_lost_is_named(project: Path) -> None:
    file = blob(project, "HEAD~1")
    file.unlink()

    message = (
        f"git cannot read the repository '{project}' (the file {file.parent.name}{file.name[:8]}"
    )
    assert refused(run("history", "shixin")).startswith(f"{message} is missing)")
    assert refused(run("diff", "HEAD~1")).startswith(f"{message} is missing)")


def test_a_file_that_is_broken_in_the_store_is_told_in_the_words_of_git(project: Path) -> None:
    blob(project, "HEAD~1").write_bytes(b"\x1b[31m")

    for ran in (run("history", "shixin"), run("diff", "HEAD~1")):
        message = refused(ran)
        assert message.startswith(f"git cannot read the repository '{project}' (")
        assert "\x1b" not in message


def test_objects_that_lie_in_another_repository_are_found_there_or_missed(project: Path) -> None:
    git(project.parent, "clone", "--quiet", "--shared", str(project), f"{project}-shared")
    folder = Path(f"{project}-shared")
    assert history(folder).lines == history(project).lines

    shutil.move(project / ".git", project / "moved")

    found = history(folder)
    assert found.lack == "damaged"
    assert found.lines == {}


def test_a_partial_clone_fetches_nothing_by_itself_and_says_how_to(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(project, "config", "uploadpack.allowFilter", "true")
    source = f"file://{project}"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", source, "partial")
    monkeypatch.chdir(tmp_path / "partial")
    lost = (
        "this is a partial clone, which leaves files of older commits out; fetch them with "
        "'git fetch --refetch --no-filter origin'"
    )

    assert refused(run("history", "shixin")) == lost
    assert refused(run("diff", "HEAD~1")) == lost
    git(Path.cwd(), "fetch", "--quiet", "--refetch", "--no-filter", "origin")
    assert history(Path.cwd()).lines == history(project).lines


@pytest.mark.parametrize("place", [".", "work tree", "sub folder"])
def test_what_a_hook_sets_for_git_changes_no_answer(
    place: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets these for hooks, those of a linked work tree with its own folder."""
    git(project, "worktree", "add", "--quiet", "--detach", str(tmp_path / "work tree"))
    (project / "sub folder").mkdir()
    folder = tmp_path / place
    monkeypatch.chdir(folder)
    corpus = project / "corpus" if place == "sub folder" else folder / "corpus"
    asked = [["diff", "HEAD~1"], ["history", "shixin"], ["check", "--changed", "HEAD~1"]]
    plain = [run(*args, "--corpus", str(corpus)) for args in asked]

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    git(elsewhere, "init", "--quiet")
    for set_ in (
        {"GIT_DIR": str(project / ".git")},
        {"GIT_DIR": str(elsewhere / ".git"), "GIT_WORK_TREE": str(elsewhere)},
        {"GIT_INDEX_FILE": str(tmp_path / "nowhere"), "GIT_PREFIX": "corpus/"},
        {"GIT_OBJECT_DIRECTORY": str(elsewhere), "GIT_NAMESPACE": "other"},
        {"GIT_EXTERNAL_DIFF": "false", "GIT_DIFF_OPTS": "-u0", "GIT_LITERAL_PATHSPECS": "1"},
        {"GIT_TRACE": "2", "GIT_PAGER": "false", "GIT_CONFIG_COUNT": "0"},
    ):
        with monkeypatch.context() as patched:
            for name, value in set_.items():
                patched.setenv(name, value)
            assert [run(*args, "--corpus", str(corpus)) for args in asked] == plain, set_
    assert all(ran.status == 0 for ran in plain)
    assert "1 changed" in plain[0].output


def test_settings_from_the_environment_still_count(
    other_owner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(other_owner))

    assert run("history", "shixin").status == 0


def test_no_command_that_a_repository_names_is_run(project: Path, tmp_path: Path) -> None:
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch '{tmp_path}/was run'\ncat\n")
    spy.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "fsmonitor-watchman", "reference-transaction"):
        shutil.copy(spy, hooks / name)
    for setting in (
        "core.fsmonitor", "core.pager", "core.editor", "core.askPass", "core.sshCommand",
        "pager.log", "pager.diff", "diff.external", "diff.yaml.command", "diff.yaml.textconv",
        "filter.spy.clean", "filter.spy.smudge", "filter.a=b.process", "gpg.program",
        "credential.helper", "core.alternateRefsCommand", "uploadpack.packObjectsHook",
    ):  # fmt: skip
        git(project, "config", setting, str(spy))
    git(project, "config", "core.hooksPath", str(hooks))
    git(project, "config", "filter.spy.required", "true")
    git(project, "config", "log.showSignature", "true")
    (project / ".gitattributes").write_text("*.yml diff=yaml filter=spy\ncities/* filter=a=b\n")
    (project / TERM).touch()

    ran = [run("history", "shixin"), run("diff", "HEAD~1"), run("check", "--changed", "HEAD~1")]

    assert [one.status for one in ran] == [0, 0, 0]
    assert not (tmp_path / "was run").exists()


def test_a_remote_that_a_repository_names_is_not_asked(project: Path, tmp_path: Path) -> None:
    spy = f"ext::/bin/touch {tmp_path}/was-asked"
    blob(project, "HEAD~1").unlink()
    for setting, value in (
        ("remote.origin.url", spy),
        ("remote.origin.promisor", "true"),
        ("extensions.partialClone", "origin"),
        ("core.repositoryFormatVersion", "1"),
        ("protocol.ext.allow", "always"),
    ):
        git(project, "config", setting, value)

    assert "this is a partial clone" in refused(run("history", "shixin"))
    assert not (tmp_path / "was-asked").exists()


def test_grafts_and_replaced_objects_change_nothing(project: Path) -> None:
    before = history(project).lines
    git(project, "replace", git(project, "rev-parse", "HEAD"), git(project, "rev-parse", "HEAD~1"))
    (project / ".git" / "info").mkdir(exist_ok=True)
    (project / ".git/info/grafts").write_text(f"{git(project, 'rev-parse', 'HEAD')}\n")

    assert history(project).lines == before


def test_only_plain_files_are_records(project: Path) -> None:
    """A link, a submodule, a folder and a program in the place of a record, and back again."""
    text = (project / TERM).read_text(encoding="utf-8")
    (project / TERM).unlink()
    (project / TERM).symlink_to("zhengxin.yml")
    commit(project, "2026-01-07T09:00:00Z")
    (project / TERM).unlink()
    head = git(project, "rev-parse", "HEAD")
    git(project, "update-index", "--cacheinfo", f"160000,{head},{TERM}")
    git(project, "commit", "--quiet", "--message", "m", moment="2026-01-08T09:00:00Z")
    (project / TERM).mkdir(exist_ok=True)
    (project / TERM / "inside.yml").write_text("x: y\n")
    git(project, "rm", "--quiet", "--cached", TERM)
    commit(project, "2026-01-09T09:00:00Z")
    shutil.rmtree(project / TERM)
    (project / TERM).write_text(text, encoding="utf-8")
    commit(project, "2026-01-10T09:00:00Z")
    (project / TERM).chmod(0o755)
    commit(project, "2026-01-11T09:00:00Z")

    states = history(project).lines["terms", "shixin"].states

    assert [(state.day.day, state.became) for state in states] == [
        (5, "added"),
        (6, "changed"),
        (7, "removed"),
        (10, "added"),
    ]
    assert "1 new" in run("diff", "HEAD~2").output
    assert "nothing answers at `/terms/shixin/`" in run("diff", "HEAD~5", "HEAD~4").output


def test_files_with_any_name_stand_beside_the_records(project: Path) -> None:
    before = history(project).lines
    odd = [
        b"corpus/terms/\x01" + b"a" * 40 + b" 0.yml",
        b"corpus/terms/line\nbreak\t.yml",
        b"corpus/terms/\xff\xfe.yml",
        b":100644 100644 a b M",
        b"\x01oh",
    ]
    for name in odd:
        (project / os.fsdecode(name)).write_text("x: y\n")
    commit(project, "2026-01-07T09:00:00Z")
    long = "a" * 300
    text = git(project, "rev-parse", f"HEAD:{TERM}")
    git(project, "update-index", "--add", "--cacheinfo", f"100644,{text},corpus/terms/{long}.yml")
    git(project, "commit", "--quiet", "--message", "m", moment="2026-01-08T09:00:00Z")

    assert history(project).lines == before
    assert run("diff", "HEAD~2").status == 0
    assert run("diff", "HEAD~2", "HEAD").status == 0
    assert run("history", "shixin").status == 0


def test_a_folder_with_a_name_that_is_not_utf_8_may_hold_the_project(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / os.fsdecode(b"\xff \n x ")
    git(tmp_path, "init", "--quiet", str(folder))
    shutil.copytree(project / "corpus", folder / "a " / "corpus")
    commit(folder, "2026-01-05T09:00:00Z")
    monkeypatch.chdir(folder / "a ")

    assert run("history", "shixin").status == 0
    assert "Nothing changes" in run("diff", "HEAD").output


def test_a_repository_that_does_not_hold_the_corpus_has_no_history_of_it(
    lay: Lay, tmp_path: Path
) -> None:
    lay({".gitignore": "corpus\n"})
    commit(tmp_path, "2026-01-05T09:00:00Z")

    assert (
        refused(run("history", "shixin")) == "nothing has been committed yet; make a first commit"
    )
    assert Repository.around(tmp_path / "corpus").files("HEAD") == {}
