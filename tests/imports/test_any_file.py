"""Whatever stands in a reference file, its entries become records or are refused."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odd_records import EXAMPLES
from support import Lay, run
from xinyong.corpus import Corpus
from xinyong.imports import bibtex, csljson, ids, records, ris
from xinyong.imports.known import Known
from xinyong.imports.works import Refused, Work, clean

pytestmark = pytest.mark.no_cover

PIECES = (
    "\\input",
    "\\input{x}",
    "\\emph{",
    "\\",
    "\\'",
    "\\verb|",
    "\\begin{a}",
    "\\end{a}",
    "$",
    "$$",
    "%",
    "{",
    "}",
    '"',
    "\\char",
    "\\symbol{2}",
    "\\x02",
    "\x02",
    "\u202e",
    "\ufeff",
    "⽤",
    "Ａ",
    "ﬁ",
    "\ufffd",
    "@",
    "@comment",
    "@string{a=b}",
    "#",
    "a # b",
    "=",
    ",",
    " and ",
    "family=X, given=",
    "9" * 5000,
    "-",
    "/",
    "2015-02-30",
    "http://[",
    "\\url{",
    "~",
    "<b>",
    "\n",
    "失信",
    "é",
    "&",
    "_",
    "^",
    "\\%",
    "\\frac",
    "\\sqrt[",
    "\\item",
    "\\\\",
    "\r",
    "\x00",
    "\\cite{a}",
    "\\def\\a{\\a}\\a",
)
pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=6).map("".join)
FIELDS = (
    "title",
    "author",
    "editor",
    "date",
    "year",
    "month",
    "url",
    "doi",
    "isbn",
    "pages",
    "number",
    "langid",
    "note",
    "titleaddon",
    "journaltitle",
    "publisher",
    "shorttitle",
    "odd",
    "urldate",
    "day",
)
TYPES = ("book", "article", "online", "misc", "legislation", "string", "comment", "preamble", "odd")
fields = st.lists(st.tuples(st.sampled_from(FIELDS), pieces), max_size=5)


def _entry(given: tuple[str, str, list[tuple[str, str]]]) -> str:
    kind, key, inside = given
    return (
        f"@{kind}{{{key}, title = {{x}}"
        + "".join(f",\n {name} = {{{text}}}" for name, text in inside)
        + "}\n"
    )


bib = st.lists(
    st.tuples(st.sampled_from(TYPES), pieces, fields).map(_entry) | pieces, max_size=3
).map("".join)
values = st.recursive(
    pieces | st.integers() | st.booleans() | st.none() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(pieces, inner, max_size=3),
    max_leaves=5,
)
NAMES = (
    "id",
    "type",
    "title",
    "author",
    "issued",
    "accessed",
    "URL",
    "DOI",
    "page",
    "language",
    "container-title",
    "subtitle",
    "translated-title",
    "publisher",
    "message",
)
people = st.lists(
    st.dictionaries(st.sampled_from(["family", "given", "literal", "suffix"]), values, max_size=2)
)
dates = st.fixed_dictionaries(
    {"date-parts": st.lists(st.lists(st.integers() | values, max_size=4), max_size=3)}
)
items = st.dictionaries(st.sampled_from(NAMES), values | people | dates, max_size=6).map(
    lambda item: {"type": "book", "title": "x"} | item
)
anyhow = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


def _holds(works: list[Work | Refused]) -> None:
    known = Known(Corpus({}))
    for work in works:
        made = records.record(work, "none", "") if isinstance(work, Work) else work
        if isinstance(made, Refused):
            assert made.text
            continue
        id_ = ids.new_id(made, ())
        known.find(made)
        known.add(id_, made)
        assert yaml.load(records.text(made), yaml.BaseLoader) == _as_text(made)
        assert not any(
            unicodedata.category(char) in ("Cc", "Cf", "Cs")
            for text in _texts(made)
            for char in text
        )


def _as_text(made: Any) -> Any:
    if isinstance(made, dict):
        return {name: _as_text(value) for name, value in made.items()}
    return [_as_text(value) for value in made] if isinstance(made, list) else str(made)


def _texts(made: Any) -> list[str]:
    inner = made.values() if isinstance(made, dict) else made if isinstance(made, list) else ()
    return [made] if isinstance(made, str) else [text for value in inner for text in _texts(value)]


@anyhow
@given(bib)
def test_any_bibtex_becomes_records_or_refusals(text: str) -> None:
    _holds([*bibtex.read(text)])


@anyhow
@given(st.lists(items, max_size=3) | items | values)
def test_any_json_becomes_records_or_refusals(given: object) -> None:
    _holds([*csljson.read(json.dumps(given))])


TAGS = ("TY", "TI", "T1", "AU", "A1", "PY", "DA", "DO", "UR", "SN", "N1", "ZZ", "ER", "TT")
lines = st.lists(
    st.tuples(st.sampled_from(TAGS), pieces).map("  - ".join) | pieces, max_size=8
).map("\n".join)


@anyhow
@given(lines.map(lambda text: f"TY  - BOOK\nTI  - x\n{text}\nER  - \n") | lines)
def test_any_ris_becomes_records_or_refusals(text: str) -> None:
    _holds([*ris.read(text)])


@anyhow
@given(
    st.binary(max_size=200) | bib.map(lambda text: text.encode("utf-16")),
    st.sampled_from([(), ("--doi-json",)]),
)
def test_any_bytes_are_taken_or_refused(folder: Path, data: bytes, option: tuple[str, ...]) -> None:
    (folder / "any").write_bytes(data)

    ran = run("import", *option, str(folder / "any"), "--dry-run", "--corpus", str(folder))

    assert ran.status in (0, 1, 2)


HARD = {
    "an input of nothing": "@book{a, title={x \\input\\input}}",
    "macros in macros": "@book{a, title={" + "\\emph{" * 400 + "x" + "}" * 400 + "}}",
}


@pytest.mark.parametrize("name", HARD)
def test_of_latex_that_cannot_be_read_the_words_are_kept(name: str, lay: Lay) -> None:
    lay({"refs.bib": HARD[name] + "\n@book{b, title={Fine}, langid={english}}\n"})

    ran = run("import", "refs.bib", "--dry-run")

    assert ran.status == 0
    assert "refs.bib:1: a is new: corpus/citations/nd-x.yml" in ran.output
    assert (
        "  refs.bib:1: the LaTeX of the field 'title' is broken; its words were kept, look at them\n"
        in ran.output
    )
    assert "refs.bib:2: b is new: " in ran.output


def test_a_number_of_too_many_digits_is_refused(lay: Lay) -> None:
    lay(
        {"items.json": '{"type":"book","title":"x","issued":{"date-parts":[[' + "9" * 5000 + "]]}}"}
    )

    ran = run("import", "--doi-json", "items.json")

    assert ran.status == 1
    assert (
        "not taken: this is not JSON (a number has too many digits); export it again as CSL-JSON\n"
        in ran.output
    )


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("A \x02 control", "A control"),
        ("\u202eleft\u202c", "left"),
        ("社会信⽤体系", "社会信用体系"),
        ("ﬁrst Ａ１", "first A1"),
        ("\uf9b4", "領"),
        ("信用（2014）：草案，稿", "信用（2014）：草案，稿"),
    ],
)
def test_characters_that_only_look_right_become_those_that_are_meant(
    written: str, taken: str
) -> None:
    assert clean(written) == taken


def test_a_merge_leaves_a_record_alone_that_has_a_field_of_no_citation(lay: Lay) -> None:
    koetse = "corpus/citations/koetse-2018.yml"
    url = "https://www.example.org/open-sesame"
    root = lay(
        {"refs.bib": f"@online{{k, title={{Open Sesame}}, url={{{url}}}, doi={{10.5555/k}}}}"}
    )
    Path(koetse).write_text((root / "citations/koetse-2018.yml").read_text() + "odd: x\n")
    before = Path(koetse).read_text()

    ran = run("import", "refs.bib", "--merge")

    assert "which is not written a field a line; add doi" in ran.output
    assert Path(koetse).read_text() == before
