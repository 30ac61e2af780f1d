"""What is in force: persons and firms apart, what replaced what, and nothing told as law that is not known to be."""

from __future__ import annotations

from lxml import html

from support import SMALL, Lay
from xinyong.corpus import Corpus, law, load
from xinyong.edition import Edition
from xinyong.pages.fragments import fragment
from xinyong.publication import Library

LIST = (SMALL / "blacklists" / "judgment-defaulters.yml").read_text(encoding="utf-8")
FILE = "corpus/blacklists/judgment-defaulters.yml"


def _corpus(lay: Lay, more: str, **files: str) -> Corpus:
    texts = {f"corpus/citations/{name.replace('_', '-')}.yml": text for name, text in files.items()}
    corpus, problems = load(lay({FILE: LIST + more, **texts}))
    assert problems == []
    return corpus


def _page(corpus: Corpus, released: str = "2026-03-04") -> html.HtmlElement:
    library = Library(corpus, edition=Edition(released=released))
    return html.fragment_fromstring(f"<div>{fragment(library, 'in-force', '../')}</div>")


def _names(tree: html.HtmlElement, heading: str) -> list[str]:
    rows = tree.xpath(f".//h2[@id='in-force-{heading}']/following-sibling::div[1]//tbody/tr/th")
    return [row.text_content().strip() for row in rows]


RUNNING = "subjects: [persons]\nstatus: {value: running, as_of: 2020, cite: spc-2013}\n"


def test_a_list_stands_among_those_of_the_subjects_that_it_is_kept_of(lay: Lay) -> None:
    tree = _page(_corpus(lay, RUNNING))

    assert _names(tree, "persons") == ["List of judgment defaulters"]
    assert _names(tree, "firms") == []


def test_a_list_without_a_status_is_not_told_as_in_force(lay: Lay) -> None:
    tree = _page(_corpus(lay, "subjects: [persons, firms]\n"))

    assert _names(tree, "persons") == _names(tree, "firms") == []
    assert "List of judgment defaulters" in tree.xpath(
        "string(.//h2[@id='in-force-unknown']/following-sibling::details)"
    )


def test_the_newest_status_counts(lay: Lay) -> None:
    more = (
        "status:\n  - {value: ended, as_of: 2021, cite: spc-2013}\n"
        "  - {value: running, as_of: 2015, cite: spc-2013}\n"
    )

    assert law.status_of(_corpus(lay, more)["judgment-defaulters"].record) == "ended"


def test_the_page_names_the_day_of_the_edition_and_the_newest_look(lay: Lay) -> None:
    shown = _page(_corpus(lay, RUNNING + "reviewed: 2026-02-03\n")).xpath("string(.//p)")

    assert "As of 4 March 2026." in shown
    assert "Searched up to 3 February 2026" in shown


def test_each_question_is_answered_with_its_source_or_left_open(lay: Lay) -> None:
    tree = _page(_corpus(lay, RUNNING))
    card = tree.xpath(".//section[@id='judgment-defaulters']")[0]
    rows = {
        row.xpath("string(dt)"): row.xpath("string(dd)")
        for row in card.xpath("dl/div[@class='xy-row']")
    }

    assert "able to perform a judgment but refuses" in rows["Ground"]
    assert "no flights" in rows["What follows"]
    assert "two years" in rows["How long it is shown"]
    assert "performing the judgment" in rows["Way out"]
    assert rows["Last checked"].strip() == "not yet"
    assert card.xpath(".//a[@href='../citations/spc-2013/']")


NEWER = """type: law
title: Newer provisions
language: zh
read: full
reliability: primary-law
number: {value: 法释〔2020〕1号, cite: newer-2020}
repeals: [{value: spc-2013, cite: newer-2020}]
"""


def test_what_a_document_replaced_is_folded_and_the_new_one_named_with_its_number(
    lay: Lay,
) -> None:
    more = LIST.replace(
        "legal_basis: {value: spc-2013, cite: spc-2013}",
        "legal_basis: {value: newer-2020, cite: spc-2013}",
    )
    corpus, problems = load(lay({FILE: more + RUNNING, "corpus/citations/newer-2020.yml": NEWER}))
    card = _page(corpus).xpath(".//section[@id='judgment-defaulters']")[0]

    assert problems == []
    assert "Newer provisions, 法释〔2020〕1号" in card.xpath("string(dl)")
    assert "replaced or came before: 1" in card.xpath("string(details/summary)")
    assert card.xpath("details//a/@href") == ["../citations/spc-2013/"]


def test_what_is_dated_before_the_present_rules_is_set_apart(lay: Lay) -> None:
    more = LIST.replace(
        "exit: {value: performing the judgment, cite: spc-2013}",
        "exit:\n  - {value: in the old way, as_of: 2009, cite: spc-2013}\n"
        "  - {value: in the new way, as_of: 2014, cite: spc-2013}",
    )
    corpus, _ = load(lay({FILE: more + RUNNING}))
    card = _page(corpus).xpath(".//section[@id='judgment-defaulters']")[0]
    row = card.xpath("dl/div[dt='Way out']/dd")[0]

    assert "in the new way" in row.xpath("string(ul)")
    assert "in the old way" not in row.xpath("string(ul)")
    assert "in the old way" in row.xpath("string(details)")


def test_documents_that_replace_each_other_do_not_hang_the_page(lay: Lay) -> None:
    older = (SMALL / "citations" / "spc-2013.yml").read_text(encoding="utf-8")
    circle = older + "repeals: [{value: newer-2020, cite: newer-2020}]\n"
    corpus = _corpus(lay, RUNNING, newer_2020=NEWER, spc_2013=circle)
    record = corpus["judgment-defaulters"].record

    assert {one.entry.id for one in law.former(corpus, record)} == {"spc-2013", "newer-2020"}


def test_a_list_of_a_company_is_no_law(lay: Lay) -> None:
    more = LIST.replace("list_kind: court", "list_kind: company")
    corpus, _ = load(lay({FILE: more + RUNNING}))

    assert law.regimes(corpus) == []
