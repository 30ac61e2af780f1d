"""Following the corpus: dated addresses that answer for ever, feeds, and days in the sitemap."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html

from support import PROJECT, commit, git
from xinyong.records import MODELS
from xinyong.rules.all import today
from xinyong.site import build

CONFIG = PROJECT / "mkdocs.yml"
BASE = "http://127.0.0.1:8000/"
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def site(followed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small corpus with a history; that it is built says that its links lead
    somewhere.
    """
    out = tmp_path_factory.mktemp("site") / "site"
    build.build(CONFIG, followed / "corpus", out, today())
    return out


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def _addresses(site: Path) -> set[str]:
    return {
        path.parent.relative_to(site).as_posix() for path in (site / "history").rglob("index.html")
    }


def _leads_to(site: Path, url: str) -> str:
    page = html.parse(str(site / url / "index.html"))
    (message,) = page.xpath("//meta[@http-equiv='refresh']/@content") or [""]
    return str(message).removeprefix("0; url=").lstrip("./")


def test_the_dated_address_of_the_present_state_leads_to_the_record(site: Path) -> None:
    assert _leads_to(site, "history/cities/rongcheng/2026-01-06") == "cities/rongcheng/"
    assert _leads_to(site, "history/terms/shixin/2026-01-05") == "terms/shixin/"
    assert _leads_to(site, "history/programs/zhima-credit/2026-02-02") == "programs/sesame-credit/"


def test_an_older_state_is_shown_with_its_sources_and_the_way_to_the_present_one(
    site: Path,
) -> None:
    page = html.parse(str(site / "history/cities/rongcheng/2026-01-05/index.html"))

    assert "lat: 37.2," in page.xpath("string(//pre)")
    assert page.xpath("//main/ul/li/a/@href") == [
        "../../../../citations/koetse-2018/",
        "../../../../citations/mistreanu-2018/",
        "../../../../citations/reuters-2015/",
        "../../../../citations/spc-2013/",
    ]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}cities/rongcheng/"]
    assert page.xpath("//main/p/a/@href") == ["../../../../cities/rongcheng/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "git" in page.xpath("string(//footer)")


def test_an_address_answers_after_every_later_commit(
    followed: Path, site: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", str(followed), "clone")
    folder = tmp_path / "clone"
    rongcheng = (folder / "corpus/cities/rongcheng.yml").read_text(encoding="utf-8")
    now = {"corpus/cities/rongcheng.yml": rongcheng.replace("37.17", "37.16")}
    commit(folder, "2026-03-01T09:00:00Z", now)

    build.build(CONFIG, folder / "corpus", tmp_path / "site", today())

    assert _addresses(site) < _addresses(tmp_path / "site")
    assert _leads_to(tmp_path / "site", "history/cities/rongcheng/2026-01-06") == ""
    assert (
        _leads_to(tmp_path / "site", "history/cities/rongcheng/2026-03-01") == "cities/rongcheng/"
    )


def test_every_full_clone_builds_the_same_bytes(followed: Path, site: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(followed), "clone")
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": "2000000000",
        "TZ": "Asia/Shanghai",
        "PYTHONHASHSEED": "7",
    }
    corpus = tmp_path / "clone" / "corpus"
    command = [
        BIN / "xinyong",
        "site",
        "--corpus",
        corpus,
        "--config",
        CONFIG,
        "--out",
        tmp_path / "other",
    ]
    subprocess.run(command, check=True, env=environment, capture_output=True)

    assert _files(tmp_path / "other") == _files(site)


def test_the_engine_alone_builds_the_same_history(
    followed: Path, site: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", str(followed), "clone")
    folder = tmp_path / "clone"
    for name in ("docs", "scripts", "CITATION.cff"):
        (folder / name).symlink_to(PROJECT / name)
    (folder / "mkdocs.yml").write_text(CONFIG.read_text(encoding="utf-8"), encoding="utf-8")

    subprocess.run(
        [BIN / "mkdocs", "build", "--strict", "--quiet"],
        cwd=folder,
        capture_output=True,
        check=True,
    )

    assert _files(folder / "site") == _files(site)


def test_an_uncommitted_change_has_no_day(followed: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(followed), "dirty")
    blog = (followed / "corpus/citations/weak-2015.yml").read_text(encoding="utf-8")
    for name, text in {
        "again-2015": blog.replace("title: ", "title: Again, "),
        "weak-2015": f"{blog}pages: 1-2\n",
    }.items():
        (tmp_path / f"dirty/corpus/citations/{name}.yml").write_text(text, encoding="utf-8")

    build.build(CONFIG, tmp_path / "dirty/corpus", tmp_path / "dirty-site", today())

    dirty = {
        path: text.decode()
        for path, text in _files(tmp_path / "dirty-site").items()
        if path.endswith(".html")
    }
    assert "Last changed" not in dirty["citations/again-2015/index.html"]
    assert "Last changed" not in dirty["citations/weak-2015/index.html"]
    assert "Last changed" in dirty["citations/koetse-2018/index.html"]
    assert "title: " in dirty["history/citations/weak-2015/2026-01-05/index.html"]
    assert "pages: " not in dirty["history/citations/weak-2015/2026-01-05/index.html"]


def test_the_sitemap_tells_the_days_of_records_and_leaves_their_history_out(site: Path) -> None:
    tree = etree.parse(str(site / "sitemap.xml"))
    found = {url.findtext("{*}loc"): url.findtext("{*}lastmod") for url in tree.getroot()}

    assert found[f"{BASE}cities/rongcheng/"] == "2026-01-06"
    assert found[f"{BASE}terms/shixin/"] == "2026-01-05"
    assert found[f"{BASE}changes/2026-02/"] is None
    assert not [address for address in found if "/history/" in str(address)]


def _feeds(site: Path) -> Iterator[tuple[str, feedparser.FeedParserDict]]:
    for path in ("feed.xml", *(f"feeds/{kind}.xml" for kind in MODELS)):
        yield path, feedparser.parse((site / path).read_bytes())


def test_the_feeds_are_read_by_a_feed_reader(site: Path) -> None:
    for path, feed in _feeds(site):
        assert not feed.bozo, path
        assert feed.version == "atom10"
        assert feed.feed.id == BASE + path
        assert feed.feed.title.startswith("Xinyong: what changed")
        assert [link.href for link in feed.feed.links if link.rel == "self"] == [BASE + path]
        assert feed.feed.author == "Xinyong contributors"
        assert feed.feed.updated == max(
            (entry.updated for entry in feed.entries), default="1970-01-01T00:00:00Z"
        )
        for entry in feed.entries:
            assert entry.link == entry.id
            assert (site / entry.link.removeprefix(BASE) / "index.html").is_file()
            assert entry.summary


def test_an_entry_tells_which_record_changed_when_and_in_what(site: Path) -> None:
    feeds = dict(_feeds(site))
    (city, *_) = feeds["feeds/cities.xml"].entries
    newest = [(entry.updated, entry.title) for entry in feeds["feed.xml"].entries[:3]]

    assert newest == [
        ("2026-02-03T09:00:00Z", "Gone, Launch of a score: removed"),
        (
            "2026-02-02T02:30:00Z",
            "Sesame Credit 芝麻信用: renamed from zhima-credit; Taking part changed",
        ),
        ("2026-01-06T09:00:00Z", "Rongcheng 荣成市: Coordinates changed; Schemes changed"),
    ]
    assert city.id == f"{BASE}history/cities/rongcheng/2026-01-06/"
    assert [tag.term for tag in city.tags] == ["cities"]
    assert "<b>Coordinates</b>" in city.content[0].value
    assert "37.17" in city.content[0].value


def test_every_page_names_its_feeds(site: Path) -> None:
    def named(url: str) -> list[str]:
        page = html.parse(str(site / url / "index.html"))
        return [str(link) for link in page.xpath("//link[@type='application/atom+xml']/@href")]

    assert named("") == ["feed.xml"]
    assert named("changes/2026-02") == ["../../feed.xml"]
    assert named("terms/shixin") == ["../../feed.xml", "../../feeds/terms.xml"]


def test_all_changes_can_be_had_as_json(site: Path) -> None:
    rows = json.loads((site / "data" / "changes.json").read_text(encoding="utf-8"))

    assert [row["date"] for row in rows] == sorted((row["date"] for row in rows), reverse=True)
    assert [row["became"] for row in rows].count("added") == 15
    assert rows[1] | {"blob": ""} == {
        "date": "2026-02-02", "time": "2026-02-02T02:30:00Z", "kind": "programs", "id": "sesame-credit",
        "became": "renamed", "url": f"{BASE}history/programs/sesame-credit/2026-02-02/", "before": "zhima-credit",
        "blob": "", "changes": [
            {"field": "participation", "what": "changed",
             "parts": [{"name": "value", "before": "unknown", "after": "opt-in"}]},
        ],
    }  # fmt: skip
