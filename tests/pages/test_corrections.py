"""How to ask for a correction, and the log of what was corrected, which is made from the history."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from support import SMALL, commit
from xinyong.corpus import load
from xinyong.history.changes import Change, Part
from xinyong.history.read import read
from xinyong.pages.corrections import is_correction
from xinyong.pages.fragments import fragment
from xinyong.publication import Home, Library
from xinyong.site.engine import UnsoundError, configure, home

CONFIG = SMALL.parent.parent.parent / "mkdocs.yml"
REPORT = "https://github.com/owner/name/issues/new"


def _slot(library: Library, name: str) -> html.HtmlElement:
    return html.fragment_fromstring(f"<div>{fragment(library, name, '../')}</div>")


def _contact(library: Library, home: Home) -> tuple[str, list[str]]:
    page = _slot(Library(library.corpus, home), "contact")
    return page.text_content(), page.xpath(".//a/@href")


def test_anybody_can_write_where_there_is_an_address(library: Library) -> None:
    text, links = _contact(library, Home(report=REPORT, contact="name@example.org"))

    assert "no account" in text
    assert links == ["mailto:name@example.org"]


def test_the_address_may_be_that_of_a_page(library: Library) -> None:
    assert _contact(library, Home(contact="https://example.org/form"))[1] == [
        "https://example.org/form"
    ]


def test_without_an_address_the_repositorys_report_is_named(library: Library) -> None:
    text, links = _contact(library, Home(report=REPORT))

    assert "needs an account" in text
    assert links == [REPORT]


def test_without_either_the_page_says_so(library: Library) -> None:
    text, links = _contact(library, Home("https://example.org/x/"))

    assert "neither" in text
    assert links == ["https://example.org/x/"]


def test_the_address_is_given_as_that_of_the_site_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTACT", "name@example.org")

    assert home(configure(CONFIG, tmp_path)).contact == "name@example.org"


@pytest.mark.parametrize("wrong", ["name", "javascript:alert(1)", "a@b?subject=x", "ftp://x.org"])
def test_an_address_to_which_nobody_can_write_is_refused(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTACT", wrong)

    with pytest.raises(UnsoundError) as refused:
        home(configure(CONFIG, tmp_path))
    assert wrong in refused.value.problems[0].message


def test_a_changed_fact_and_a_removed_record_stand_in_the_log(followed: Path) -> None:
    corpus, _ = load(followed / "corpus")
    known = Library(corpus, history=read(followed / "corpus", corpus))
    page = _slot(known, "corrections")
    days = [day.text_content() for day in page.xpath(".//h3/time")]

    assert days == ["3 February 2026", "2 February 2026", "6 January 2026"]
    assert page.xpath(".//p/a/@href") == [
        "../history/citations/gone-2015/#d2026-02-03",
        "../history/programs/sesame-credit/#d2026-02-02",
        "../history/cities/rongcheng/#d2026-01-06",
    ]
    assert "shown: 3 of 3" in page.xpath("string(.//p[1])")
    assert "removed" in page.xpath("string(.//p[2])")
    assert "unknown" in page.xpath("string(.//ul[1])")


def test_what_was_only_added_is_no_correction(tmp_path: Path) -> None:
    path = "corpus/cities/rongcheng.yml"
    old = (SMALL / "cities" / "rongcheng.yml").read_text(encoding="utf-8")
    detail = "details: {label: Size, value: large, cite: koetse-2018}\n"
    files = {str(file.relative_to(SMALL.parent)): file.read_text(encoding="utf-8")
             for file in SMALL.rglob("*.yml")}  # fmt: skip
    commit(tmp_path, "2026-01-05T09:00:00Z", files)
    commit(tmp_path, "2026-01-06T09:00:00Z", {path: old + detail})
    corpus, problems = load(tmp_path / "corpus")
    known = Library(corpus, history=read(tmp_path / "corpus", corpus))

    assert problems == []
    assert len(known.history.days) == 2
    assert "Nothing was corrected" in _slot(known, "corrections").text_content()


@pytest.mark.parametrize(
    ("field", "part", "expected"),
    [
        ("inputs", Part("value", ("a",), ("b",)), True),
        ("inputs", Part("value", (), ("b",)), False),
        ("inputs", Part("cite", ("a",), ("b",)), False),
        ("inputs", Part("note", ("a",), ()), False),
        ("summary", Part("value", ("a",), ("b",)), False),
        ("a-field-of-old", Part("value", ("a",), ()), False),
    ],
)
def test_a_correction_takes_back_what_a_fact_said(field: str, part: Part, expected: bool) -> None:
    assert is_correction("programs", Change(field, "changed", (part,))) is expected


def test_without_a_history_the_page_says_why(library: Library) -> None:
    assert "does not know what changed" in _slot(library, "corrections").text_content()
