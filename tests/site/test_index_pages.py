"""The pages of long indexes in the built site and in the preview."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html

from bench.generate import write
from support import PROJECT
from xinyong.corpus import load
from xinyong.pages.indexes import stretch
from xinyong.rules.all import today
from xinyong.site import addresses, build, documents
from xinyong.site.preview import Preview
from xinyong.site.whole import Place, Whole

CONFIG = PROJECT / "mkdocs.yml"
ADDRESS = "http://127.0.0.1:8000/"
RECORDS = 60


@pytest.fixture(scope="module")
def short() -> Iterator[None]:
    """More than 12 rows are many, and 10 stand on a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretch, "MOST", 12)
        patch.setattr(stretch, "ROWS", 10)
        yield


@pytest.fixture(scope="module")
def project(short: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a generated corpus, and its site."""
    folder = tmp_path_factory.mktemp("long")
    write(folder / "corpus", RECORDS)
    build.build(CONFIG, folder / "corpus", folder / "site", today(), demand="none")
    return folder


def _page(project: Path, address: str) -> html.HtmlElement:
    file = project / "site" / address / "index.html"
    return html.document_fromstring(file.read_text(encoding="utf-8"))


def _further(project: Path) -> list[str]:
    return sorted(
        f"{file.parent.parent.name}/{file.parent.name}/"
        for file in (project / "site").glob("*/page-*/index.html")
    )


def test_the_pages_of_a_long_index_stand_in_the_folder_of_its_kind(project: Path) -> None:
    works = len(list((project / "corpus" / "citations").iterdir()))

    assert works > 20
    assert {f"citations/page-{n}/" for n in range(2, -(-works // 10) + 1)} < {*_further(project)}
    assert "renderings/page-2/" in _further(project)
    assert {address.split("/")[0] for address in _further(project)} == {"citations", "renderings"}


def test_such_a_page_has_its_own_title_and_address(project: Path) -> None:
    page = _page(project, "citations/page-2/")

    assert page.findtext(".//title") == "Sources, page 2 of 3 - Xinyong"
    assert page.xpath("string(.//h1)").startswith("Sources, page 2 of 3")
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}citations/page-2/"]
    assert page.xpath("//head/link[@rel='prev']/@href") == ["../../citations/"]
    assert page.xpath("//head/link[@rel='next']/@href") == ["../../citations/page-3/"]


def test_such_a_page_is_in_the_sitemap_and_not_in_the_search(project: Path) -> None:
    site = project / "site"
    listed = {found.text for found in ElementTree.parse(site / "sitemap.xml").iter()}
    index = "".join(
        file.read_text(encoding="utf-8") for file in (site / "search").rglob("*") if file.is_file()
    )

    assert {ADDRESS + address for address in _further(project)} < listed
    assert "State of the evidence" in index
    assert ", page 2 of " not in index


def test_the_address_of_a_row_is_promised_that_of_a_further_page_is_not(project: Path) -> None:
    corpus, _ = load(project / "corpus")
    built = documents.read(project / "site")
    promised = addresses.addresses(built, corpus)

    assert "citations/" in promised
    assert not set(_further(project)) & promised.keys()
    for entry in corpus.of_kind("citations"):
        assert built.pages["citations/index.html"].has(entry.id)


def test_a_part_build_makes_the_pages_that_a_build_from_nothing_makes(
    short: None, project: Path, tmp_path: Path
) -> None:
    corpus, site = tmp_path / "corpus", tmp_path / "site"
    shutil.copytree(project / "corpus", corpus)

    def part() -> dict[str, bytes]:
        whole = Whole(Place(site, corpus, CONFIG, tmp_path / "notes"), today().text, "none")
        build.build(CONFIG, corpus, site, today(), demand="none", whole=whole)
        return _files(site)

    def fresh() -> dict[str, bytes]:
        build.build(CONFIG, corpus, tmp_path / "fresh", today(), demand="none")
        return _files(tmp_path / "fresh")

    part()
    work = sorted((corpus / "citations").iterdir())[3]
    said = json.dumps("An entirely different title")
    lines = work.read_text(encoding="utf-8").splitlines()
    told = [f"title: {said}" if line.startswith("title:") else line for line in lines]
    work.write_text("\n".join([*told, ""]), encoding="utf-8")

    assert part() == fresh()
    another = work.with_name("another-source.yml")
    another.write_text(work.read_text(encoding="utf-8").replace("example.org/", "example.org/a"))
    term = next(iter((corpus / "terms").iterdir()))
    term.write_text(term.read_text("utf-8").replace(work.stem, another.stem), encoding="utf-8")
    assert part() == fresh()


def _files(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def test_the_preview_makes_the_page_that_a_build_makes(
    short: None, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Preview, "build", lambda _preview: None)
    preview = Preview(CONFIG, project / "corpus", ADDRESS, lambda _said: None)
    preview.start()
    made = preview.page("citations/page-2/")
    none = preview.page("citations/page-9/")
    preview.close()

    built = (project / "site/citations/page-2/index.html").read_bytes()
    assert made == preview.marked(built)
    assert none is None
