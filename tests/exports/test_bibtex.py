"""The BibTeX is read back by its own parser, Chinese included, and holds every source."""

from __future__ import annotations

import bibtexparser
import pytest

from support import PROJECT, Lay, run
from xinyong.corpus import Corpus, load
from xinyong.exports.bibtex import bibtex


@pytest.mark.parametrize("root", [PROJECT / "corpus", PROJECT / "tests" / "fixtures" / "corpus"])
def test_every_source_is_read_back(root: str) -> None:
    corpus, _ = load(PROJECT / root)
    library = bibtexparser.parse_string(bibtex(corpus))

    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [entry.id for entry in corpus.of_kind("citations")]


def test_an_entry_has_what_the_record_has(small: Corpus) -> None:
    entries = bibtexparser.parse_string(bibtex(small)).entries_dict

    law = {field.key: field.value for field in entries["spc-2013"].fields}
    assert law["title"] == "关于公布失信被执行人名单信息的若干规定"
    assert law["titletranslation"] == "Provisions on the list of judgment defaulters"
    assert law["author"] == "{Supreme People's Court}"
    assert law["number"] == "法释〔2013〕17号"
    news = {field.key: field.value for field in entries["mistreanu-2018"].fields}
    assert (news["author"], news["journal"], news["date"]) == ("Mistreanu, Simina", "Foreign Policy", "2018-04-03")


def test_special_signs_are_escaped_outside_addresses(lay: Lay) -> None:
    text = "type: web\ntitle: 50% of A & B_C\nlanguage: en\nread: full\nreliability: news\nurl: https://x.org/a_b?c=1&d=2\n"
    corpus, _ = load(lay({"corpus/citations/a-2019.yml": text}))
    said = bibtex(corpus)

    assert r"title = {50\% of A \& B\_C}" in said
    assert "url = {https://x.org/a_b?c=1&d=2}" in said


def test_the_command_prints_it_and_refuses_an_unsound_corpus(lay: Lay) -> None:
    lay({})
    assert run("export", "bibtex").said.startswith("@misc{daum-2017,")

    lay({"corpus/terms/bad.yml": "domain: x\n"})
    assert run("export", "bibtex").status == 1
