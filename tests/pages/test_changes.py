"""What changed, as a reader sees it: on the page of changes, in a record's history, at a dated address."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support import commit
from xinyong.corpus import load
from xinyong.history import text as history_text
from xinyong.history.changes import Change, Part
from xinyong.history.lines import UNKNOWN, History
from xinyong.history.read import read
from xinyong.pages import changes, history
from xinyong.pages.environment import macro
from xinyong.pages.fragments import fragment
from xinyong.pages.kinds import RENDER
from xinyong.pages.view import View
from xinyong.publication import Library

GOLDEN = Path(__file__).parent / "golden"
LONG = "What stands here before the change is the same on both sides and goes on for a while, so that nobody reads it. "


@pytest.fixture(scope="module")
def known(followed: Path) -> Library:
    """The small corpus with its history."""
    corpus, _ = load(followed / "corpus")
    return Library(corpus, history=read(followed / "corpus", corpus))


def agrees(name: str, found: str) -> None:
    path = GOLDEN / f"{name}.html"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_the_newest_days_are_shown_as_agreed(known: Library) -> None:
    agrees("changes", fragment(known, "changes", "../") or "")


def test_a_month_is_shown_as_agreed(known: Library) -> None:
    february, january = changes.months(View(known))

    assert (february.url, february.title) == ("changes/2026-02/", "What changed: February 2026")
    assert january.description == "What changed: January 2026. 15 new, 1 changed (2 changes)"
    assert january.contents == (
        ("d2026-01-06", "6 January 2026"),
        ("d2026-01-05", "5 January 2026"),
    )
    agrees("changes-2026-02", february.body)


@pytest.mark.parametrize(
    "url",
    [
        "history/programs/sesame-credit/",
        "history/programs/zhima-credit/2026-01-05/",
        "history/programs/zhima-credit/2026-02-02/",
        "history/cities/rongcheng/2026-01-05/",
        "history/cities/rongcheng/2026-01-06/",
        "history/citations/gone-2015/2026-02-03/",
    ],
)
def test_a_history_and_its_states_are_shown_as_agreed(url: str, known: Library) -> None:
    pages = {page.url: page.html for page in history.render(known)}

    agrees(url.strip("/").replace("/", "-"), pages[url])


def test_every_state_has_a_page_and_a_record_with_one_state_no_history_of_its_own(
    known: Library,
) -> None:
    urls = [page.url for page in history.render(known)]
    lines = known.history.lines.values()

    assert len(urls) == len(set(urls))
    assert {line.address(state) for line in lines for state in line.states} < set(urls)
    assert "history/terms/shixin/2026-01-05/" in urls
    assert "history/terms/shixin/" not in urls


def test_a_record_says_when_it_last_changed_in_meaning(known: Library) -> None:
    def foot(id_: str) -> str:
        entry = known.corpus[id_]
        return (
            RENDER[entry.kind](known, entry)
            .body.partition("Last changed in meaning: ")[2]
            .partition("</p>")[0]
        )

    day = '<time datetime="2026-0{}">{} 2026</time>'
    link = '<a href="../../history/{}/">{}</a> ({})'
    assert foot("rongcheng") == link.format(
        "cities/rongcheng", day.format("1-06", "6 January"), "2 changes"
    )
    assert foot("shixin") == f"{day.format('1-05', '5 January')} (new)"
    assert foot("sesame-credit") == link.format(
        "programs/sesame-credit",
        day.format("2-02", "2 February"),
        "renamed from zhima-credit, 1 change",
    )


@pytest.mark.parametrize(
    ("lack", "said"),
    [
        ("outside", "It was built from a folder without the project&#39;s git history."),
        (
            "shallow",
            "It was built from a shallow clone, which holds the newest commits only; &#39;git fetch --unshallow",
        ),
        ("empty", "Nothing has been committed yet."),
    ],
)
def test_without_a_history_the_page_says_why_and_records_say_no_date(
    lack: str, said: str, known: Library
) -> None:
    library = Library(known.corpus, history=History(lack=lack))  # type: ignore[arg-type]
    entry = library.corpus["rongcheng"]

    assert said in (fragment(library, "changes", "../") or "")
    assert "Last changed" not in RENDER["cities"](library, entry).body
    assert list(changes.months(View(library))) == []
    assert UNKNOWN.lack == "outside"


def test_a_day_with_many_new_records_is_shown_in_numbers(tmp_path: Path) -> None:
    term = "name: {{en: Term {n}}}\ndomain: law\n"
    files = {f"corpus/terms/t-{n}.yml": term.format(n=n) + "usage: x\n" for n in range(60)}
    commit(
        tmp_path,
        "2026-01-01T12:00:00Z",
        {name: text.replace("usage: x", "usage: y") for name, text in files.items()},
    )
    more = {name.replace("t-", "u-"): text for name, text in files.items()}
    commit(tmp_path, "2026-01-02T12:00:00Z", {**files, **more})
    corpus, _ = load(tmp_path / "corpus")
    found = read(tmp_path / "corpus", corpus)

    (page,) = changes.months(View(Library(corpus, history=found)))

    assert page.description == "What changed: January 2026. 120 new, 60 changed (60 changes)"


def _html(change: Change) -> str:
    return macro("_changes.html.j2", "one")(history_text.change_text(change))


def test_a_change_is_shown_in_short_words() -> None:
    one = Change(
        "benefits",
        "changed",
        (Part("min_score", ("600",), ("650",)), Part("cite", (), ("a-2015",))),
        "Mobrella",
    )
    other = Change(
        "launched",
        "added",
        (Part("value", (), ("2015",)), Part("as_of", (), ("2016",)), Part("cite", (), ("a-2015",))),
    )

    assert (
        history_text.line(one)
        == "Benefits (Mobrella): score from: 600 → 650; sources: added a-2015"
    )
    assert history_text.line(other) == "Launched added: 2015; as of: 2016; sources: a-2015"
    assert _html(other) == "<b>Launched</b> added: <ins>2015; as of: 2016; sources: a-2015</ins>"


def test_of_a_long_text_only_what_differs_is_shown() -> None:
    before, after = history_text.differing(
        f"{LONG}It was red. {LONG}", f"{LONG}It was blue. {LONG}"
    )

    assert before == "… nobody reads it. It was red. What stands here before the …"
    assert after == "… nobody reads it. It was blue. What stands here before the …"


def test_nothing_in_a_record_is_taken_for_markup() -> None:
    evil = "<script>alert(1)</script> [[x|<b>]]"

    text = _html(Change("note", "changed", (Part(evil, (evil,), (evil + "!",)),), evil))

    assert "<script" not in text
    assert "<b>&" not in text
    assert text.count("<b>") == 1
