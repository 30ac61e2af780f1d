"""Cells of CSV: no spreadsheet takes one for a formula, and every text can be had back."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.conftest import Exported
from support import PROJECT
from xinyong.exports.cells import cell, text
from xinyong.exports.general_tables import FACTS
from xinyong.exports.schema import tables
from xinyong.exports.writers import Batches, Csv

SIGNS = "=+-@\t\r\n"
TEXTS = st.one_of(
    st.text(),
    st.text("'=+-@\t\r\n;,\"1A ＝", max_size=6),
)


@pytest.mark.parametrize(
    ("given_", "content"),
    [
        ("=1+1", "'=1+1"),
        ("-5", "'-5"),
        ("+86", "'+86"),
        ("@user", "'@user"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'quoted' words", "'quoted' words"),
        ("a=1", "a=1"),
        ("", ""),
        ("信用", "信用"),
    ],
)
def test_a_text_that_could_be_a_formula_stands_behind_an_apostrophe(
    given_: str, content: str
) -> None:
    assert cell(given_) == content
    assert text(content) == given_


@given(TEXTS)
def test_a_text_can_be_had_back_from_its_cell(given_: str) -> None:
    assert text(cell(given_)) == given_
    assert not cell(given_).startswith((*SIGNS, *"＝＋－＠"))


@given(TEXTS, TEXTS)
def test_two_texts_have_two_cells(one: str, other: str) -> None:
    assert (cell(one) == cell(other)) == (one == other)


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    row = dict.fromkeys(column.name for column in FACTS.columns)
    row |= {"id": "a", "value": "-5", "number": -5.0, "disputed": False, "cite": ["-"]}
    with Csv(tmp_path) as writer:
        batches = Batches([writer])
        batches.take(None, [("facts", row)])
        batches.end()

    read = pd.read_csv(tmp_path / "facts.csv")

    assert (read["number"][0], read["value"][0], read["cite"][0]) == (-5.0, "'-5", '["-"]')


def test_no_cell_of_the_corpus_begins_like_a_formula(exported: Exported) -> None:
    for name, table in tables().items():
        with (exported.data / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in table.columns:
                    if column.type not in ("integer", "number"):
                        assert not row[column.name].startswith((*SIGNS, *"＝＋－＠"))


def test_the_data_page_says_how_texts_are_had_back(tmp_path: Path) -> None:
    page = (PROJECT / "docs" / "data.md").read_text(encoding="utf-8")
    query = re.search(r"SELECT (regexp_replace\(.*\)) FROM", page)
    assert query
    texts = ["=1", "'=1", "''=1", "x", "'x", "-5", "'"]
    with (tmp_path / "x.csv").open("w", newline="") as file:
        csv.writer(file).writerows([content] for content in ["value", *map(cell, texts)])

    found = duckdb.sql(
        f"SELECT {query[1]} FROM read_csv('{tmp_path}/x.csv', all_varchar = true, header = true)"
    )

    assert [row[0] for row in found.fetchall()] == texts
