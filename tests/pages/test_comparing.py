"""The compare view: the same facts as on the records' pages, side by side, from prepared sets or
fetched files.
"""

from __future__ import annotations

import json
import re

import pytest
from lxml import html

from support import PROJECT, Lay
from xinyong.corpus import Corpus, load
from xinyong.pages import compare
from xinyong.pages.fragments import fragment
from xinyong.pages.kinds import RENDER
from xinyong.publication import Library

OTHER = """\
name: {en: Tencent Credit, zh: 腾讯信用, pinyin: Téngxùn Xìnyòng}
layer: commercial
form: score
score: {value: {min: 300, max: 850}, cite: reuters-2015}
scored: [{value: a, cite: reuters-2015}, {value: b, cite: reuters-2015}, {value: c, cite: reuters-2015},
  {value: d, cite: reuters-2015}, {value: e, cite: reuters-2015}, {value: f, cite: reuters-2015}]
summary: A score [@reuters-2015].
"""
SLOT = "compare-programs--sesame-credit--tencent-credit"


@pytest.fixture
def two(lay: Lay) -> Library:
    """The small corpus with a second program."""
    corpus, problems = load(lay({"corpus/programs/tencent-credit.yml": OTHER}))
    assert problems == []
    return Library(corpus)


def _rows(shown: str) -> dict[str, list[str]]:
    tree = html.fragment_fromstring(f"<div>{shown}</div>")
    rows = tree.xpath(".//tbody/tr")
    return {
        row.xpath("string(th)"): [cell.text_content() for cell in row.xpath("td")] for row in rows
    }


def test_records_stand_side_by_side_and_rows_that_differ_are_marked(two: Library) -> None:
    shown = fragment(two, SLOT, "../")
    assert shown
    rows = _rows(shown)

    assert rows["Layer"] == ["Commercial", "Commercial"]
    assert rows["Score ≠ differs"][1].startswith("300 to 850 ● single source")
    assert rows["Run by"][1] == "not recorded here"
    assert "≠ disputed" in rows["Launched"][0]
    assert "Legal basis" not in rows
    assert 'href="../compare/?programs=sesame-credit,tencent-credit"' in shown


def test_of_many_entries_the_rest_is_folded(two: Library) -> None:
    cell = compare.column(two, two.corpus["tencent-credit"]).cells["scored"]
    tree = html.fragment_fromstring(f"<div>{cell}</div>")

    assert len(tree.xpath("./div")) == 4
    assert tree.xpath("string(details/summary)") == "2 more"
    assert len(tree.xpath("details/div")) == 2


def test_cites_lead_to_the_pages_of_their_sources(two: Library) -> None:
    cells = compare.column(two, two.corpus["sesame-credit"]).cells.values()
    targets = {
        target
        for cell in cells
        for target in re.findall(r'class="xy-cite"><a href="([^"]+)"', cell)
    }

    assert "../citations/koetse-2018/" in targets
    assert not [target for target in targets if "#" in target]


def test_every_fact_of_the_comparison_is_on_the_record_page_with_the_same_standing(
    library: Library,
) -> None:
    for name, data in compare.files(library):
        kind, id_ = name.removeprefix("compare/").removesuffix(".json").split("/")
        page = html.fragment_fromstring(
            f"<div>{RENDER[kind](library, library.corpus[id_]).body}</div>"
        )
        marks = [
            mark.replace("xy-is-", "xy-standing xy-standing--")
            for mark in page.xpath(
                "//*[starts-with(@class, 'xy-standing ') or starts-with(@class, 'xy-is-')]/@class"
            )
        ]
        cells = html.fragment_fromstring(
            f"<div>{''.join(json.loads(data)['cells'].values())}</div>"
        )
        found = cells.xpath("//*[starts-with(@class, 'xy-standing ')]/@class")

        assert found
        assert all(found.count(mark) <= marks.count(mark) for mark in set(found)), id_


def test_a_file_is_made_for_each_record_that_can_be_compared(two: Library) -> None:
    made = dict(compare.files(two))

    assert sorted(made) == [
        "compare/blacklists/judgment-defaulters.json",
        "compare/cities/rongcheng.json",
        "compare/programs/sesame-credit.json",
        "compare/programs/tencent-credit.json",
    ]
    data = json.loads(made["compare/programs/tencent-credit.json"])
    assert data["name"] == "Tencent Credit"
    assert set(data["cells"]) == set(data["digests"]) == {"layer", "form", "score", "scored"}


def test_what_the_sources_of_a_value_are_makes_no_difference(lay: Lay) -> None:
    same = OTHER.replace("reuters-2015}, {value: b", "koetse-2018}, {value: b").replace(
        "Tencent", "Another"
    )
    corpus, _ = load(lay({"corpus/programs/a-one.yml": OTHER, "corpus/programs/another.yml": same}))
    library = Library(corpus)

    one, other = (compare.column(library, library.corpus[id_]) for id_ in ("a-one", "another"))
    assert one.cells["scored"] != other.cells["scored"]
    assert one.digests == other.digests


@pytest.mark.parametrize(
    "name", ["compare-terms--shixin--zhengxin", "compare-programs--sesame-credit", "compare-x"]
)
def test_a_slot_that_is_no_comparison_is_refused(name: str, library: Library) -> None:
    assert fragment(library, name, "") is None


def test_a_prepared_comparison_without_its_records_says_so(library: Library) -> None:
    assert fragment(library, SLOT, "") == (
        '<p class="xy-note">The records of this comparison are not in the corpus.</p>'
    )


def test_the_records_of_the_prepared_comparisons_are_in_the_corpus(real: Corpus) -> None:
    slots = re.findall(
        r"<!-- slot: compare-(\S+) -->", (PROJECT / "docs/compare.md").read_text(encoding="utf-8")
    )

    assert len(slots) == 3
    for slot in slots:
        kind, *ids = slot.split(compare.SEPARATOR)
        assert [real[id_].kind for id_ in ids] == [kind] * len(ids)
