"""The state of the evidence: every fact is counted once, under what it is, and what is wanted is
listed.
"""

from __future__ import annotations

from collections import Counter

from lxml import html

from support import Lay
from xinyong.corpus import Corpus, load
from xinyong.pages import evidence
from xinyong.pages.fragments import fragment
from xinyong.publication import Library
from xinyong.records.walk import facts


def _texts(library: Library, name: str, path: str) -> list[str]:
    tree = html.fragment_fromstring(f"<div>{fragment(library, name, '../')}</div>")
    return [node.text_content().strip() for node in tree.xpath(path)]


def test_every_fact_is_counted_once(library: Library) -> None:
    total = sum(1 for entry in library.corpus for _ in facts(entry.record))
    counted = Counter(item.standing for item in evidence.rated_facts(library.corpus))

    assert counted.total() == total == 50
    assert counted == {
        "single": 33,
        "primary": 9,
        "second-hand": 3,
        "corroborated": 2,
        "disputed": 2,
        "inferred": 1,
    }


def test_a_corpus_without_a_fact_is_counted_too() -> None:
    assert _texts(Library(Corpus({})), "evidence-standings", ".//tfoot//td")[-1] == "0"


def test_what_is_inferred_is_counted_apart_and_not_as_wanting_a_source(library: Library) -> None:
    item = next(
        item for item in evidence.rated_facts(library.corpus) if item.standing == "inferred"
    )

    assert (item.entry.id, item.path) == ("ant-group", ("founded", 0))
    assert not [text for text in _texts(library, "evidence-wanted", ".//li") if "Founded" in text]


def test_an_inference_that_sources_contradict_is_disputed(lay: Lay) -> None:
    text = (
        "name: {en: A body}\ntype: company\nsummary: A body [@koetse-2018].\nfounded:\n"
        "  - {value: 2014, cite: koetse-2018}\n  - {value: 2016, cite: koetse-2018, inferred: By its age.}\n"
    )
    corpus, _ = load(lay({"corpus/organizations/a-body.yml": text}))

    assert [item.standing for item in evidence.rate(corpus["a-body"], corpus)] == [
        "disputed",
        "disputed",
    ]


def test_facts_that_want_a_source_stand_under_their_records_the_most_wanting_first(
    lay: Lay,
) -> None:
    few = "name: {en: A body}\ntype: company\nsummary: A body [@koetse-2018].\nseat: {value: X, cite: koetse-2018}\n"
    many = (
        few.replace("A body}", "Z body}")
        + "members: [{value: P, cite: koetse-2018}, {value: Q, cite: koetse-2018}]\n"
    )
    corpus, _ = load(
        lay({"corpus/organizations/a-body.yml": few, "corpus/organizations/z-body.yml": many})
    )

    found = _texts(Library(corpus), "evidence-wanted", ".//details/div/details/summary")
    assert found.index("Z body: 3") < found.index("A body: 1")


def test_long_lists_are_cut_and_say_how_much_is_left(lay: Lay) -> None:
    many = ", ".join(f"{{value: M{n}, cite: koetse-2018}}" for n in range(25))
    body = (
        f"name: {{en: Body N}}\ntype: company\nsummary: A body [@koetse-2018].\nmembers: [{many}]\n"
    )
    corpus, _ = load(
        lay({f"corpus/organizations/body-{n}.yml": body.replace("N", str(n)) for n in range(17)})
    )
    library = Library(corpus)

    assert "and 5 more on the record's page" in _texts(library, "evidence-wanted", ".//li")
    assert "Further records: 3, with such facts: 52." in _texts(library, "evidence-wanted", ".//p")


def test_what_sources_differ_on_stands_side_by_side(library: Library) -> None:
    rows = _texts(library, "evidence-disputed", ".//tbody/tr")

    assert len(rows) == 1
    assert rows[0].startswith("Sesame CreditCLaunched28 January 2015 ≠ disputed Reuters 2015")
    assert "June 2015" in rows[0]


def test_a_date_within_the_year_for_which_it_holds_is_not_said_twice(lay: Lay) -> None:
    text = (
        "name: {en: A body}\ntype: company\nsummary: A body [@koetse-2018].\nfounded:\n"
        "  - {value: 2014-05-01, as_of: 2014, cite: koetse-2018}\n"
        "  - {value: 2014-06-01, as_of: 2014, cite: koetse-2018}\n"
    )
    corpus, _ = load(lay({"corpus/organizations/a-body.yml": text}))

    shown = " ".join(_texts(Library(corpus), "evidence-disputed", ".//tr"))
    assert "1 May 2014" in shown
    assert "as of 2014" not in shown


def test_records_stand_by_the_day_of_their_last_check_the_longest_ago_first(lay: Lay) -> None:
    term = "name: {en: T}\ndomain: law\nsummary: A word [@koetse-2018].\nreviewed: 2020-03-01\n"
    corpus, _ = load(lay({"corpus/terms/a-term.yml": term}))
    days = _texts(Library(corpus), "evidence-reviewed", ".//summary")

    assert [day.partition(":")[0] for day in days] == [
        "Not yet",
        "1 March 2020",
        "23 November 2026",
    ]
    assert days[1] == "1 March 2020: 1 term"


def test_works_not_read_and_sources_without_address_are_listed(library: Library) -> None:
    assert _texts(library, "evidence-unread", ".//summary") == [
        "Works that were not read themselves: 2"
    ]
    assert _texts(library, "evidence-unread", ".//li")[0].endswith(
        "Daum 2017 Records that cite it: 3."
    )
    assert _texts(library, "evidence-unaddressed", ".//p") == [
        "Sources without an address: 4 of 6."
    ]
    assert _texts(library, "evidence-unaddressed", ".//li") == [
        "Provisions on the list of judgment defaulters, 法释〔2013〕17号",
        "Mistreanu 2018", "Daum 2017", "Some blog 2015",
    ]  # fmt: skip


def test_shares_are_drawn_to_scale(small: Corpus) -> None:
    library = Library(small)
    tree = html.fragment_fromstring(f"<div>{fragment(library, 'evidence-standings', '')}</div>")
    bar = tree.xpath(".//tfoot//rect")

    assert sum(int(part.get("width", "")) for part in bar) == 200
    assert bar[0].xpath("string(title)") == "primary: 9"
