"""References in the author-date style of the Chicago Manual, Chinese works with their original titles."""

from __future__ import annotations

import re

import pytest

from support import Lay
from xinyong.corpus import load
from xinyong.pages.references import References

SMITH = "authors: [{family: Smith, given: Ann}]\n"


def _full(lay: Lay, text: str) -> str:
    corpus, problems = load(lay({"corpus/citations/a-work.yml": text}))
    assert problems == []
    return re.sub(r"<[^>]+>", "", References(corpus).full("a-work"))


COMMON = "language: en\nread: full\nreliability: news\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "type: article\ntitle: On credit\n"
            "authors: [{family: Smith, given: Ann}, {family: Wu, given: Li, zh: 吴丽}]\n"
            "container: Journal of X\nvolume: 3\nissue: 2\npages: 1–9\ndate: 2018-05\ndoi: 10.1000/x\n" + COMMON,
            "Smith, Ann, and Li Wu 吴丽. 2018. “On credit.” Journal of X 3 (2): 1–9. May 2018. doi.org/10.1000/x.",
        ),
        (
            "type: book\ntitle: Trust?\npublisher: Press\ndate: 2019\n" + SMITH + COMMON,
            "Smith, Ann. 2019. Trust? Press.",
        ),
        (
            "type: news\ntitle: What now?\ncontainer: Daily\ndate: 2018-05-22\nurl: https://example.org/a\n" + COMMON,
            "Daily. 2018. “What now?” 22 May 2018. example.org/a.",
        ),
        (
            "type: news\ntitle: Score for all\ntitle_original: 人人有分\ntitle_pinyin: rénrén yǒu fēn\n"
            "container: 日报\n" + COMMON.replace("en", "zh", 1),
            "日报. n.d. 人人有分 rénrén yǒu fēn [“Score for all”].",
        ),
        (
            "type: policy\ntitle: Outline\ntitle_original: 纲要\nauthors: [{name: State Council, zh: 国务院}]\n"
            "number: {value: 国发〔2014〕21号, cite: koetse-2018}\ndated: {value: 2014-06-14, cite: koetse-2018}\n"
            + COMMON.replace("language: en", "language: zh"),
            "State Council 国务院. 2014. 纲要 [Outline]. 国发〔2014〕21号. 14 June 2014.",
        ),
    ],
)
def test_a_full_reference(text: str, shown: str, lay: Lay) -> None:
    assert _full(lay, text) == shown


def test_works_that_would_share_a_label_get_letters_by_date(lay: Lay) -> None:
    work = "type: news\ntitle: T\n" + SMITH + COMMON
    files = {
        "corpus/citations/a-work.yml": work + "date: 2018-09\n",
        "corpus/citations/b-work.yml": work + "date: 2018-02\n",
        "corpus/citations/c-work.yml": work + "date: 2019\n",
    }
    labels = References(load(lay(files))[0]).labels

    assert [labels[f"{name}-work"] for name in "abc"] == ["Smith 2018b", "Smith 2018a", "Smith 2019"]


@pytest.mark.parametrize(
    ("authors", "label"),
    [
        ("[{family: Smith}, {family: Wu}]", "Smith and Wu n.d."),
        ("[{family: Smith}, {family: Wu}, {family: Li}]", "Smith et al. n.d."),
        ("[State Council General Office]", "State Council General Office n.d."),
    ],
)
def test_a_label_names_one_or_two_authors(authors: str, label: str, lay: Lay) -> None:
    text = f"type: news\ntitle: T\nauthors: {authors}\n" + COMMON

    assert References(load(lay({"corpus/citations/a-work.yml": text}))[0]).label("a-work") == label
