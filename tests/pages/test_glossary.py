"""The glossary by letters: each leads to the first of its terms, by pinyin and by English."""

from __future__ import annotations

from lxml.html import HtmlElement, fromstring

from xinyong.pages.fragments import fragment
from xinyong.publication import Library


def _page(whole: Library, order: str) -> HtmlElement:
    return fromstring(f"<div>{fragment(whole, f'terms-by-{order}', '../')}</div>")


def test_each_letter_leads_to_its_place_on_the_page(whole: Library) -> None:
    order = "english"
    page = _page(whole, order)
    letters = page.xpath("//nav/a")

    assert len(letters) > 15
    assert [letter.text for letter in letters] == sorted(letter.text for letter in letters)
    for letter in letters:
        assert letter.get("href") == f"#{order}-{letter.text.lower()}"
        assert len(page.xpath(f"//*[@id='{order}-{letter.text.lower()}']")) == 1


def test_a_letter_of_pinyin_leads_to_the_first_term_that_begins_with_it(whole: Library) -> None:
    page = _page(whole, "pinyin")

    assert page.xpath("string(//*[@id='pinyin-s'])") == "三证合一"  # sān zhèng hé yī
    assert page.xpath("string(//*[@id='pinyin-z'])") == "政府失信"  # zhèngfǔ shīxìn
    for first in page.xpath("//tr[.//@id]"):
        before = first.getprevious()
        letters = [
            row.xpath("string(.//*[@lang='zh-Latn-pinyin'])")[:1].lower()
            for row in (first, before)
            if row is not None
        ]
        assert len({*letters}) == len(letters)


def test_a_double_name_stands_in_both_its_places_in_english(whole: Library) -> None:
    links = {a.text: a.get("href") for a in _page(whole, "english").xpath("//li/a")}

    assert links["breach of trust"] == links["untrustworthiness"] == "../terms/shixin/"


def test_english_names_stand_in_the_order_of_their_letters(whole: Library) -> None:
    names = [a.text for a in _page(whole, "english").xpath("//li/a")]

    assert names[:2] == ["administrative licence", "administrative litigation"]
    assert names.index("Alipay") < names.index("alternative data") < names.index("Ant Financial")
