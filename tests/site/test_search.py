"""Every form by which people look for a record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyong.corpus import Corpus
from xinyong.site.search import document, forms, pairs, toneless, whole_names, words


@given(st.text(alphabet="失信被执行人名单", min_size=2, max_size=9))
def test_every_two_characters_side_by_side_are_a_form(run: str) -> None:
    found = set(pairs(run))

    assert {run[at : at + 2] for at in range(len(run) - 1)} <= found


@pytest.mark.parametrize(
    ("toned", "plain"), [("Zhīma", "Zhima"), ("lǜ", "lu"), ("nǚ'ér", "nu'er"), ("shīxìn", "shixin")]
)
def test_tone_marks_come_off(toned: str, plain: str) -> None:
    assert toneless(toned) == plain


def test_pinyin_is_found_with_and_without_tones(small: Corpus) -> None:
    assert {"zhīma", "zhima", "xìnyòng", "xinyong"} <= set(forms(small["sesame-credit"]))


def test_a_whole_name_in_one_word_weighs_more_than_a_part_of_one(small: Corpus) -> None:
    assert whole_names(small["shixin"]) == ["dishonesty", "shīxìn", "shixin", "失信"]
    assert whole_names(small["rongcheng"]) == ["rongcheng", "róngchéng", "荣成"]
    assert whole_names(small["judgment-defaulters"]) == []


def test_mixed_text_gives_words_and_pairs() -> None:
    assert list(words("国发〔2014〕21号 Outline, Róng")) == ["国发", "2014", "号", "outline", "róng", "rong"]


def test_an_author_a_number_and_an_account_are_forms(small: Corpus) -> None:
    assert "koetse" in set(forms(small["koetse-2018"]))
    assert "2013" in set(forms(small["spc-2013"]))
    assert "信用" in set(forms(small["rongcheng"]))


def test_the_entry_of_a_record_shows_its_summary(small: Corpus) -> None:
    entry = document(small["rongcheng"], small)

    assert entry["title"] == "Rongcheng 荣成市"
    assert entry["text"] == "A county-level city in Shandong with points for residents."
