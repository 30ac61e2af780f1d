"""The studies side by side: every source that tells what it found, with its facts in their columns."""

from __future__ import annotations

from lxml import html

from support import SMALL, Lay
from xinyong.corpus import Corpus, load
from xinyong.pages.fragments import fragment
from xinyong.pages.studies import LABELS, UNNAMED, is_study
from xinyong.publication import Library

SOURCE = (SMALL / "citations" / "weak-2015.yml").read_text(encoding="utf-8")

FOUND = (
    "details:\n"
    "  - {label: Question, value: whether people approve, cite: weak-2015}\n"
    "  - {label: Sample, value: two thousand people, cite: weak-2015}\n"
    "  - {label: Time, value: the summer of 2014, cite: weak-2015}\n"
    "  - {label: Finding, value: Most approve., cite: koetse-2018}\n"
    "  - {label: Finding, value: Some do not., cite: weak-2015}\n"
    "  - {label: Funding, value: a foundation, cite: weak-2015}\n"
    "about: [one-score]\n"
)


def _rows(corpus: Corpus) -> list[html.HtmlElement]:
    page = fragment(Library(corpus), "studies", "../") or ""
    return list(html.fragment_fromstring(f"<div>{page}</div>").xpath(".//tbody/tr"))


def test_each_fact_of_a_study_stands_in_its_column_with_its_source(lay: Lay) -> None:
    corpus, problems = load(lay({"corpus/citations/weak-2015.yml": SOURCE + FOUND}))
    (row,) = _rows(corpus)
    _, date, question, sample, method, finding, limits, claims = row.xpath("./td")

    assert problems == []
    assert date.text_content() == "July 2015"
    assert "whether people approve" in question.text_content()
    assert "Question" not in question.text_content()
    assert "two thousand people" in sample.text_content()
    assert "Time: the summer of 2014" in " ".join(sample.text_content().split())
    assert method.text_content() == "–"
    assert "Most approve." in finding.text_content()
    assert "Some do not." in finding.text_content()
    assert "Funding: a foundation" in " ".join(limits.text_content().split())
    assert "../citations/koetse-2018/" in finding.xpath(".//a/@href")
    assert claims.xpath(".//a/@href") == ["../claims/one-score/"]


def test_a_source_stands_beside_a_statement_only_when_it_is_not_the_study_itself(lay: Lay) -> None:
    located = FOUND.replace(
        "value: a foundation, cite: weak-2015", "value: a fund, cite: 'weak-2015, p. 2'"
    )
    corpus, _ = load(lay({"corpus/citations/weak-2015.yml": SOURCE + located}))
    (row,) = _rows(corpus)
    _, _, question, _, _, finding, limits, _ = row.xpath("./td")

    assert " ".join(question.text_content().split()) == "whether people approve"
    assert finding.xpath(".//a/@href") == ["../citations/koetse-2018/"]
    assert limits.xpath(".//a/@href") == ["../citations/weak-2015/"]


def test_a_source_that_tells_no_finding_is_no_study(lay: Lay) -> None:
    asked = FOUND.replace("Finding", "Chapters")
    corpus, problems = load(lay({"corpus/citations/weak-2015.yml": SOURCE + asked}))

    assert problems == []
    assert _rows(corpus) == []


def test_no_fact_of_the_kinds_that_the_table_shows_is_left_out(real: Corpus) -> None:
    shown = {label for labels in LABELS.values() for label in labels}
    found = [entry.record for entry in real.of_kind("citations") if is_study(entry.record)]
    labels = {detail.label for record in found for detail in record.details}

    assert len(found) >= 40
    assert len(_rows(real)) == len(found)
    assert {label for label in labels if label.split(",")[0] in UNNAMED} <= shown
