"""What reference managers and databases really write comes in whole, or what does not is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from support import Lay, run
from xinyong.imports import bibtex, csljson, dates, latex, names, ris
from xinyong.imports.works import Refused, Work, clean


def taken(text: str) -> list[Work]:
    """Return the works of a file of BibTeX; each of its entries must be one."""
    found = [*bibtex.read(text)]
    assert not any(isinstance(work, Refused) for work in found), found
    return [work for work in found if isinstance(work, Work)]


def one(fields: str, kind: str = "article") -> Work:
    return taken(f"@{kind}{{k, title={{T}}, langid={{english}}, {fields}}}")[0]


def remarks(work: Work) -> list[str]:
    return [remark.text for remark in work.remarks]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"See \href{https://example.org/}{the \emph{site}}. After", "See the site. After"),
        (r"\unheardof{some words} after", "some words after"),
        (r"\verb|code| after", "code after"),
        (r"\url{https://example.org/a_b%20c} after", "https://example.org/a_b%20c after"),
        (r"as \cite{roe} says", "as [roe] says"),
        (r"\href", ""),
        (r"\href{a", "a"),
        (r"\emph{open", "open"),
        (r"100% \textbf{sure}", "100% sure"),
        (r"\texttt{code}, \mbox{COVID-19} and \textsf{\emph{more}}", "code, COVID-19 and more"),
        (r"\textcolor{red}{words} \texorpdfstring{$\alpha$}{alpha}", "words alpha"),
        (r"\foreignlanguage{german}{Wort} \enquote{so} \noopsort{a}After", "Wort “so” After"),
        (r"\begin{CJK}{UTF8}{gbsn}信用\end{CJK} in \LaTeX{}", "信用 in LaTeX"),
        (r"\section{Words} $\mathbb{R}$, see \citep[p. 3]{roe}", "Words R, see [roe]"),
        (r"R\&D at 100\% of A\_B \#1 \$5", "R&D at 100% of A_B #1 $5"),
        (r"{\em old} \textsc{Small} na{\"\i}ve \o{} \v{C}apek", "old Small naïve ø Čapek"),
        ("`single' and ``double'' don't", "‘single’ and “double” don't"),
        (r"`single' \& ``double''", "‘single’ & “double”"),
        ("a~tie -- and https://example.org/~me--you", "a tie – and https://example.org/~me--you"),
        (r"$n$-th, $\alpha$, {{Nested {Braces}}}", "n-th, α, Nested Braces"),
    ],
)
def test_of_any_latex_the_words_are_kept(written: str, said: str) -> None:
    assert clean(latex.text(written)) == said


def test_no_entry_is_lost_behind_a_command_of_latex() -> None:
    works = taken(
        "@misc{a, title={First}}\n"
        r"@misc{b, title={Second}, abstract={See \href{https://example.org/}{the site}.}}"
        "\n@misc{c, title={Third}, note={\\href}}\n@misc{d, title={Fourth}}\n"
    )

    assert [work.fields["title"] for work in works] == ["First", "Second", "Third", "Fourth"]


def test_a_link_in_a_field_gives_its_words_and_its_address() -> None:
    work = one(r"howpublished={\href{https://example.org/a\_b}{The Site}}", "misc")

    assert work.fields["url"] == "https://example.org/a_b"
    assert work.fields["container"] == "The Site"


def test_a_note_gives_address_and_day_of_access_and_its_rest_is_named() -> None:
    work = one(r"note={Available at \url{https://example.org/x}. Accessed 3 May 2020}", "misc")
    more = one("note={Reprint of the first, https://example.org/y}", "misc")

    assert work.fields["url"] == "https://example.org/x"
    assert work.fields["accessed"] == "2020-05-03"
    assert remarks(work) == []
    assert more.fields["url"] == "https://example.org/y"
    assert remarks(more) == [
        "the field 'note' has no place in a record: Reprint of the first, https://example.org/y"
    ]


def test_of_a_field_given_twice_the_first_is_taken_and_the_other_named() -> None:
    (work,) = taken("@book{k, author={Roe, R.}, title={One},\ntitle={Two}, langid={english}}")

    assert work.fields["title"] == "One"
    assert work.fields["authors"] == [{"family": "Roe", "given": "R."}]
    assert [(remark.line, remark.text) for remark in work.remarks] == [
        (2, "the field 'title' stands there twice; the first was taken, not 'Two'")
    ]


def test_a_key_given_twice_gives_two_whole_works() -> None:
    entry = '@book{{k, author={{Roe, R.}}, title="{}", langid={{english}}}}\n'

    first, second = taken(entry.format("One") + entry.format("Two"))

    assert first.fields["title"] == "One"
    assert second.fields["title"] == "Two"
    assert second.fields["authors"] == first.fields["authors"]
    assert remarks(second) == ["the key 'k' stands in the file twice"]


def test_strings_and_pieces_of_values_are_put_together() -> None:
    (work,) = taken(
        '@string{jy = "Journal of "}\n@article{a, title="T" # {s}, journal=jy # "Years",'
        'month=mar # "~5", year=2019, publisher=unknown, langid="english"}'
    )

    assert work.fields["title"] == "Ts"
    assert work.fields["container"] == "Journal of Years"
    assert work.fields["date"] == "2019-03-05"
    assert remarks(work) == [
        "in the field 'publisher' 'unknown' stands without braces and is no string of the file"
    ]


def test_what_a_missing_comma_swallows_is_named() -> None:
    (work,) = taken("@article{w, title={Whole} year=2019, langid={english}}")

    assert work.fields["title"] == "Whole"
    assert remarks(work) == [
        "in the field 'title' 'year=2019' was left out; a comma is missing before it"
    ]


def test_a_part_inherits_from_its_volume() -> None:
    child, _ = taken(
        "@inproceedings{child, author={Small, Bo}, title={A paper}, pages={12--20}, "
        "langid={english}, crossref={Parent}}\n"
        "@proceedings{parent, title={The volume}, editor={Large, Cy}, publisher={House}, "
        "address={Leiden}, year={2018}, langid={english}}"
    )

    assert child.fields == {
        "type": "paper",
        "title": "A paper",
        "authors": [{"family": "Small", "given": "Bo"}],
        "editors": [{"family": "Large", "given": "Cy"}],
        "pages": "12–20",
        "place": "Leiden",
        "container": "The volume",
        "publisher": "House",
        "date": "2018",
        "language": "en",
    }
    assert child.remarks == []


def test_a_volume_that_is_not_there_is_named_and_circles_end() -> None:
    work = one("crossref={nowhere}", "incollection")
    circle = taken(
        "@book{a, title={A}, crossref={b}, langid={english}}\n"
        "@book{b, title={B}, crossref={a}, publisher={P}, langid={english}}"
    )

    assert remarks(work) == [
        "'nowhere' is no entry of the file, and nothing was taken over from it"
    ]
    assert circle[0].fields["publisher"] == "P"


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("张三; 李四", ["张三", "李四"]),
        ("张三；李四；", ["张三", "李四"]),
        ("张三,李四", ["张三", "李四"]),
        ("张三，李四，王五", ["张三", "李四", "王五"]),
        ("张三、李四", ["张三", "李四"]),
        ("张三 and 李四; 王五", ["张三", "李四", "王五"]),
        ("林, 钧跃", ["林钧跃"]),
        ("欧阳, 修明", ["欧阳修明"]),
        ("国家发展改革委；中国人民银行", ["国家发展改革委", "中国人民银行"]),
        ("{中国；银行}", ["中国；银行"]),
    ],
)
def test_chinese_authors_are_one_person_each(written: str, people: list[str]) -> None:
    work = one(f"author={{{written}}}")

    assert [author.get("zh") for author in work.fields["authors"]] == people


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        (r"\v{S}ime \v{Z}upan", "Župan", "Šime"),
        (r"\L{}ukasz \'Swi\k{a}tek", "Świątek", "Łukasz"),
        (r"G{\"o}del, K", "Gödel", "K"),
        (r"{\'E}mile Zola", "Zola", "Émile"),
        ("Donald~E. Knuth", "Knuth", "Donald E."),
        ("King, Jr., Martin Luther", "King", "Martin Luther Jr."),
        ("Smith，John", "Smith", "John"),
    ],
)
def test_letters_with_accents_stand_in_names(written: str, family: str, given: str) -> None:
    work = one(f"author={{{written}}}")

    assert work.fields["authors"] == [{"family": family, "given": given}]


def test_a_date_keeps_that_it_is_uncertain() -> None:
    assert one("date={2019~}").fields["date"] == "2019~"
    assert one("year={ca. 1990}").fields["date"] == "1990~"


def test_what_a_date_says_again_is_not_named_and_what_differs_is() -> None:
    assert remarks(one("date={2019-05-03}, month=may, day={3}, year={2019}")) == []
    assert remarks(one("date={2019-05}, month={6}, year={2018}")) == [
        "the field 'year' says 2018; the field 'date' was taken",
        "the field 'month' has no place in a record: 6",
    ]
    assert remarks(one("year={2019}, month={11}, day={31}")) == [
        "of the date '2019-11-31' only '2019' was taken"
    ]


def test_an_address_with_a_tilde_is_one_address() -> None:
    work = one(r"howpublished={Available at: \url{https://example.org/~me}}", "misc")

    assert work.fields["url"] == "https://example.org/~me"
    assert "container" not in work.fields
    assert remarks(work) == []


def test_what_is_no_number_of_an_archive_gets_no_address() -> None:
    assert one("eprint={2001.01234}", "online").fields["url"] == "https://arxiv.org/abs/2001.01234"
    assert remarks(one("eprint={A 77}", "online")) == [
        "the field 'eprint' has no place in a record: A 77"
    ]


def test_of_several_isbns_the_others_are_named() -> None:
    work = one("isbn={978-3-16-148410-0, 3-16-148410-X, 978-0-306-40615-7}", "book")

    assert work.fields["isbn"] == "978-3-16-148410-0"
    assert remarks(work) == ["of several ISBNs the first was taken, not 978-0-306-40615-7"]


def test_what_crossref_says_of_its_record_is_passed_over_and_the_rest_named() -> None:
    item: dict[str, Any] = {
        "type": "report",
        "title": ["One", "Other"],
        "language": "en",
        "institution": [{"name": "World Bank"}],
        "issued": "2019-05",
        "published-print": {"date-parts": [[2020, 1]]},
        "author": [
            "Roe, R.",
            {"family": "Doe", "given": "J.", "ORCID": "x"},
            {"sequence": "first"},
            7,
        ],
        "volume": 2.5,
        "indexed": {"version": "3"},
        "abstract": "A",
        "custom": {"a": [1]},
        "empty": [[None]],
    }
    answer = {"status": "ok", "message": {"items": [item, "odd"]}}

    work, odd = csljson.read(json.dumps(answer))

    assert isinstance(work, Work)
    assert isinstance(odd, Refused)
    assert work.fields["publisher"] == "World Bank"
    assert work.fields["date"] == "2019-05"
    assert work.fields["volume"] == "2.5"
    assert [author.get("family", author.get("name")) for author in work.fields["authors"]] == [
        "Roe, R.",
        "Doe",
    ]
    assert remarks(work) == [
        'a name without words was left out: {"sequence": "first"}',
        "'7' is no name that can be read",
        "the field 'custom' has no place in a record: {\"a\": [1]}",
        "the field 'published-print' has no place in a record: {\"date-parts\": [[2020, 1]]}",
        "of the field 'title' the first was taken, not Other",
    ]


def test_the_end_of_a_list_of_chinese_authors_is_no_author() -> None:
    work = one("author={张三, 李四, 等}")

    assert [author["zh"] for author in work.fields["authors"]] == ["张三", "李四"]
    assert remarks(work) == ["more authors than are named ('and others')"]


def test_names_that_tell_nothing_are_named_as_doubtful() -> None:
    assert names.is_doubtful("张三 李四")
    assert names.is_doubtful("张,三,李四")
    assert not names.is_doubtful("林, 钧跃")
    assert not names.is_doubtful("Lin, Junyue 林钧跃")


def test_latin_authors_may_stand_behind_semicolons_and_have_one_name() -> None:
    work = one("author={Roe, Rita; Doe, Jo and given=Madonna}")

    assert work.fields["authors"] == [
        {"family": "Roe", "given": "Rita"},
        {"family": "Doe", "given": "Jo"},
        {"name": "Madonna"},
    ]


@pytest.mark.parametrize(
    ("written", "date", "left"),
    [
        ("3 May 2019", "2019-05-03", False),
        ("May 3, 2019", "2019-05-03", False),
        ("March 2019", "2019-03", False),
        ("2019年5月", "2019-05", False),
        ("2019.5.3", "2019-05-03", False),
        ("c. 2019", "2019~", False),
        ("[2019]", "2019", False),
        ("2019-05-03T10:00:00Z", "2019-05-03", False),
        ("Spring 2019", "2019", True),
        ("2019-21", "2019", True),
        ("2019年春季", "2019", True),
        ("Winter 2018/2019", "2018/2019", True),
        ("2019-05-03 10:22:11", "2019-05-03", False),
        ("January–March 2019", "2019-01/2019-03", False),
        ("May 30 - June 2, 2019", "2019-05-30/2019-06-02", False),
        ("May 3-5, 2019", "2019-05-03/2019-05-05", False),
        ("2018-2019", "2018/2019", False),
        ("2018/19", "2018/2019", False),
        ("2019/", "2019/..", False),
        ("..2019", "../2019", False),
        ("2019a", "2019", True),
        ("before 1990", "", True),
        ("05/03/2019", "", True),
        ("2019-11-31", "", True),
        ("forthcoming", "", True),
        ("", "", False),
    ],
)
def test_dates_in_words_and_seasons(written: str, date: str, left: bool) -> None:
    assert dates.read(written) == (date, left)


def test_months_in_words_are_taken_and_what_is_none_is_named() -> None:
    assert one("year={2019}, month={May--June}").fields["date"] == "2019-05/2019-06"
    assert one("year={2019}, month={3 May}").fields["date"] == "2019-05-03"
    spring = one("year={2019}, month={Spring}")
    odd = one("year={2019}, month={Thermidor}")
    assert spring.fields["date"] == odd.fields["date"] == "2019"
    assert remarks(spring) == ["of the date 'Spring 2019' only '2019' was taken"]
    assert remarks(odd) == ["of the date 'Thermidor 2019' only '2019' was taken"]


def test_a_work_in_an_archive_has_its_address() -> None:
    arxiv = one("eprint={1907.12345}, eprinttype={arxiv}", "online")
    other = one("eprint={77}, eprinttype={attic}", "online")

    assert arxiv.fields["url"] == "https://arxiv.org/abs/1907.12345"
    assert remarks(other) == [
        "the field 'eprint' has no place in a record: 77",
        "the field 'eprinttype' has no place in a record: attic",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "https://doi.org/10.1234/a_b",
        r"\url{https://doi.org/10.1234/a\_b}",
        "DOI: 10.1234/a_b",
        "doi:10.1234/a_b.",
        "<10.1234/a_b>",
        "dx.doi.org/10.1234/a_b",
    ],
)
def test_a_doi_is_taken_out_of_what_is_around_it(written: str) -> None:
    assert one(f"doi={{{written}}}").fields["doi"] == "10.1234/a_b"


def test_a_doi_keeps_its_angle_brackets() -> None:
    doi = "10.1002/(SICI)1097-4571(199806)49:8<I::AID-ASI4>3.0.CO;2-O"
    escaped = doi.replace("<", "&lt;").replace(">", "&gt;")
    (item,) = csljson.read(json.dumps({"type": "book", "title": "T", "DOI": escaped}))

    assert one(f"doi={{https://doi.org/{doi}}}").fields["doi"] == doi
    assert isinstance(item, Work)
    assert item.fields["doi"] == doi


def test_entities_and_tags_become_what_they_mean() -> None:
    assert (
        clean("The &lt;i&gt;Hukou&lt;/i&gt; System &amp;amp; credit") == "The Hukou System & credit"
    )
    assert clean("a <b>bold</b> claim: 3 < 4 > 2, R&D, <Xinyong>") == (
        "a bold claim: 3 < 4 > 2, R&D, <Xinyong>"
    )


def test_a_title_of_crossref_with_markup_comes_in_plain(lay: Lay) -> None:
    item: dict[str, Any] = {
        "type": "journal-article",
        "title": ["The &lt;i&gt;Hukou&lt;/i&gt; System &amp; credit"],
        "container-title": ["Law &amp; Society"],
        "author": [{"family": "O&#39;Neil", "given": "A."}, {"given": "Madonna"}],
        "issued": {"date-parts": [[2019]], "season": "spring"},
        "number": "7",
        "genre": "Essay",
        "edition": "2",
    }
    (work,) = csljson.read(json.dumps([item]))
    lay({"items.json": json.dumps([item])})

    ran = run("import", "--doi-json", "items.json", "--dry-run")

    assert "corpus/citations/oneil-2019-hukou.yml" in ran.output
    assert isinstance(work, Work)
    assert work.fields["title"] == "The Hukou System & credit"
    assert work.fields["container"] == "Law & Society"
    assert work.fields["authors"] == [{"family": "O'Neil", "given": "A."}, {"name": "Madonna"}]
    assert work.fields["issue"] == "7"
    assert remarks(work) == [
        "the season spring of 2019 has no place in a date",
        "the language is not given; 'en' was taken from the title",
        "the field 'edition' has no place in a record: 2",
        "the field 'genre' has no place in a record: Essay",
    ]


def test_what_has_no_place_is_named_with_its_line() -> None:
    (work,) = taken(
        "@book{k, title={T}, langid={english}, publisher={One},\nseries={Studies},\n"
        "edition={2}, organization={Other}, number={3}, issue={4}}"
    )

    assert work.fields["container"] == "Studies"
    assert [(remark.line, remark.text) for remark in work.remarks] == [
        (3, "the field 'edition' has no place in a record: 2"),
        (3, "the field 'issue' has no place in a record: 4"),
        (3, "the field 'organization' has no place in a record: Other"),
    ]


RIS = """\
TY  - JOUR
T1  - 社会信用体系研究
TT  - A study of social credit
A1  - 张三; 李四
AU  - 林,钧跃
JF  - 征信
Y1  - 2019/05//
SP  - 1
EP  - 8
UR  - https://example.org/a
LA  - zh
ZZ  - odd
ER  -
TY  - JOUR
TI  - Never ends

TY - NEWS
TI - One space
T2 - Daily &amp; Co
DA - 2019///Spring
LA - en
ER -
TY  - PAT
TI  - Device
ER  -
TY  - BOOK
AU  - Roe, Richard, Jr.
TI  - Fine
SN  - 978-3-16-148410-0
PY  - 2011
LA  - en
ER  -
"""


def test_ris_comes_in_and_one_bad_entry_stops_no_other(lay: Lay) -> None:
    lay({"refs.ris": RIS})

    ran = run("import", "refs.ris", "--dry-run")

    assert ran.status == 1
    assert "refs.ris:14: not taken: the entry 'TY  - JOUR' does not end" in ran.output
    assert "refs.ris:23: not taken: '23' is of the type 'PAT'" in ran.output
    assert "refs.ris: 3 new, 2 not taken; nothing was written\n" in ran.output
    assert "refs.ris:12: the field 'ZZ' has no place in a record: odd\n" in ran.output
    assert "refs.ris:17: of the date 'Spring 2019' only '2019' was taken\n" in ran.output


def test_ris_gives_the_fields_that_its_tags_name() -> None:
    chinese, news, book = (work for work in ris.read(RIS) if isinstance(work, Work))

    assert chinese.fields == {
        "type": "article",
        "title": "A study of social credit",
        "title_original": "社会信用体系研究",
        "authors": [{"name": name, "zh": name} for name in ("张三", "李四", "林钧跃")],
        "container": "征信",
        "pages": "1–8",
        "date": "2019-05",
        "language": "zh",
        "url": "https://example.org/a",
    }
    assert news.fields["container"] == "Daily & Co"
    assert book.fields["authors"] == [{"family": "Roe", "given": "Richard Jr."}]
    assert book.fields["isbn"] == "978-3-16-148410-0"


def test_an_entry_without_its_sign_is_named_and_shared_data_are_no_entry(lay: Lay) -> None:
    lay(
        {
            "refs.bib": "Remarks, such as {this, here}.\n"
            "@xdata{house, publisher={House}}\n"
            "article{lost, title={Lost}}\n"
            "@book{k, title={T}, langid={english}, xdata={house}}\n"
        }
    )

    ran = run("import", "refs.bib", "--dry-run")

    assert ran.output == (
        "refs.bib:3: not taken: 'article{lost,' is no entry; put '@' before it\n"
        "refs.bib:4: k is new: corpus/citations/house-nd-t.yml, graded 'academic' by its type\n"
        "refs.bib: 1 new, 1 not taken; nothing was written\n"
        "New records say 'read: none'. Change that in those you read; until then cite them 'via' another.\n"
    )
