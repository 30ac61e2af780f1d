"""The pages of drawings: what they say in words is the whole of what they draw."""

from __future__ import annotations

import pytest
from lxml import html

from support import Lay
from xinyong.corpus import load
from xinyong.corpus.contacts import contacts
from xinyong.markup import first_sentence
from xinyong.pages import figures
from xinyong.pages.fragments import fragment
from xinyong.publication import Library
from xinyong.records import Blacklist, Event


def _slot(library: Library, name: str) -> html.HtmlElement:
    found = fragment(library, name, "../")
    assert found is not None
    return html.fragment_fromstring(f"<div>{found}</div>")


def test_the_list_of_events_is_complete_in_the_order_of_time_and_addressable(
    whole: Library,
) -> None:
    items = _slot(whole, "timeline").xpath(
        ".//ol[@class='xy-years']//li[contains(@class, 'xy-event')]"
    )
    days = [item.xpath(".//time/@datetime")[0] for item in items]

    assert days == sorted(days)
    assert {item.get("id") for item in items} == {
        entry.id for entry in whole.corpus.of_kind("events")
    }
    for item in items:
        record = whole.corpus[item.get("id")].record
        assert isinstance(record, Event)
        assert item.get("data-layer") == " ".join(record.layers)
        assert record.heading in item.text_content()


def test_every_mark_of_the_overview_leads_to_a_line_of_the_list(whole: Library) -> None:
    page = _slot(whole, "timeline")

    targets = page.xpath(".//svg//a/@href")
    assert len(targets) == len(whole.corpus.of_kind("events"))
    assert all(len(page.xpath(f".//*[@id='{target[1:]}']")) == 1 for target in targets)


def test_the_matrix_counts_every_consequence_and_benefit_once(whole: Library) -> None:
    page = _slot(whole, "consequences")
    counted: dict[str, int] = {}
    for row in page.xpath(".//tbody/tr"):
        list_ = row.xpath("./th/a/@href")[0].split("/")[-2]
        counted[list_] = len(row.xpath("./td//li"))
        numbers = [int(cell.text_content().split()[1]) for cell in row.xpath("./td/button")]
        assert sum(numbers) == counted[list_]

    records = {entry.id: entry.record for entry in whole.corpus.of_kind("blacklists")}
    assert counted == {
        id_: len(record.consequences) + len(record.benefits)
        for id_, record in records.items()
        if isinstance(record, Blacklist)
    }


def test_the_matrix_keeps_blacklists_and_redlists_apart(whole: Library) -> None:
    page = _slot(whole, "consequences")

    assert [heading.text for heading in page.iter("h2")] == ["Blacklists", "Redlists"]
    for polarity, table in zip(("blacklist", "redlist"), page.iter("table"), strict=True):
        for link in table.xpath("./tbody/tr/th/a/@href"):
            assert whole.corpus[link.split("/")[-2]].record.polarity == polarity  # type: ignore[attr-defined]


def test_a_cell_of_the_matrix_says_its_row_and_column_and_opens_the_facts(library: Library) -> None:
    page = _slot(library, "consequences")
    button = page.xpath(".//td/button")[0]
    opened = page.xpath(f".//*[@id='{button.get('popovertarget')}']")[0]

    assert [cell.text_content() for cell in page.xpath(".//thead//th")] == ["List", "Travel"]
    assert button.get("aria-label") == "List of judgment defaulters, Travel: 1"
    assert [item.text_content() for item in opened.iter("li")] == ["no flights"]
    assert opened.xpath(".//a/@href") == ["../blacklists/judgment-defaulters/#consequences"]


def test_a_consequence_without_a_type_and_a_redlist_are_in_the_matrix_too(lay: Lay) -> None:
    corpus = lay({
        "corpus/blacklists/red.yml": """
            name: {en: Red list, zh: 红名单, pinyin: hóng míngdān}
            polarity: redlist
            layer: state
            consequences: {value: something else, cite: spc-2013}
            benefits: {partner: Bank, offer: a loan, cite: spc-2013}
            summary: A list [@spc-2013].
        """
    })  # fmt: skip
    table = _slot(Library(load(corpus)[0]), "consequences").xpath(".//table")[1]

    assert [cell.text_content() for cell in table.xpath(".//thead//th")] == [
        "List",
        "Of other types",
        "Advantages",
    ]
    assert table.xpath(".//td//a/@href") == [
        "../blacklists/red/#consequences",
        "../blacklists/red/#benefits",
    ]


def test_the_score_page_names_what_each_threshold_of_sesame_gives(whole: Library) -> None:
    page = _slot(whole, "scores")
    rows = page.xpath(".//section[h3[@id='sesame-credit']]//dl/div")

    assert [row.findtext("dt") for row in rows] == [f"From {n}" for n in (500, 600, 650, 700, 750)]
    assert "Mobrella: " in rows[1].xpath("string(dd)")


def test_every_program_with_a_score_is_on_the_score_page(whole: Library) -> None:
    page = _slot(whole, "scores")
    shown = set(page.xpath(".//h3/@id"))

    assert shown >= {
        "sesame-credit",
        "rongcheng-points",
        "fuzhou-moli-score",
        "comprehensive-public-credit-appraisal",
    }
    assert len(page.xpath(".//figure")) >= len(shown)
    assert [heading.get("id") for heading in page.iter("h2")] == [
        "state",
        "municipal",
        "commercial",
    ]


def test_the_layers_diagram_says_every_point_in_words_with_its_record(whole: Library) -> None:
    page = _slot(whole, "layers-diagram")

    points = page.xpath(".//ol/li")

    assert len(points) == len(page.xpath(".//ol/li/a[@href]")) == len(contacts(whole.corpus))
    assert [heading.text_content() for heading in page.iter("h3")] == [
        "State 国家",
        "Municipal 地方",
        "Commercial 商业",
        "Financial 金融",
    ]
    link = page.xpath('.//li[a[text()="The courts\' list is read by Sesame Credit."]]')[0]
    assert link.xpath("./a/@href") == ["../events/sesame-court-2015/"]
    assert link.xpath("string(./span)") == "(State to Commercial)"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One thing happened. Then another.", "One thing happened."),
        ("The U.S. Senate said so. Then no more.", "The U.S. Senate said so."),
        ("A rise of 3.5 per cent. Then a fall.", "A rise of 3.5 per cent."),
        ("No end", "No end"),
    ],
)
def test_the_gist_of_an_event_is_its_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_of_many_scores_those_that_matter_most_are_drawn_and_the_others_have_their_address(
    whole: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of = _slot(whole, "scores").xpath(".//h3/@id")
    monkeypatch.setattr(figures, "DRAWN", 5)
    page = _slot(whole, "scores")
    drawn = page.xpath(".//h3/@id")

    assert "sesame-credit" in drawn
    assert len(drawn) == len(page.xpath(".//section[.//figure]")) == 5
    named = page.xpath(".//details//li[a/@href = concat('../programs/', @id, '/')]/@id")
    assert sorted([*drawn, *named]) == sorted(all_of)
