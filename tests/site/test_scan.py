"""What the build notes of a page as it is written is what a parser reads in the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from xinyong.pages.page import Page
from xinyong.site import documents, slots
from xinyong.site.documents import Document, Seen

SHELL = """<!doctype html><html><head>
<meta name="description" content="⟦description⟧">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<script>if (1 < 2 && 3 > 2) document.title</script>
<title>⟦title⟧</title><meta property="og:title" content="⟦title⟧">
<meta property="og:url" content="https://example.org/terms/record/">⟦head⟧</head><body>
<a href="#slot-record">Skip</a><a href="../../about/" data-file="docs/terms/record.md">About</a>
<ul>
<li class="md-nav__item"><a href="#slot-section" class="md-nav__link">⟦section⟧</a></li>
</ul><article><!-- slot: body --><h2 id="slot-section">⟦section⟧</h2><!-- /slot: body --></article>
<a id="end" href="#end">End</a></body></html>"""


def page(body: str, title: str = "A term") -> Page:
    """Make a page of a term."""
    sections = (("one", 'One <b id="no">'), ("two", "Two"))
    return Page("terms/a/", title, f"What {title} is", body, sections, "corpus/terms/a.yml")


def read(tmp_path: Path, html: str) -> Document:
    """Read a page with the parser."""
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    return documents.read(tmp_path).pages["index.html"]


def same(seen: Document, parsed: Document) -> None:
    """Hold what was noted of a page against what the parser read."""
    frame = seen.frame or Document()
    assert seen.all_ids == parsed.ids
    assert sorted([*frame.links, *seen.links]) == sorted(parsed.links)
    assert [*(frame.refused or []), *(seen.refused or [])] == (parsed.refused or [])
    assert (seen.policy, seen.redirect) == (parsed.policy, parsed.redirect)
    assert (seen.refused is None) == (parsed.refused is None)


BODIES = {
    "links, ids, pictures": '<h1 id="a">A</h1><p id="x"><a href="../b/?a=1&amp;b=2#c">B</a>'
    '<img src="c.png" srcset="d.png 2x, e.png 3x"></p><a name="old" href="">e</a>',
    "text that looks like markup": "<p>&lt;a href=&#34;x&#34; id=&#34;y&#34;&gt; id='z'</p>",
    "data": '<script type="application/ld+json">{"@id": "x", "style": "y"}</script>',
    "code": '<script>alert("<a href=x id=y>")</script><p id="q">',
    "a handler, a style, a script": '<p style="x" ONCLICK = "y"><a href="JAVAscript:z">w</a></p>',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("title", ["A term", 'Of "<a id="b" href="c">", > and &'])
def test_a_poured_page_is_noted_as_a_parser_reads_it(tmp_path: Path, body: str, title: str) -> None:
    """Whatever stands in a page and its title, the link check knows of it what it knew by reading it."""
    shell, seen = slots.shell(SHELL, "terms"), Seen()
    poured = page(body, title)

    seen.poured("index.html", shell, poured, "a")

    same(seen.pages["index.html"], read(tmp_path, shell.pour(poured, "a")))


def test_a_page_without_a_shell_is_noted_as_a_parser_reads_it(tmp_path: Path) -> None:
    """A page that leads on, one with a policy, one whose policy comes too late, and one without."""
    allowed = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
    styles = '<link rel="stylesheet" href="../a.css">'
    heads = (allowed + styles, styles + allowed, "", allowed)
    lead = '<meta http-equiv="refresh" content="0; url=../b/">'
    for head in (*heads, allowed + lead):
        html = f'<!doctype html><html><head>{head}</head><body><a href="../b/">B</a></body></html>'
        seen = Seen()
        seen.whole("index.html", html)
        same(seen.pages["index.html"], read(tmp_path, html))


def test_what_is_shared_and_what_is_own_make_the_whole() -> None:
    """Nothing of a shell is lost where it is split."""
    shell = slots.shell(SHELL, "terms")
    shared, own = shell.split()

    assert len(shared) + sum(map(len, own.pieces)) == sum(map(len, shell.pieces))
    assert replace(own, pieces=shell.pieces) == shell
