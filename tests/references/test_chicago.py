"""References in the author-date style of the Chicago Manual, Chinese works with their original
titles.
"""

from __future__ import annotations

import html
import re

import pytest

from support import Lay
from xinyong.corpus import load
from xinyong.references.labels import References

SMITH = "authors: [{family: Smith, given: Ann}]\n"
COMMON = "language: en\nread: full\nreliability: news\n"
CHINESE = "language: zh\nread: full\nreliability: news\n"


def _full(lay: Lay, text: str) -> str:
    """Return the reference as plain text, what is in italics between asterisks."""
    corpus, problems = load(lay({"corpus/citations/a-work.yml": text}))
    assert problems == []
    starred = re.sub(r"</?cite>", "*", References(corpus).full("a-work"))
    return html.unescape(re.sub(r"<[^>]+>", "", starred))


def _people(number: int) -> str:
    return (
        "authors: ["
        + ", ".join(f"{{family: F{n}, given: G{n}}}" for n in range(1, number + 1))
        + "]\n"
    )


BY_TYPE = {
    "article": (
        "type: article\ntitle: On credit\n"
        "authors: [{family: Smith, given: Ann}, {family: Wu, given: Li, zh: 吴丽}]\n"
        "container: Journal of X\nvolume: 3\nissue: 2\npages: 1-9\ndate: 2018-05\ndoi: 10.1000/x\n"
        "url: https://example.org/not-shown\n" + COMMON,
        "Smith, Ann, and Li Wu 吴丽. 2018. “On credit.” *Journal of X* 3 (2): 1–9. https://doi.org/10.1000/x.",
    ),
    "article known by its day": (
        "type: article\ntitle: On credit\ncontainer: Journal of X\ndate: 2021-12-09\n"
        + SMITH
        + COMMON,
        "Smith, Ann. 2021. “On credit.” *Journal of X*, December 9, 2021.",
    ),
    "article with an issue only": (
        "type: article\ntitle: On credit\ncontainer: Journal of X\nissue: 6\npages: 7\ndate: 2019\n"
        + SMITH
        + COMMON,
        "Smith, Ann. 2019. “On credit.” *Journal of X*, no. 6: 7.",
    ),
    "chapter": (
        "type: chapter\ntitle: A part\ncontainer: The Whole\npages: 10–20\nplace: Leiden\npublisher: Brill\n"
        "editors: [{family: Doe, given: Jo}, {family: Roe, given: Al}]\ndate: 2020\n"
        + SMITH
        + COMMON,
        "Smith, Ann. 2020. “A part.” In *The Whole*, edited by Jo Doe and Al Roe, 10–20. Leiden: Brill.",
    ),
    "book": (
        "type: book\ntitle: Trust?\nplace: London\npublisher: Press\ndate: 2019\n"
        "translators: [{family: Doe, given: Jo}]\n" + SMITH + COMMON,
        "Smith, Ann. 2019. *Trust?* Translated by Jo Doe. London: Press.",
    ),
    "book of editors": (
        "type: book\ntitle: Essays\npublisher: Press\ndate: 2019\n"
        "editors: [{family: Doe, given: Jo}, {family: Roe, given: Al}]\n" + COMMON,
        "Doe, Jo, and Al Roe, eds. 2019. *Essays*. Press.",
    ),
    "thesis": (
        "type: thesis\ntitle: A study\npublisher: Linnaeus University\ndate: 2020-05-20\n"
        + SMITH
        + COMMON,
        "Smith, Ann. 2020. “A study.” Thesis, Linnaeus University.",
    ),
    "working paper": (
        "type: paper\ntitle: A draft\ncontainer: SSRN\npages: 1–32\ndate: 2018-05-09\ndoi: 10.2139/x\n"
        + SMITH
        + COMMON,
        "Smith, Ann. 2018. “A draft.” Working paper, SSRN, May 9, 2018. https://doi.org/10.2139/x.",
    ),
    "working paper of a named series": (
        "type: paper\ntitle: A draft\ncontainer: ECGI working paper\ndate: 2021\n" + SMITH + COMMON,
        "Smith, Ann. 2021. “A draft.” ECGI working paper.",
    ),
    "paper in proceedings": (
        "type: paper\ntitle: A talk\ncontainer: Proceedings of X\npublisher: ACM\npages: 1–9\ndate: 2019\n"
        + SMITH
        + COMMON,
        "Smith, Ann. 2019. “A talk.” In *Proceedings of X*, 1–9. ACM.",
    ),
    "report": (
        "type: report\ntitle: A view\ncontainer: Asie.Visions\nissue: 110\nplace: Paris\npublisher: Ifri\n"
        "date: 2019-11-29\nurl: https://example.org/r\n" + SMITH + COMMON,
        "Smith, Ann. 2019. *A view*. Asie.Visions 110. Paris: Ifri, November 29, 2019. https://example.org/r.",
    ),
    "report of two bodies": (
        "type: report\ntitle: A hand\nauthors: [Chamber, Firm]\npublisher: Chamber\ndate: 2019\n"
        + COMMON,
        "Chamber and Firm. 2019. *A hand*. Chamber.",
    ),
    "news": (
        "type: news\ntitle: What now?\ncontainer: Daily\ndate: 2018-05-22\npages: A1\nurl: https://example.org/a\n"
        + SMITH
        + COMMON,
        "Smith, Ann. 2018. “What now?” *Daily*, May 22, 2018. https://example.org/a.",
    ),
    "unsigned news": (
        "type: news\ntitle: What next\ncontainer: Daily\ndate: 2018-05\n" + COMMON,
        "*Daily*. 2018. “What next.” May 2018.",
    ),
    "web page": (
        "type: web\ntitle: A post\ncontainer: A Site\ndate: 2018-05-22\naccessed: 2026-11-24\n"
        "url: https://example.org/a\n" + SMITH + COMMON,
        "Smith, Ann. 2018. “A post.” A Site. May 22, 2018. https://example.org/a.",
    ),
    "web page without a date": (
        "type: web\ntitle: A page\ncontainer: A Site\npublisher: A Firm\naccessed: 2026-11-24\n"
        "url: https://example.org/a\n" + COMMON,
        "A Firm. n.d. “A page.” A Site. Accessed November 24, 2026. https://example.org/a.",
    ),
    "web page of nobody": ("type: web\ntitle: A page\n" + COMMON, "“A page.” n.d."),
    "filing": (
        "type: filing\ntitle: Form F-1\ncontainer: EDGAR\npublisher: SEC\ndate: 2017-09\n" + COMMON,
        "SEC. 2017. *Form F-1*. EDGAR. September 2017.",
    ),
    "data set": (
        "type: dataset\ntitle: Places\npublisher: GeoNames\ncontainer: GeoNames\naccessed: 2026-11-24\n"
        "url: https://example.org/g\n" + COMMON,
        "GeoNames. n.d. *Places*. Data set. Accessed November 24, 2026. https://example.org/g.",
    ),
    "film": (
        "type: film\ntitle: Nosedive\ncontainer: Black Mirror\nvolume: series 3\nissue: episode 1\n"
        "publisher: Netflix\ndate: 2016-10-21\n" + SMITH + COMMON,
        "Smith, Ann. 2016. “Nosedive.” *Black Mirror*, series 3, episode 1. Netflix, October 21, 2016.",
    ),
    "policy": (
        "type: policy\ntitle: Planning outline\ntitle_original: 规划纲要\ntitle_pinyin: guīhuà gāngyào\n"
        "authors: [{name: State Council, zh: 国务院}]\n"
        "number: {value: 国发〔2014〕21号, cite: koetse-2018}\ndated: {value: 2014-06-14, cite: koetse-2018}\n"
        + CHINESE,
        "State Council 国务院. 2014. *Guihua gangyao* 规划纲要 [Planning outline]. 国发〔2014〕21号. June 14, 2014.",
    ),
    "law that names no author": (
        "type: law\ntitle: Measures\ntitle_original: 办法\ntitle_pinyin: bànfǎ\nissuers: [ant-group]\n"
        "number: {value: Order No. 3, cite: koetse-2018}\nadopted: {value: 2013-01-21, cite: koetse-2018}\n"
        + CHINESE,
        "*Banfa* 办法 [Measures]. 2013. Order No. 3. Ant Group. January 21, 2013.",
    ),
    "translation": (
        "type: translation\ntitle: Some opinions\ntitle_original: 若干意见\n"
        "authors: [{name: State Council, zh: 国务院}]\n"
        "translators: [{family: Doe, given: Jo}]\ncontainer: A Blog\ndate: 2007-03-23\n" + COMMON,
        "State Council 国务院. 2007. *Some opinions* [若干意见]. Translated by Jo Doe. A Blog. March 23, 2007.",
    ),
}
"""A work of each type, and its reference as written by hand after the manual."""


@pytest.mark.parametrize(("text", "shown"), BY_TYPE.values(), ids=BY_TYPE)
def test_a_reference_of_each_type(text: str, shown: str, lay: Lay) -> None:
    assert _full(lay, text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "type: article\ntitle: Theoretical lineage\ntitle_original: 社会信用体系理论的传承脉络\n"
            "title_pinyin: shèhuì xìnyòng tǐxì lǐlùn de chuánchéng màiluò\ncontainer: 征信\nissue: 1\ndate: 2012\n"
            "authors: [{family: Lin, given: Junyue, zh: 林钧跃}, {family: Lü, given: Li, zh: 吕丽}]\n" + CHINESE,
            (
                "Lin Junyue 林钧跃 and Lü Li 吕丽. 2012. “Shehui xinyong tixi lilun de chuancheng mailuo” "
                "社会信用体系理论的传承脉络 [Theoretical lineage]. *征信*, no. 1."
            ),
        ),
        (
            "type: news\ntitle: Score for all\ntitle_original: 人人有分\ncontainer: 日报\n" + CHINESE,
            "*日报*. n.d. “人人有分” [Score for all].",
        ),
        (
            "type: book\ntitle: The report of 2018\ntitle_original: 2018年报告\ntitle_pinyin: 2018 nián bàogào\n"
            + SMITH + CHINESE,
            "Smith Ann. n.d. *2018 nian baogao* 2018年报告 [The report of 2018].",
        ),
        ("type: news\ntitle: Score for all\n" + SMITH + CHINESE, "Smith Ann. n.d. “Score for all” (in Chinese)."),
        (
            "type: report\ntitle: The system\ntitle_original: Le système\ndate: 2019\n" + SMITH
            + COMMON.replace("en", "fr", 1),
            "Smith, Ann. 2019. *Le système* [The system].",
        ),
        ("type: web\ntitle: Die Punkte\n" + SMITH + COMMON.replace("en", "de", 1),
         "Smith, Ann. n.d. “Die Punkte” (in German)."),
    ],
)  # fmt: skip
def test_a_work_in_another_language_has_its_title_its_spelling_and_the_translation(
    text: str, shown: str, lay: Lay
) -> None:
    assert _full(lay, text) == shown


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("'Of \"good\" conduct'", "“Of ‘good’ conduct.”"),
        ("A comment on “Credit Wenzhou”", "“A comment on ‘Credit Wenzhou.’”"),
        ("'\"Who?\"'", "“‘Who?’”"),
        ("Who?", "“Who?”"),
        ("Tom & Jerry <b>", "“Tom & Jerry <b>.”"),
        ('On 失信 "lists"', "“On 失信 ‘lists.’”"),
    ],
)
def test_marks_in_a_quoted_title_are_single_and_the_stop_stands_inside(
    title: str, shown: str, lay: Lay
) -> None:
    assert (
        _full(lay, f"type: web\ntitle: {title}\n" + SMITH + COMMON) == f"Smith, Ann. n.d. {shown}"
    )


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (2, "F1, G1, and G2 F2."),
        (3, "F1, G1, G2 F2, and G3 F3."),
        (10, "F1, G1, G2 F2, G3 F3, G4 F4, G5 F5, G6 F6, G7 F7, G8 F8, G9 F9, and G10 F10."),
        (11, "F1, G1, G2 F2, G3 F3, G4 F4, G5 F5, G6 F6, G7 F7, et al."),
    ],
)
def test_of_more_than_ten_authors_seven_are_named(number: int, names: str, lay: Lay) -> None:
    assert _full(lay, "type: web\ntitle: T\n" + _people(number) + COMMON) == f"{names} n.d. “T.”"


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2018-05-22", "2018. “T.” May 22, 2018."),
        ("2018-05", "2018. “T.” May 2018."),
        ("2018", "2018. “T.”"),
        ("2018~", "2018. “T.”"),
        ("2018-XX", "2018. “T.”"),
        ("2018-05/2018-07", "2018. “T.” May 2018–July 2018."),
        ("201X", "201X. “T.”"),
    ],
)
def test_a_date_is_repeated_only_where_it_says_more_than_the_year(
    date: str, shown: str, lay: Lay
) -> None:
    assert (
        _full(lay, f"type: web\ntitle: T\ndate: {date}\n" + SMITH + COMMON)
        == f"Smith, Ann. {shown}"
    )


def test_chinese_and_pinyin_are_marked_as_such(lay: Lay) -> None:
    text = (
        "type: article\ntitle: A 信 “B”\ntitle_original: 信用\ntitle_pinyin: xìnyòng\n"
        + SMITH
        + CHINESE
    )
    corpus, _ = load(lay({"corpus/citations/a-work.yml": text}))

    assert References(corpus).full("a-work") == (
        'Smith Ann. n.d. “<span lang="zh-Latn-pinyin">Xinyong</span>” '
        '<span lang="zh-Hans">信用</span> [A <span lang="zh-Hans">信</span> “B”].'
    )


def test_works_that_would_share_a_label_get_letters_by_date(lay: Lay) -> None:
    work = "type: news\ntitle: T\n" + SMITH + COMMON
    files = {
        "corpus/citations/a-work.yml": work + "date: 2018-09\n",
        "corpus/citations/b-work.yml": work + "date: 2018-02\n",
        "corpus/citations/c-work.yml": work + "date: 2019\n",
    }
    labels = References(load(lay(files))[0]).labels

    assert [labels[f"{name}-work"] for name in "abc"] == [
        "Smith 2018b",
        "Smith 2018a",
        "Smith 2019",
    ]


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


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Regulations of 2020", "Regulations of 2020"),
        ("Regulations of 2019", "Regulations of 2019 2020"),
    ],
)
def test_a_label_from_a_title_repeats_no_year(title: str, label: str, lay: Lay) -> None:
    text = f"type: law\ntitle: '{title}'\ndate: 2020-01-05\n" + COMMON

    assert References(load(lay({"corpus/citations/a-work.yml": text}))[0]).label("a-work") == label


def test_chinese_in_an_address_is_shown_as_chinese_and_leads_to_the_address_as_it_is(
    lay: Lay,
) -> None:
    address = "https://example.org/%E8%8D%A3%E6%88%90%EF%BC%882017/a%20b%22/%E8%8D%A3%2F"
    text = f"type: web\ntitle: T\nurl: {address}\n" + SMITH + COMMON
    corpus, problems = load(lay({"corpus/citations/a-work.yml": text}))

    assert problems == []
    assert str(References(corpus).full("a-work")).endswith(
        f'<a class="xy-address" href="{address}" rel="external">https://example.org/'
        '<span lang="zh-Hans">荣成</span>（2017/a%20b%22/%E8%8D%A3%2F</a>.'
    )


def test_a_title_of_our_own_is_no_quotation_and_a_remark_stands_in_no_reference(lay: Lay) -> None:
    text = (
        "type: news\ntitle: Report on points\ntitle_is_ours: true\ncontainer: Daily\ndate: 2018-05-22\n"
        "reference_note: A reprint at ITS114.\n"
    )

    assert _full(lay, text + SMITH + COMMON) == (
        "Smith, Ann. 2018. Report on points. *Daily*, May 22, 2018."
    )
