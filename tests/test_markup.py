"""Chinese is marked as Chinese wherever it stands, and nothing else is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyong.corpus import Corpus
from xinyong.corpus.text import plain
from xinyong.markup import first_sentences, mark_chinese, text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain", "plain"),
        ("a & <b>", "a &amp; &lt;b&gt;"),
        ("失信", '<span lang="zh-Hans">失信</span>'),
        (
            "the list (失信被执行人名单, shīxìn)",
            'the list (<span lang="zh-Hans">失信被执行人名单</span>, shīxìn)',
        ),
        ("国发〔2014〕21号", '<span lang="zh-Hans">国发〔2014〕21号</span>'),
        ("《纲要》 says", '<span lang="zh-Hans">《纲要》</span> says'),
        ("征信 and 信用", '<span lang="zh-Hans">征信</span> and <span lang="zh-Hans">信用</span>'),
    ],
)
def test_chinese_runs_are_marked(written: str, shown: str) -> None:
    assert text(written) == shown


@given(st.text(alphabet="失信〔〕《》 a1,.<>&'\"", max_size=30))
def test_marking_changes_no_character(written: str) -> None:
    marked = str(text(written))
    bare = re.sub(r"</?span[^>]*>", "", marked)
    for entity, char in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#39;", "'"),
        ("&#34;", '"'),
        ("&amp;", "&"),
    ):
        bare = bare.replace(entity, char)

    assert bare == written


def test_a_description_ends_at_a_word() -> None:
    assert first_sentences("one two three", 9) == "one two…"
    assert first_sentences("one\ntwo") == "one two"


def test_prose_as_plain_text_has_no_marks_of_its_own(small: Corpus) -> None:
    assert (
        plain("A *b* [[sesame-credit]] [@a-1]. See [c](https://x.y).\n\nD `e`", small)
        == "A b Sesame Credit. See c. D e"
    )


def test_chinese_in_a_built_page_is_marked_once_and_only_in_its_article() -> None:
    page = (
        "<title>信</title><article data-x=1><p>The 信用 list<br>of <em>荣成市</em></p><!-- 失信 -->"
        '<span lang="zh-Hans">失<b>信</b></span> <code># 信 x</code></article><p>信</p>'
    )

    assert mark_chinese(page) == (
        '<title>信</title><article data-x=1><p>The <span lang="zh-Hans">信用</span> list<br>of '
        '<em><span lang="zh-Hans">荣成市</span></em></p><!-- 失信 -->'
        '<span lang="zh-Hans">失<b>信</b></span> <code># <span lang="zh-Hans">信</span> x</code></article><p>信</p>'
    )
    assert mark_chinese("<article>plain</article>") == "<article>plain</article>"
    assert mark_chinese("<article>信 without an end") == "<article>信 without an end"
