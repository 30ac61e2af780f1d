"""The first mention of a term on a page leads to its page; the text itself never changes."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from support import Lay
from xinyong.corpus import Corpus, load
from xinyong.corpus.glossary import Glossary, Mentions
from xinyong.pages.kinds import RENDER
from xinyong.publication import Library
from xinyong.site.terms import mark_page

TERM = """name: {{en: "{en}", zh: "{zh}", pinyin: "{pinyin}", also: [{also}]}}
domain: law
{more}summary: A word [@koetse-2018].
"""
TERMS = {
    "defaulter": ("judgment defaulter", "失信被执行人", "shīxìn", "list debtor, entity, debtor subject to a rule"),
    "defaulter-list": ("list of judgment defaulters", "失信被执行人名单", "shīxìn bèi zhíxíngrén míngdān", ""),
    "system": ("social credit system", "社会信用体系", "shèhuì xìnyòng tǐxì", ""),
    "system-too": ("social credit system (with 系统)", "社会信用系统", "shèhuì xìnyòng xìtǒng", ""),
    "social-credit": ("social credit", "社会信用", "shèhuì xìnyòng", ""),
    "laolai": ("deadbeat", "老赖", "lǎolài", "laolai"),
    "alipay": ("Alipay", "支付宝", "Zhīfùbǎo", ""),
    "npcic": ("National Credit Information Center", "国家信用信息中心", "Guójiā zhōngxīn", "NPCIC, shared name"),
    "rating": ("credit rating; grading by credit", "信用评级", "xìnyòng píngjí", "shared name"),
    "agency": ("rating agency", "评级机构", "píngjí jīgòu", ""),
}  # fmt: skip
"""Id: English, Chinese, pinyin, other names."""

PIECES = [
    *(
        "失信被执行人名单",
        "失信",
        "社会信用体系",
        "social credit system",
        "Social credit",
        "rating agencies",
        "老赖",
        "laolai",
    ),
    *("the ", " ", ", ", "“", "”", '"', "<b>", "&amp;", "&", "İ", "\n", "-", "credit reports"),
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map("".join)
LINK = re.compile(r'<a class="xy-term" href="[^"]*terms/([^/"]+)/">(.*?)</a>', re.DOTALL)


@pytest.fixture
def glossary(lay: Lay) -> Glossary:
    """The small corpus's terms and those above; deadbeat is said to be linked, though it is one
    everyday word.
    """
    files = {
        f"corpus/terms/{id_}.yml": TERM.format(
            en=en,
            zh=zh,
            pinyin=pinyin,
            also=also,
            more="in_text: [deadbeat, laolai]\n" if id_ == "laolai" else "",
        )
        for id_, (en, zh, pinyin, also) in TERMS.items()
    }
    return Glossary(load(lay(files))[0])


def _links(marked: str) -> list[tuple[str, str]]:
    return [(id_, _plain(text)) for id_, text in LINK.findall(marked)]


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(
    ("message", "links"),
    [
        ("A judgment defaulter is one.", [("defaulter", "judgment defaulter")]),
        ("Two judgment defaulters", [("defaulter", "judgment defaulters")]),
        ("Judgment-defaulter rules", [("defaulter", "Judgment-defaulter")]),
        ("lists of judgment defaulters", [("defaulter-list", "lists of judgment defaulters")]),
        ("debtors subject to a rule", [("defaulter", "debtors subject to a rule")]),
        ("grading by credit", [("rating", "grading by credit")]),
        ("rating agencies", [("agency", "rating agencies")]),
        ("social credit\nsystem", [("system", "social credit\nsystem")]),
        ("the Social Credit System", [("system", "Social Credit System")]),
        ("antisocial credit", []),
        ("social creditors", []),
        ("an entity", []),
        ("a deadbeat, a laolai", [("laolai", "deadbeat")]),
        ("Alipay, alipay", [("alipay", "Alipay")]),
        ("alipay", []),
        ("NPCIC发布", [("npcic", "NPCIC")]),
        ("npcic", []),
        ("a shared name", []),
        ("在失信被执行人名单上", [("defaulter-list", "失信被执行人名单")]),
        (
            "失信被执行人和失信被执行人名单",
            [("defaulter", "失信被执行人"), ("defaulter-list", "失信被执行人名单")],
        ),
        ("社会信用体系、社会信用", [("system", "社会信用体系"), ("social-credit", "社会信用")]),
        ("失信失信", [("shixin", "失信")]),
        ('the so-called "social credit system"', [("system", "social credit system")]),
        ('"China\'s social credit system at work"', []),
        ("《社会信用体系》", [("system", "社会信用体系")]),
        ("《社会信用体系建设规划》", []),
        ("“What social credit is” and social credit", [("social-credit", "social credit")]),
    ],
)
def test_a_mention_is_found(glossary: Glossary, message: str, links: list[tuple[str, str]]) -> None:
    assert _links(glossary.mark(message, Mentions())) == links


def test_a_page_links_a_term_once_and_never_its_own(glossary: Glossary) -> None:
    mentions = Mentions({"defaulter"}, "../")

    assert glossary.mark("judgment defaulter", mentions) == "judgment defaulter"
    assert (
        glossary.mark("social credit", mentions)
        == '<a class="xy-term" href="../terms/social-credit/">social credit</a>'
    )
    assert glossary.mark("social credit", mentions) == "social credit"


def test_the_page_of_a_record_does_not_link_the_term_that_has_its_name(lay: Lay) -> None:
    corpus, _ = load(
        lay(
            {
                "corpus/terms/zhima.yml": TERM.format(
                    en="Sesame", zh="芝麻信用", pinyin="Zhīma", also="", more=""
                )
            }
        )
    )
    glossary = Glossary(corpus)

    assert glossary.start(corpus["sesame-credit"], "").seen == {"sesame-credit", "zhima"}
    assert glossary.start(corpus["rongcheng"], "").seen == {"rongcheng"}


@pytest.mark.no_cover
@given(message=TEXTS)
def test_the_text_stays_as_it_is_and_each_term_is_linked_once(whole: Library, message: str) -> None:
    marked = str(whole.glossary.mark(message, Mentions()))
    links = LINK.findall(marked)

    assert _plain(marked) == message
    assert len({id_ for id_, _ in links}) == len(links) == marked.count("<a ")
    assert not [inner for _, inner in links if "<a" in inner]


TAGS = st.sampled_from(
    ["<p>", "</p>", "<a href='x'>", "</a>", "<h2 id='social credit'>", "</h2>", "<!-- slot: x -->"]
)
BARE = TEXTS.map(lambda message: message.replace("<", "").replace(">", ""))


@pytest.mark.no_cover
@given(pieces=st.lists(st.one_of(BARE, TAGS), max_size=12))
def test_of_a_page_only_links_are_added(whole: Library, pieces: list[str]) -> None:
    page = f"<p>social credit</p><article class='x'>{''.join(pieces)}</article><p>失信</p>"
    marked = mark_page(page, whole.glossary, "../")

    assert LINK.sub(r"\2", marked) == page


def test_no_term_is_linked_in_a_link_a_heading_a_title_a_button_or_code(small: Corpus) -> None:
    closed = "".join(
        f"<{tag}>失信</{tag}>" for tag in ("h1", "a", "em", "button", "code", "cite", "q", "dt")
    )
    page = f"<article> {closed}失信 失信</article>失信"

    assert mark_page(page, Glossary(small), "") == page.replace(
        "失信 失信", '<a class="xy-term" href="terms/shixin/">失信</a> 失信'
    )


def test_prose_has_its_terms_linked_but_not_in_titles_and_links(lay: Lay) -> None:
    summary = "Of [失信](https://example.org) and *失信* and 失信 [@koetse-2018].\n"
    library = Library(
        load(lay({"corpus/cities/new.yml": f"name: {{en: New}}\nsummary: {summary}"}))[0]
    )
    body = RENDER["cities"](library, library.corpus["new"]).body

    assert LINK.findall(body) == [("shixin", '<span lang="zh-Hans">失信</span>')]
    assert body.index('"xy-term"') > body.index("</em>")


@pytest.mark.no_cover
def test_on_the_real_pages_no_term_is_linked_where_it_must_not_be(whole: Library) -> None:
    closed = (
        "self::a or self::h1 or self::h2 or self::h3 or self::dt or self::th "
        "or self::caption or self::cite or self::em"
    )
    for entry in whole.corpus:
        body = fromstring(f"<div>{RENDER[entry.kind](whole, entry).body}</div>")
        for link in body.xpath("//a[@class='xy-term']"):
            assert link.get("href") != f"../../terms/{entry.id}/"
            assert not link.xpath(f"ancestor::*[{closed}]"), (entry.id, link.text_content())


@pytest.mark.parametrize(
    "forms",
    [
        "[" + ", ".join(f"town {'a' * n}" for n in range(1, 330)) + "]",
        f"[town {'a' * 480}, town a]",
        "[" + ", ".join(f"{'b (c ' * n}d" for n in range(1, 90)) + ", town a]",
    ],
    ids=["each one letter longer", "one long", "asides that do not close"],
)
def test_long_forms_that_begin_alike_are_borne(forms: str, lay: Lay) -> None:
    more = f"in_text: {forms}\n"
    town = TERM.format(en="town", zh="镇", pinyin="zhèn", also="", more=more)
    lay({"corpus/terms/town.yml": town})
    corpus, problems = load(Path("corpus"))
    assert problems == []

    marked = Glossary(corpus).mark("A town a in Shandong.", Mentions())

    assert marked == 'A <a class="xy-term" href="../../terms/town/">town a</a> in Shandong.'
