"""Prose is CommonMark without HTML, with links to records and cites; nothing else gets through."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html
from markupsafe import escape

from xinyong.source import prose
from xinyong.source.cites import Cite
from xinyong.source.prose import RecordLink, Renderers

PLAIN = Renderers(
    link=lambda link: f'<a href="{escape(link.id)}">{escape(link.label or link.id)}</a>',
    cites=lambda cites: escape("; ".join(map(str, cites))),
    text=lambda text: str(escape(text)),
)
pieces = st.sampled_from(
    ["<script>", "</p>", "[[", "]]", "[@", "]", "x-1", "|", "(javascript:x)", "[a](", ")", "&lt;", "`", "\n\n", "- ",
     "#",
     "![", "<http://a.b>", "<a@b.c>", "失信", '"', "'", "=", "onload=", "*", "_", "\\", "> ", "    ", "&#x22;"]
)  # fmt: skip

plain_pieces = st.sampled_from(
    ["[[x-1]]", "[[x|y z]]", "[@a-1]", "[@a-1, p. 3; @b via c]", "[@?]", "[", "[[", "[@", "]", "]]", "|",
     "\n", "\n\n", " ", "  ", "\t", "\r", "\u3000", "\x0b", "\xa0", "word", "1.", "12)", "-", "- ", "=", "===", "#",
     ">", "!", "(x)", "](http://a.b)", "http://a.b", "失信", '"', "..", "a\nb"]
)  # fmt: skip


def test_links_and_cites_are_found() -> None:
    parsed = prose.parse(
        "See [[sesame-credit]] and [[shixin|失信]] [@a-1, p. 3; @b-2 via c-3].\n\n- point [@d-4]"
    )

    assert parsed.links == (RecordLink("sesame-credit"), RecordLink("shixin", "失信"))
    assert parsed.cites == (Cite("a-1", "p. 3"), Cite("b-2", "", Cite("c-3")), Cite("d-4"))
    assert parsed.uncited == ()
    assert parsed.faults == ()


def test_each_paragraph_needs_a_cite_and_a_list_shares_its_own() -> None:
    text = "First [@a-1].\n\nSecond.\n\n- one\n- two [@a-1]\n\n> quoted"

    assert prose.parse(text).uncited == ("Second.", "quoted")


def test_brackets_in_code_are_left_alone() -> None:
    assert prose.parse("Write `[[id]]` or `<b>` [@a-1].").faults == ()


@given(st.lists(plain_pieces, max_size=9).map("".join))
def test_plain_paragraphs_are_read_as_among_other_markup(text: str) -> None:
    parsed = prose.parse(text)
    among = prose.parse(f"{text}\n\n`code`")

    assert among.tokens[:-3] == parsed.tokens
    assert (among.links, among.cites, among.faults) == (parsed.links, parsed.cites, parsed.faults)


def test_what_is_allowed_is_rendered() -> None:
    text = "A *b* [c](https://x.y/?a=1&b=2) [[id|d]] [@a-1]"

    assert prose.render(text, PLAIN) == (
        '<p>A <em>b</em> <a href="https://x.y/?a=1&amp;b=2">c</a> <a href="id">d</a> a-1</p>\n'
    )


def test_html_and_script_links_are_harmless_even_where_no_rule_looked() -> None:
    text = "<script>alert(1)</script> [x](javascript:alert(1)) <b onload=x>"

    assert prose.render(text, PLAIN) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; <a>x</a> &lt;b onload=x&gt;</p>\n"
    )


@example("```<script>")
@given(st.lists(pieces, max_size=14).map("".join))
def test_no_text_injects_an_element_an_event_or_a_link_that_is_not_web(text: str) -> None:
    rendered = prose.render(text, PLAIN)
    tree = html.fragment_fromstring(rendered or "<p></p>", create_parent="div")

    for element in tree.iter():
        if isinstance(element.tag, str):
            allowed = {
                "div",
                "p",
                "a",
                "em",
                "strong",
                "code",
                "ul",
                "ol",
                "li",
                "blockquote",
                "br",
                "pre",
                "hr",
            }
            assert element.tag in allowed | {f"h{n}" for n in range(1, 7)}
            assert set(element.attrib) <= {"href", "title", "start"}
            href = element.get("href", "https://")
            assert re.match(r"https?://", href) or "[[" in text


@given(st.lists(pieces, max_size=8).map("".join))
def test_no_line_injects_anything(text: str) -> None:
    rendered = prose.render_line(text, PLAIN)

    assert set(re.findall(r"<(\w+)", rendered)) <= {"a"}


def test_faults_of_a_line_are_named() -> None:
    found = [(fault.code, fault.needle) for fault in prose.line_faults("[[ok]] <b> [[x")]

    assert found == [("X701", "<b>"), ("X703", "[[")]
