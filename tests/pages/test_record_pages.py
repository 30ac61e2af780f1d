"""A record's page: all that its record says stands on it, the answer first, each source by its number."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import pytest
from lxml import html

from xinyong.corpus import Corpus, Entry
from xinyong.pages.kinds import RENDER
from xinyong.pages.now import MOST, lines, state_words, when
from xinyong.pages.record_view import RecordView
from xinyong.publication import Library
from xinyong.records import MODELS, Program, fields
from xinyong.source import edtf
from xinyong.source.prose import LINK

SPACE = re.compile(r"\s+")


def _tree(library: Library, entry: Entry) -> html.HtmlElement:
    return html.fromstring(f"<article>{RENDER[entry.kind](library, entry).body}</article>")


def _longest(corpus: Corpus, kind: str) -> list[Entry]:
    return sorted(corpus.of_kind(kind), key=lambda entry: -len(entry.facts))[:3]


def _said(entry: Entry) -> Iterator[str]:
    """Yield the texts that a page has to show word for word, in pieces: a link has a mark behind it."""
    known = fields.of_kind(entry.kind)
    for stated in entry.facts:
        field = known.get(str(stated.path[0]))
        value = getattr(stated.fact, "value", None)
        texts = [stated.fact.note, stated.fact.inferred]
        if isinstance(value, str) and not (field and field.vocabulary):
            texts.append(value)
        for text in filter(None, texts):
            yield from LINK.sub(lambda link: f"{link[2] or ''}\0", text).split("\0")


def _squeezed(text: str) -> str:
    return SPACE.sub("", text)


@pytest.mark.parametrize("kind", MODELS)
def test_all_that_a_record_says_stands_on_its_page(kind: str, small: Corpus, real: Corpus) -> None:
    for corpus, entries in ((small, small.of_kind(kind)), (real, _longest(real, kind))):
        library = Library(corpus)
        for entry in entries:
            tree = _tree(library, entry)
            shown = _squeezed(tree.text_content())
            listed = {item.get("id") for item in tree.xpath("//ol[@class='xy-sources']/li")}

            assert [text for text in _said(entry) if _squeezed(text) not in shown] == []
            assert {f"s-{use.target}" for use in entry.cites} <= listed


@pytest.mark.parametrize("kind", MODELS)
def test_sources_are_numbered_as_they_first_appear(kind: str, real: Corpus) -> None:
    library = Library(real)
    for entry in _longest(real, kind):
        tree = _tree(library, entry)
        cites = tree.xpath("//*[@class='xy-ref']/a")
        first = list(dict.fromkeys(cite.get("href").removeprefix("#") for cite in cites))

        assert first == [item.get("id") for item in tree.xpath("//ol[@class='xy-sources']/li")]
        assert {cite.get("href"): cite.text for cite in cites} == {
            f"#{id_}": str(number) for number, id_ in enumerate(first, 1)
        }


@pytest.mark.parametrize("kind", MODELS)
def test_the_box_has_at_most_eight_lines_none_of_them_empty(kind: str, real: Corpus) -> None:
    library = Library(real)
    for entry in real.of_kind(kind):
        found = lines(RecordView(library, entry=entry))

        assert 0 < len(found) <= MOST
        assert all(line.label and all(line.values) for line in found)


def test_the_box_and_what_to_know_stand_before_the_facts(real: Corpus) -> None:
    tree = _tree(Library(real), real["sesame-credit"])
    order = ["xy-summary", "xy-now", "annotation", "facts", "cite"]
    found = [element.get("id") or element.get("class") for element in tree.iter()]

    assert list(dict.fromkeys(name for name in found if name in order)) == order


def test_places_of_a_nationwide_program_are_not_told_as_all_where_it_is(real: Corpus) -> None:
    def labels(id_: str) -> list[str]:
        return _tree(Library(real), real[id_]).xpath("//*[@class='xy-now']//dt/text()")

    assert "Places on record" in labels("sesame-credit")
    assert "Where" not in labels("sesame-credit")
    assert "Where" in labels("rongcheng-points")


def _words(corpus: Corpus, id_: str, day: str) -> list[str]:
    record = corpus[id_].record
    assert isinstance(record, Program)
    return [words for words, _ in state_words(record, datetime.date.fromisoformat(day))]


def test_a_status_is_told_by_its_age_on_the_day_of_the_edition(real: Corpus) -> None:
    assert _words(real, "sesame-credit", "2026-11-25") == ["Last seen running in December 2025"]
    assert _words(real, "sesame-credit", "2026-01-31") == ["Running, as of December 2025"]


def test_what_ended_says_so_though_something_newer_is_known(real: Corpus) -> None:
    assert _words(real, "tencent-credit", "2026-11-25") == [
        "Ended on 31 January 2018",
        "Changed in June 2020",
    ]


@pytest.mark.parametrize(
    ("date", "words"),
    [("2018-01-31", "on 31 January 2018"), ("2025-12", "in December 2025"), ("2015", "in 2015")],
)
def test_a_date_has_its_preposition(date: str, words: str) -> None:
    assert when(edtf.parse(date)) == words


def test_a_long_section_shows_six_entries_and_folds_the_rest(real: Corpus) -> None:
    tree = _tree(Library(real), real["sesame-credit"])
    heading = tree.get_element_by_id("inputs")
    shown, folded = heading.getnext(), heading.getnext().getnext()
    number = len(real["sesame-credit"].record.inputs)  # type: ignore[attr-defined]

    assert len(shown) == 6
    assert folded.tag == "details"
    assert folded.get("open") is None
    assert len(folded.findall(".//li")) == number - 6
    assert folded.find("summary").text == f"{number - 6} more"


def test_a_law_is_named_with_its_number_where_it_is_linked(real: Corpus) -> None:
    view = RecordView(Library(real), entry=real["sesame-credit"])

    assert "Planning Outline of 2014, <span" in view.link("planning-outline-2014")
    assert "国发〔2014〕21号" in view.link("planning-outline-2014")


def test_words_stand_beside_a_fact_only_where_one_has_to_beware(real: Corpus) -> None:
    tree = _tree(Library(real), real["sesame-credit"])
    marks = tree.xpath("//*[starts-with(@class, 'xy-standing ') or @class='xy-weak']")
    words = {mark.text_content().split(maxsplit=1)[1] for mark in marks}
    named = {mark.get("title") for mark in tree.xpath("//i[@role='img']")}

    assert words <= {"second-hand", "disputed", "inferred by us", "weak sources only"}
    assert named == {"primary", "corroborated", "single source"}
    assert len(tree.xpath("//details[contains(@class, 'xy-legend')]")) == 1
