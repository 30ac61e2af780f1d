"""RIS with odd tags, and what CNKI exports for EndNote, RefWorks and NoteExpress, come in."""

from __future__ import annotations

import pytest

from support import Lay, run
from xinyong.imports import ris
from xinyong.imports.works import Refused, Work

ENDNOTE = """\
%0 Journal Article
%A 张三
%A 李四
%+ 某大学;
%T 社会信用体系研究
%J 征信
%D 2019
%V 37
%N 05
%X 摘要
%P 12-18
%@ 1674-747X
%W CNKI
%9 硕士

%0 Newspaper Article
%A Roe, R.
%T Second
"""
REFWORKS = """\
RT Journal Article
SR 1
A1 张三;李四;
AD 某大学
T1 社会信用体系研究
JF 征信
YR 2019
IS 05
vo 37
OP 12-18
AB 摘要
SN 1674-747X
LA 中文;
DS CNKI

RT Newspaper Article
A1 Roe, R.
T1 Second
"""
NOTEEXPRESS = """\
{Reference Type}: Journal Article
{Title}: 社会信用体系研究
{Author}: 张三；李四
{Author Address}: 某大学
{Journal}: 征信
{Year}: 2019
{Issue}: 05
{Volume}: 37
{Pages}: 12-18
{Abstract}: 摘要
第二行
{ISBN/ISSN}: 1674-747X
{Database Provider}: CNKI

{Reference Type}: Newspaper Article
{Author}: Roe, R.
{Title}: Second
"""


@pytest.mark.parametrize(
    "text", [ENDNOTE, REFWORKS, NOTEEXPRESS], ids=["endnote", "refworks", "noteexpress"]
)
def test_the_exports_of_cnki_say_the_same_in_every_form(text: str) -> None:
    first, second = (work for work in ris.read(text) if isinstance(work, Work))

    assert first.fields == {
        "type": "article",
        "title": "社会信用体系研究",
        "title_original": "社会信用体系研究",
        "authors": [{"name": name, "zh": name} for name in ("张三", "李四")],
        "container": "征信",
        "volume": "37",
        "issue": "05",
        "pages": "12–18",
        "date": "2019",
        "language": "zh",
    }
    assert second.fields["type"] == "news"
    assert second.fields["authors"] == [{"family": "Roe", "given": "R."}]


def test_the_command_names_fields_as_the_file_has_them(lay: Lay) -> None:
    lay({"cnki.txt": ENDNOTE})

    ran = run("import", "cnki.txt", "--dry-run")

    assert ran.status == 0
    assert "  cnki.txt:14: the field '%9' has no place in a record: 硕士\n" in ran.output
    assert "cnki.txt: 2 new; nothing was written\n" in ran.output


ODD = """\
Provider: Some publisher
Content:text/plain; charset="UTF-8"

TY  - JOUR
TI  - One
TI  - Two
T1  - Three
AU  - Smith，John
AU  - Roe, R.; Doe, J.
JF  - Journal
UR  - http://a.example/
UR  - http://b.example/
DA  - 2019/05/03
PY  - 2018
N1  - A note that goes
on and says US-China, and
AI - as it says - too
VL  - 1
VL  - 2
EP  - 99
LA  - en
ER  -
TI  - Stray
TY  - JOUR
TI  - No end
"""


def test_of_odd_ris_all_is_taken_or_named_with_its_line() -> None:
    work, stray, endless = ris.read(ODD)

    assert isinstance(work, Work)
    assert work.fields == {
        "type": "article",
        "title": "One",
        "authors": [
            {"family": "Smith", "given": "John"},
            {"family": "Roe", "given": "R."},
            {"family": "Doe", "given": "J."},
        ],
        "container": "Journal",
        "volume": "1",
        "pages": "99",
        "date": "2019-05-03",
        "language": "en",
        "url": "http://a.example/",
    }
    assert [(remark.line, remark.text.removeprefix("the field ")) for remark in work.remarks] == [
        (6, "'TI' has no place in a record: Two"),
        (7, "'T1' has no place in a record: Three"),
        (12, "'UR' has no place in a record: http://b.example/"),
        (14, "'PY' has no place in a record: 2018"),
        (
            15,
            "'N1' has no place in a record: A note that goes on and says US-China, and AI - as it says -…",
        ),
        (19, "'VL' has no place in a record: 2"),
    ]
    assert stray == Refused(23, "'TI  - Stray' stands outside of an entry")
    assert endless == Refused(24, "the entry 'TY  - JOUR' does not end; add the line 'ER  - '")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"",
            "refs.ris: nothing in it; export it as BibTeX or RIS, or name CSL-JSON with --doi-json",
        ),
        (
            b"\xef\xbb\xbfTY  - BOOK\r\nTI  - T\r\nER  - \r\n",
            "refs.ris: 1 new; nothing was written\n",
        ),
        (
            "TY  - BOOK\nTI  - 信用\nER  - \n".encode("utf-16"),
            "refs.ris: 1 new; nothing was written\n",
        ),
        (b"TY  - BOOK\rTI  - T\rER  - \r", "refs.ris: 1 new; nothing was written\n"),
        (
            "TY  - BOOK\nTI  - 信用\nER  - \n".encode("gb18030"),
            "'refs.ris' is not UTF-8 (line 2); export it again or save it as UTF-8\n",
        ),
        (
            b"\xff\xfe\x00",
            "'refs.ris' is not UTF-8 (line 1); export it again or save it as UTF-8\n",
        ),
    ],
)
def test_files_are_read_as_they_are_encoded(content: bytes, said: str, lay: Lay) -> None:
    lay({"refs.ris": content})

    assert said in run("import", "refs.ris", "--dry-run").output


def test_authors_keep_their_order_and_books_their_numbers(lay: Lay) -> None:
    chapter, book = ris.read(
        "TY  - CHAP\nTI  - One\nBT  - Whole\nAU  - Roe, R.\nA1  - Doe, J.\nAU  - Poe, P.\n"
        "SN  - 978-3-16-148410-0 (hbk), 978-0-306-40615-7\nLA  - en\nER  -\n"
        "TY  - BOOK\nBT  - Whole\nLA  - en\nER  -\n"
    )

    assert isinstance(chapter, Work)
    assert isinstance(book, Work)
    assert [author["family"] for author in chapter.fields["authors"]] == ["Roe", "Doe", "Poe"]
    assert chapter.fields["container"] == book.fields["title"] == "Whole"
    assert "container" not in book.fields
    assert chapter.fields["isbn"] == "978-3-16-148410-0"
    assert [remark.text for remark in chapter.remarks] == [
        "of the field 'ISBN' the first was taken, not 978-0-306-40615-7"
    ]


def test_who_advised_on_a_thesis_is_no_editor() -> None:
    (thesis,) = ris.read("%0 Thesis\n%A 张三\n%Y 李四\n%T 失信惩戒\n%I 某大学\n%D 2018\n%9 硕士\n")

    assert isinstance(thesis, Work)
    assert "editors" not in thesis.fields
    assert thesis.fields["publisher"] == "某大学"
    assert "the field '%Y' has no place in a record: 李四" in [one.text for one in thesis.remarks]
