"""What changed is told by names, in the words of the interface, and not by ids."""

from __future__ import annotations

import re
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html

from support import commit
from xinyong.corpus import load
from xinyong.history.changes import Change, Part
from xinyong.history.read import read
from xinyong.history.text import ChangeText
from xinyong.publication import Library
from xinyong.site import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture(scope="module")
def library(followed: Path) -> Library:
    """The small corpus with its history."""
    corpus, _ = load(followed / "corpus")
    return Library(corpus, history=read(followed / "corpus", corpus))


def told(library: Library, kind: str, field: str, *parts: Part, lead: str = "") -> ChangeText:
    (found,) = library.names.texts(kind, [Change(field, "changed", parts, lead)])
    return found


@pytest.mark.parametrize(
    ("place", "written", "said"),
    [
        ("programs score cite", "koetse-2018, p. 14", "Koetse 2018, p. 14"),
        (
            "programs score cite",
            "daum-2017 via koetse-2018",
            "Daum 2017 in Koetse 2018",
        ),
        ("programs participation value", "opt-in", "Opt-in"),
        ("programs launched value", "2015-01-28", "28 January 2015"),
        ("programs operators value", "ant-group", "Ant Group"),
        ("programs benefits places", "rongcheng, cite koetse-2018", "Rongcheng, cite Koetse 2018"),
        ("programs score value.max", "950", "950"),
        ("cities designations list", "demonstration-2018", "Demonstration city, first batch"),
        ("cities designations document", "spc-2013", "{spc-2013}"),
        ("cities accounts official", "true", "yes"),
        (
            "cities summary value",
            "See [[shixin]] and [[shixin|that term]] [@koetse-2018, p. 1; @daum-2017 via koetse-2018].",
            "See {shixin} and that term [Koetse 2018, p. 1; Daum 2017 in Koetse 2018].",
        ),
        ("programs operators value", "zhima-credit", "Sesame Credit"),
        ("cities province cite", "gone-2015", "Gone, Launch of a score"),
        ("programs operators value", "never-was", "never-was"),
        ("programs no_field_today value", "koetse-2018", "koetse-2018"),
        ("nothing summary value", "text", "text"),
    ],
)  # fmt: skip
def test_an_id_is_told_by_what_it_stands_for(
    place: str, written: str, said: str, library: Library
) -> None:
    named = {
        "spc-2013": library.references.name("spc-2013"),
        "shixin": library.corpus["shixin"].record.names.en,
    }

    kind, field, part = place.split()

    change = told(library, kind, field, Part(part, (), (written,)))

    assert change.parts[0].after == said.format_map(named)


def test_the_entry_that_changed_is_told_by_its_name(library: Library) -> None:
    change = told(
        library,
        "cities",
        "designations",
        Part("note", ("a",), ("b",)),
        lead="demonstration-2018",
    )

    assert change.lead == "Demonstration city, first batch"


def test_two_ids_of_one_name_are_told_by_their_ids(library: Library) -> None:
    part = Part("value", ("zhima-credit",), ("sesame-credit",))

    change = told(library, "cities", "see", part)

    assert (change.parts[0].before, change.parts[0].after) == ("zhima-credit", "sesame-credit")


def test_a_feed_says_in_words_what_changed(library: Library) -> None:
    read_ = feedparser.parse(feeds.feed(library, "feed.xml", "All"))

    assert [(entry.title, entry.summary) for entry in read_.entries[:3]] == [
        ("Gone, Launch of a score: removed", "removed"),
        (
            "Sesame Credit 芝麻信用: renamed from zhima-credit; Taking part changed",
            "renamed from zhima-credit; Taking part changed",
        ),
        ("Rongcheng 荣成市: Coordinates changed; Schemes changed", "Coordinates changed; Schemes changed"),
    ]  # fmt: skip
    assert "new place" in {entry.summary for entry in read_.entries}
    assert "<ins>Opt-in</ins>" in read_.entries[1].content[0].value


def test_a_feed_holds_what_the_format_asks_for(library: Library) -> None:
    """https://www.rfc-editor.org/rfc/rfc4287, 4.1: what a feed and its entries must have, once each."""
    root = etree.fromstring(feeds.feed(library, "feed.xml", "All"))
    entries = root.findall(f"{ATOM}entry")

    assert entries
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert [bool(found.text) for found in element.findall(f"{ATOM}{name}")] == [True]
        assert RFC_3339.fullmatch(element.findtext(f"{ATOM}updated") or "")
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len({*ids}) == len(ids)
    assert set(root.xpath("//*[local-name()='content']/@type")) <= {"html"}


def test_a_title_names_a_few_fields_and_the_summary_all(tmp_path: Path) -> None:
    entry = _entry(tmp_path, "literally: one\nasked: [two]\nannotation: Three [@k].\nsee: [k]\n")

    assert entry.title == (
        "Odd 信: Literally added; Asked as added; What to know added; and 1 more"
    )
    assert entry.summary == ("Literally added; Asked as added; What to know added; See also added")


def test_no_text_of_a_record_is_markup_in_a_feed(tmp_path: Path) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;]]>"
    entry = _entry(tmp_path, f"literally: '{nasty}'\n")
    shown = entry.content[0].value
    made = html.fragment_fromstring(shown, create_parent=True)

    assert {element.tag for element in made.iter()} <= {
        "div",
        "ul",
        "li",
        "b",
        "ins",
        "del",
        "span",
    }
    assert not made.xpath(".//@*[not(name()='class' or name()='lang')]")
    assert nasty in etree.tostring(made, encoding="unicode", method="text")


def _entry(folder: Path, added: str) -> feedparser.FeedParserDict:
    """Return the entry of a feed that tells of fields added to a term."""
    term = "name: {en: Odd, zh: 信}\ndomain: law\nsummary: S [@k].\n"
    file = "corpus/terms/odd.yml"
    commit(folder, "2026-01-01T09:00:00Z", {file: term})
    commit(folder, "2026-01-02T09:00:00Z", {file: term + added})
    corpus, _ = load(folder / "corpus")
    found = Library(corpus, history=read(folder / "corpus", corpus))
    parsed = feedparser.parse(feeds.feed(found, "feed.xml", "All"), sanitize_html=False)
    first: feedparser.FeedParserDict = parsed.entries[0]
    return first
