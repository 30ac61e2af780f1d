"""Sources come in from Zotero and others: whole, once, honest about what was read, and with every
loss said.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from support import PROJECT, SMALL, TO_DO, Lay, run
from xinyong.corpus import Corpus, Entry, load
from xinyong.exports import markdown
from xinyong.imports import bibtex as reader
from xinyong.imports import csljson, ids, records
from xinyong.imports.known import Known, address
from xinyong.imports.works import Refused, Work, language, titles
from xinyong.pages.kinds import RENDER
from xinyong.publication import Library
from xinyong.records import read
from xinyong.references.bibtex import bibtex

FILES = Path(__file__).parent / "files"


def exported(corpus: Corpus) -> str:
    library = Library(corpus)
    return bibtex(library.work(entry.id) for entry in corpus.of_kind("citations"))


def record(id_: str) -> dict[str, Any]:
    text = Path(f"corpus/citations/{id_}.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return found


def test_an_export_of_zotero_becomes_records(lay: Lay) -> None:
    lay({"refs.bib": (FILES / "zotero-biblatex.bib").read_bytes()})

    ran = run("import", "refs.bib")

    assert ran.output == (
        "refs.bib:2: ahl_openness_2021 is new: corpus/citations/ahl-2021-openness.yml, graded 'academic' by its type\n"
        "  refs.bib:13: more authors than are named ('and others')\n"
        "refs.bib:21: _plan_2014 is new: corpus/citations/guowu-2014-planning.yml, graded 'primary-law' by its type\n"
        "  refs.bib:24: a document number is a fact; add 'number: {value: 国发〔2014〕21号, cite: …}' "
        "with where it was read\n"
        "refs.bib:31: lin_credit_2015 is new: corpus/citations/linjun-2015-xinyongping.yml, graded 'news' by its type\n"
        "  refs.bib:31: the title has no English translation; write one into the field 'title'\n"
        "refs.bib:40: noauthor_notice_2019 is new: corpus/citations/xinyong-nd-notice.yml, graded 'blog' by its type\n"
        "  refs.bib:43: '2019-13-01' is not a date that can be read; write it into 'date'\n"
        "refs.bib:48: not taken: 'someone_patent_2020' is a @patent, which is no type of source here; "
        "choose another in the reference manager and export again\n"
        "refs.bib: 4 new, 1 not taken\n"
        "New records say 'read: none'. Change that in those you read; until then cite them 'via' another.\n"
    )
    assert ran.status == 1
    assert Path("corpus/citations/ahl-2021-openness.yml").read_text(encoding="utf-8") == (
        "type: article\n"
        "title: 'Openness & Credit: A “Score” of 100% — or Zhīma?'\n"
        "authors:\n"
        "  - {family: Áhl, given: Zoë}\n"
        "  - {family: de Vries, given: Jan}\n"
        "  - {family: Lin, given: Junyue, zh: 林钧跃}\n"
        "container: Journal of Examples\n"
        "volume: 12\n"
        "issue: 3\n"
        "pages: 101–120\n"
        "date: 2021-06-14\n"
        "language: en\n"
        "url: https://example.org/journal/a_b?id=1&utm_source=x\n"
        "accessed: 2024-02-03\n"
        "doi: 10.1234/ABC.56_7\n"
        "read: none\n"
        "reliability: academic\n"
    )
    assert record("guowu-2014-planning") == {
        "name": {"en": "Planning Outline"},
        "type": "law",
        "title": "Planning Outline for an Example",
        "title_original": "社会信用体系建设规划纲要（2014—2020年）",
        "authors": [{"name": "国务院", "zh": "国务院"}],
        "date": "2014-06-14",
        "language": "zh",
        "read": "none",
        "reliability": "primary-law",
    }
    assert record("linjun-2015-xinyongping")["authors"] == [
        {"name": "林钧跃", "zh": "林钧跃"},
        {"name": "State Council", "zh": "国务院"},
    ]
    assert record("xinyong-nd-notice")["title_pinyin"] == "Guānyú xìnyòng de tōngzhī"
    assert record("xinyong-nd-notice")["container"] == "信用中国"


def test_an_export_of_better_bibtex_is_taken_as_far_as_it_goes(lay: Lay) -> None:
    lay({"refs.bib": (FILES / "better-bibtex.bib").read_bytes()})

    ran = run("import", "refs.bib", "--read", "full", "--reliability", "academic")

    assert ran.status == 1
    assert ran.output == (
        "refs.bib:5: muellerTrust2019 is new: corpus/citations/muller-2019-trust.yml\n"
        "  refs.bib:5: the language is not given; 'en' was taken from the title\n"
        "  refs.bib:13: the field 'edition' has no place in a record: Second\n"
        "refs.bib:17: xinhuaScore2018 is new: corpus/citations/xinhua-2018-credit.yml\n"
        "  refs.bib:25: the field 'year' stands there twice; the first was taken, not '2017'\n"
        "  refs.bib:17: the language is not given; 'zh' was taken from the title\n"
        "refs.bib:28: doe is new: corpus/citations/doe-2016-thesis.yml\n"
        "  refs.bib:28: the language is not given; 'en' was taken from the title\n"
        "  refs.bib:34: the field 'customfield' has no place in a record: kept out\n"
        "refs.bib:37: not taken: the entry '@article{broken,' does not end; add the missing brace or quotation mark\n"
        "refs.bib:41: doe is new: corpus/citations/institute-nd-key.yml\n"
        "  refs.bib:41: the key 'doe' stands in the file twice\n"
        "  refs.bib:45: 'n.d.' is not a date that can be read; write it into 'date'\n"
        "refs.bib:49: not taken: 'untitled' has no title; give it one in the reference manager and export again\n"
        "refs.bib: 4 new, 2 not taken\n"
    )
    assert record("muller-2019-trust")["authors"] == [
        {"family": "Müller", "given": "Karl Jr."},
        {"family": "O'Neil", "given": "Cathy"},
    ]
    assert record("muller-2019-trust")["publisher"] == "Example Press"
    assert record("muller-2019-trust")["date"] == "2019-03"
    assert record("xinhua-2018-credit")["title"] == "Credit points of residents in a place"
    assert record("xinhua-2018-credit")["url"] == "https://example.org/xinhua"
    assert record("doe-2016-thesis")["title"] == "A thesis on nothing"
    assert run("check").output.endswith("18 records: 4 warnings\n")


def test_csl_json_comes_in_as_dois_and_zotero_give_it(lay: Lay) -> None:
    lay({"items.json": (FILES / "items.json").read_bytes()})

    ran = run("import", "--doi-json", "items.json")

    assert ran.status == 1
    assert "items.json, item 1: http://zotero.org/users/1/items/ABCD is new" in ran.output
    assert (
        "items.json, item 3: not taken: 'song' is of the type 'song', which is no type of source here"
        in ran.output
    )
    assert "items.json, item 4: not taken: 'nothing' has no title" in ran.output
    assert "items.json, item 5: not taken: an item of CSL-JSON is an object" in ran.output
    assert record("vanbeethoven-2019-credit") == {
        "type": "article",
        "title": "Credit and trust",
        "authors": [
            {"family": "van Beethoven", "given": "Ludwig"},
            {"name": "国务院", "zh": "国务院"},
        ],
        "container": "Journal of Examples",
        "volume": "3",
        "issue": "2",
        "pages": "1–20",
        "date": "2019-05-07",
        "language": "en",
        "accessed": "2024-01-02",
        "doi": "10.9999/example",
        "read": "none",
        "reliability": "academic",
    }
    assert record("lin-2020-title")["title"] == "A title as Crossref gives it: with another"


def test_new_records_are_laid_out_as_all_others(lay: Lay) -> None:
    lay({path.name: path.read_bytes() for path in FILES.glob("*.bib")})
    for path in FILES.glob("*.bib"):
        run("import", path.name)

    for path in Path("corpus/citations").glob("*.yml"):
        if not (SMALL / "citations" / path.name).exists():
            assert run("fmt", "--check", str(path)).status == 0, path


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"message": {"type": "book"}}'])
def test_json_that_is_none_is_refused(text: str, lay: Lay) -> None:
    lay({"items.json": text})

    ran = run("import", "--doi-json", "items.json")

    assert ran.status == 1
    assert "1 not taken" in ran.output


def test_a_work_that_is_there_is_told_and_filled_only_when_asked(lay: Lay) -> None:
    koetse = "corpus/citations/koetse-2018.yml"
    entry = (
        "@online{k, title = {Open Sesame}, author = {Other, Name}, url = {http://www.example.org/open-sesame/},\n"
        "journaltitle = {Weibo}, date = {2018-05-20}, urldate = {2018-06-01}, publisher = {Eight Hours},\n"
        "doi = {10.5555/k}, langid = {english}}\n"
    )
    text = (SMALL / "citations/koetse-2018.yml").read_text(encoding="utf-8")
    lay({"refs.bib": entry, koetse: text.replace("read: full", "# the whole of it\nread: full")})
    before = Path(koetse).read_text(encoding="utf-8")

    expected = run("import", "refs.bib")

    assert expected.output == (
        f"refs.bib:1: k is {koetse} (same address); --merge would fill publisher, doi\nrefs.bib: 1 known\n"
    )
    assert Path(koetse).read_text(encoding="utf-8") == before
    filled = run("import", "refs.bib", "--merge")
    assert (
        filled.output
        == f"refs.bib:1: k is {koetse} (same address); filled publisher, doi\nrefs.bib: 1 known\n"
    )
    assert Path(koetse).read_text(encoding="utf-8") == before.replace(
        "container: What's on Weibo\n", "container: What's on Weibo\npublisher: Eight Hours\n"
    ).replace("# the whole of it\n", "doi: 10.5555/k\n# the whole of it\n")
    again = run("import", "refs.bib", "--merge")
    assert again.output == f"refs.bib:1: k is {koetse} (same DOI)\nrefs.bib: 1 known\n"


def test_a_dry_run_writes_nothing_and_a_work_given_twice_is_taken_once(lay: Lay) -> None:
    entry = "@book{KEY, title = {The Same Book}, date = {2011}, langid = {english}}\n"
    lay({"refs.bib": entry.replace("KEY", "a") + entry.replace("KEY", "b")})
    before = sorted(Path("corpus").rglob("*"))

    ran = run("import", "refs.bib", "--dry-run", "--read", "excerpt")

    assert ran.output == (
        "refs.bib:1: a is new: corpus/citations/2011-same.yml, graded 'academic' by its type\n"
        "refs.bib:2: b is the same as 'a' of this file (same title and year)\n"
        "refs.bib: 1 new, 1 known; nothing was written\n"
    )
    assert sorted(Path("corpus").rglob("*")) == before


@pytest.mark.parametrize(
    "args", [[], ["refs.bib", "--doi-json", "refs.bib"], ["nowhere.bib"], ["latin.bib"]]
)
def test_wrong_use_is_said(args: list[str], lay: Lay) -> None:
    lay({"refs.bib": "", "latin.bib": "@book{a, title = {é}}".encode("latin-1")})

    assert run("import", *args).status == 2


def test_every_source_of_the_corpus_is_found_again_in_its_own_export(real: Corpus) -> None:
    known = Known(real)

    works = [*reader.read(exported(real))]

    assert len(works) == len(real.of_kind("citations"))
    for work in works:
        assert isinstance(work, Work)
        match = known.find(work.fields, work.key)
        assert match is not None, work.key
        assert match.id == work.key


def test_what_our_own_export_says_in_words_is_understood_again() -> None:
    """Zotero keeps the fields that it does not know as a note, in one line or in several."""
    entry = "@online{{a, title = {{信用}}, {}, langid = {{chinese}}}}"
    message = (
        "Title in English: Trust, and more. Title in pinyin: xìnyòng. Authors in Chinese: 国务院."
    )

    for field in (
        f"annotation = {{{message}}}",
        f"note = {{{message}}}",
        "titleaddon = {Trust, and more}, usera = {xìnyòng}",
    ):
        (work,) = reader.read(entry.format(field))
        assert isinstance(work, Work)
        assert work.fields["title"] == "Trust, and more"
        assert work.fields["title_pinyin"] == "xìnyòng"


TEXT = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40
).filter(lambda text: any(char.isalnum() for char in text))
LATIN = st.text("abcdefghijklmnopqrstuvwxyzäéß ", min_size=3, max_size=30).filter(
    lambda text: len(text.split()) > 0
)
HAN = st.text("信用评分失体系国务院通知", min_size=2, max_size=12)


@given(LATIN | HAN, LATIN, st.integers(1990, 2030), st.lists(LATIN, max_size=3))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_source_survives_the_way_out_and_in(
    title: str, container: str, year: int, names: list[str]
) -> None:
    tree: dict[str, Any] = {"type": "article", "title": title.strip(), "container": container, "date": str(year),
                            "language": "en", "read": "full", "reliability": "academic",
                            "authors": [{"family": n.strip(), "given": "A"} for n in names]}  # fmt: skip
    found = read.read("citations", tree, "c.yml")
    assume(found.whole)  # a word for nothing is no title
    made = found.record
    assert made is not None
    corpus = Corpus({"c-1": Entry("citations", "c-1", "c.yml", made)})

    (work,) = reader.read(exported(corpus))

    assert isinstance(work, Work)
    assert Known(corpus).find(work.fields) is not None
    assert not isinstance(records.record(work, "none", ""), Refused)


@given(
    st.text(max_size=300)
    | st.lists(TEXT).map(lambda texts: "@book{a, title = {" + "}, x = {".join(texts) + "}}")
)
@settings(deadline=None)
def test_no_file_of_any_kind_makes_it_fall_over(text: str) -> None:
    for work in (*reader.read(text), *csljson.read(text)):
        if isinstance(work, Work):
            fields = records.record(work, "none", "")
            assert (
                isinstance(fields, Refused)
                or read.read(
                    "citations", yaml.load(records.text(fields), yaml.BaseLoader), "c.yml"
                ).whole
            )


@pytest.mark.parametrize(
    ("shown", "code"),
    [("zh-CN", "zh"), ("chinese-simplified", "zh"), ("中文;", "zh"), ("ngerman", "de"), ("en_US", "en"), ("", ""),
     ("American English", "en"), ("klingon", "")],
)  # fmt: skip
def test_a_language_is_known_by_its_many_names(shown: str, code: str) -> None:
    assert language(shown) == code


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("信用 [Credit]", {"title": "Credit", "title_original": "信用"}),
        (
            "Xìnyòng 信用 [Credit]",
            {"title": "Credit", "title_original": "信用", "title_pinyin": "Xìnyòng"},
        ),
        ("《信用》", {"title": "《信用》", "title_original": "《信用》"}),
        ("The meaning of 信用 abroad", {"title": "The meaning of 信用 abroad"}),
        ("Credit [2nd edition]", {"title": "Credit [2nd edition]"}),
        ("2014年信用 [Credit]", {"title": "Credit", "title_original": "2014年信用"}),
    ],
)
def test_a_title_is_parted_into_its_languages(title: str, parts: dict[str, str]) -> None:
    assert titles(title) == parts


def test_addresses_of_one_page_are_one() -> None:
    one = "https://www.example.org/a/?b=1&utm_source=z#top"

    assert address(one) == address("http://example.org/a?b=1")
    assert address("https://web.archive.org/web/2018/http://example.org/a?b=1") == address(one)
    assert address("http://example.org/a?b=2") != address(one)
    assert address("http://example.org/#/a") != address("http://example.org/#/b")


def test_ids_are_readable_and_unique() -> None:
    fields = {"title": "The New Score", "authors": [{"family": "Østergård"}], "date": "2018"}

    assert ids.new_id(fields, set()) == "ostergard-2018-score"
    assert ids.new_id(fields, {"ostergard-2018-score"}) == "ostergard-2018-score-2"
    assert (
        ids.new_id({"title": "x", "container": "National Development and Reform Commission"}, ())
        == "ndrc-nd-x"
    )


def search(*args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        run("cite", "--json", *args, "--corpus", str(PROJECT / "corpus")).output
    )
    return found


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("creemers evolving practice", "creemers-2018"),
        ("koetse 2018", "koetse-2018"),
        ("10.2139/ssrn.3175792", "creemers-2018"),
        ("https://doi.org/10.2139/SSRN.3175792", "creemers-2018"),
        ("国发[2014]21号", "planning-outline-2014"),
        ("sesame gate to punitve measures", "koetse-2018"),
        ("https://www.ssrn.com/abstract=3175792", "creemers-2018"),
    ],
)  # fmt: skip
def test_the_source_one_means_is_found_first(asked: str, id_: str) -> None:
    assert search(*asked.split())[0]["id"] == id_


def test_what_is_found_is_ready_to_paste() -> None:
    ran = run("cite", "Mistreanu", "--corpus", str(SMALL))

    assert ran.output == (
        "mistreanu-2018  Mistreanu 2018 — Life inside a laboratory"
        " (not read; cite it as 'mistreanu-2018 via' a work that reports it)\n"
    )
    assert ran.status == 0


def test_where_nothing_fits_it_says_what_to_do() -> None:
    ran = run("cite", "qqqqqq", "--corpus", str(SMALL))

    assert ran.status == 1
    assert (
        "no source fits; add it to corpus/citations, or import it with 'xinyong import'"
        in ran.output
    )


def test_every_work_that_is_not_taken_is_said_with_what_to_do(lay: Lay) -> None:
    lay({
        "refs.bib": b"@misc{a, title = {X}\n@patent{b, title={B}}\n@book{c, year={2015}}\n",
        "none.bib": b"{",
        "items.json": (FILES / "items.json").read_bytes(),
        "other.json": b"{",
    })  # fmt: skip
    commands = [
        ["refs.bib"],
        ["none.bib"],
        ["--doi-json", "items.json"],
        ["--doi-json", "other.json"],
    ]
    message = "".join(run("import", *command).output for command in commands)
    refused = [
        line for line in message.splitlines() if ": not taken: " in line or "nothing in it" in line
    ]

    assert len(refused) == 8
    assert [line for line in refused if not TO_DO.search(line)] == []


def test_a_doi_with_angle_brackets_becomes_a_sound_record_with_a_link(lay: Lay) -> None:
    doi = "10.1002/(SICI)1097-4571(199806)49:8<I::AID-ASI4>3.0.CO;2-O"
    root = lay({"refs.bib": f"@book{{k, title={{T}}, doi={{{doi}}}, langid={{english}}}}"})

    run("import", "refs.bib")

    corpus, problems = load(root)
    (made,) = (entry for entry in corpus.of_kind("citations") if entry.id.endswith("-t"))
    library = Library(corpus)
    page = RENDER["citations"](library, made)
    assert run("check", made.file).status == 0
    assert not problems
    assert made.record.doi == doi
    address = "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3CI::AID-ASI4%3E3.0.CO;2-O"
    assert f'href="{address}"' in page.body
    assert "<I::" not in page.body + page.head
    assert "<I::" not in markdown.record(markdown.Shared(library), made).replace("`", "")


def test_no_doi_puts_markup_into_a_page(lay: Lay) -> None:
    doi = "10.1000/</script><script>alert(1)</script>"
    text = f"type: book\ntitle: T\nlanguage: en\ndoi: {doi}\nread: none\nreliability: academic\n"
    corpus, problems = load(lay({"corpus/citations/odd-1.yml": text}))
    library = Library(corpus)
    page = RENDER["citations"](library, corpus["odd-1"])

    assert not problems
    assert "<script>alert" not in page.body + page.head
    assert "</script><" not in page.head.removesuffix("</script>")
    assert "<script>alert" not in markdown.record(markdown.Shared(library), corpus["odd-1"])
