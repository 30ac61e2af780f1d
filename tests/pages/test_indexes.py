"""Indexes: what a row can be found by, and that each row's choices are offered in the form."""

from __future__ import annotations

import gzip

import pytest
from lxml import html

from support import Lay
from xinyong.corpus import load
from xinyong.corpus.importance import importance
from xinyong.pages.fragments import fragment
from xinyong.pages.indexes import INDEXES
from xinyong.pages.indexes.table import sortable
from xinyong.publication import Library
from xinyong.records.vocabularies import RELIABILITY


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


@pytest.mark.parametrize("kind", ["programs", "blacklists", "cities", "organizations"])
def test_without_a_script_an_index_stands_in_the_order_of_importance(
    kind: str, whole: Library
) -> None:
    shown = _index(whole, kind).xpath(".//tbody/tr/td[1]//a[@class='xy-link']/@href")
    ids = [address.split("/")[-2] for address in shown]
    weights = [importance(whole.corpus, whole.corpus[id_]) for id_ in ids]

    assert len(ids) > 10
    assert weights == sorted(weights, reverse=True)


def test_the_programs_open_with_those_that_one_has_heard_of(whole: Library) -> None:
    shown = _index(whole, "programs").xpath(".//tbody/tr/td[1]//a[@class='xy-link']/@href")
    first = {address.split("/")[-2] for address in shown[:5]}

    assert {"sesame-credit", "social-credit-system", "rongcheng-points"} < first


def test_without_a_script_the_glossary_stands_by_letters_in_the_order_of_pinyin(
    whole: Library,
) -> None:
    tree = _index(whole, "terms")
    letters = [part.findtext("summary", "").strip() for part in tree.iter("details")][1:]
    cells = tree.xpath(".//tbody/tr/td[2]")
    keys = [sortable(cell.text_content().replace("–", "~")) for cell in cells]

    assert letters[:3] == ["B", "C", "D"]
    assert len(keys) > 100
    assert keys == sorted(keys)
    for part in tree.xpath(".//details[@data-part]"):
        letter = part.findtext("summary", "").strip()
        spelled = [sortable(cell.text_content()) for cell in part.xpath(".//tbody/tr/td[2]")]
        assert len(letter) > 1 or {word[0].upper() for word in spelled} == {letter}


def test_sources_stand_by_kind_the_strong_first_and_in_each_the_most_cited(whole: Library) -> None:
    sections = _index(whole, "citations").xpath(".//section[@data-group]")
    kinds = [section.find("h2").get("id") for section in sections]

    assert kinds == [f"kind-{kind}" for kind in RELIABILITY.values]
    for section in sections:
        used = [int(cell.text) for cell in section.xpath("./div//td[last()]")]
        assert used == sorted(used, reverse=True)
        years = [part.findtext("summary", "").strip() for part in section.iter("details")]
        assert years == sorted(years, key=lambda year: (year.isdigit(), year), reverse=True)


@pytest.mark.parametrize("kind", INDEXES)
def test_the_form_says_that_all_is_shown_before_a_script_does(kind: str, whole: Library) -> None:
    number = f"{len(whole.corpus.of_kind(kind)):,}"

    assert (
        _index(whole, kind).xpath("string(.//form//*[@role='status'])")
        == f"{number} of {number} shown."
    )


def test_a_source_weighs_little_in_the_index_so_that_it_is_light_on_a_phone(
    whole: Library,
) -> None:
    page = fragment(whole, "index-citations", "../") or ""
    rows = page.count("<tr id=")

    assert rows > 650
    assert len(gzip.compress(page.encode(), 9)) / rows < 196


def test_a_row_is_found_by_the_names_that_it_does_not_show(library: Library) -> None:
    (row,) = _index(library, "programs").xpath(".//tbody/tr")

    assert row.get("data-t") == "Zhima Credit"


def test_a_list_that_sources_call_public_and_not_public_is_found_under_both(lay: Lay) -> None:
    text = (
        "name: {en: A list}\npolarity: blacklist\nlayer: state\nsummary: A list [@koetse-2018].\n"
        "public: [{value: true, cite: koetse-2018}, {value: false, cite: reuters-2015}]\n"
    )
    library = Library(load(lay({"corpus/blacklists/a-list.yml": text}))[0])

    row = _index(library, "blacklists").xpath(".//tbody/tr[.//a[contains(@href, 'a-list')]]")[0]
    assert row.get("data-f") == "state blacklist unrecorded yes,no"


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


def test_dates_of_sources_stand_in_figures_or_where_these_say_too_little_in_words(
    whole: Library,
) -> None:
    dates = {row.xpath("string(td[3])") for row in _index(whole, "citations").xpath(".//tbody/tr")}

    assert {"2001-07-05", "2020", "about 2019"} < dates
    assert not any(set(date) & {"~", "?", "/", "X"} for date in dates)
