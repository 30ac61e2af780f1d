"""How much a record matters: more links, facts and sources count, and none of them alone."""

from __future__ import annotations

from support import Lay
from xinyong.corpus import Corpus, load
from xinyong.corpus.importance import by_importance, importance

PROGRAM = (
    "name: {{en: {name}}}\nlayer: municipal\nform: score\n"
    "summary: A score [@{cite}].\nlaunched: {{value: 2018, cite: {cite}}}\n"
)


def _program(name: str, cite: str, more: str = "") -> str:
    return PROGRAM.format(name=name, cite=cite) + more


def test_a_record_with_more_facts_and_sources_matters_more(lay: Lay) -> None:
    more = "ended: {value: 2020, cite: reuters-2015}\n"
    corpus, problems = load(
        lay({
            "corpus/programs/first-score.yml": _program("One", "koetse-2018"),
            "corpus/programs/other-score.yml": _program("Two", "koetse-2018", more),
        })
    )  # fmt: skip

    assert problems == []
    assert importance(corpus, corpus["other-score"]) > importance(corpus, corpus["first-score"])


def test_a_record_that_others_link_to_matters_more(lay: Lay) -> None:
    link = "see: [first-score]\n"
    corpus, problems = load(
        lay({
            "corpus/programs/first-score.yml": _program("One", "koetse-2018"),
            "corpus/programs/other-score.yml": _program("Two", "koetse-2018", link),
        })
    )  # fmt: skip

    assert problems == []
    assert importance(corpus, corpus["first-score"]) > importance(corpus, corpus["other-score"])


def test_a_source_matters_by_the_records_that_cite_it(small: Corpus) -> None:
    for entry in small.of_kind("citations"):
        assert importance(small, entry) == len(small.cited_by.get(entry.id, ()))


def test_records_that_matter_the_same_stand_by_their_ids(lay: Lay) -> None:
    corpus, problems = load(
        lay({
            "corpus/programs/b-score.yml": _program("B", "koetse-2018"),
            "corpus/programs/a-score.yml": _program("A", "koetse-2018"),
        })
    )  # fmt: skip
    ids = [entry.id for entry in by_importance(corpus, corpus.of_kind("programs"))]

    assert problems == []
    assert ids.index("a-score") + 1 == ids.index("b-score")
