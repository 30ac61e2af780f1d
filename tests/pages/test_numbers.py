"""Numbers of one name agree wherever they stand."""

from __future__ import annotations

from lxml import html

from xinyong.pages.fragments import fragment
from xinyong.publication import Library


def _slot(library: Library, name: str) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{fragment(library, name, '../')}</div>")


def _offered(page: html.HtmlElement, facet: str, value: str) -> int:
    path = f".//fieldset[@data-facet='{facet}']//input[@value='{value}']/../span"
    return int(page.xpath(f"string({path})"))


def test_the_map_and_the_table_count_the_same_places_with_a_scheme(whole: Library) -> None:
    drawn = _slot(whole, "map").xpath(
        "string(.//input[@name='map-scheme'][@value='yes']/../span[@class='xy-sub'])"
    )

    assert int(drawn) == _offered(_slot(whole, "index-cities"), "scheme", "yes")


def test_the_layers_and_the_programs_count_the_same_scores(whole: Library) -> None:
    numbers = _slot(whole, "layers-table").xpath(".//tbody/tr/td[last()]")

    scored = sum(int(cell.text) for cell in numbers)
    assert scored == _offered(_slot(whole, "index-programs"), "scored", "yes")


def test_the_legend_says_how_many_places_of_a_batch_are_not_recorded(whole: Library) -> None:
    page = _slot(whole, "map")
    second, fourth = (
        page.xpath(f"string(.//input[@name='map-batch'][@value='{year}']/../span[last()])")
        for year in ("2019", "2023")
    )

    assert second == "6 of 16 recorded"
    assert fourth == "68"
