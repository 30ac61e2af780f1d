"""The corpus of the project itself: sound, complete as far as it claims to be, and every word
linked.
"""

from __future__ import annotations

import re

import pytest

from support import PROJECT
from xinyong.corpus import Corpus, law, load, report
from xinyong.corpus.stats import stats
from xinyong.records import Blacklist, Program
from xinyong.records.walk import facts
from xinyong.rules.all import check, today


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The project's corpus."""
    found, problems = load(PROJECT / "corpus")
    assert report(problems) == ""
    return found


def test_it_has_no_problem_not_even_a_warning(corpus: Corpus) -> None:
    assert report(check(corpus, today())) == ""


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("cities", 138),
        ("programs", 60),
        ("blacklists", 33),
        ("citations", 1_270),
        ("terms", 142),
        ("organizations", 61),
        ("events", 125),
        ("claims", 76),
    ],
)
def test_no_kind_loses_many_records_unnoticed(kind: str, least: int, corpus: Corpus) -> None:
    assert len(corpus.of_kind(kind)) >= least


def test_it_loses_no_share_of_its_records_or_facts_unnoticed(corpus: Corpus) -> None:
    counted = stats(corpus)

    assert sum(counted.records.values()) >= 1_900
    assert counted.total >= 5_400


def test_every_fact_has_a_cite_that_somebody_read(corpus: Corpus) -> None:
    for entry in corpus:
        for path, fact in facts(entry.record):
            assert fact.cite, (entry.id, path)
            assert all(corpus.citation(cite.read.id).read != "none" for cite in fact.cite), (
                entry.id,
                path,
            )


def test_every_record_that_a_hand_written_page_names_is_in_the_corpus(corpus: Corpus) -> None:
    asked = [
        (page.name, id_)
        for page in sorted((PROJECT / "docs").rglob("*.md"))
        for kind, ids in re.findall(
            r"<!-- slot: (cite|link)-([a-z0-9-]+) -->", page.read_text(encoding="utf-8")
        )
        for id_ in (ids.split("--") if kind == "cite" else [ids])
    ]

    assert asked
    assert [(page, id_) for page, id_ in asked if id_ not in corpus] == []


def test_every_list_and_rating_of_an_authority_says_of_whom_it_is_and_whether_it_is_in_force(
    corpus: Corpus,
) -> None:
    silent = [
        entry.id
        for entry in law.regimes(corpus)
        if isinstance(entry.record, Blacklist | Program)
        if not (entry.record.subjects and entry.record.status)
    ]

    assert silent == []
