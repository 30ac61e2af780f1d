"""Figures about the corpus, and facts drawn for checking."""

from __future__ import annotations

from support import Lay, run


def test_stats_count_records_facts_and_their_standing(lay: Lay) -> None:
    lay({})
    ran = run("stats")

    assert ran.status == 0
    assert ran.output.splitlines()[0] == "cities              1 records       8 facts"
    assert "cites per fact 1.06; with two or more sources 4%" in ran.output
    assert any(line.startswith("weak sources") for line in ran.output.splitlines())
    assert "without an annotation: citations 5, blacklists 1" in ran.output
    assert "sources from 2013 to 2018, by language: en 5, zh 1" in ran.output


def test_a_sample_can_be_drawn_again_and_shows_what_to_check(lay: Lay) -> None:
    lay({})
    drawn = run("stats", "--sample", "5", "--seed", "2").output

    assert drawn == run("stats", "--sample", "5", "--seed", "2").output
    assert drawn != run("stats", "--sample", "5", "--seed", "3").output
    assert sum(line[0].isdigit() for line in drawn.splitlines()) == 5
    assert all("(" in line for line in drawn.splitlines() if line.startswith("   "))


def test_a_sample_larger_than_the_corpus_is_all_of_it(lay: Lay) -> None:
    lay({})

    assert "50. " in run("stats", "--sample", "9999").output
