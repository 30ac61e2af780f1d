"""Pages as Markdown, read back by a CommonMark parser that is not the program's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import marko
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marko.block import Heading, List, ListItem, Paragraph
from marko.inline import AutoLink, InlineHTML, Link, RawText

from support import SMALL
from xinyong.corpus import Corpus, Entry
from xinyong.corpus.text import title_of
from xinyong.edition import Edition
from xinyong.exports import markdown
from xinyong.exports.markdown import commonmark
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.source.cites import parse
from xinyong.source.prose import Renderers
from xinyong.words import STANDING, WORDS

BASE = "https://example.org/x/"
SMALL_IDS = sorted(path.stem for path in SMALL.glob("*/*.yml"))
_CITE = re.compile(r"(?<!\\)\[(\d[^\[\]]*)\](?!\()")
"""A cite as it is written: brackets of a text are escaped, and behind those of a link stands an address."""

_NUMBER = re.compile(r"(?:^|; |, read in )(\d+)")


def _library(corpus: Corpus) -> Library:
    return Library(corpus, edition=Edition(BASE, version="1.2.3", released="2026-11-24"))


def _text(node: object) -> str:
    """Return the words of a node, as a reader sees them."""
    children = getattr(node, "children", "")
    if isinstance(children, str):
        return children
    return "".join(
        "\n" if type(child).__name__ == "LineBreak" else _text(child) for child in children
    )


def _all(node: object, type_: type) -> Iterator[object]:
    children = getattr(node, "children", "")
    for child in children if not isinstance(children, str) else ():
        if isinstance(child, type_):
            yield child
        yield from _all(child, type_)


def _parts(source: str) -> tuple[str, list[str]]:
    """Return the words of a page before its list of sources, and the words of each source."""
    children = marko.parse(source).children
    heads = [n for n, child in enumerate(children) if isinstance(child, Heading)]
    at = next((n for n in heads if _text(children[n]) == WORDS["sources"]), len(children))
    found = next((child for child in children[at:] if isinstance(child, List)), None)
    before = "\n".join(_text(child) for child in children[:at])
    return before, [_text(item) for item in found.children] if found else []


def _written(library: Library, entry: Entry) -> str:
    return markdown.record(markdown.Shared(library), entry)


@pytest.fixture(scope="module")
def shelved(small: Corpus) -> Library:
    return _library(small)


@pytest.mark.parametrize("id_", SMALL_IDS)
def test_a_page_has_its_name_its_address_its_edition_and_its_licence(
    id_: str, shelved: Library
) -> None:
    entry = shelved.corpus[id_]
    document = marko.parse(_written(shelved, entry))
    first = document.children[0]
    links = {link.dest for link in (*_all(document, Link), *_all(document, AutoLink))}

    assert isinstance(first, Heading)
    assert (first.level, _text(first)) == (1, title_of(entry))
    assert [h for h in _all(document, Heading) if h.level == 1] == [first]
    assert BASE + entry.url in links
    assert shelved.edition.licence_url in links
    assert "version 1.2.3, 24 November 2026" in _text(document)


def _numbered_rightly(library: Library, entry: Entry) -> None:
    written = _written(library, entry)
    _, sources = _parts(written)
    text = written.partition(f"\n## {WORDS['sources']}\n")[0]
    cited = [int(n) for cite in _CITE.findall(text) for n in _NUMBER.findall(cite)]
    full = [library.references.plain(i) for i in library.corpus.entries if i in _cited(entry)]

    assert list(dict.fromkeys(cited)) == [*range(1, len(sources) + 1)], entry.id
    assert len(sources) == len(full), entry.id
    for reference in full:
        bare = " ".join(reference.split()).rstrip(".")
        assert any(source.startswith(bare) for source in sources), (entry.id, bare, sources)


def _cited(entry: Entry) -> set[str]:
    return {use.target for use in entry.cites}


def test_every_number_has_its_source_in_the_order_of_first_mention(shelved: Library) -> None:
    for entry in shelved.corpus:
        _numbered_rightly(shelved, entry)


@pytest.mark.no_cover
def test_every_number_has_its_source_in_the_project_s_own_corpus(real: Corpus) -> None:
    library = _library(real)
    for kind in MODELS:
        for entry in real.of_kind(kind)[::9]:
            _numbered_rightly(library, entry)


@pytest.mark.no_cover
def test_a_link_to_a_law_names_it_as_the_page_does(real: Corpus) -> None:
    before, _ = _parts(_written(_library(real), real["shehui-zhili"]))

    assert "Related: Planning Outline of 2014" in before


def test_every_fact_stands_there_with_how_well_it_stands(shelved: Library) -> None:
    words = "|".join(re.escape(word) for _, word in STANDING.values())
    support = re.compile(rf"\((?:as of [^()]*; )?(?:{words})(?:, {WORDS['weak-sources']})?\) \[\d")
    for entry in shelved.corpus:
        before, _ = _parts(_written(shelved, entry))
        assert len(support.findall(before)) == len(entry.facts), entry.id


def test_a_fact_has_its_date_and_its_note(shelved: Library) -> None:
    before, _ = _parts(_written(shelved, shelved.corpus["sesame-credit"]))
    assert "Layer: Commercial." in before
    assert "Score: 350 to 950 (" in before


def test_a_claim_has_its_verdict_and_the_evidence_by_its_side(shelved: Library) -> None:
    before, _ = _parts(_written(shelved, shelved.corpus["one-score"]))
    assert "Assessment: Refuted." in before
    assert "Against: " in before


def test_every_link_leads_to_the_web_or_to_a_page(shelved: Library) -> None:
    pages = {BASE + entry.url for entry in shelved.corpus}
    for entry in shelved.corpus:
        for link in _all(marko.parse(_written(shelved, entry)), Link):
            assert link.dest.startswith(("http://", "https://"))
            assert not link.dest.startswith(BASE) or link.dest in pages


_LINES = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1)
_MEANT = st.lists(
    st.sampled_from([*"\\`*_[]<>&~#+-=.)(!|:1;", "&amp;", " ", "a", "信"]), min_size=1
)


@given(_LINES | _MEANT.map("".join))
def test_what_stands_in_a_record_is_read_as_it_stands(line: str) -> None:
    flat = " ".join(line.split())
    if not flat:
        return
    document = marko.parse(commonmark.listed([commonmark.escaped(flat)]))
    (items,) = document.children
    (item,) = items.children
    (paragraph,) = item.children

    assert isinstance(item, ListItem)
    assert isinstance(paragraph, Paragraph)
    assert _text(paragraph) == flat


def _prose(source: str) -> str:
    renderers = Renderers(lambda link: f"({link.id})", lambda _: "[1]", commonmark.escaped)
    return commonmark.prose(source, renderers)


def test_prose_keeps_its_stress_its_links_and_its_lists() -> None:
    written = _prose(
        "A *word* and **more** of [it](https://example.org/a_(b)) [@x].\n\n"
        "- one `a*b`\n- two\n  in two lines [@x]\n\n> said\n\n3. third"
    )

    assert written == (
        "A *word* and **more** of [it](<https://example.org/a_(b)>) [1].\n\n"
        "- one `a*b`\n\n- two in two lines [1]\n\n> said\n\n3. third"
    )


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "![x](https://example.org/a.png)",
        "<script>alert(1)</script>",
        "[1]: https://example.org/elsewhere\n\nsaid [1]",
        "`<b>` and \\<b>",
    ],
)
def test_prose_makes_no_markup_and_no_link_of_another_kind(source: str) -> None:
    document = marko.parse(_prose(source))

    assert [type(node).__name__ for node in _all(document, InlineHTML)] == []
    assert {type(child).__name__ for child in document.children} <= {"Paragraph", "BlankLine"}
    assert all(link.dest.startswith("https://") for link in _all(document, Link))
    assert list(_all(document, marko.inline.Image)) == []


def test_a_source_that_was_read_in_another_says_so(shelved: Library) -> None:
    text = markdown.Text(markdown.Shared(shelved))

    assert text.cites([parse("weak-2015")]) == "[1]"
    shown = text.cites([parse("koetse-2018, p. 3 via weak-2015, p. 5"), parse("koetse-2018")])
    assert shown == "[2, p. 3, read in 1, p. 5; 2]"
    assert len(text.sources().splitlines()) == 2


def test_raw_text_of_a_page_holds_no_slot(shelved: Library) -> None:
    for entry in shelved.corpus:
        written = _written(shelved, entry)
        assert "⟦" not in written
        assert "<!--" not in written
        assert "[[" not in " ".join(map(_text, _all(marko.parse(written), RawText)))
