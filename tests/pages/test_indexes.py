"""Indexes: what a row can be found by, and that each row's choices are offered in the form."""

from __future__ import annotations

import gzip

import pytest
from lxml import html

from support import Lay
from xinyong.corpus import load
from xinyong.pages.fragments import fragment
from xinyong.pages.indexes import INDEXES
from xinyong.pages.indexes.claims import first_sentence
from xinyong.pages.indexes.table import sortable
from xinyong.publication import Library


def _index(library: Library, kind: str) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{fragment(library, f'index-{kind}', '../')}</div>")


@pytest.mark.parametrize("kind", INDEXES)
def test_every_value_of_a_row_is_offered_and_counted(kind: str, whole: Library) -> None:
    tree = _index(whole, kind)
    rows = [row.get("data-f", "").split(" ") for row in tree.xpath(".//*[@data-f]")]
    facets = tree.xpath(".//fieldset[@data-facet]")

    assert len(rows) == len(whole.corpus.of_kind(kind))
    for at, facet in enumerate(facets):
        values = [value for row in rows for value in row[at].split(",")]
        offered = {
            box.get("value"): int(box.xpath("string(../span)")) for box in facet.iter("input")
        }
        assert offered == {value: values.count(value) for value in offered}
        assert set(values) == set(offered)


@pytest.mark.parametrize("kind", INDEXES)
def test_without_a_script_a_table_stands_in_the_order_that_its_heading_says(
    kind: str, whole: Library
) -> None:
    tree = _index(whole, kind)
    if not tree.xpath(".//table"):
        return
    (at,) = [
        n
        for n, head in enumerate(tree.xpath(".//thead//th"), 1)
        if head.get("aria-sort") == "ascending"
    ]
    cells = tree.xpath(f".//tbody/tr/td[{at}]")
    named = [
        cell.xpath("string((.//a[@class='xy-more'] | a[contains(@class, 'xy-link')] | .)[last()])")
        for cell in cells
    ]
    keys = [
        sortable(name.replace("–", "~")) if kind == "terms" else name.casefold() for name in named
    ]

    assert len(keys) > 10
    assert keys == sorted(keys)


@pytest.mark.parametrize("kind", INDEXES)
def test_the_form_says_that_all_is_shown_before_a_script_does(kind: str, whole: Library) -> None:
    number = f"{len(whole.corpus.of_kind(kind)):,}"

    assert (
        _index(whole, kind).xpath("string(.//form//*[@role='status'])")
        == f"{number} of {number} shown."
    )


def test_an_index_of_650_sources_is_light_enough_for_a_phone(whole: Library) -> None:
    page = fragment(whole, "index-citations", "../") or ""
    before, *rows = page.split("<tr ")

    assert len(rows) > 650
    assert len(gzip.compress("<tr ".join([before, *rows[:650]]).encode(), 9)) < 125_000


def test_a_row_is_found_by_the_names_that_it_does_not_show(library: Library) -> None:
    (row,) = _index(library, "programs").xpath(".//tbody/tr")

    assert row.get("data-t") == "Zhima Credit"


def test_a_list_that_sources_call_public_and_not_public_is_found_under_both(lay: Lay) -> None:
    text = (
        "name: {en: A list}\npolarity: blacklist\nlayer: state\nsummary: A list [@koetse-2018].\n"
        "public: [{value: true, cite: koetse-2018}, {value: false, cite: reuters-2015}]\n"
    )
    library = Library(load(lay({"corpus/blacklists/a-list.yml": text}))[0])

    assert (
        _index(library, "blacklists").xpath(".//tbody/tr/@data-f")[0]
        == "state blacklist unrecorded yes,no"
    )


def test_a_claim_about_two_layers_stands_among_those_that_mix_them(lay: Lay) -> None:
    text = (
        "name: {en: All is one}\nclaimants: {value: Some, cite: koetse-2018}\nassessment: refuted\n"
        "about: [sesame-credit, judgment-defaulters]\nsummary: It is not [@koetse-2018].\n"
        "evidence: {stance: against, value: It is two, cite: koetse-2018}\n"
    )
    library = Library(load(lay({"corpus/claims/all-is-one.yml": text}))[0])
    groups = _index(library, "claims").xpath(".//section")

    assert [group.xpath("string(h2)") for group in groups] == [
        "Layers mixed or compared 1",
        "Commercial 1",
    ]
    assert groups[0].xpath("string(.//li)").endswith("It is not. Evidence: 0 for, 1 against.")


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("One. Two.", "One."),
        ("One only", "One only"),
        ("a " * 200, ("a " * 110).strip()[:-1].rstrip() + "…"),
    ],
)
def test_why_a_claim_stands_so_is_told_in_one_sentence(message: str, first: str) -> None:
    assert first_sentence(message) == first


def test_dates_of_sources_stand_in_figures_or_where_these_say_too_little_in_words(
    whole: Library,
) -> None:
    dates = {row.xpath("string(td[3])") for row in _index(whole, "citations").xpath(".//tbody/tr")}

    assert {"2001-07-05", "2020", "about 2019"} < dates
    assert not any(set(date) & {"~", "?", "/", "X"} for date in dates)
