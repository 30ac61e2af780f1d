"""A long index in pages: each row answers on the first one, and stands in full on one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from bench.generate import write
from xinyong.corpus import load
from xinyong.pages.fragments import fragment
from xinyong.pages.indexes import INDEXES, paging, stretch
from xinyong.publication import Library
from xinyong.records.vocabularies import RELIABILITY


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than 30 rows are many, and 20 stand on a page."""
    monkeypatch.setattr(stretch, "MOST", 30)
    monkeypatch.setattr(stretch, "ROWS", 20)


def _first(library: Library, kind: str) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{fragment(library, f'index-{kind}', '../')}</div>")


def _pages(library: Library, kind: str) -> Iterator[html.HtmlElement]:
    yield _first(library, kind)
    for page in paging.further_of(library, kind):
        yield html.fragment_fromstring(f"<div>{page.body}</div>")


def _full(page: html.HtmlElement) -> list[html.HtmlElement]:
    found = page.xpath(".//tbody/tr | .//ul[@class='xy-checked']/li")
    return [row for row in found if isinstance(row, html.HtmlElement)]


def _by_name(page: html.HtmlElement) -> list[html.HtmlElement]:
    found = page.xpath(".//*[contains(@class, 'xy-by-name')]//li")
    return [row for row in found if isinstance(row, html.HtmlElement)]


def _record(row: html.HtmlElement, kind: str) -> str:
    """Return the address of the record that a row is about."""
    links = [str(link) for link in row.xpath(".//a/@href")]
    return next(found for link in links if (found := link.lstrip("./")).startswith(f"{kind}/"))


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("kind", INDEXES)
def test_each_record_stands_in_full_on_one_page_and_all_stand_on_the_first(
    kind: str, whole: Library
) -> None:
    records = sorted(entry.url for entry in whole.corpus.of_kind(kind))
    pages = list(_pages(whole, kind))
    first = [*_full(pages[0]), *_by_name(pages[0])]

    assert len(pages) == -(-len(records) // 20)
    assert sorted(_record(row, kind) for row in first) == records
    assert sorted(_record(row, kind) for page in pages for row in _full(page)) == records
    assert [len(_full(page)) for page in pages[:-1]] == [20] * (len(pages) - 1)
    assert not any(_by_name(page) for page in pages[1:])


@pytest.mark.usefixtures("short")
def test_the_address_of_a_source_among_the_sources_is_on_the_first_page(whole: Library) -> None:
    named = _first(whole, "citations").xpath(".//tr/@id | .//li/@id")

    assert sorted(named) == sorted(entry.id for entry in whole.corpus.of_kind("citations"))


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("kind", INDEXES)
def test_a_row_by_name_is_filtered_by_the_choices_and_words_that_it_has_in_full(
    kind: str, whole: Library
) -> None:
    first, *others = _pages(whole, kind)
    full = {_record(row, kind): row for page in others for row in _full(page)}

    for row in _by_name(first):
        same = full[_record(row, kind)]
        assert row.get("data-f", "").split() == same.get("data-f", "").split()
        assert row.get("data-t") == same.get("data-t")


@pytest.mark.usefixtures("short")
def test_a_row_by_name_shows_the_name_in_english_chinese_and_pinyin(whole: Library) -> None:
    for row in _by_name(_first(whole, "cities")):
        names = whole.corpus[_record(row, "cities").split("/")[1]].record.names
        shown = [names.en, names.zh, names.pinyin]
        assert all(name in row.text_content() for name in shown if name)


@pytest.mark.usefixtures("short")
def test_a_source_by_name_is_found_by_its_title(whole: Library) -> None:
    for row in _by_name(_first(whole, "citations")):
        work = whole.corpus.citation(row.get("id", ""))
        named = work.name.en if work.name else work.title
        assert named in row.text_content() or work.title in row.text_content()


@pytest.mark.usefixtures("short")
def test_every_kind_of_source_has_its_heading_on_the_first_page(whole: Library) -> None:
    kinds = _first(whole, "citations").xpath(".//section[@data-group]/h2/@id")

    assert kinds == [f"kind-{kind}" for kind in RELIABILITY.values]


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("kind", INDEXES)
def test_the_form_of_the_first_page_counts_all_that_of_another_its_own_rows(
    kind: str, whole: Library
) -> None:
    total = len(whole.corpus.of_kind(kind))
    for number, page in enumerate(_pages(whole, kind), 1):
        rows = len(_full(page)) + len(_by_name(page))
        assert rows == total if number == 1 else rows <= 20
        assert page.xpath("string(.//*[@role='status'])") == f"{rows:,} of {rows:,} shown."
        for facet in page.iter("fieldset"):
            if facet.get("data-facet"):
                assert sum(int(count.text) for count in facet.iter("span")) >= rows


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("kind", INDEXES)
def test_a_number_that_has_a_name_is_told_where_it_counts_all(kind: str, whole: Library) -> None:
    _, *others = _pages(whole, kind)

    assert not any(page.xpath(".//@data-number") for page in others)


@pytest.mark.usefixtures("short")
def test_pages_lead_to_each_other(whole: Library) -> None:
    pages = list(_pages(whole, "cities"))
    for number, page in enumerate(pages, 1):
        for pager in page.xpath(".//nav"):
            numbers = pager.xpath("a[not(@rel)]")
            assert [link.get("aria-label") for link in numbers] == [
                f"Page {n}" for n in range(1, len(pages) + 1)
            ]
            assert [link.text for link in pager.xpath("a[@aria-current='page']")] == [str(number)]
            after = pager.xpath("string(a[@rel='next']/@href)")
            before = pager.xpath("string(a[@rel='prev']/@href)")
            assert after.endswith(f"cities/page-{number + 1}/" if number < len(pages) else "")
            assert bool(after) == (number < len(pages))
            assert bool(before) == (number > 1)
        labels = page.xpath(".//nav/@aria-label")
        assert len(set(labels)) == len(labels) == 2


@pytest.mark.usefixtures("short")
def test_a_further_page_says_which_it_is_and_what_is_before_and_after(whole: Library) -> None:
    page, *_ = paging.further_of(whole, "cities")
    total = len(whole.corpus.of_kind("cities"))

    assert page.title == f"Places, page 2 of {-(-total // 20)}"
    assert page.description == f"Places 21 to 40 of {total}, in the order of the first page."
    assert re.findall(r'rel="(\w+)" href="([^"]+)"', page.head) == [
        ("prev", "../../cities/"),
        ("next", "../../cities/page-3/"),
    ]
    assert '<h1 id="page-2">' in page.body


@pytest.mark.usefixtures("short")
def test_what_stands_open_is_in_full_before_what_is_folded(whole: Library) -> None:
    first = _first(whole, "citations")
    opened = first.xpath(".//section/div[@data-part]//tr[@id]/@id")

    assert opened[:6] == _first_without_pages(whole)[:6]
    assert len(opened) == 20


def _first_without_pages(whole: Library) -> list[str]:
    works = whole.corpus.of_kind("citations")
    law = [e.id for e in works if whole.corpus.citation(e.id).reliability == "primary-law"]
    return sorted(law, key=lambda id_: (-len(whole.corpus.cited_by.get(id_, ())), id_))


def test_an_index_of_few_rows_is_one_page(whole: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    number = len(whole.corpus.of_kind("programs"))
    monkeypatch.setattr(stretch, "ROWS", 20)
    monkeypatch.setattr(stretch, "MOST", number)
    assert list(paging.further_of(whole, "programs")) == []
    assert not _first(whole, "programs").xpath(".//nav | .//*[contains(@class, 'xy-by-name')]")

    monkeypatch.setattr(stretch, "MOST", number - 1)
    assert len(list(paging.further_of(whole, "programs"))) == -(-number // 20) - 1


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("kind", ["citations", "cities"])
def test_a_further_record_makes_the_first_page_little_longer(kind: str, tmp_path: Path) -> None:
    sizes = {}
    for records in (400, 800):
        write(tmp_path / f"{records}", records)
        library = Library(load(tmp_path / f"{records}")[0])
        page = fragment(library, f"index-{kind}", "../") or ""
        sizes[len(library.corpus.of_kind(kind))] = len(page.encode())
    (few, small), (many, large) = sizes.items()

    assert many - few > 50
    assert (large - small) / (many - few) < 200


def test_each_page_is_made_alone_as_among_all(whole: Library, short: None) -> None:
    pages = {page.url: page for page in paging.further(whole)}

    for url in ("cities/page-3/", "claims/page-2/"):
        assert list(paging.further_of(whole, url.split("/")[0], url)) == [pages[url]]
    assert list(paging.further_of(whole, "cities", "cities/page-99/")) == []
    assert list(paging.further_of(whole, "events", "events/page-2/")) == []
