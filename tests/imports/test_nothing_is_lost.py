"""Whatever fields an entry has, each of their words is in the record or in what is said of it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odd_records import EXAMPLES
from xinyong.imports import bibtex, csljson, latex, records, ris, tagged
from xinyong.imports.works import Refused, Work

pytestmark = pytest.mark.no_cover

WORD = re.compile(r"zq\d+")
SEVERAL = settings(max_examples=EXAMPLES, deadline=None)

BIBTEX = """
    abstract addendum address afterword annotator archiveprefix author bookauthor booksubtitle booktitle
    booktitleaddon chapter commentator crossref date day doi edition editor editora eid entrysubtype eprint
    eprinttype eventdate eventtitle holder howpublished hyphenation institution introduction isbn isrn issue
    issuetitle journal journalsubtitle journaltitle key langid language location maintitle month nameaddon note
    number organization origdate origlanguage origtitle pages pagetotal part publisher pubstate school series
    shortauthor shorttitle subtitle titleaddon titlepinyin titletranslation translator type url urldate usera
    venue version volume volumes year xdata
"""
CSL = """
    author translator editor title-translation original-title subtitle container-title collection-title
    event-title publisher publisher-place volume issue number page URL DOI ISBN issued published accessed
    submitted language edition genre note institution archive medium section standard-body container-author
    event custom article-number
"""
LATEX = (
    "{}",
    "{{{}}}",
    r"\emph{{{}}}",
    r"\url{{https://example.org/{}}}",
    r"\href{{https://example.org/{0}}}{{{0}}}",
    "See https://example.org/{}, accessed 3 May 2019",
    "{0}, A{0} and {{B{0}}}",
    "10.1234/{}",
    "信用{}研究",
    "2019 {}",
)


def words(names: list[str], forms: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return fields by their names, each with a word of its own in it."""
    name = st.sampled_from(names) | st.from_regex(r"[a-z]{4,9}", fullmatch=True)
    return st.dictionaries(name, forms, max_size=8).map(
        lambda found: {
            name: _filled(form, number) for number, (name, form) in enumerate(found.items())
        }
    )


def _filled(form: Any, number: int) -> Any:
    if isinstance(form, dict):
        return {name: _filled(inner, number) for name, inner in form.items()}
    if isinstance(form, list):
        return [_filled(inner, number * 10 + at) for at, inner in enumerate(form, 1)]
    return form.format(f"zq{number}") if isinstance(form, str) else form


def says_all(work: Work | Refused, given: dict[str, Any], silent: frozenset[str]) -> None:
    """Hold a work against the fields that it was made of."""
    made = records.record(work, "none", "") if isinstance(work, Work) else work
    if not isinstance(work, Work) or isinstance(made, Refused):
        return  # the whole entry is named, with its line
    said = f"{made} {[remark.text for remark in work.remarks]}"
    for name, value in given.items():
        if name not in silent and "…" not in said:  # a long text is named by its beginning
            wanted = {*WORD.findall(json.dumps(value))}
            assert wanted <= {*WORD.findall(said)}, (name, value, said)


@SEVERAL
@given(st.sampled_from(["book", "article", "misc", "online", "report", "inbook", "legislation"]),
       words(BIBTEX.split(), st.sampled_from(LATEX)))  # fmt: skip
def test_of_bibtex(kind: str, fields: dict[str, str]) -> None:
    fields = {"title": "Whole"} | fields
    text = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items())

    (work,) = bibtex.read(f"@{kind}{{key{text}\n}}\n")

    says_all(work, fields, bibtex.SILENT)


TEXT = st.sampled_from(["{}", "<i>{}</i>", "https://example.org/{}", "信用{}"])
VALUES = (
    TEXT
    | st.lists(TEXT, max_size=3)
    | st.fixed_dictionaries({"raw": TEXT})
    | st.fixed_dictionaries({"date-parts": st.just([[2019]]), "season": TEXT})
    | st.lists(st.fixed_dictionaries({"family": TEXT, "given": TEXT}), max_size=2)
    | st.lists(st.fixed_dictionaries({"literal": TEXT}), max_size=2)
    | st.lists(st.fixed_dictionaries({"name": TEXT}), max_size=2)
    | st.sampled_from([None, [], {}, [[None]], True, 7, 2.5])
)


@SEVERAL
@given(
    st.sampled_from(["book", "report", "journal-article", "legislation"]),
    words(CSL.split(), VALUES),
)
def test_of_csl_json(kind: str, fields: dict[str, Any]) -> None:
    (work,) = csljson.read(json.dumps({"type": kind, "title": "Whole"} | fields))

    says_all(work, fields, csljson.SILENT)


TAGS = sorted({*tagged.LETTERS.split(), "ZZ", "Q1"} - {"TY", "ER"})
FORMS = (
    "{}",
    "{}; {}",
    "Roe, {}",
    "https://example.org/{}",
    "2019/05/03/{}",
    "张三;{}",
    "{}\nover two lines",
)
tags = st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(FORMS)), max_size=9)


@SEVERAL
@given(st.sampled_from(["JOUR", "BOOK", "RPRT", "ELEC"]), tags)
def test_of_ris(kind: str, given_: list[tuple[str, str]]) -> None:
    fields = [(tag, form.format(f"zq{at}", f"zq{at}")) for at, (tag, form) in enumerate(given_)]
    text = "".join(f"{tag}  - {value}\n" for tag, value in fields)

    (work,) = ris.read(f"TY  - {kind}\nTI  - Whole\n{text}ER  - \n")

    for tag, value in fields:
        says_all(work, {tag: value}, ris.SILENT)


COMMANDS = (
    "emph textit textbf texttt textsf textsc textup textmd textrm underline mbox footnote enquote uppercase "
    "unheardof title section mathrm textcolor{red} href{https://example.org/} foreignlanguage{german} em bfseries"
)
SET = st.recursive(
    st.sampled_from([r"\'e", "~", "--", r"\&", r"\%", "{}", " ", r"\ldots{}", r"\ ", "信用"])
    | st.integers(0, 99).map("zq{}".format),
    lambda inner: st.tuples(
        st.sampled_from(["", *COMMANDS.split()]), st.lists(inner, max_size=3)
    ).map(lambda found: f"{chr(92) if found[0] else ''}{found[0]}{{{''.join(found[1])}}}"),
    max_leaves=8,
)


@SEVERAL
@given(SET)
def test_of_latex_every_word_is_set(value: str) -> None:
    assert WORD.findall(latex.text(value)) == WORD.findall(value)


@SEVERAL
@given(st.lists(st.sampled_from(["@book{{k{0}, title={{Title {0}}}}}", "@book{{k{0}, title={{Title {0}",
                                 "@book{{k{0} title}}", "stray {0}", "@odd{{k{0}, title={{T}}}}", "@book{{k{0}}}",
                                 "@book{{k{0}, title={{\\href{{\\}}}}", "@@{0}"]), max_size=6))  # fmt: skip
def test_no_bad_entry_stops_a_good_one_behind_it(pieces: list[str]) -> None:
    text = "\n".join(piece.format(number) for number, piece in enumerate(pieces))

    works = [*bibtex.read(f"{text}\n\n@book{{good, title={{The last one}}}}\n")]

    last = works[-1]
    assert isinstance(last, Work)
    assert (last.key, last.fields["title"]) == ("good", "The last one")
    assert last.line == len(pieces) + 2 + (not pieces)
