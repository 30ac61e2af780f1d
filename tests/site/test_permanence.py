"""What was once published answers for ever: moved, taken into another record, or withdrawn."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from support import PROJECT, SMALL, commit, run
from xinyong.corpus import Corpus
from xinyong.corpus.published import Line, Published
from xinyong.history.lines import History
from xinyong.rules.all import today
from xinyong.site.addresses import vanished
from xinyong.site.documents import Built
from xinyong.site.live_corpus import LiveCorpus

CONFIG = str(PROJECT / "mkdocs.yml")
SESAME = "corpus/programs/sesame-credit.yml"
ANT = "corpus/organizations/ant-group.yml"
SHIXIN = "corpus/terms/shixin.yml"
WEAK = "corpus/citations/weak-2015.yml"

Files = Mapping[str, str | None]


@dataclass(frozen=True)
class Project:
    """A project of the small corpus, whose site was published once."""

    folder: Path

    def read(self, name: str) -> str:
        """Return the text of a file."""
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, files: Files) -> None:
        """Write files; None removes one."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if text is None else path.write_text(text, encoding="utf-8")

    def page(self, address: str) -> html.HtmlElement:
        """Return the page at an address of the built site."""
        file = self.folder / "site" / address / "index.html"
        return html.document_fromstring(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def published_once(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Path:
    """A project whose site was built and published, without git."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(SMALL, folder / "corpus")
    shutil.copytree(built, folder / "site")
    where = ["--corpus", str(folder / "corpus"), str(folder / "site")]
    assert run("addresses", "--write", *where).status == 0
    return folder


@pytest.fixture
def project(published_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of that project, in whose folder one stands."""
    shutil.copytree(published_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def build(config: str = CONFIG) -> str:
    """Build the site again; return what was said, without the times."""
    message = run("site", "--config", config).output
    return re.sub(r"(?m)^\w+ +[\d.]+ s\n", "", message)


def own_docs(project: Project) -> str:
    """Give a project hand-written pages of its own; return the name of its configuration."""
    shutil.copytree(PROJECT / "docs", project.folder / "docs")
    for name in ("mkdocs.yml", "CITATION.cff"):
        shutil.copy(PROJECT / name, project.folder / name)
    (project.folder / "scripts").symlink_to(PROJECT / "scripts")
    return "mkdocs.yml"


def renamed(project: Project, former: str = "ant-group") -> Files:
    """Return the files of a project in which an organization has a new id, and all that links to
    it.
    """
    name = project.read(ANT)
    text = re.sub(r"(?m)^formerly:.*\n", "", name)
    return {
        ANT: None,
        "corpus/organizations/ant.yml": f"formerly: [{former}]\n{text}",
        **{
            path: project.read(path).replace("ant-group", "ant")
            for path in (
                str(p.relative_to(project.folder)) for p in project.folder.glob("corpus/*/*.yml")
            )
            if "ant-group" in project.read(path) and path != ANT
        },
    }


def without(project: Project) -> Files:
    """Return the files of a project in which a source is gone, and the fact that rests on it."""
    text = re.sub(r"(?m)^.*weak-2015.*\n", "", project.read(SESAME))
    assert "weak-2015" not in text
    return {WEAK: None, SESAME: text}


def to_another_kind(project: Project) -> Files:
    """Return the files of a project in which an event is a term, of the same id; nothing takes a
    section's place.
    """
    term = (
        "formerly: [events/sesame-launch]\nname: {en: Sesame launch, zh: 开, pinyin: kāi}\ndomain: finance\n"
        "layer: financial\nsummary: It was opened [@koetse-2018].\n"
    )
    return {"corpus/events/sesame-launch.yml": None, "corpus/terms/sesame-launch.yml": term}


def test_before_the_first_publication_everything_may_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SMALL, tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    (tmp_path / WEAK).unlink()

    assert "X911" not in run("check").output


def test_the_manifest_is_sorted_compact_and_the_same_every_time(project: Project) -> None:
    lines = project.read("published/addresses.txt").splitlines()
    rows = [line for line in lines if not line.startswith("# ")]

    assert rows == sorted(rows)
    assert "programs/sesame-credit/ #annotation #bands #benefits" in "\n".join(rows)
    assert (
        "programs/*/ api/v1/programs/*.json cite/*.bib cite/*.csl.json cite/*.ris programs/*/index.md"
        in rows
    )
    assert "api/v1/index.json" in rows
    assert "data/csv/cities.csv" in rows
    assert "feed.xml" in rows
    assert not [row for row in rows if row.startswith(("assets/", "search/", "cite/sesame"))]
    assert not [row for row in rows if "#__" in row or "#linked-from" in row]
    assert run("addresses", "--write").status == 0
    assert project.read("published/addresses.txt").splitlines() == lines


def test_an_unchanged_site_is_built_again(project: Project) -> None:
    assert "\nbuilt site: " in build()


def test_a_deleted_record_is_told_at_once_and_by_the_build_and_the_old_site_stays(
    project: Project,
) -> None:
    project.write(without(project))
    message = (
        "nothing answers at 'citations/weak-2015/', which was published; add 'formerly: [citations/weak-2015]' to the "
        "record that takes its place, put it back, or write in published/moved.yml, under 'gone', why it was withdrawn"
    )

    checked = run("check")

    assert f"X911 {message}\n" in checked.output
    assert checked.status == 1
    assert re.search(r"published/addresses\.txt:\d+:1: X911 ", checked.output)
    assert message in build()
    assert (project.folder / "site/citations/weak-2015/index.html").is_file()


def test_a_shallow_or_foreign_copy_of_the_files_alone_tells_it_too(project: Project) -> None:
    """The manifest is a file: no git is needed."""
    assert not (project.folder / ".git").exists()
    project.write(without(project))

    assert run("check").status == 1


def test_a_withdrawn_record_says_when_and_why_and_where_to_look_in_each_form(
    project: Project,
) -> None:
    why = "It was never <more> than a copy."
    gone = f"gone:\n  citations/weak-2015/: {{on: 2026-12-01, why: {why}, see: [citations/koetse-2018/, method/]}}\n"
    project.write({**without(project), "published/moved.yml": gone})

    assert "\nbuilt site: " in build()
    page = project.page("citations/weak-2015")
    assert page.xpath("string(//h1)") == "weak-2015 was withdrawn"
    assert (
        f"What stood at this address was withdrawn on 1 December 2026. {why}" in page.text_content()
    )
    assert page.xpath("//main//a/@href") == ["../../citations/koetse-2018/", "../../method/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    api = json.loads(project.read("site/api/v1/citations/weak-2015.json"))
    assert api["withdrawn"] == {
        "on": "2026-12-01",
        "why": why,
        "see": ["http://127.0.0.1:8000/citations/koetse-2018/", "http://127.0.0.1:8000/method/"],
    }
    bib = project.read("site/cite/weak-2015.bib")
    assert "weak-2015 was withdrawn" in bib
    assert "http://127.0.0.1:8000/citations/weak-2015/" in bib
    assert project.read("site/cite/weak-2015.ris").startswith("TY  - ")
    assert "was withdrawn" in json.loads(project.read("site/cite/weak-2015.csl.json"))[0]["title"]
    text = project.read("site/citations/weak-2015/index.md")
    assert text.startswith("# weak-2015 was withdrawn\n\n")
    assert "weak-2015" not in project.read("site/sitemap.xml")
    assert run("links", "--config", CONFIG).status == 0


def test_what_moved_answers_under_its_old_address_in_every_form(project: Project) -> None:
    """A renamed record, one of another kind, a hand-written page, a file, a part of a page."""
    config = own_docs(project)
    docs = project.folder / "docs"
    (docs / "scores.md").rename(docs / "score-tables.md")
    for page in (*docs.rglob("*.md"), project.folder / "mkdocs.yml"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("scores.md", "score-tables.md"), encoding="utf-8")
    project.write(renamed(project))
    project.write(to_another_kind(project))
    project.write(
        {
            "published/addresses.txt": project.read("published/addresses.txt")
            + "data/old.csv\nmethod/ #dates-long-ago #mistakes-long-ago\n",
            "published/moved.yml": "moved:\n"
            "  scores/: score-tables/\n"
            "  data/old.csv: data/csv/cities.csv\n"
            "  method/#dates-long-ago: method/#dates-and-figures\n"
            "  method/#mistakes-long-ago: about/\n"
            "  events/sesame-launch/#facts: terms/sesame-launch/#sources\n"
            "  events/sesame-launch/#outcome: terms/sesame-launch/\n",
        }
    )

    assert "\nbuilt site: " in build(config)

    for old, new, way in (
        ("organizations/ant-group", "organizations/ant", "../ant/"),
        ("events/sesame-launch", "terms/sesame-launch", "../../terms/sesame-launch/"),
        ("scores", "score-tables", "../score-tables/"),
    ):
        page = project.page(old)
        root = "../" * (old.count("/") + 1)
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={way}"]
        assert page.xpath("//link[@rel='canonical']/@href") == [f"http://127.0.0.1:8000/{new}/"]
        assert page.xpath("//a/@href") == [way]
        assert page.xpath("//script/@src") == [f"{root}assets/moved.js"]
        assert page.xpath("//script/@data-to") == [way]
        assert page.xpath("//script/text()") == []
    for old, new in (
        ("api/v1/organizations/ant-group.json", "api/v1/organizations/ant.json"),
        ("cite/ant-group.bib", "cite/ant.bib"),
        ("cite/ant-group.ris", "cite/ant.ris"),
        ("cite/ant-group.csl.json", "cite/ant.csl.json"),
        ("api/v1/events/sesame-launch.json", "api/v1/terms/sesame-launch.json"),
        ("data/old.csv", "data/csv/cities.csv"),
    ):
        assert project.read(f"site/{old}") == project.read(f"site/{new}")
    assert project.page("organizations/ant").xpath("//h1/span/@id") == ["ant-group"]
    method = project.page("method")
    assert method.xpath("//h2[@id='dates-and-figures']/span/@id") == ["dates-long-ago"]
    (line,) = method.xpath("//p[@id='mistakes-long-ago']")
    assert line.text_content() == "This part of the page has moved to http://127.0.0.1:8000/about/"
    assert line.xpath("a/@href") == ["../about/"]
    assert run("addresses", "--write").status == 0
    assert "organizations/ant-group/ #ant-group" in project.read("published/addresses.txt")
    assert "\norganizations/ant/ #ant #" in project.read("published/addresses.txt")


def test_what_vanishes_without_a_word_is_named_by_the_build(project: Project) -> None:
    """A hand-written page, a heading of one, the section of a record, a file of the data."""
    config = own_docs(project)
    docs = project.folder / "docs"
    for name in ("errata.md", "mkdocs.yml"):
        assert (
            "errata" in (docs / name if name != "mkdocs.yml" else project.folder / name).read_text()
        )
    (docs / "errata.md").unlink()
    for page in (*docs.rglob("*.md"), project.folder / "mkdocs.yml"):
        text = page.read_text(encoding="utf-8").replace("      - Errata: errata.md\n", "")
        text = re.sub(r"\[([^\]]*)\]\((?:\.\./)*errata\.md[^)]*\)", r"\1", text)
        page.write_text(text.replace("## What we infer", "## What is inferred"), encoding="utf-8")
    sesame = project.read(SESAME)
    cut = re.sub(r"(?m)^benefits:\n(?:  .*\n)+", "", sesame)
    assert cut != sesame
    listed = project.read("published/addresses.txt") + "data/old.csv\n"
    project.write({SESAME: cut, "published/addresses.txt": listed})

    message = build(config)

    moved = "put it back, or write in published/moved.yml, under 'moved', where it leads now"
    for address in ("errata/", "data/old.csv"):
        gone = ", or under 'gone' why it was withdrawn"
        assert (
            f"X911 nothing answers at '{address}', which was published; {moved}{gone}\n" in message
        )
    for address in ("programs/sesame-credit/#benefits", "method/#what-we-infer"):
        assert f"X911 nothing answers at '{address}', which was published; {moved}\n" in message
    assert message.endswith("not built: 4 errors; site is as it was\n")
    assert project.page("errata").xpath("//h1")


def test_the_build_refuses_a_move_to_nowhere_and_one_of_what_is_there(project: Project) -> None:
    moved = "moved:\n  scores/: score-tables/\n  about/: method/\n"
    project.write({"published/moved.yml": moved})

    message = build()

    assert "published/moved.yml:2:3: X912 'scores/' is there; take this entry out\n" in message
    assert "published/moved.yml:2:3: X912 there is nothing at 'score-tables/'; " in message
    assert "published/moved.yml:3:3: X912 'about/' is there; take this entry out\n" in message


def test_dated_pages_are_held_only_where_git_can_tell_of_them() -> None:
    dated = "history/terms/shixin/2026-01-05/"
    known = Published(lines={dated: Line(7, dated)})
    corpus = Corpus({}, published=known)
    nothing = Built(frozenset(), {})

    assert [problem.line for problem in vanished(nothing, corpus, History())] == [7]
    assert vanished(nothing, corpus, History(lack="shallow")) == []


def test_a_former_id_may_be_its_own_under_another_kind_only(project: Project) -> None:
    text = project.read(ANT)
    project.write(
        {ANT: f"formerly: [organizations/ant-group, cities/ant-group, towns/ant]\n{text}"}
    )

    message = run("check").output

    assert (
        "X208 the address of 'ant-group' leads to corpus/organizations/ant-group.yml already"
        in message
    )
    assert message.count("X208") == 1
    assert "X305 'towns' is no kind of record; write one of cities, programs, " in message


def test_a_pull_request_is_told_how_to_keep_an_address(project: Project) -> None:
    commit(project.folder, "2026-01-05T09:00:00Z")
    project.write(without(project))
    refused = run("diff", "HEAD")
    project.write(
        {"published/moved.yml": "gone:\n  citations/weak-2015/: {on: 2026-12-01, why: A copy.}\n"}
    )
    taken = run("diff", "HEAD")

    assert refused.status == 1
    assert (
        "- **Refused:** nothing answers at `/citations/weak-2015/` any more. Add `formerly: [weak-2015]` to the record "
        "of `citations` that takes its place, `[citations/weak-2015]` to one of another kind; say in "
        "`published/moved.yml` why it is gone; or keep the record.\n"
    ) in refused.output
    assert taken.status == 0


def test_the_history_of_a_record_goes_on_when_its_kind_changes(project: Project) -> None:
    commit(project.folder, "2026-01-05T09:00:00Z")
    project.write(to_another_kind(project))
    commit(project.folder, "2026-01-06T09:00:00Z")

    message = run("history", "sesame-launch").output

    assert "2026-01-06" in message
    assert "2026-01-05" in message


def test_a_preview_shows_the_records_whatever_is_wrong_with_the_lists(project: Project) -> None:
    project.write({**without(project), "published/moved.yml": "moved: nothing\n"})
    live = LiveCorpus(Path("corpus"), today)

    live.refresh()

    assert live.corpus is not None
    assert "sesame-credit" in live.corpus
    assert sorted(problem.code for problem in live.problems if problem.severity == "error") == [
        "X911",
        "X913",
    ]
