"""The search index: what stands in its files, and that it says of each record all by which people
look for it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from support import PROJECT
from xinyong.corpus import Corpus, load
from xinyong.corpus.text import plain_phrase
from xinyong.problems import CODES
from xinyong.references.labels import References
from xinyong.site import search
from xinyong.site.search_pages import asked, sections
from xinyong.site.search_rows import Row, number_forms, problem_rows, row
from xinyong.site.search_words import simplified, stem, synonyms, words

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


def _all(folder: Path, part: str) -> dict[str, Any]:
    files = (folder / "search" / part).iterdir()
    return {
        key: value
        for file in files
        for key, value in json.loads(file.read_text(encoding="utf-8")).items()
    }


def _files(folder: Path) -> dict[str, bytes]:
    found = (folder / "search").rglob("*.json")
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def test_a_record_has_its_names_in_all_languages_and_its_summary(small: Corpus) -> None:
    found = _row(small, "rongcheng")

    assert (found.name, found.zh, found.pinyin) == ("Rongcheng", "荣成市", "Róngchéng Shì")
    assert found.text == "A county-level city in Shandong with points for residents."


def test_a_place_is_found_without_the_word_for_city(small: Corpus) -> None:
    assert {"荣成", "Róngchéng"} <= set(_row(small, "rongcheng").also)


def test_a_term_is_found_by_rival_renderings(small: Corpus) -> None:
    assert {"dishonesty", "untrustworthiness"} <= set(_row(small, "shixin").also)


def test_a_source_is_found_by_short_reference_author_and_year(small: Corpus) -> None:
    assert _row(small, "koetse-2018").more == (
        "Koetse 2018",
        "Manya Koetse",
        "What's on Weibo 2018",
        "2018",
    )


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


def test_a_document_is_found_by_what_people_quote_of_its_number(small: Corpus) -> None:
    numbers = {number for entry in small for number in _row(small, entry.id).numbers}

    assert {"法释〔2013〕17号", "Fashi [2013] No. 17", "2013 No. 17"} <= numbers


def test_a_claim_has_its_verdict(small: Corpus) -> None:
    claims = [_row(small, entry.id) for entry in small if entry.kind == "claims"]

    assert claims
    assert all(claim.mark for claim in claims)


def test_what_a_page_says_stands_under_the_anchors_that_the_page_has(
    built: Path, small: Corpus
) -> None:
    for entry in small:
        page = (built / entry.url / "index.html").read_text(encoding="utf-8")
        for section in _row(small, entry.id).sections:
            assert f'id="{section.anchor}"' in page, (entry.url, section)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zhīma Xìnyòng", "zhima xinyong"),
        ("失信被執行人", "失信被执行人"),
        ("国发〔2014〕21号", "国发[2014]21"),
        ("第44号令", "Order No. 44"),
        ("芝麻信用是什么", "芝麻信用"),
        ("People’s Bank", "peoples bank"),
    ],
)
def test_forms_of_one_name_give_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("word", "bare"),
    [("scored", "scor"), ("scores", "scor"), ("banned", "ban"), ("cities", "city"), ("xis", "xis")],
)
def test_forms_of_one_word_have_one_stem(word: str, bare: str) -> None:
    assert stem(word) == bare


def test_no_word_has_two_meanings_in_the_table_of_synonyms() -> None:
    every = [stem(word) for line in synonyms()["words"] for word in dict.fromkeys(map(stem, line))]

    assert sorted(set(every)) == sorted(every)
    assert all(isinstance(word, str) for line in synonyms()["words"] for word in line)


def test_a_page_is_found_by_the_phrases_of_its_front_matter() -> None:
    assert "fact check" in asked(PROJECT / "docs", "claims/")
    assert asked(PROJECT / "docs", "claims/nothing/") == ()


def test_no_phrase_leads_to_a_record_and_to_a_page() -> None:
    corpus, _ = load(PROJECT / "corpus")
    docs = PROJECT / "docs"
    pages = (file.relative_to(docs).as_posix() for file in sorted(docs.rglob("*.md")))
    urls = [f"{name.removesuffix('.md').removesuffix('index').rstrip('/')}/" for name in pages]
    of_pages = [plain_phrase(phrase) for url in urls for phrase in asked(docs, url)]
    of_records = {plain_phrase(phrase) for entry in corpus for phrase in entry.record.asked}

    assert len(set(of_pages)) == len(of_pages)
    assert of_records.isdisjoint(of_pages)


def test_each_problem_is_found_by_its_code_and_by_what_one_would_call_it() -> None:
    rows = {row.place: row for row in problem_rows()}

    assert set(rows) == {f"{code}/" for code in CODES}
    assert rows["X204/"].name == "X204: link to an unknown record"


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
    heads = _all(built, "heads")
    places = {head[0] for head in heads.values()}

    assert {f"{entry.id}/" for entry in small} <= places
    assert {"method/", "about/", "terms/", "X204/"} <= places
    assert not [place for place in places if "record/" in place or "⟦" in place]
    assert len(heads) == len(_read(built, "index.json")["documents"]) // 2
    assert set(heads) == set(_all(built, "details")) == set(_all(built, "texts"))


def test_a_word_stands_in_the_file_that_the_page_script_asks_for(built: Path) -> None:
    index = _read(built, "index.json")

    for folder in ("names", "contents"):
        there = {file.stem for file in (built / "search" / folder).iterdir()}
        assert there == set(index[folder].split(" "))


def test_one_record_more_changes_few_files(tmp_path: Path, small: Corpus) -> None:
    rows = [_row(small, entry.id) for entry in small]
    one, two = tmp_path / "one", tmp_path / "two"
    search.write_rows(one, rows)
    search.write_rows(two, [*rows, replace(rows[0], place="new/", name="Quite new", sections=())])
    before, after = _files(one), _files(two)
    changed = {name for name, data in after.items() if before.get(name) != data}

    assert len(changed) < len(after) / 3
    assert {name.split("/")[1] for name in changed} >= {"names", "heads", "details", "texts"}


def test_the_same_records_give_the_same_bytes(tmp_path: Path, small: Corpus) -> None:
    rows = [_row(small, entry.id) for entry in small]
    search.write_rows(tmp_path / "one", rows)
    search.write_rows(tmp_path / "two", rows[::-1])

    assert _files(tmp_path / "one") == _files(tmp_path / "two")


def test_only_traditional_characters_are_kept_whose_simplified_form_is_used(built: Path) -> None:
    pairs = _read(built, "traditional.json")

    assert "執执" in pairs
    assert "龜龟" not in pairs


def test_a_character_is_written_in_one_way_only() -> None:
    table = simplified()

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
