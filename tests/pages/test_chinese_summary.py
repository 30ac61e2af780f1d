"""A summary in Chinese: shown under the English one, in its own language, and given to those who take the data."""

from __future__ import annotations

import pytest

from support import Lay, run
from xinyong.corpus import load
from xinyong.edition import Edition
from xinyong.exports import skos
from xinyong.exports.rows import rows_of
from xinyong.pages import kinds
from xinyong.publication import Library

TERM = """name: {en: trust-breaking, zh: 失信, pinyin: shīxìn}
domain: law
related: [zhengxin]
summary: Breaking a duty or a promise [@koetse-2018].
summary_zh: 指有能力履行法定义务或者承诺而不履行的行为，是[[zhengxin|征信]]之外的概念[@reuters-2015]。
"""
PLAIN = "指有能力履行法定义务或者承诺而不履行的行为，是征信之外的概念。"


@pytest.fixture
def told(lay: Lay) -> Library:
    """The small corpus with one term whose summary stands in Chinese, too."""
    folder = lay({"corpus/terms/shixin.yml": TERM})
    corpus, problems = load(folder)
    assert problems == []
    return Library(corpus, edition=Edition())


def test_it_stands_under_the_english_one_and_says_its_language(told: Library) -> None:
    page = str(kinds.RENDER["terms"](told, told.corpus["shixin"]).body)

    english = page.index("Breaking a duty")
    chinese = page.index('<div class="xy-summary" lang="zh-Hans">')
    assert english < chinese < page.index("指有能力") < page.index("<h2")
    assert 'href="../../terms/zhengxin/"' in page[chinese : page.index("之外的概念")]


def test_what_it_cites_stands_in_the_list_of_sources(told: Library) -> None:
    page = str(kinds.RENDER["terms"](told, told.corpus["shixin"]).body)

    assert '<li id="s-reuters-2015">' in page


def test_a_record_without_one_shows_nothing_in_its_place(told: Library) -> None:
    page = str(kinds.RENDER["terms"](told, told.corpus["zhengxin"]).body)

    assert page.count('class="xy-summary"') == 1


def test_tables_and_the_thesaurus_have_it_as_plain_text(told: Library) -> None:
    found = dict(rows_of(told, told.corpus["shixin"]))
    thesaurus = skos.skos(told.corpus, Edition())

    assert found["records"]["summary_zh"] == PLAIN
    assert f'"{PLAIN}"@zh-Hans' in thesaurus


def test_one_of_an_honest_length_is_sound(told: Library) -> None:
    assert "X60" not in run("check").output
    assert "X61" not in run("check").output
