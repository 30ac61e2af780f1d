"""The search index: what stands in its files, and that it says of each record all by which people
look for it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from xinyong.corpus import Corpus
from xinyong.references.labels import References
from xinyong.site import search
from xinyong.site.search_pages import sections
from xinyong.site.search_rows import Row, number_forms, packed, row

ARTICLE = """<html><body><nav>Menu</nav><article class="md-content__inner">
<a class="md-content__button" title="Edit">Edit</a>
<h1 id="method">Method<a class="headerlink" href="#method">¶</a></h1>
<p>How it is <em>done</em>.</p><!-- slot: counts -->
<h2 id="dates-and-figures">Dates and <i>figures</i><a class="headerlink" href="#x">¶</a></h2>
<ul><li>one</li><li>two</li></ul><script>not()</script>
</article></body></html>"""


def _row(corpus: Corpus, id_: str) -> Row:
    return row(corpus[id_], corpus, References(corpus))


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / "search" / name).read_text(encoding="utf-8"))


def test_a_record_has_its_names_in_all_languages_and_its_summary(small: Corpus) -> None:
    found = _row(small, "rongcheng")

    assert (found.name, found.zh, found.pinyin) == ("Rongcheng", "荣成市", "Róngchéng Shì")
    assert found.text == "A county-level city in Shandong with points for residents."


def test_a_place_is_found_without_the_word_for_city(small: Corpus) -> None:
    assert {"荣成", "Róngchéng"} <= set(_row(small, "rongcheng").also)


def test_a_term_is_found_by_rival_renderings(small: Corpus) -> None:
    assert {"dishonesty", "untrustworthiness"} <= set(_row(small, "shixin").also)


def test_a_source_is_found_by_short_reference_author_and_year(small: Corpus) -> None:
    assert _row(small, "koetse-2018").more == ("Koetse 2018", "Manya Koetse", "2018")


def test_a_place_is_found_by_its_account(small: Corpus) -> None:
    assert "@信用荣成" in _row(small, "rongcheng").more


def test_a_program_has_its_layer(small: Corpus) -> None:
    assert _row(small, "sesame-credit").layer == "commercial"


@pytest.mark.parametrize(
    ("number", "forms"),
    [
        ("国发〔2014〕21号", ["国发〔2014〕21号", "Guofa [2014] No. 21"]),
        ("法释[2013]17号", ["法释[2013]17号", "Fashi [2013] No. 17"]),
        ("State Council Order No. 631", ["State Council Order No. 631"]),
    ],
)
def test_a_document_number_is_found_as_translations_write_it(number: str, forms: list[str]) -> None:
    assert list(number_forms(number)) == forms


def test_what_is_empty_at_the_end_of_a_row_is_left_out() -> None:
    plain = Row("pages", "about/", 3, "About", "text")

    assert packed(plain, {"pages": 7}, {}) == [7, "about/", 3, "About"]


def test_a_hand_written_page_is_cut_at_its_headings() -> None:
    heading = "Dates and figures"

    assert list(sections("method/", ARTICLE)) == [
        Row("pages", "method/", 3, "Method", "How it is done."),
        Row(
            "pages",
            "method/#dates-and-figures",
            1,
            "Method: Dates and figures",
            "one two",
            also=(heading,),
        ),
    ]


def test_what_an_example_says_is_not_found_as_if_it_were_so() -> None:
    page = (
        '<article><h1 id="a-claim">A claim</h1><p>How.</p><pre><code>name: '
        "Everyone has a score</code></pre></article>"
    )

    assert [row.text for row in sections("contribute/claims/", page)] == ["How."]


def test_every_record_and_every_hand_written_page_stands_in_the_index(
    built: Path, small: Corpus
) -> None:
    first, sources = _read(built, "records.json"), _read(built, "sources.json")
    kinds = [kind for kind, _ in first["kinds"]]
    found = {f"{kinds[r[0]]}/{r[1]}" for r in [*first["rows"], *sources]}

    assert {entry.url for entry in small} <= found
    assert {"pages/method/", "pages/about/", "pages/terms/"} <= found
    assert not [address for address in found if "record/" in address or "⟦" in address]
    assert {kinds[r[0]] for r in sources} == {"citations"}


def test_each_row_has_its_text_in_the_file_of_its_number(built: Path) -> None:
    first, sources = _read(built, "records.json"), _read(built, "sources.json")
    texts = [
        text
        for n in range(len(list((built / "search/texts").iterdir())))
        for text in _read(built, f"texts/{n}.json")
    ]
    names = [r[3] for r in [*first["rows"], *sources]]

    assert len(texts) == len(names)
    assert (
        texts[names.index("Rongcheng")]
        == "A county-level city in Shandong with points for residents."
    )


def test_rows_stand_in_the_order_of_their_weight(built: Path) -> None:
    weights = [r[2] for r in _read(built, "records.json")["rows"]]

    assert weights == sorted(weights, reverse=True)


def test_only_traditional_characters_are_kept_whose_simplified_form_is_used(built: Path) -> None:
    pairs = _read(built, "records.json")["traditional"]

    assert "執执" in pairs
    assert "龜龟" not in pairs


def test_a_character_is_written_in_one_way_only() -> None:
    table = search.simplified()

    assert table["執"] == "执"
    assert not set(table.values()) & set(table)


def test_nothing_of_the_themes_own_search_is_left(built: Path) -> None:
    assert not (built / "assets/javascripts/lunr").exists()
    assert not (built / "assets/javascripts/workers").exists()
    assert not (built / "search/search_index.json").exists()
    page = (built / "programs/sesame-credit/index.html").read_text(encoding="utf-8")
    assert 'data-md-component="search"' not in page


def test_without_scripts_the_glossary_stands_in_for_the_search(built: Path) -> None:
    page = (built / "programs/sesame-credit/index.html").read_text(encoding="utf-8")

    assert (
        '<noscript><a class="xy-search-instead" href="../../terms/">Glossary</a></noscript>' in page
    )


def test_hits_of_laws_that_share_a_title_say_which_each_is(real: Corpus) -> None:
    references = References(real)
    laws = ("credit-repair-measures-2025", "ndrc-order-36", "quietvariable-order36")
    rows = [row(real[id_], real, references) for id_ in laws]

    assert {found.zh for found in rows} == {"信用修复管理办法"}
    assert [found.more[0] for found in rows] == [
        "Credit repair measures of 2025, NDRC Order No. 36 of 2025",
        "NDRC Order No. 36 of 2025, copy on a trade site",
        "NDRC Order No. 36 of 2025, copy on a tax law site",
    ]
