"""What stands in .github is valid, safe, pinned, and fits the pages and commands that it speaks of."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import PROJECT, commit, git, run
from xinyong.cli import COMMANDS
from xinyong.edition import read as released
from xinyong.publication import Home
from xinyong.records import MODELS

GITHUB = PROJECT / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
FORMS = sorted(path for path in GITHUB.glob("ISSUE_TEMPLATE/*.yml") if path.stem != "config")
BIN = Path(sys.executable).parent


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.github-issue-forms": FORMS,
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_each_file_fits_its_published_schema(schema: str) -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", schema, *SCHEMAS[schema]]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout


def test_the_workflows_are_safe() -> None:
    ran = subprocess.run(
        [BIN / "zizmor", "--offline", GITHUB], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout
    assert "No findings to report" in ran.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_asks_for_no_secret_and_pins_what_it_uses(path: Path) -> None:
    text, workflow = path.read_text(encoding="utf-8"), read(path)

    assert "secrets." not in text
    assert "pull_request_target" not in text
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job or "uses" in job
    for used in re.findall(r"uses: ((?!\$/).*)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used


def test_one_action_has_one_pin() -> None:
    used = {
        tuple(line.split("@"))
        for path in WORKFLOWS
        for line in re.findall(r"uses: (.*@.*)", path.read_text())
    }

    assert len(used) == len({name for name, _ in used})


@pytest.mark.parametrize(
    "path", [*WORKFLOWS, PROJECT / ".pre-commit-config.yaml"], ids=lambda path: path.name
)
def test_every_command_that_is_called_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    called = re.findall(r"bin/xinyong (\w+)([^\n|>]*)", text)
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")

    for target in re.findall(r"^(?:.* )?make ([a-z-]+)(?: [A-Z]+=\S+)*$", text, re.MULTILINE):
        assert f"\n{target}: " in makefile or f"\n{target}:  ##" in makefile, target
    for name, rest in called:
        assert name in COMMANDS
        known = run(name, "--help").output
        assert all(
            f"{option} " in known or f"{option}\n" in known
            for option in re.findall(r"--[a-z-]+", rest)
        ), rest


def test_the_link_on_a_page_fills_in_the_form_for_mistakes(small: Any) -> None:
    link = Home(report="https://github.com/owner/name/issues/new").report_on(small["rongcheng"], "")
    form = read(GITHUB / "ISSUE_TEMPLATE" / "mistake.yml")
    fields = {item["id"] for item in form["body"] if "id" in item}

    assert "template=mistake.yml&record=cities%2Frongcheng&title=" in link
    assert "record" in fields
    assert (GITHUB / "ISSUE_TEMPLATE" / "mistake.yml").is_file()


def test_hooks_are_local_only() -> None:
    assert {repo["repo"] for repo in read(PROJECT / ".pre-commit-config.yaml")["repos"]} == {
        "local"
    }


def test_owners_are_foreseen_for_every_kind_and_nobody_is_invented() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()

    assert all(line.startswith("#") for line in lines)
    for kind in MODELS:
        assert any(f"/corpus/{kind}/" in line for line in lines), kind


def kept(tmp_path: Path, text: str) -> str:
    """Commit a text to the main branch of a repository as the workflows do; return what stands
    there then.
    """
    host, work = tmp_path / "host" / "owner" / "name", tmp_path / "work"
    if not host.exists():
        commit(host, "2026-01-05T09:00:00Z", {"README.md": "Read me.\n"})
        git(host, "config", "receive.denyCurrentBranch", "updateInstead")
        git(tmp_path, "clone", "--quiet", str(host), str(work))
    commit(host, "2026-01-06T09:00:00Z", {"README.md": f"Somebody else wrote: {text}"})
    (work / "published").mkdir(exist_ok=True)
    (work / "published" / "addresses.txt").write_text(text, encoding="utf-8")
    environment = os.environ | {
        "TOKEN": "t",
        "GITHUB_REPOSITORY": "owner/name",
        "GITHUB_SERVER_URL": str(tmp_path / "host"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    command = [GITHUB / "keep", "published/addresses.txt", "Note the published addresses"]
    subprocess.run(command, cwd=work, env=environment, check=True, capture_output=True)
    return git(host, "show", "main:published/addresses.txt")


def test_a_list_is_committed_to_main_though_that_moved_on(tmp_path: Path) -> None:
    assert kept(tmp_path, "./\n") == "./"
    assert kept(tmp_path, "./\nabout/\n") == "./\nabout/"
    assert (
        git(tmp_path / "host/owner/name", "log", "-1", "--format=%s")
        == "Note the published addresses"
    )


def test_addresses_are_noted_on_publication_and_nowhere_else() -> None:
    text = (GITHUB / "workflows" / "site.yml").read_text(encoding="utf-8")
    jobs = read(GITHUB / "workflows" / "site.yml")["jobs"]
    writing = [step for step in jobs["build"]["steps"] if "addresses" in step.get("run", "")]

    assert all(step["if"] == "github.event_name == 'push'" for step in writing)
    assert len(writing) == 2
    assert jobs["remember"]["needs"] == "publish"
    assert [
        name for name, job in jobs.items() if job["permissions"].get("contents") == "write"
    ] == ["remember"]
    assert text.count("--write") == 1


def test_a_broken_record_of_a_fork_is_told_whole_and_nothing_that_follows_hides_it() -> None:
    steps = read(GITHUB / "workflows" / "check.yml")["jobs"]["corpus"]["steps"]
    runs = [step.get("run", "") for step in steps]
    checked = next(number for number, text in enumerate(runs) if "check --format github" in text)

    assert "continue-on-error" not in steps[checked]
    assert "failure()" in steps[checked + 1]["if"]
    assert ".venv/bin/xinyong check || true" in runs[checked + 1]
    assert "GITHUB_STEP_SUMMARY" in runs[checked + 1]
    assert "!cancelled()" in steps[checked + 2]["if"]
    assert ".venv/bin/xinyong diff" in runs[checked + 2]


def test_a_contributors_copy_publishes_nothing() -> None:
    publish = read(GITHUB / "workflows" / "site.yml")["jobs"]["publish"]

    assert publish["if"] == "github.event_name == 'push' && !github.event.repository.fork"


@pytest.mark.parametrize(("day", "status"), [("released", 0), ("2001-01-01", 1)])
def test_an_edition_is_released_only_under_the_day_that_it_cites(day: str, status: int) -> None:
    jobs = read(GITHUB / "workflows" / "edition.yml")["jobs"]
    steps = [
        step["run"] for step in jobs["archive"]["steps"] if "date-released" in step.get("run", "")
    ]
    given = {"TAG": f"edition-{released(PROJECT).released if day == 'released' else day}"}
    ran = subprocess.run(
        ["bash", "-e", "-c", steps[0]],
        cwd=PROJECT, env=os.environ | given, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ran.returncode == status
    assert ran.stdout == ("" if status == 0 else (
        "::error file=CITATION.cff::date-released is not the day of the tag edition-2001-01-01; "
        "write that day, and tag that commit\n"
    ))  # fmt: skip


def test_only_the_release_of_an_edition_may_write_and_it_runs_nothing_of_the_project() -> None:
    jobs = read(GITHUB / "workflows" / "edition.yml")["jobs"]

    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "archive": {"contents": "read"}, "release": {"contents": "write"}
    }  # fmt: skip
    assert [step.get("uses", "").partition("@")[0] for step in jobs["release"]["steps"]] == [
        "actions/download-artifact", ""
    ]  # fmt: skip
