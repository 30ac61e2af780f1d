"""The public interface in Python, by its own examples and against the tables."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest

import xinyong
from support import PROJECT, SMALL, Lay
from xinyong import api
from xinyong.corpus import STANDINGS, load
from xinyong.corpus.stats import stats


def test_the_examples_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    first = doctest.testmod(xinyong)
    others = doctest.testmod(api, extraglobs={"corpus": xinyong.load("corpus")})

    assert (first.failed, others.failed) == (0, 0)
    assert first.attempted + others.attempted > 8


def test_records_are_found_by_id_and_kind() -> None:
    corpus = xinyong.load(SMALL)

    assert len(corpus) == 14
    assert [record.id for record in corpus.of_kind("programs")] == ["sesame-credit"]
    assert repr(corpus["rongcheng"]) == "<Record cities/rongcheng>"
    with pytest.raises(KeyError):
        corpus["nowhere"]


def test_facts_links_and_cites_are_those_of_the_corpus() -> None:
    corpus = xinyong.load(SMALL)
    sesame = corpus["sesame-credit"]

    assert sum(1 for _ in corpus.facts) == stats(load(SMALL)[0]).total
    assert all(fact.standing in STANDINGS for fact in corpus.facts)
    assert "ant-group" in {record.id for record in sesame.links}
    assert "sesame-credit" in {record.id for record in corpus["ant-group"].linked_from}
    assert "koetse-2018" in {record.id for record in sesame.cites}
    assert "sesame-credit" in {record.id for record in corpus["koetse-2018"].cited_by}
    assert sesame.summary
    assert "[@" not in sesame.summary
    assert sesame.data["layer"] == "commercial"


def test_an_entry_of_several_parts_has_its_first_as_value() -> None:
    benefit = next(
        fact for fact in xinyong.load(SMALL)["sesame-credit"].facts if fact.field == "benefits"
    )

    assert isinstance(benefit.value, str)
    assert "offer" in benefit.more


def test_an_unsound_corpus_is_refused_with_its_problems(lay: Lay) -> None:
    root = lay({"corpus/terms/bad.yml": "domain: x\n"})

    with pytest.raises(xinyong.Problems, match="X304 'x' is not a domain"):
        xinyong.load(root)


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, xinyong; assert not {'pydantic', 'jinja2', 'pyarrow', 'mkdocs'} & set(sys.modules)"

    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="module 'xinyong' has no attribute 'wheather'"):
        xinyong.wheather  # noqa: B018
