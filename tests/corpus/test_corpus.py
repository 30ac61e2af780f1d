"""The corpus as loaded: what links to what, and how well a fact stands."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import Lay
from xinyong.corpus import Corpus, load, report
from xinyong.records.base import Cited
from xinyong.source import cites


def test_a_link_is_seen_from_its_other_end(small: Corpus) -> None:
    assert small.linked_from["sesame-credit"] == (
        "rongcheng",
        "one-score",
        "sesame-launch",
        "ant-group",
    )


@given(st.data())
def test_a_corpus_of_which_records_changed_knows_what_one_read_anew_knows(
    small: Corpus, data: st.DataObject
) -> None:
    was = small
    assert was.linked_from
    assert was.cited_by
    for _ in range(data.draw(st.integers(1, 3))):
        pairs = data.draw(st.lists(st.tuples(*[st.sampled_from([*was])] * 2), max_size=3))
        fresh = {one.id: replace(one, record=other.record) for one, other in pairs}

        changed = was.changed(fresh)

        anew = Corpus(changed.entries)
        assert [*changed] == [fresh.get(entry.id, entry) for entry in was]
        assert dict(changed.linked_from) == dict(anew.linked_from)
        assert dict(changed.cited_by) == dict(anew.cited_by)
        was = changed


def test_a_record_that_is_not_there_cannot_have_changed(small: Corpus) -> None:
    with pytest.raises(KeyError):
        small.changed({"nowhere": small["rongcheng"]})


def test_a_work_cited_via_another_counts_as_cited(small: Corpus) -> None:
    assert small.cited_by["mistreanu-2018"] == ("rongcheng",)
    assert "rongcheng" in small.cited_by["koetse-2018"]


def test_records_come_kind_by_kind_in_the_order_of_ids(small: Corpus) -> None:
    assert [entry.id for entry in small.of_kind("citations")] == [
        "daum-2017",
        "koetse-2018",
        "mistreanu-2018",
        "reuters-2015",
        "spc-2013",
        "weak-2015",
    ]
    assert small["rongcheng"].url == "cities/rongcheng/"
    assert "rongcheng" in small
    with pytest.raises(KeyError):
        small.citation("rongcheng")


@pytest.mark.parametrize(
    ("written", "standing"),
    [
        (["koetse-2018"], "single"),
        (["koetse-2018", "reuters-2015"], "corroborated"),
        (["koetse-2018, p. 1", "koetse-2018, p. 2"], "single"),
        (["reuters-2015", "weak-2015"], "single"),
        (["spc-2013"], "primary"),
        (["koetse-2018", "spc-2013"], "primary"),
        (["daum-2017 via koetse-2018"], "second-hand"),
        (["daum-2017 via koetse-2018", "reuters-2015"], "single"),
    ],
)
def test_standing_follows_from_the_cites(written: list[str], standing: str, small: Corpus) -> None:
    assert small.standing([cites.parse(text) for text in written]) == standing


def test_a_translation_is_one_source_with_its_original(lay: Lay) -> None:
    text = "type: translation\ntitle: T\nlanguage: en\nread: full\nreliability: news\ntranslates: koetse-2018\n"
    corpus, _ = load(lay({"corpus/citations/t-2019.yml": text}))

    assert corpus.standing([cites.parse("t-2019"), cites.parse("koetse-2018")]) == "single"


def test_a_private_copy_of_official_data_makes_no_fact_primary(lay: Lay) -> None:
    text = "type: dataset\ntitle: T\nlanguage: zh\nread: full\nreliability: copy\n"
    corpus, _ = load(lay({"corpus/citations/t-2019.yml": text}))

    assert corpus.standing([cites.parse("t-2019")]) == "single"


def test_works_that_name_each_other_are_one_source(lay: Lay) -> None:
    text = "type: news\ntitle: T\nlanguage: en\nread: full\nreliability: news\nderived_from: {}\n"
    files = {f"corpus/citations/{a}-2019.yml": text.format(f"[{b}-2019]") for a, b in ("xy", "yx")}
    corpus, _ = load(lay(files))

    assert corpus.standing([cites.parse("x-2019"), cites.parse("y-2019")]) == "single"


def test_hidden_files_and_the_schema_folder_are_passed_over(lay: Lay) -> None:
    root = lay(
        {
            "corpus/.cache": "x",
            "corpus/schema/city.json": "{}",
            "corpus/cities/.keep": "",
            "corpus/README.md": "",
        }
    )

    assert load(root)[1] == []


def test_a_symbolic_link_is_no_record(lay: Lay, tmp_path: Path) -> None:
    root = lay({})
    (root / "cities" / "passwd.yml").symlink_to("/etc/passwd")
    (root / "towns").symlink_to("/etc")

    assert sorted(problem.code for problem in load(root)[1]) == ["X113", "X113"]


def test_what_is_no_file_is_named_and_neither_followed_nor_waited_for(lay: Lay) -> None:
    root = lay({})
    (root / "cities" / "passwd.yml").symlink_to("/etc/passwd")
    os.mkfifo(root / "cities" / "pipe.yml")

    assert report(load(root)[1]).splitlines() == [
        f"{root}/cities/{name}.yml: X113 a record is a file whose name ends in .yml; rename or move it"
        for name in ("passwd", "pipe")
    ]


@pytest.mark.parametrize("closed", ["terms", "."])
def test_a_folder_that_cannot_be_opened_is_a_problem(
    lay: Lay, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay({})
    scandir = os.scandir

    def refusing(folder: Path) -> Any:
        if Path(folder) == root / closed:
            raise PermissionError(errno.EACCES, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refusing)

    assert [problem.message for problem in load(root)[1]] == [
        "the folder cannot be opened (Permission denied); make it readable"
    ]


def test_a_file_that_cannot_be_opened_is_a_problem(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay({})
    opened = Path.open

    def refused(self: Path, *args: Any, **options: Any) -> Any:
        if self.name == "zhengxin.yml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(self, *args, **options)

    monkeypatch.setattr(Path, "open", refused)

    assert report(load(root)[1]) == (
        f"{root}/terms/zhengxin.yml: X113 the file cannot be opened (Permission denied); make it readable"
    )


def test_an_inference_is_ours_whatever_its_sources_are(small: Corpus) -> None:
    message = Cited(cite=["spc-2013"])
    inferred = Cited(cite=["spc-2013"], inferred="The order names the year.")

    assert small.standing_of(message) == "primary"
    assert small.standing_of(inferred) == "inferred"


@pytest.mark.parametrize(
    ("written", "weak"),
    [
        (["weak-2015"], True),
        (["weak-2015", "koetse-2018"], False),
        (["koetse-2018"], False),
        (["weak-2015", "mistreanu-2018 via koetse-2018"], True),
        (["mistreanu-2018 via koetse-2018"], False),
    ],
)
def test_a_fact_is_weak_where_nothing_better_that_was_read_says_so(
    written: list[str], weak: bool, small: Corpus
) -> None:
    assert small.is_weak([cites.parse(text) for text in written]) is weak
