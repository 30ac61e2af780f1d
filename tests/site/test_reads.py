"""What is noted as read while the files of a record are made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from xinyong.corpus import Corpus, Entry, load
from xinyong.corpus.counted import numbers
from xinyong.exports import api, markdown
from xinyong.exports.references import Bibliography
from xinyong.history.read import read
from xinyong.pages import compare
from xinyong.pages.fragments import FRAGMENTS, fragment
from xinyong.pages.kinds import RENDER
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.site.reads import EVERYTHING, PAST, Digests, ReadLibrary, reading


def _make(library: ReadLibrary, entries: Iterable[Entry]) -> dict[str, set[str]]:
    """Make the files of records one after the other; return what was noted for each."""
    works, shared = Bibliography(library), markdown.Shared(library)
    for entry in entries:
        with library.making(entry.url):
            RENDER[entry.kind](library, entry)
            markdown.record(shared, entry)
            list(works.of_page(entry))
            api.document(library.corpus, entry, library.edition)
            if entry.kind in compare.COMPARED:
                compare.column(library, entry)
    return _noted(library)


def _fill(library: ReadLibrary, slots: Iterable[str]) -> dict[str, set[str]]:
    """Fill slots of hand-written pages one after the other; return what was noted for each."""
    for slot in slots:
        with library.making(f"{slot}.html"):
            fragment(library, slot, "")
    return _noted(library)


def _noted(library: ReadLibrary) -> dict[str, set[str]]:
    names = library.reads.names
    return {url: {names[number] for number in read} for url, read in library.read.items()}


def test_it_does_not_depend_on_what_was_made_before(small: Corpus) -> None:
    entries = list(small)

    noted = _make(reading(Library(small)), entries)

    assert noted == _make(reading(Library(small)), reversed(entries))
    assert all(noted.values())


def test_what_fills_a_slot_does_not_depend_on_which_was_filled_before(followed: Path) -> None:
    corpus, _ = load(followed / "corpus")
    library = Library(corpus, history=read(followed / "corpus", corpus))
    slots = [*FRAGMENTS, *(f"index-{kind}" for kind in MODELS)]

    noted = _fill(reading(library), slots)

    assert noted == _fill(reading(library), reversed(slots))
    assert PAST in noted["changes.html"]


def test_a_page_reads_itself_and_what_it_shows_of_others(small: Corpus) -> None:
    noted = _make(reading(Library(small)), [small["sesame-credit"]])["programs/sesame-credit/"]

    assert {"record sesame-credit", "record ant-group", "from sesame-credit"} <= noted
    assert {"reference koetse-2018", "name koetse-2018", "glossary"} <= noted
    assert "everything" not in noted
    assert "record zhengxin" not in noted


def test_what_is_counted_once_is_read_by_each_page_that_shows_it(small: Corpus) -> None:
    library = reading(Library(small))
    first, second = set[int](), set[int]()
    for seen in (first, second):
        with library.reads.into(seen):
            numbers(library.corpus)

    assert library.reads.number(EVERYTHING) in first
    assert second == first


def test_a_library_that_notes_makes_the_same_pages(small: Corpus, library: Library) -> None:
    noting = reading(library)

    for entry in small:
        with noting.making(entry.url):
            assert RENDER[entry.kind](noting, entry) == RENDER[entry.kind](library, entry)


def test_a_digest_tells_whether_something_is_there_and_what_it_is(
    small: Corpus, library: Library
) -> None:
    digests, others = Digests(library), Digests(Library(Corpus({})))

    assert digests["record ant-group"] != digests["record rongcheng"]
    assert digests["record nobody"] == others["record ant-group"]
    for name in ("record ant-group", "kind cities", "label koetse-2018", "glossary", "everything"):
        assert digests[name] != others[name], name
    assert Digests(Library(small))["everything"] == digests["everything"]
