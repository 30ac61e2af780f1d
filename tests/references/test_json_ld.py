"""The words of schema.org: each property on a type that has it, as the vocabulary itself says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from support import PROJECT
from xinyong.corpus import Corpus, load
from xinyong.edition import Edition
from xinyong.references import json_ld, things

Node = dict[str, Any]
VOCABULARY = json.loads(
    (PROJECT / "tests/schemas/schema-org-30.0.json").read_text(encoding="utf-8")
)
EDITION = Edition("https://example.org/")


@pytest.fixture(scope="module")
def whole() -> Corpus:
    return load(PROJECT / "corpus")[0]


def _wider(type_: str) -> set[str]:
    return {type_}.union(*map(_wider, VOCABULARY["types"][type_]))


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one)
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from _nodes(one)


def _misplaced(value: Any) -> Iterator[str]:
    """Yield each property that stands on a type for which the vocabulary does not have it."""
    for node in _nodes(value):
        wider = _wider(node["@type"])
        # The vocabulary's own way to say what a search asks for is no property of it.
        for name in {*node} - {"@type", "@id", "@value", "query-input"}:
            if not wider & {*VOCABULARY["properties"].get(name, [])}:
                yield f"{node['@type']}.{name}"


def test_each_property_stands_on_a_type_that_has_it(whole: Corpus) -> None:
    pages = [json_ld.page(whole, entry, "About it.", EDITION) for entry in whole]
    others = [
        json_ld.dataset(EDITION, {"https://example.org/a.csv": "text/csv"}),
        json_ld.website(EDITION, "https://example.org/?q={query}"),
        json_ld.term_set(whole, EDITION),
    ]

    assert sorted({*_misplaced([*pages, *others])}) == []
    types = {node["@type"] for node in _nodes(pages)}
    assert {"City", "Service", "ItemList", "Event", "ClaimReview", "NewsArticle"} <= types


def test_a_property_on_another_type_is_noticed() -> None:
    assert [*_misplaced({"@type": "City", "citation": []})] == ["City.citation"]


def test_every_name_of_a_thing_bears_its_language(whole: Corpus) -> None:
    for entry in whole:
        made = things.thing(whole, entry, EDITION)
        named = [made["name"]] if isinstance(made["name"], dict) else made["name"]
        for name in [*named, *made.get("alternateName", [])]:
            assert set(name) == {"@value", "@language"}, entry.id
    rongcheng = things.thing(whole, whole["rongcheng"], EDITION)
    assert rongcheng["name"] == [
        {"@value": "Rongcheng", "@language": "en"},
        {"@value": "荣成市", "@language": "zh-Hans"},
        {"@value": "Róngchéng Shì", "@language": "zh-Latn-pinyin"},
    ]


def test_a_source_has_one_name_wherever_it_is_named(whole: Corpus) -> None:
    named: dict[str, set[str]] = {}
    pages = [json_ld.page(whole, entry, "", EDITION) for entry in whole]
    for node in _nodes(pages):
        if "/citations/" in node.get("@id", "") and "#subject" in node["@id"]:
            named.setdefault(node["@id"], set()).add(json.dumps(node["name"]))

    assert [at for at, names in named.items() if len(names) != 1] == []


def _page(corpus: Corpus, id_: str) -> Mapping[str, Any]:
    return json_ld.page(corpus, corpus[id_], "", EDITION)


def test_a_page_about_a_source_is_not_the_source(small: Corpus) -> None:
    page = _page(small, "koetse-2018")
    source = page["mainEntity"]

    assert (page["@type"], page["@id"]) == ("WebPage", "https://example.org/citations/koetse-2018/")
    assert source["@id"] == "https://example.org/citations/koetse-2018/#subject"
    assert source["url"] == small.citation("koetse-2018").url
    assert "author" not in page


def test_an_event_says_where_and_a_claim_where_it_appears(whole: Corpus) -> None:
    events = [entry for entry in whole.of_kind("events") if entry.record.places]
    claims = whole.of_kind("claims")

    assert events
    assert claims
    for entry in events:
        found = _page(whole, entry.id)["mainEntity"]["location"]
        assert [place["@id"] for place in found] == [
            f"https://example.org/cities/{item.value.id}/#subject" for item in entry.record.places
        ]
    for entry in claims:
        assert _page(whole, entry.id)["mainEntity"]["itemReviewed"]["appearance"]


def test_an_article_has_a_headline_and_a_translation_the_work_that_it_translates(
    whole: Corpus,
) -> None:
    for entry in whole.of_kind("citations"):
        made = _page(whole, entry.id)["mainEntity"]
        if made["@type"] in {"NewsArticle", "ScholarlyArticle", "Report"}:
            assert made["headline"] == made["name"]
        if translated := whole.citation(entry.id).translates:
            assert made["translationOfWork"]["@id"].endswith(f"{translated.id}/#subject")


def test_the_terms_of_a_large_glossary_are_not_listed_in_one_page(
    whole: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = len(whole.of_kind("terms"))
    monkeypatch.setattr(json_ld, "LISTED", number)
    assert len(json_ld.term_set(whole, EDITION)["hasDefinedTerm"]) == number

    monkeypatch.setattr(json_ld, "LISTED", number - 1)
    assert "hasDefinedTerm" not in json_ld.term_set(whole, EDITION)
