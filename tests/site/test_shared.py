"""What others read of the site: pictures and texts of shared links, icons, pages as Markdown, files for crawlers."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

import marko
import pytest
from lxml import html
from marko.block import Heading
from marko.inline import AutoLink, Link

from support import PROJECT
from xinyong.corpus import Corpus
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.site import documents

BASE = "http://127.0.0.1:8000/"
ASSETS = PROJECT / "docs" / "assets"
LARGEST = 60_000
UNSHARED = {"404.html"}
"""A page that stands at no address of its own."""


@pytest.fixture(scope="module")
def pages(built: Path) -> Mapping[str, html.HtmlElement]:
    """Every page that stays where it is, by its name; those that lead on to another are left out."""
    found = {}
    for file in sorted(built.rglob("*.html")):
        tree = html.fromstring(file.read_bytes())
        name = file.relative_to(built).as_posix()
        if name not in UNSHARED and not tree.xpath("//meta[@http-equiv='refresh']"):
            found[name] = tree
    return found


def _said(tree: html.HtmlElement) -> Mapping[str, str]:
    tags = tree.xpath("//head/meta[@content]")
    return {tag.get("property") or tag.get("name"): tag.get("content") for tag in tags}


def _canonical(tree: html.HtmlElement) -> str:
    (link,) = tree.xpath("//head/link[@rel='canonical']")
    return str(link.get("href"))


def _size(file: Path) -> tuple[int, int]:
    """Read the width and height in the head of a PNG (https://www.w3.org/TR/png-3/#11IHDR)."""
    data = file.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def test_every_page_says_what_is_shown_with_a_link_to_it(
    pages: Mapping[str, html.HtmlElement], built: Path
) -> None:
    assert len(pages) > 100
    for name, tree in pages.items():
        said = _said(tree)
        address = BASE + name.removesuffix("index.html")
        assert said["og:url"] == address, name
        assert said["og:site_name"] == "Xinyong", name
        assert said["og:title"].strip(), name
        assert said["og:description"] == said["description"], name
        assert 12 < len(said["description"]) <= 400, name
        assert said["twitter:card"] == "summary_large_image", name
        assert _canonical(tree).startswith(BASE), name
        picture = built / said["og:image"].removeprefix(f"{BASE}assets/")
        assert (built / "assets" / picture.relative_to(built)).is_file(), name


def test_a_record_s_page_has_its_own_title_and_the_picture_of_its_kind(
    pages: Mapping[str, html.HtmlElement], library: Library
) -> None:
    for entry in library.corpus:
        said = _said(pages[f"{entry.url}index.html"])
        assert entry.record.names.en in said["og:title"]
        assert said["og:image"] == f"{BASE}assets/share/{entry.kind}.png"
        assert said["og:type"] == "article"


def test_no_two_pages_of_records_are_described_alike(
    pages: Mapping[str, html.HtmlElement], library: Library
) -> None:
    found = [_said(pages[f"{entry.url}index.html"])["og:description"] for entry in library.corpus]
    assert len(found) == len(set(found))


def test_home_says_its_name_once_and_how_it_is_searched(
    pages: Mapping[str, html.HtmlElement],
) -> None:
    home = pages["index.html"]
    (data,) = home.xpath("//head/script[@type='application/ld+json']/text()")
    site = json.loads(data)

    assert home.findtext(".//title").count("Xinyong") == 1
    assert _said(home)["og:type"] == "website"
    assert _said(home)["og:image"] == f"{BASE}assets/share/home.png"
    assert (site["@type"], site["url"]) == ("WebSite", BASE)
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{BASE}?q={{query}}"


@pytest.mark.parametrize("name", ["home", *MODELS])
def test_the_picture_of_a_kind_is_there_and_light(name: str) -> None:
    file = ASSETS / "share" / f"{name}.png"

    assert _size(file) == (1200, 630)
    assert file.stat().st_size < LARGEST


def test_the_icons_are_there_in_their_sizes(
    pages: Mapping[str, html.HtmlElement], built: Path
) -> None:
    for name, tree in pages.items():
        for link in tree.xpath("//head/link[@rel='icon' or @rel='apple-touch-icon']"):
            target = urljoin(BASE + name, link.get("href")).removeprefix(BASE)
            assert (built / target).is_file(), (name, target)
    home = pages["index.html"]
    (manifest,) = home.xpath("//head/link[@rel='manifest']/@href")
    said = json.loads((built / manifest).read_text(encoding="utf-8"))
    folder = (built / manifest).parent

    assert urljoin(BASE + manifest, said["start_url"]) == BASE
    assert {icon["sizes"] for icon in said["icons"]} == {"any", "192x192", "512x512"}
    for icon in said["icons"]:
        if icon["type"] == "image/png":
            width, height = _size(folder / icon["src"])
            assert f"{width}x{height}" == icon["sizes"]
        else:
            assert html.fromstring((folder / icon["src"]).read_bytes()).tag == "svg"


def test_pages_lead_to_their_text(
    pages: Mapping[str, html.HtmlElement], built: Path, small: Corpus
) -> None:
    names = ["", "start/", "method/", "about/", *(f"{kind}/" for kind in MODELS)]
    for url in [*names, *(entry.url for entry in small)]:
        tree = pages[f"{url}index.html"]
        (link,) = tree.xpath("//head/link[@type='text/markdown']")
        assert "alternate" in link.get("rel").split()
        target = urljoin(BASE + url, link.get("href")).removeprefix(BASE)
        assert target == f"{url}index.md"
        assert (built / target).is_file()


def test_the_text_of_a_renamed_record_answers_under_its_old_name_too(built: Path) -> None:
    old, new = (built / "programs" / id_ / "index.md" for id_ in ("zhima-credit", "sesame-credit"))
    assert old.read_bytes() == new.read_bytes()


def _links(source: str) -> Iterator[str]:
    yield from _links_of(marko.parse(source))


def _links_of(node: object) -> Iterator[str]:
    if isinstance(node, Link | AutoLink):
        yield node.dest
    children = getattr(node, "children", "")
    for child in children if not isinstance(children, str) else ():
        yield from _links_of(child)


def test_every_link_of_a_text_leads_to_a_page_and_an_anchor_of_the_site(built: Path) -> None:
    site = documents.read(built)
    texts = sorted(built.rglob("*.md"))
    found = [link for text in texts for link in _links(text.read_text(encoding="utf-8"))]

    assert len(texts) > 20
    for link in found:
        if link.startswith(BASE):
            page, _, anchor = link.removeprefix(BASE).partition("#")
            name = f"{page}index.html" if page.endswith("/") or not page else page
            assert name in site.files, link
            assert not anchor or anchor in site.pages[name].ids, link
        else:
            assert link.startswith(("http://", "https://")), link


@pytest.mark.parametrize(
    "name", ["index.md", "start/index.md", "method/index.md", "claims/index.md"]
)
def test_a_hand_written_page_is_whole_as_text(name: str, built: Path) -> None:
    source = (built / name).read_text(encoding="utf-8")
    heads = [node for node in marko.parse(source).children if isinstance(node, Heading)]

    assert [head.level for head in heads].count(1) == 1
    assert not re.search(r"<!--|</?(?:div|span)|\{ ?[.#:]|⟦|^---", source, re.MULTILINE)
    assert BASE in source


def test_the_index_of_a_kind_names_every_record(built: Path, small: Corpus) -> None:
    for kind in MODELS:
        found = set(_links((built / kind / "index.md").read_text(encoding="utf-8")))
        assert {BASE + entry.url for entry in small.of_kind(kind)} <= found


def test_crawlers_may_read_everything_and_find_the_sitemap(built: Path) -> None:
    reader = RobotFileParser()
    reader.parse((built / "robots.txt").read_text(encoding="utf-8").splitlines())

    assert reader.can_fetch("AnyBot", f"{BASE}programs/")
    assert reader.site_maps() == [f"{BASE}sitemap.xml"]
    assert (built / "sitemap.xml").is_file()


def test_llms_txt_has_the_form_of_its_proposal_and_leads_to_texts(
    built: Path, small: Corpus
) -> None:
    source = (built / "llms.txt").read_text(encoding="utf-8")
    blocks = [node for node in marko.parse(source).children if type(node).__name__ != "BlankLine"]
    heads = [node for node in blocks if isinstance(node, Heading)]
    targets = list(_links(source))

    # A name, a quotation that sums it up, anything but headings, and then sections that are lists of links.
    assert [type(node).__name__ for node in blocks[:2]] == ["Heading", "Quote"]
    assert [head.level for head in heads] == [1, *[2] * (len(heads) - 1)]
    after = blocks[blocks.index(heads[1]) :]
    assert [type(node).__name__ for node in after] == ["Heading", "List"] * (len(heads) - 1)
    assert f"{BASE}start/index.md" in targets[:3]
    assert {f"{BASE}{entry.url}index.md" for entry in small.of_kind("claims")} <= set(targets)
    assert "four systems, not one" in source
    for target in targets:
        assert target.startswith(BASE)
        place = target.removeprefix(BASE)
        assert (built / (f"{place}index.html" if place.endswith("/") else place)).is_file(), target


def test_search_engines_are_shown_pages_and_not_their_texts(built: Path) -> None:
    sitemap = (built / "sitemap.xml").read_text(encoding="utf-8")
    headers = (built / "_headers").read_text(encoding="utf-8")

    assert "programs/sesame-credit/" in sitemap
    assert "index.md" not in sitemap
    assert (
        "/*.md\n  Content-Type: text/markdown; charset=utf-8\n  X-Robots-Tag: noindex\n" in headers
    )
    for file in (built / "search").rglob("*.json"):
        assert "sesame-credit/index.md" not in file.read_text(encoding="utf-8")


def test_the_link_of_a_heading_to_itself_is_no_word_and_no_stop(
    pages: Mapping[str, html.HtmlElement],
) -> None:
    found = [link for tree in pages.values() for link in tree.xpath("//a[@class='headerlink']")]

    assert len(found) > 100
    assert {(link.get("aria-hidden"), link.get("tabindex")) for link in found} == {("true", "-1")}


def test_a_link_leads_past_the_marks_of_the_map(pages: Mapping[str, html.HtmlElement]) -> None:
    tree = pages["cities/index.html"]
    (skip,) = tree.xpath("//a[@class='xy-skip']")
    marks = tree.xpath("//*[contains(@class, 'xy-map-sheets')]//*[local-name()='a']")
    order = [*tree.iter()]
    target = tree.get_element_by_id(skip.get("href").removeprefix("#"))

    assert order.index(skip) < min(map(order.index, marks))
    assert max(map(order.index, marks)) < order.index(target)
