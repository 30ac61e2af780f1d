"""What a change means, as a reviewer reads it: told from git, by record and fact, never by line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from support import Lay, run
from xinyong.history import compare, states
from xinyong.history.markdown import markdown

GOLDEN = Path(__file__).parent / "golden"
Change = Callable[[Mapping[str, str | None]], None]

SESAME = "corpus/programs/sesame-credit.yml"
RONGCHENG = "corpus/cities/rongcheng.yml"
KOETSE = "corpus/citations/koetse-2018.yml"


def git(*args: str) -> None:
    identity = [
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "init.defaultBranch=main",
    ]
    subprocess.run(["git", *identity, *args], check=True, capture_output=True)


def commit(message: str) -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


@pytest.fixture
def repository(lay: Lay, tmp_path: Path) -> Lay:
    """A repository with the small corpus in its first commit; files laid over it are not committed."""
    lay({})
    git("init", "--quiet")
    commit("first")
    return lay


def replaced(file: str, *pairs: tuple[str, str]) -> Mapping[str, str | bytes]:
    text = Path(file).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return {file: text}


def agrees(name: str, found: str) -> None:
    path = GOLDEN / f"{name}.md"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_a_change_of_many_kinds_is_told_as_agreed(repository: Lay) -> None:
    repository(
        {
            **replaced(
                SESAME,
                ("{value: 2015, cite: koetse-2018}", "{value: 2015-01, cite: [koetse-2018, reuters-2015]}"),
                ("    min_score: 600\n", "    min_score: 650\n"),
                ("participation: {value: opt-in, cite: [koetse-2018, reuters-2015]}", ("participation: "
                 "{value: opt-in, as_of: 2018, note: By contract., cite: koetse-2018}")),
                ("to those who opt in [", "to adults who opt in [@reuters-2015; "),
                ("see: [one-score]", "see: [one-score, rongcheng]"),
            ),
            **replaced(RONGCHENG, (("practice: {value: top scorers are shown on a board, cite: "
                                   "mistreanu-2018 via koetse-2018}\n"), "")),
            **replaced("corpus/citations/reuters-2015.yml", ("read: excerpt", "read: full"),
                       ("reliability: news", "reliability: official")),
            "corpus/terms/xinyong.yml": "name: {en: Credit, zh: 信用, pinyin: xìnyòng}\ndomain: finance\n"
            "literally: trust and use\nusage: {value: 'Said by *many, see @nobody', cite: koetse-2018}\n"
            "summary: Trust, or a loan [@koetse-2018].\nsee: [shixin]\n",
        }
    )  # fmt: skip
    Path("corpus/citations/weak-2015.yml").rename("corpus/citations/some-blog-2015.yml")
    Path(SESAME).write_text(Path(SESAME).read_text().replace("weak-2015", "some-blog-2015"))
    Path("corpus/events/sesame-launch.yml").unlink()

    ran = run("diff", "HEAD", "--files", "https://github.com/owner/name/blob/abc")

    agrees("many-kinds", ran.output)
    assert ran.status == 1


def test_what_is_only_layout_is_no_change(repository: Lay) -> None:
    repository(
        replaced(
            SESAME,
            ("operators:\n  - value: ant-group\n    cite: koetse-2018\n", ("operators: [{cite: [koetse-2018], "
             "value: 'ant-group'}]\n")),
            ("It is no part of the state's plans\n  [", "It is no part\n  of the state's plans ["),
            ("formerly: [zhima-credit]\nreviewed: 2026-11-23", 'reviewed: "2026-11-23"\nformerly: zhima-credit'),
            ("cite: [koetse-2018, reuters-2015]", "cite: [reuters-2015, koetse-2018]"),
            ("min: 350, max: 950}, cite", "max: 950, min: 350}, cite"),
        )
    )  # fmt: skip

    ran = run("diff", "HEAD")

    assert ran.status == 0
    assert ran.output == (
        "## What changes in the corpus\n\n"
        "**Records:** 1 layout only · **Facts:** +0 −0, 0 changed · **Cites:** +0 −0 · **Links:** +0 −0\n\n"
        "### Layout only\n\n[Sesame Credit 芝麻信用](corpus/programs/sesame-credit.yml)\n"
    )


def test_nothing_changes_between_a_state_and_itself(repository: Lay) -> None:
    assert run("diff", "HEAD").output == "## What changes in the corpus\n\nNothing changes.\n"
    assert (
        run("diff", "HEAD", "HEAD").output == "## What changes in the corpus\n\nNothing changes.\n"
    )


def test_entries_in_another_order_are_order_only(repository: Lay) -> None:
    one = "  - {value: 2015-01-28, cite: reuters-2015, note: Public beta.}\n"
    other = "  - {value: 2015-06, cite: weak-2015, note: Contradicted by reports of the day.}\n"
    repository(replaced(SESAME, (one + other, other + one)))

    ran = run("diff", "HEAD")

    assert (
        "#### [Sesame Credit 芝麻信用](corpus/programs/sesame-credit.yml) · order only\n\nOrder only: Launched."
        in ran.output
    )
    assert "| Field |" not in ran.output


def test_a_record_under_a_new_id_is_renamed_and_keeps_its_address(repository: Lay) -> None:
    text = Path(RONGCHENG).read_text(encoding="utf-8")
    repository({"corpus/cities/rongcheng-city.yml": text + "formerly: [rongcheng]\n"})
    Path(RONGCHENG).unlink()

    ran = run("diff", "HEAD")

    assert (
        "[Rongcheng 荣成市](corpus/cities/rongcheng-city.yml) · renamed from `rongcheng`"
        in ran.output
    )
    assert "| Former ids |  | rongcheng |  |" in ran.output
    assert "1 renamed" in ran.output
    assert "Refused" not in ran.output
    assert ran.status == 0


def test_an_address_that_nothing_answers_is_refused(repository: Lay) -> None:
    Path(RONGCHENG).unlink()

    ran = run("diff", "HEAD")

    assert ran.status == 1
    assert (
        "- **Refused:** nothing answers at `/cities/rongcheng/` any more. "
        "Add `formerly: [rongcheng]` to the record of `cities` that takes its place, "
        "`[cities/rongcheng]` to one of another kind; say in `published/moved.yml` why it is gone; "
        "or keep the record." in ran.output
    )


def test_a_former_address_must_go_on_too(repository: Lay) -> None:
    repository(replaced(SESAME, ("formerly: [zhima-credit]\n", "")))

    ran = run("diff", "HEAD")

    assert ran.status == 1
    assert "nothing answers at `/programs/zhima-credit/` any more" in ran.output


def test_a_faulty_record_is_said_to_be_so_on_either_side(repository: Lay) -> None:
    repository({RONGCHENG: "name: {en: Rongcheng\n", "corpus/terms/shixin.yml": "domain: laws\n"})
    commit("broken")
    repository(
        {"corpus/terms/shixin.yml": Path("corpus/terms/zhengxin.yml").read_text(encoding="utf-8")}
    )

    now = run("diff", "HEAD~1")
    before = run("diff", "HEAD")

    assert "[Rongcheng 荣成市](corpus/cities/rongcheng.yml) · cannot be read" in now.output
    assert "In the working folder this record has faults" in now.output
    assert "X105 the '{' that opens here is not closed; close it with '}'" in now.output
    assert now.status == 0, "the address is not lost: its file is still there"
    assert "In HEAD this record has faults, so that it is compared in part at most" in before.output
    assert "X304 'laws' is not a domain" in before.output


def test_what_the_base_gained_meanwhile_is_not_taken_for_removed(repository: Lay) -> None:
    git("branch", "mine")
    repository(
        {"corpus/terms/new.yml": Path("corpus/terms/shixin.yml").read_text(encoding="utf-8")}
    )
    commit("on main")
    git("checkout", "--quiet", "mine")

    assert run("diff", "main").output.endswith("Nothing changes.\n")
    assert "nothing answers at `/terms/new/`" in run("diff", "main", "--exact").output


def test_a_source_that_is_seen_differently_changes_how_facts_stand(repository: Lay) -> None:
    repository(
        replaced(
            "corpus/citations/reuters-2015.yml", ("reliability: news", "reliability: official")
        )
    )

    message = run("diff", "HEAD").output

    assert "| Kind of source | news | official |  |" in message
    assert "**`reuters-2015`** is seen differently; so " in message
    assert (
        "| [Sesame Credit 芝麻信用](corpus/programs/sesame-credit.yml) | Bands | poor | single source | primary |"
        in message
    )


def test_nothing_in_a_record_is_taken_for_markup(repository: Lay) -> None:
    evil = "<img src=x> | [a](http://x.example) **b** @somebody #1 `c`"
    repository({"corpus/terms/evil.yml": f"name: {{en: '{evil}'}}\ndomain: law\nsummary: '{evil}'\n"
                f"literally: '{evil}'\n"})  # fmt: skip

    html = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(run("diff", "HEAD").output)
    )

    assert "<img" not in html
    assert "<strong>b</strong>" not in html
    assert "[a](" in html
    assert html.count("<td>") == 4 * html.count("<tr>\n<td>")
    assert "@somebody" not in html
    assert "<code>c</code>" not in html


def test_a_large_difference_is_cut_between_records(repository: Lay) -> None:
    term = "name: {{en: 'Term {n}'}}\ndomain: law\nsummary: '{text}'\n"
    repository({f"corpus/terms/t-{n}.yml": term.format(n=n, text="word " * 150) for n in range(40)})
    root = Path("corpus")

    expected = markdown(compare.compare(*states.both(root, "HEAD", None)), limit=10_000)

    assert len(expected.encode()) <= 10_000
    assert expected.startswith("## What changes in the corpus\n\n**Records:** 40 new")
    assert expected.endswith(
        "more parts do not fit here**; run `xinyong diff` to read all of it.\n"
    )


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (["nowhere"], "git knows no commit 'nowhere' here; fetch it with 'git fetch origin'"),
        (["--exact", "HEAD", "nowhere"], "git knows no commit 'nowhere' here"),
        (["HEAD:corpus"], "git knows no commit 'HEAD:corpus' here"),
        (["--", "--output=x"], "git knows no commit '--output=x' here"),
    ],
)
def test_a_commit_that_git_does_not_know_is_wrong_use(
    args: list[str], shown: str, repository: Lay
) -> None:
    ran = run("diff", *args)

    assert ran.status == 2
    assert shown in ran.output.replace("\n", " ")
    assert not Path("x").exists()


def test_outside_of_git_it_says_so(
    lay: Lay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lay({})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    ran = run("diff", "HEAD")

    assert ran.status == 2
    assert "'corpus' lies in no git repository; clone the project with git first" in ran.output


def test_a_shallow_clone_is_named_as_the_cause(
    repository: Lay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_ = subprocess.run(
        ["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    repository(replaced(KOETSE, ("title: Open Sesame", "title: Open, Sesame")))
    commit("second")
    git("clone", "--quiet", "--depth", "1", f"file://{tmp_path}", "clone")
    monkeypatch.chdir(tmp_path / "clone")

    ran = run("diff", commit_)

    assert ran.status == 2
    assert (
        "which is a shallow clone; fetch the whole history with 'git fetch --unshallow'"
        in ran.output.replace("\n", " ")
    )


def test_a_corpus_of_its_own_repository_is_compared_too(
    lay: Lay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay({})
    monkeypatch.chdir(tmp_path / "corpus")
    git("init", "--quiet")
    commit("first")
    shutil.copy("terms/shixin.yml", "terms/again.yml")

    assert "1 new" in run("diff", "HEAD", "--corpus", ".").output


def test_a_locator_cannot_end_the_code_that_it_stands_in(repository: Lay) -> None:
    locator = "koetse-2018, p. 1 | x | # Approved @user ~y~ www.evil.example"
    cites = "participation: {value: opt-in, cite: ["
    repository(replaced(SESAME, (f"{cites}koetse-2018", f'{cites}"{locator}"')))

    message = run("diff", "HEAD").output
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(message)

    assert "Approved" in html
    assert not re.search(r"<h1|<strong>Approved|<s>|<a [^>]*evil|@user|www\.evil", html)


def test_a_record_that_lacks_its_name_is_told_of_as_one_that_cannot_be_read(
    repository: Lay,
) -> None:
    repository({"corpus/terms/shixin.yml": "domain: commerce\nsummary: A number [@koetse-2018].\n"})

    ran = run("diff", "HEAD")

    assert ran.status == 0
    assert "· cannot be read" in ran.output
    assert "X302 a term needs a field 'name'" in ran.output
