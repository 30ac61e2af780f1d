"""A site that would lack its history: what is said on the terminal, and when nothing is built."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html

from support import OLD_SITE, PROJECT, Lay, Ran, commit, git, run
from xinyong.corpus import Corpus, load
from xinyong.publication import Library
from xinyong.site import engine, feeds, hook
from xinyong.site import history as past
from xinyong.site.preview import Preview

CONFIG = str(PROJECT / "mkdocs.yml")
LACKS = "so that the site lacks dated addresses, the pages of what changed and feeds"
BARE = "or build without them with --no-history"
CITY = "corpus/cities/rongcheng.yml"


@pytest.fixture
def project(lay: Lay, tmp_path: Path) -> Path:
    """A repository with the small corpus, a city of which was changed on a second day."""
    lay({})
    commit(tmp_path, "2026-01-05T09:00:00Z")
    commit(tmp_path, "2026-01-06T09:00:00Z", {CITY: city("37.2")})
    return tmp_path


def city(latitude: str) -> str:
    text = Path(CITY).read_text(encoding="utf-8")
    start = text.index("lat: ") + len("lat: ")
    return text[:start] + latitude + text[text.index(",", start) :]


def site(*args: str) -> Ran:
    """Build the site beside the corpus; leave the times of the stages out of what is said."""
    ran = run("site", "--config", CONFIG, "--out", "site", *args)
    lines = [line for line in ran.output.splitlines() if not line.endswith(" s")]
    return Ran("\n".join(lines), ran.status)


def shallow(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    git(folder, "clone", "--quiet", "--depth", "1", f"file://{folder}", "clone")
    monkeypatch.chdir(folder / "clone")
    return f"X901 this is a shallow clone, which holds the newest commits only, {LACKS}; run 'git fetch --unshallow'"


def foreign(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    return (
        f"X902 git does not trust the repository '{folder}', which belongs to somebody else, {LACKS}; "
        f"name it with 'git config --global --add safe.directory {folder}'"
    )


def blobless(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "clone", "--quiet", "--filter=blob:none", f"file://{folder}", "clone")
    monkeypatch.chdir(folder / "clone")
    return (
        f"X903 this is a partial clone, which leaves files of older commits out, {LACKS}; "
        "fetch them with 'git fetch --refetch --no-filter origin'"
    )


def broken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = git(folder, "rev-parse", f"HEAD~1:{CITY}")
    (folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    return (
        f"X903 git cannot read the repository '{folder}' (the file {name[:10]} is missing), {LACKS}; "
        "clone the project again, or see what 'git fsck' says of it"
    )


@pytest.mark.parametrize("strict", [(), ("--strict",)], ids=["plain", "strict"])
@pytest.mark.parametrize("make", [shallow, foreign, blobless, broken])
def test_a_history_that_could_be_had_is_asked_for_and_the_old_site_stays(
    make: Callable[[Path, pytest.MonkeyPatch], str],
    strict: tuple[str, ...],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = make(project, monkeypatch)
    for name, content in OLD_SITE.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(content)

    ran = site(*strict)

    assert ran.output == f"corpus: {message}, {BARE}\nnot built: 1 error; site is as it was"
    assert ran.status == 1
    assert Path("site/index.html").read_text() == "the old site"


def test_who_asks_for_a_site_without_the_history_gets_it_and_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shallow(project, monkeypatch)

    ran = site("--no-history")

    assert ran.output.splitlines()[0] == (
        f"corpus: X952 warning: the history is left out, as --no-history asks, {LACKS}; "
        "leave that option out to have them"
    )
    assert ran.output.endswith("pages, 1 warning")
    assert ran.status == 0
    assert not Path("site/history").exists()
    assert "as was asked" in Path("site/changes/index.html").read_text(encoding="utf-8")


def test_an_unpacked_archive_builds_and_says_what_it_lacks(lay: Lay) -> None:
    lay({})

    ran = site()

    assert ran.output.splitlines()[0] == (
        f"corpus: X951 warning: 'corpus' lies in no git repository, {LACKS}; "
        "clone the project with git first to have them"
    )
    assert ran.output.endswith("pages, 1 warning")
    assert ran.status == 0
    assert Path("site/index.html").is_file()


def test_an_unpacked_archive_is_not_published(lay: Lay) -> None:
    lay({})

    ran = site("--strict")

    assert ran.output == (
        f"corpus: X904 'corpus' lies in no git repository, {LACKS}; "
        "clone the project with git first to have them\nnot built: 1 error; site is as it was"
    )
    assert ran.status == 1


@pytest.mark.parametrize(
    ("prepare", "answer"),
    [
        (lambda _, patch: patch.setenv("PATH", "/nowhere"), "this needs the program git"),
        (lambda folder, _: git(folder, "init", "--quiet"), "nothing has been committed yet"),
    ],
    ids=["no git", "no commit"],
)
def test_where_there_is_no_history_to_be_had_it_is_a_warning_unless_published(
    prepare: Callable[[Path, pytest.MonkeyPatch], object],
    answer: str,
    lay: Lay,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = lay({})
    prepare(tmp_path, monkeypatch)

    (warning,) = past.read(root, Corpus({}))[1]
    (error,) = past.read(root, Corpus({}), "whole")[1]

    assert (warning.code, warning.severity) == ("X951", "warning")
    assert (error.code, error.severity) == ("X904", "error")
    assert warning.message.startswith(f"{answer}, {LACKS}; ")


def test_the_history_cannot_be_left_out_of_a_site_that_must_have_it(lay: Lay) -> None:
    lay({})

    ran = site("--strict", "--no-history")

    assert ran.status == 2
    assert "--strict asks for the history that --no-history leaves out; leave one" in ran.output


def test_the_published_site_is_built_strictly() -> None:
    workflow = (PROJECT / ".github/workflows/site.yml").read_text(encoding="utf-8")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")

    assert "make site SITE_OPTIONS=--strict" in workflow
    assert "fetch-depth: 0" in workflow
    assert "xinyong site $(SITE_OPTIONS)" in makefile


def test_the_engine_alone_warns_and_fails_with_its_own_strict(
    project: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The engine counts warnings of its hooks, and fails of them where it is strict."""
    shallow(project, monkeypatch)
    for name in ("docs", "CITATION.cff"):
        Path(name).symlink_to(PROJECT / name)
    Path("mkdocs.yml").write_text(Path(CONFIG).read_text(encoding="utf-8"), encoding="utf-8")

    hook.on_config(engine.configure(Path("mkdocs.yml"), Path("site")))

    (record,) = caplog.records
    assert record.name.startswith("mkdocs.")
    assert record.levelname == "WARNING"
    assert record.getMessage().startswith("corpus: X901 this is a shallow clone")


def test_the_preview_of_a_clone_without_a_history_is_whole_but_for_that(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shallow(project, monkeypatch)
    message: list[str] = []
    made = Preview(Path(CONFIG), Path("corpus"), "http://127.0.0.1:8000/", message.append)
    try:
        made.build()

        assert (made.site / "sitemap.xml").is_file()
        assert [line.partition(":")[0] for line in message] == ["the whole site, links checked"]
    finally:
        made.close()


def test_wrong_clocks_and_what_cannot_be_shown_keep_their_addresses_and_spoil_none(
    project: Path,
) -> None:
    """A record is sound, then bears a control character in 2099, is fixed, changed, removed."""
    base = Path(CITY).read_text(encoding="utf-8")
    bomb = f'{base}details: {{label: x, value: "a \\x02 \\u202e b", cite: koetse-2018}}\n'
    commit(project, "2099-01-01T09:00:00Z", {CITY: bomb})
    commit(project, "2026-01-08T09:00:00Z", {CITY: bomb.replace(" \\x02 \\u202e", "")})
    commit(project, "1970-01-02T09:00:00Z", {CITY: city("37.3")})
    commit(project, "2026-01-07T09:00:00Z", {CITY: city("37.4")})
    commit(project, "2026-01-09T09:00:00Z", {CITY: base})

    assert site("--strict").status == 0

    folder = Path("site/history/cities/rongcheng")
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [
        "2026-01-05", "2026-01-06", "2026-01-06-2", "2026-01-07", "2026-01-08", "2026-01-08-2",
        "2026-01-09",
    ]  # fmt: skip
    shown = (folder / "2026-01-06-2/index.html").read_text(encoding="utf-8")
    assert '"a \\x02 \\u202e b"' in html.fromstring(shown).xpath("string(//pre)")
    assert "a ␂ � b → a b" in run("history", "rongcheng").output
    for path in ("feed.xml", "feeds/cities.xml"):
        feed = feedparser.parse(Path(f"site/{path}").read_bytes())
        assert not feed.bozo
        assert feed.feed.updated == "2026-01-09T09:00:00Z"
        assert [entry.updated for entry in feed.entries][:2] == [
            "2026-01-09T09:00:00Z",
            "2026-01-07T09:00:00Z",
        ]
    days = etree.parse("site/sitemap.xml").getroot().findall("{*}url/{*}lastmod")
    assert {day.text for day in days} == {"2026-01-05", "2026-01-09"}
    assert not os.path.lexists("site/changes/2099-01")


def test_a_feed_is_xml_whatever_a_record_is_called(followed: Path) -> None:
    corpus, _ = load(followed / "corpus")
    for char in ("\x02", "\x1b", "\u202e", "\ufffe", "\ud800", "\x85", "]]>"):
        name = corpus["rongcheng"].record.names.model_copy(update={"en": f"a{char}b"})
        record = corpus["rongcheng"].record.model_copy(update={"name": name})
        entries = {**corpus.entries, "rongcheng": replaced(corpus, record)}
        history, _ = past.read(followed / "corpus", corpus)

        feed = feeds.feed(Library(Corpus(entries), history=history), "feed.xml", "x", "cities")

        assert not feedparser.parse(feed).bozo
        assert etree.fromstring(feed).findtext("{*}entry/{*}title", "").startswith("a")


def replaced(corpus: Corpus, record: object) -> object:
    import dataclasses

    return dataclasses.replace(corpus["rongcheng"], record=record)  # type: ignore[type-var]
