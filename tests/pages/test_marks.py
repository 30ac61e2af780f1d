"""Beside a name that is linked to stands what one must know of it at once: a layer, or the verdict
on a claim.
"""

from __future__ import annotations

from lxml import html

from xinyong.pages import kinds
from xinyong.pages.record_view import RecordView
from xinyong.pages.view import View
from xinyong.publication import Library


def test_a_claim_that_is_linked_to_is_not_taken_for_a_fact(library: Library) -> None:
    view = View(library)

    assert view.link("one-score").endswith(
        '</a> <span class="xy-judged" data-assessment="refuted">(refuted)</span>'
    )
    assert view.link("one-score", "this claim").endswith(">this claim</a>")
    assert view.link("one-score", layer=False).endswith("</a>")


def test_a_program_is_never_named_without_its_layer(library: Library) -> None:
    assert (
        '<abbr class="xy-mark" data-layer="commercial" title="Commercial layer">C</abbr>'
        in View(library).link("sesame-credit", "the score")
    )


def test_a_page_bears_the_colour_of_its_layer_and_none_where_there_are_several(
    library: Library,
) -> None:
    def tinted(id_: str) -> str:
        return RecordView(library, entry=library.corpus[id_]).render("events.html.j2").split(">")[0]

    assert tinted("sesame-launch") == '<p class="xy-kind" data-layer="commercial"'


def test_a_fact_that_only_weak_sources_bear_says_so(library: Library) -> None:
    page = html.fragment_fromstring(
        str(kinds.RENDER["programs"](library, library.corpus["sesame-credit"]).body),
        create_parent=True,
    )
    said = {
        fact.xpath("string(.//*[@class='xy-says'])"): bool(fact.xpath(".//*[@class='xy-weak']"))
        for fact in page.xpath(".//*[contains(@class, 'xy-fact')]")
    }

    assert said["June 2015"] is True
    assert any(weak is False for weak in said.values())
