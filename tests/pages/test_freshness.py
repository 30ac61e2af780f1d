"""What time puts on the work list, counted from the day of the edition and never from the clock."""

from __future__ import annotations

import datetime

import pytest
from lxml import html

from support import SMALL, Lay
from xinyong.corpus import Corpus, freshness, load
from xinyong.edition import Edition
from xinyong.pages import freshness as freshness_page
from xinyong.pages.fragments import fragment
from xinyong.publication import Library

EVENT = (SMALL / "events" / "sesame-launch.yml").read_text(encoding="utf-8")
LIST = (SMALL / "blacklists" / "judgment-defaulters.yml").read_text(encoding="utf-8")
DAY = datetime.date(2026, 3, 4)

AWAITED = (
    "awaited:\n"
    "  - {value: the second, look_for: its title, cite: koetse-2018}\n"
    "  - {value: the first, due: 2026-02, look_for: a notice, cite: koetse-2018}\n"
    "  - {value: the third, due: 2027, look_for: a report, cite: koetse-2018}\n"
)


def _page(corpus: Corpus, released: str = "2026-03-04") -> html.HtmlElement:
    library = Library(corpus, edition=Edition(released=released))
    return html.fragment_fromstring(f"<div>{fragment(library, 'freshness', '../')}</div>")


def _status(lay: Lay, status: str) -> list[str]:
    corpus, problems = load(
        lay({"corpus/blacklists/judgment-defaulters.yml": f"{LIST}status: {status}\n"})
    )
    assert problems == []
    return [
        entry.id for entry, _ in freshness.stale_statuses(corpus, DAY) if entry.kind == "blacklists"
    ]


def test_an_announcement_that_is_due_stands_first_with_what_to_look_for(lay: Lay) -> None:
    corpus, problems = load(lay({"corpus/events/sesame-launch.yml": EVENT + AWAITED}))
    items = [item.text_content() for item in _page(corpus).xpath(".//h3[1]/following::ul[1]/li")]

    assert problems == []
    assert [("the first" in items[0]), ("the third" in items[1]), ("the second" in items[2])] == [
        True
    ] * 3
    assert "due February 2026" in items[0]
    assert "a notice" in items[0]
    assert "not yet past" in items[1]
    assert "no time was named" in items[2]


def test_a_status_is_listed_when_it_is_over_two_years_old(lay: Lay) -> None:
    assert _status(lay, "{value: running, as_of: 2024-03-03, cite: spc-2013}") == [
        "judgment-defaulters"
    ]


def test_a_status_of_two_years_is_not_yet_listed(lay: Lay) -> None:
    assert _status(lay, "{value: running, as_of: 2024-03-04, cite: spc-2013}") == []


def test_what_has_ended_is_not_looked_up_again(lay: Lay) -> None:
    assert _status(lay, "{value: ended, as_of: 2015, cite: spc-2013}") == []


def test_a_year_counts_to_its_last_day(lay: Lay) -> None:
    assert _status(lay, "{value: running, as_of: 2024, cite: spc-2013}") == []


def test_a_record_is_listed_when_its_last_check_is_over_a_year_ago(lay: Lay) -> None:
    old = {f"corpus/{kind}/{name}.yml": text + f"reviewed: {day}\n" for kind, name, text, day in (
        ("events", "sesame-launch", EVENT, "2025-03-03"),
        ("blacklists", "judgment-defaulters", LIST, "2025-03-04"),
    )}  # fmt: skip
    corpus, _ = load(lay(old))
    found = [entry.id for entry in freshness.unreviewed(corpus, DAY)]

    assert "sesame-launch" in found
    assert "judgment-defaulters" not in found


def test_a_leap_day_has_a_day_a_year_before_it() -> None:
    assert freshness.years_before(datetime.date(2028, 2, 29), 1) == datetime.date(2027, 2, 28)


def test_another_day_of_the_edition_gives_another_list(library: Library) -> None:
    early = _page(library.corpus, "2014-01-01").xpath("string(.)")
    late = _page(library.corpus, "2026-03-04").xpath("string(.)")

    assert "Counted from 1 January 2014" in early
    assert "Counted from 4 March 2026" in late
    assert early != late


def test_without_a_day_nothing_is_counted(library: Library) -> None:
    assert "has no day" in _page(library.corpus, "").xpath("string(.)")


def test_of_many_records_that_are_due_some_are_named_and_the_rest_is_counted(
    small: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def due() -> list[str]:
        kinds = _page(small, "2036-03-04").xpath(".//h3[@id='due-reviewed']/following::details")
        return next(
            [item.text_content() for item in kind.iter("li")]
            for kind in kinds
            if kind.findtext("summary", "").startswith("Sources")
        )

    all_of = due()
    assert len(all_of) > 2
    monkeypatch.setattr(freshness_page, "NAMED", 2)
    assert due()[:2] == all_of[:2]
    assert due()[2:] == [f"and {len(all_of) - 2} more; the data hold all of them"]
