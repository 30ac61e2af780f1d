"""The site as a whole: complete, the same every time, or not there at all."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree, html

import xinyong
from support import OLD_SITE, PROJECT, SMALL, Lay, run
from xinyong.corpus import load
from xinyong.problems import CODES, explain
from xinyong.rules.all import today
from xinyong.site import build, links
from xinyong.source import ids
from xinyong.source.cites import ID

CONFIG = PROJECT / "mkdocs.yml"
BIN = Path(sys.executable).parent


def _files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def test_every_record_has_its_page_and_no_shell_is_left(built: Path) -> None:
    corpus, _ = load(SMALL)

    for entry in corpus:
        assert (built / entry.url / "index.html").is_file()
    assert not list(built.glob("*/record"))
    assert "⟦" not in "".join(path.read_text(encoding="utf-8") for path in built.rglob("*.html"))
    assert "<!-- slot:" not in "".join(
        path.read_text(encoding="utf-8") for path in built.rglob("*.html")
    )


def test_no_element_beside_a_record_s_has_an_id_that_a_record_may_have(built: Path) -> None:
    small, _ = load(SMALL)
    records = {id_ for entry in small for id_ in (entry.id, *(id_ for _, id_ in entry.formers))}
    found: set[str] = set()
    for page in built.rglob("*.html"):
        names = {str(name) for name in html.parse(str(page)).xpath("//@id")}
        if names & records:
            found |= names - records

    free = [name for name in found if ID.match(name) and not ids.trouble(name)]
    assert "sources" in found
    assert sorted(free) == []


def test_record_pages_are_not_in_the_navigation(built: Path) -> None:
    home = html.parse(str(built / "index.html"))

    targets = home.xpath("//nav//a/@href")
    assert not [target for target in targets if "sesame-credit" in target]
    assert len(targets) < 80


def test_the_sitemap_has_all_pages_and_nothing_of_the_day(built: Path) -> None:
    tree = etree.parse(str(built / "sitemap.xml"))
    found = sorted(tree.xpath("//*[local-name()='loc']/text()"))
    pages = {
        path.relative_to(built).as_posix().removesuffix("index.html")
        for path in built.rglob("index.html")
    }

    assert found == sorted(
        "http://127.0.0.1:8000/" + page for page in pages - {"programs/zhima-credit/"}
    )
    assert not tree.xpath("//*[local-name()='lastmod']")


def test_a_former_address_leads_to_the_present_one(built: Path) -> None:
    page = html.parse(str(built / "programs" / "zhima-credit" / "index.html"))

    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../sesame-credit/"]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "http://127.0.0.1:8000/programs/sesame-credit/"
    ]
    assert page.xpath("//a/@href") == ["../sesame-credit/"]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small corpus, built as another user would, at another time and place."""
    out = tmp_path_factory.mktemp("other") / "other"
    variables = {"SOURCE_DATE_EPOCH": "2000000000", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"}
    command = [BIN / "xinyong", "site", "--corpus", SMALL, "--config", CONFIG, "--out", out]
    environment = os.environ | variables
    subprocess.run(command, check=True, env=environment, capture_output=True, umask=0o027)
    return out


def test_the_checksums_hold_for_the_folder_as_it_is_published(built: Path) -> None:
    lines = (built / "data/SHA256SUMS.txt").read_text(encoding="utf-8").splitlines()
    sums = {name: sum_ for sum_, name in (line.split("  ") for line in lines)}

    assert sums == {
        name: hashlib.sha256((built / "data" / name).read_bytes()).hexdigest() for name in sums
    }
    files = {path.name for path in (built / "data").iterdir() if path.is_file()}
    assert files - {*sums} == {"SHA256SUMS.txt", "index.html"}
    assert [*xinyong.load(built / "data")] == [*xinyong.load(SMALL)]


def test_two_builds_in_two_folders_are_the_same_bytes(built: Path, other: Path) -> None:
    assert _files(other) == _files(built)


def test_all_that_is_built_has_the_mode_that_its_user_chose(other: Path) -> None:
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (other, *other.rglob("*"))}
    wrong = {path for path, mode in modes.items() if mode != (0o750 if path.is_dir() else 0o640)}

    assert wrong == set()


def test_nothing_in_the_site_tells_where_it_was_built(built: Path, other: Path) -> None:
    places = [str(PROJECT), str(built.parent), str(other.parent), sys.prefix]
    for name, content in (_files(built) | _files(other)).items():
        data = gzip.decompress(content) if name.endswith(".gz") else content
        assert not [place for place in places if place.encode() in data], name


def test_the_engine_alone_builds_the_same_site(lay: Lay, tmp_path: Path, built: Path) -> None:
    lay({})
    for name in ("docs", "scripts"):
        (tmp_path / name).symlink_to(PROJECT / name)
    for name in ("mkdocs.yml", "CITATION.cff"):
        (tmp_path / name).write_text((PROJECT / name).read_text(encoding="utf-8"), encoding="utf-8")

    ran = subprocess.run(
        [BIN / "mkdocs", "build", "--strict", "--quiet"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert _files(tmp_path / "site") == _files(built)


def test_the_engine_alone_stops_at_an_unsound_corpus_and_leaves_the_old_site(
    lay: Lay, tmp_path: Path
) -> None:
    lay({"corpus/terms/bad.yml": "domain: x\n", **OLD_SITE})
    for name in ("docs", "scripts"):
        (tmp_path / name).symlink_to(PROJECT / name)
    (tmp_path / "mkdocs.yml").write_text(CONFIG.read_text(encoding="utf-8"), encoding="utf-8")

    ran = subprocess.run(
        [BIN / "mkdocs", "build", "--strict"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert "corpus/terms/bad.yml:1:9: X304 'x' is not a domain" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (tmp_path / "site" / "index.html").read_text() == "the old site"


def test_a_new_site_takes_the_place_of_the_old_one(lay: Lay, tmp_path: Path) -> None:
    listed = '{"built by": "xinyong", "files": ["left-over.html"]}'
    lay({"site/left-over.html": "x", "site/.xinyong": listed})

    ran = run("site", "--config", str(CONFIG))

    assert ran.status == 0
    pages = len(list((tmp_path / "site").rglob("index.html")))
    assert pages > 20
    assert ran.output.endswith(f"built site: {pages} pages, 1 warning\n")
    assert not (tmp_path / "site" / "left-over.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "site"]
    assert [line.split()[0] for line in ran.output.splitlines()[:11]] == [
        "read", "check", "history", "theme", "pour", "search",
        "follow", "slots", "exports", "links", "replace",
    ]  # fmt: skip


def test_the_site_works_below_any_address_and_edit_links_appear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/some/where/")
    monkeypatch.setenv("REPO_URL", "https://github.com/owner/name")
    build.build(CONFIG, SMALL, tmp_path / "site", today())

    page = html.parse(str(tmp_path / "site" / "programs" / "sesame-credit" / "index.html"))
    edit = page.xpath("//a[@rel='edit']/@href")
    assert edit == ["https://github.com/owner/name/edit/main/corpus/programs/sesame-credit.yml"]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/some/where/programs/sesame-credit/"
    ]
    assert links.check(tmp_path / "site", "https://example.org/some/where/") == []


def test_without_a_repository_there_is_no_edit_link(built: Path) -> None:
    page = html.parse(str(built / "programs" / "sesame-credit" / "index.html"))

    assert page.xpath("//a[@rel='edit']") == []


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        (
            "docs/about.md",
            b"# A\n\n[Method](methods.md)\n",
            "docs/about.md:3:10: X811 Doc file 'about.md' contains a link 'methods.md', but the target is not found",
        ),
        (
            "docs/about.md",
            b"# A\n\n[Method](methods.md)\n",
            "; correct the page, or its entry in mkdocs.yml\n    [Method",
        ),
        (
            "docs/about.md",
            b"# A\n\n<!-- slot: wheather -->\n",
            (
                "docs/about.md:3:1: X810 nothing fills the slot 'wheather'; "
                "correct its name, or take this comment out\n"
                "    <!-- slot: wheather -->\n"
            ),
        ),
        (
            "docs/about.md",
            b"# A\n\ncaf\xe9\n",
            (
                "docs/about.md:3:4: X811 the page is not UTF-8, or was not when it was saved; "
                "save it as UTF-8\n    caf\ufffd\n       ^\n"
            ),
        ),
        ("docs/about.md", "# A".encode("utf-16"), "docs/about.md:1:1: X811 the page is not UTF-8"),
        (
            "docs/about.md",
            b"# A\n\n[x](https://[broken/)\n",
            (
                "docs/about.md:3:5: X814 'https://[broken/' is no address; correct it\n"
                "    [x](https://[broken/)\n        ^\n"
            ),
        ),
        (
            "docs/about.md",
            b"# A\n\n[x][1]\n\n[1]: http://[::1\n",
            "docs/about.md:5:6: X814 'http://[::1' is no address; correct it\n",
        ),
        (
            "docs/about.md",
            b'# A\n\n<a href="https://[broken/">x</a>\n',
            "site/about/index.html: X814 'https://[broken/' is no address; correct it\n",
        ),
        (
            "docs/assets/e.html",
            b" \n",
            "docs/assets/e.html:1:1: X813 the page is empty; write something into it, or delete ",
        ),
        ("docs/about.md", b"", "docs/about.md:1:1: X813 the page is empty; "),
        (
            "docs/a\tb.md",
            b"# A\n",
            "docs/a\u2409b.md:1:1: X815 the name of this file can stand in ",
        ),
        (
            "docs/about.md",
            b'# A\n\n--8<-- "nowhere.md"\n',
            (
                "docs/about.md:1:1: X811 Error reading page 'about.md': Snippet at path 'nowhere.md' "
                "could not be found; correct the page, or what it asks of an extension in mkdocs.yml\n"
            ),
        ),
        (
            "docs/about.md",
            b"---\ntemplate: nowhere.html\n---\n# A\n",
            "docs/about.md:1:1: X811 Error building page 'about.md': 'nowhere.html' not found",
        ),
        ("docs/cities/record.md", None, "X810 docs/cities/record.md is not there"),
        ("docs/overrides/main.html", b"{% if %}", "; correct the template\n"),
        (
            "mkdocs.yml",
            b"a: [",
            "mkdocs.yml:1:1: X811 MkDocs encountered an error parsing the configuration file",
        ),
        ("mkdocs.yml", b"site_name: x\ndocs_dir: nowhere\n", "X811 Config value 'docs_dir'"),
    ],
)
def test_what_the_engine_cannot_build_is_named_and_nothing_is_built(
    name: str, content: bytes | None, answer: str, lay: Lay, tmp_path: Path
) -> None:
    lay({"mkdocs.yml": CONFIG.read_bytes()})
    shutil.copytree(PROJECT / "docs", tmp_path / "docs")
    (tmp_path / name).unlink() if content is None else (tmp_path / name).write_bytes(content)

    ran = run("site")

    assert ran.status == 1
    assert answer in ran.output
    assert "site is as it was" in ran.output
    assert not (tmp_path / "site").exists()


def test_the_head_of_a_hand_written_page_is_not_shown_as_text(built: Path) -> None:
    shown = [
        path for path in built.rglob("*.html") if "hide: [" in path.read_text(encoding="utf-8")
    ]

    assert shown == []


def test_no_page_asks_anything_of_another_host(built: Path) -> None:
    for path in built.rglob("*.html"):
        tree = html.parse(str(path))
        loaded = tree.xpath(
            "//script/@src | //link[not(@rel='canonical')]/@href | //img/@src | //iframe/@src"
        )
        assert not [address for address in loaded if address.startswith(("http", "//"))], path


def test_chinese_is_marked_on_record_pages(built: Path) -> None:
    for path in built.glob("*/*/index.html"):
        article = html.parse(str(path)).xpath("//article")
        for text in article[0].xpath(".//text()[not(ancestor::svg)]") if article else []:
            if any("\u4e00" <= char <= "\u9fff" for char in text):
                marks = text.getparent().xpath("ancestor-or-self::*/@lang") if not text.is_tail else (
                    text.getparent().getparent().xpath("ancestor-or-self::*/@lang"))  # fmt: skip
                assert "zh-Hans" in marks, (path, text)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page_with_its_reason_and_its_examples(code: str, built: Path) -> None:
    page = html.parse(str(built / "problems" / code / "index.html"))
    message = " ".join(page.xpath("//article")[0].text_content().split())
    explanation = explain(code)

    assert page.xpath("//h1/text()")[0] == f"{code}: {CODES[code]}"
    assert " ".join(explanation.meaning.split()) in message
    assert " ".join(explanation.reason.split()) in message
    assert len(page.xpath("//pre")) == len(explanation.wrong) + len(explanation.right)
    assert page.xpath("//pre/@tabindex")


def test_the_list_of_codes_leads_to_each_and_tells_errors_from_warnings(built: Path) -> None:
    page = html.parse(str(built / "problems" / "index.html"))
    rows = {row[0].text_content(): row for row in page.xpath("//tbody/tr")}

    assert list(rows) == list(CODES)
    assert rows["X251"][2].text_content() == "Warning"
    assert rows["X204"].xpath(".//a/@href") == ["../problems/X204/"]


PUBLISHED = {
    "docs/google0123.html": b"google-site-verification: google0123.html",
    "docs/notes/baidu_verify_x.html": b"0123",
    "docs/BingSiteAuth.xml": b"<users/>",
    "docs/.well-known/security.txt": b"Contact: mailto:a@example.org",
    "docs/.nojekyll": b"",
    "docs/CNAME": b"example.org",
    "docs/ads.txt": b"none",
    "docs/demo/index.html": b'<?xml version="1.0" encoding="gbk"?>\xd6\xd0 <!-- slot: no -->',
}


def test_files_of_docs_are_published_as_they_are_and_pages_of_any_name(lay: Lay) -> None:
    names = ["我的 页", "a#b?c", "100%", "it's", "a&b"]
    nav = "".join(f'  - "{name}.md"\n' for name in names)
    shutil.copytree(PROJECT / "docs", "docs")
    lay({"mkdocs.yml": CONFIG.read_bytes() + nav.encode(), **PUBLISHED})
    lay({f"docs/{name}.md": "Only text, no heading.\n" for name in names})

    ran = run("site")

    assert "1 warning" in ran.output.splitlines()[-1]
    site = Path("site")
    for name, content in PUBLISHED.items():
        assert (site / name.removeprefix("docs/")).read_bytes() == content
    assert all((site / name / "index.html").is_file() for name in names)
    places = etree.parse("site/sitemap.xml").xpath("//*[local-name()='loc']/text()")
    assert "http://127.0.0.1:8000/%E6%88%91%E7%9A%84%20%E9%A1%B5/" in places
    assert "http://127.0.0.1:8000/a%23b%3Fc/" in places
    assert not [place for place in places if "demo" in place]
    assert run("links").output == "links of site: no problems\n"


@pytest.mark.parametrize("there", ["corpus/README.md", "corpus/cities/.keep"])
def test_a_corpus_without_a_record_leaves_the_old_site(there: str, lay: Lay) -> None:
    shutil.rmtree(lay({}))
    lay({there: "", **OLD_SITE})
    if there.endswith(".md"):
        Path(there).unlink()

    ran = run("site", "--config", str(CONFIG))

    assert ran.status == 1
    assert (
        "corpus: X113 there is no record in it; "
        "name the corpus with --corpus, or begin one with 'xinyong new'\n"
        "not built: 1 error; site is as it was\n"
    ) in ran.output
    assert Path("site/index.html").read_text() == "the old site"


def test_a_missing_corpus_leaves_the_old_site(lay: Lay, tmp_path: Path) -> None:
    shutil.rmtree(lay(OLD_SITE))

    ran = run("site", "--config", str(CONFIG))

    assert ran.status == 2
    assert "there is no corpus in 'corpus'; go to the project's folder, or name it" in ran.output
    assert (tmp_path / "site" / "index.html").read_text() == "the old site"
