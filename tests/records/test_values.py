"""Values that cannot be are refused: no such language or host, a wrong digit, a filler."""

from __future__ import annotations

from typing import Any

import pytest

from xinyong.records import limits, read

CITATION: dict[str, Any] = {
    "type": "web",
    "title": "A work",
    "language": "en",
    "read": "full",
    "reliability": "news",
}

PORT = "behind the host's ':' belongs a number from 1 to 65535; leave the ':' out, or write one"
HOST = "'{}' is not the name of a host; write one such as www.example.org"
USER = "a user's name stands before the host; leave out what stands before the '@'"
TABLE = "the table of languages (ISO 639-1 and a few more)"


def _said(**fields: Any) -> list[str]:
    found = read.read("citations", CITATION | fields, "f")
    return [f"{problem.code} {problem.message}" for problem in found.problems]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/a?b=c#d",
        "http://example.org:8080/",
        "http://218.57.139.21:8080/credit",
        "https://web.archive.org/web/20180101000000/http://www.example.org/a",
        "https://example.org/go?to=https://example.com/",
        "https://中国政府网.cn/",
        "https://zh.wikipedia.org/wiki/社会信用体系_(中国)",
        "https://example.org/a@b",
        "http://[2001:db8::1]/",
    ],
)
def test_an_address_that_may_be_sound_is_taken(url: str) -> None:
    assert _said(url=url) == []


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://example.org:99999/", PORT),
        ("https://example.org:0/", PORT),
        ("https://example.org:/", PORT),
        ("https://example.org:a/", PORT),
        ("https://a..org/", HOST.format('a..org')),
        ("https://-a.org/", HOST.format('-a.org')),
        ("https://localhost/", HOST.format('localhost')),
        ("https://1.2.3.400/", HOST.format('1.2.3.400')),
        ("https://a.123/", HOST.format('a.123')),
        ("https://me@example.org/", USER),
        ("https://a.org/,https://b.org/", "it holds more than one address; write one of them"),
        ("https://a.org/xhttp://b.org/", "it holds more than one address; write one of them"),
        ("https://a.org/；https://b.org/", "it holds more than one address; write one of them"),
        ("https://a.org/。", "'。' stands behind it; delete it"),
    ],
)  # fmt: skip
def test_an_address_at_which_nobody_can_call_is_refused(url: str, text: str) -> None:
    assert _said(url=url) == [f"X309 '{url}' leads nowhere: {text}"]


def test_two_addresses_with_a_blank_between_them_are_told() -> None:
    message = "X309 'https://a.org/ https://b.org/' holds more than one address; write one of them"

    assert _said(url="https://a.org/ https://b.org/") == [message]


@pytest.mark.parametrize(
    "code",
    ["en", "zh", "zh-CN", "zh-Hans", "zh-Hant-TW", "de", "yue", "bo", "en-gb"],
)
def test_a_language_that_exists_is_taken(code: str) -> None:
    assert _said(language=code) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("cn", "write 'zh'"),
        ("jp", "write 'ja'"),
        ("eng", "write 'en'"),
        ("xx", f"'xx' is not in {TABLE}; write one such as 'en'"),
        ("zh-XX", "'XX' is no script or country in use here; write 'zh'"),
    ],
)
def test_a_language_that_does_not_exist_is_refused(code: str, text: str) -> None:
    what = "a language code, such as en, zh, nl or de"

    assert _said(language=code) == [f"X310 '{code}' is not {what}: {text}"]


@pytest.mark.parametrize(
    "isbn",
    ["978-3-16-148410-0", "9783161484100", "0-306-40615-2", "080442957X"],
)
def test_an_isbn_whose_digits_fit_is_taken(isbn: str) -> None:
    assert _said(isbn=isbn) == []


@pytest.mark.parametrize(
    "isbn",
    ["978-3-16-148410-1", "0-306-40615-3", "9783161484010", "978316148410X"],
)
def test_an_isbn_with_a_wrong_digit_is_refused(isbn: str) -> None:
    message = "its last digit does not fit the others; check it against the book"

    assert _said(isbn=isbn) == [f"X310 '{isbn}' is not an ISBN of 10 or 13 digits: {message}"]


@pytest.mark.parametrize(
    "doi",
    ["10.2139/ssrn.3175792", "10.1016/S0140-6736(05)67890-1", "10.1000/a(b)"],
)
def test_a_doi_is_taken(doi: str) -> None:
    assert _said(doi=doi) == []


@pytest.mark.parametrize(
    ("doi", "meant"),
    [
        ("10.2139/ssrn.3175792.", "write '10.2139/ssrn.3175792'"),
        ("10.2139/ssrn.3175792?x=1", "write '10.2139/ssrn.3175792'"),
        ("https://doi.org/10.2139/ssrn.3175792#a", "write '10.2139/ssrn.3175792'"),
        ("10.2139/ssrn.3175792，", "write '10.2139/ssrn.3175792'"),
    ],
)
def test_a_doi_with_something_behind_it_is_refused(doi: str, meant: str) -> None:
    what = "a DOI, such as 10.2139/ssrn.3175792 (without https://doi.org/)"

    assert _said(doi=doi) == [f"X310 '{doi}' is not {what}; {meant}"]


@pytest.mark.parametrize("char", ["\u00a0", "\u3000", "\u2003", "\u202f"])
def test_an_unusual_blank_around_a_text_is_refused(char: str) -> None:
    message = f"X608 an unusual blank (U+{ord(char):04X}) stands"

    assert _said(title=f"A work{char}") == [f"{message} behind the text; delete it"]
    assert _said(title=f" {char}A work") == [f"{message} before the text; delete it"]
    assert _said(title=f"A{char}work") == []


@pytest.mark.parametrize(
    ("field", "longest"),
    [("title", limits.LINE), ("annotation", limits.PROSE), ("url", limits.TEXT)],
)
def test_a_text_may_have_its_limit_and_not_a_character_more(field: str, longest: int) -> None:
    begin = "https://example.org/" if field == "url" else ""
    fits = begin + "a" * (longest - len(begin))

    assert _said(**{field: fits}) == []
    message = f"X313 this has {longest + 1:,} characters; write {longest:,} at most"
    assert _said(**{field: f"{fits}a"}) == [message]


def test_a_title_has_one_line_and_no_links() -> None:
    line = "X316 here belongs a text of one line; write it without line breaks"
    link = "X705 a name or a label is shown without links; write it without '[['"

    assert _said(title="A\nwork") == [line]
    assert _said(title="On [[sesame-credit]]") == [link]


def test_a_cite_has_one_line() -> None:
    errata = {"says": "a", "right": "b", "cite": "koetse-2018, p. 1\n# A heading"}

    assert _said(errata=errata) == ["X316 a cite stands on one line; write it without line breaks"]


def test_a_person_may_be_called_null_and_a_work_not() -> None:
    message = "X315 'Null' says nothing; leave the field out, or write what is known"

    assert _said(authors=[{"family": "Null", "given": "Jan"}]) == []
    assert _said(publisher="Null") == [message]
    assert _said(authors=["?"]) == [message.replace("Null", "?")]


def test_a_text_at_fault_is_kept_for_comparisons_and_told() -> None:
    found = read.read("citations", CITATION | {"title": "A **work**", "url": "nowhere"}, "f")

    assert found.record is not None
    assert not found.whole
    assert found.record.heading == "A **work**"
    assert sorted(problem.code for problem in found.problems) == ["X309", "X705"]
