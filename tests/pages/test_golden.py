"""The page of one record of each kind, as it was looked at and found right.

After a wanted change: ``GOLDEN=write .venv/bin/pytest tests/pages``, then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xinyong.pages.fragments import FRAGMENTS, fragment
from xinyong.pages.indexes import INDEXES
from xinyong.pages.kinds import RENDER
from xinyong.publication import Library

GOLDEN = Path(__file__).parent / "golden"
RECORDS = ["sesame-credit", "judgment-defaulters", "rongcheng", "koetse-2018", "spc-2013", "shixin", "ant-group",
           "sesame-launch", "one-score"]  # fmt: skip


def _agrees(name: str, found: str) -> None:
    path = GOLDEN / f"{name}.html"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("id_", RECORDS)
def test_a_record_is_shown_as_agreed(id_: str, library: Library) -> None:
    entry = library.corpus[id_]

    _agrees(id_, RENDER[entry.kind](library, entry).body)


@pytest.mark.parametrize(
    "name", [*(f"index-{kind}" for kind in INDEXES), *FRAGMENTS, "link-sesame-credit"]
)
def test_a_slot_is_filled_as_agreed(name: str, library: Library) -> None:
    found = fragment(library, name, "../")

    assert found is not None
    _agrees(f"slot-{name}", found)


def test_nothing_fills_a_slot_that_is_not_known(library: Library) -> None:
    assert fragment(library, "index-towns", "") is None
    assert fragment(library, "wheather", "") is None


def test_a_page_that_names_a_record_of_another_corpus_leaves_it_out(library: Library) -> None:
    assert fragment(library, "link-nowhere", "") == ""
    assert fragment(library, "cite-nowhere", "") == ""
    assert 'href="#s-koetse-2018"' in (fragment(library, "cite-nowhere--koetse-2018", "") or "")


@pytest.mark.parametrize("id_", RECORDS)
def test_every_section_of_the_contents_stands_on_the_page(id_: str, library: Library) -> None:
    entry = library.corpus[id_]
    page = RENDER[entry.kind](library, entry)

    assert page.contents
    for anchor, _ in page.contents:
        assert page.body.count(f'id="{anchor}"') == 1


@pytest.mark.parametrize("id_", RECORDS)
def test_no_markup_is_shown_as_text(id_: str, library: Library) -> None:
    entry = library.corpus[id_]
    body = RENDER[entry.kind](library, entry).body

    assert "&lt;" not in body
    assert "&amp;#" not in body


@pytest.mark.parametrize("id_", RECORDS)
def test_every_cite_on_a_page_leads_to_its_source_below(id_: str, library: Library) -> None:
    entry = library.corpus[id_]
    body = RENDER[entry.kind](library, entry).body

    for part in body.split('href="#s-')[1:]:
        assert f'<li id="s-{part.split(chr(34))[0]}">' in body
