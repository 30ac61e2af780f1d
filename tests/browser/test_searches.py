"""Searches as people type them lead right: through the very code of the page, on the site as built.

``tests/searches.yml`` holds them, by kind of people, with the pages that may stand first.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from playwright.sync_api import Browser, Route

from support import PROJECT
from xinyong.records.vocabularies import LAYER
from xinyong.site import search
from xinyong.site.search_rows import Row, Section
from xinyong.site.search_words import silent, words

SITE = PROJECT / "site"
SEARCHES: Mapping[str, Mapping[str, list[str]]] = yaml.load(
    (PROJECT / "tests/searches.yml").read_text(encoding="utf-8"), yaml.CSafeLoader
)

TRY = """async ([root, queries]) => {
  const { Search } = await import(`${root}assets/matching.js`)
  const read = async (name) => (await fetch(`${root}search/${name}.json`)).json()
  const engine = await Search.load(read)
  const found = {}
  for (const query of queries) {
    const { hits } = await engine.find(query)
    const heads = hits.slice(0, 3).map((hit) => engine.head(hit.slot))
    found[query] = (await Promise.all(heads)).map((head) => head.address)
  }
  return found
}"""


class Share(NamedTuple):
    """How many searches there are, and how many lead right first and in the first three."""

    searches: int
    first: int
    three: int


def test_who_searches_is_led_right(browser: Browser, address: str) -> None:
    table = _tried(browser, address)

    _print(table, "searches as typed")
    assert _all(table).first >= 0.95 * _all(table).searches
    assert _all(table).three >= 0.985 * _all(table).searches


def test_who_asks_in_words_that_nobody_foresaw_is_led_right(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    typed = {_key(query) for queries in SEARCHES.values() for query in queries}
    rows = [
        replace(row, asked=tuple(phrase for phrase in row.asked if _key(phrase) not in typed))
        for row in _rows(SITE / "search")
    ]
    search.write_rows(tmp_path, rows)
    table = _tried(browser, address, tmp_path)

    _print(table, "without the phrases that equal them")
    assert _all(table).first >= 0.85 * _all(table).searches


def test_what_may_stand_first_is_there() -> None:
    wanted = {
        place for queries in SEARCHES.values() for places in queries.values() for place in places
    }
    built = {page.parent.relative_to(SITE).as_posix().lower() for page in SITE.rglob("index.html")}

    assert wanted - built == set()


def _tried(browser: Browser, address: str, folder: Path | None = None) -> dict[str, Share]:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    if folder:
        page.route(re.compile(r"/search/.+\.json$"), lambda route: _from(folder, route))
    page.goto("about/")
    table = {}
    for people, queries in SEARCHES.items():
        found = page.evaluate(TRY, [address, list(queries)])
        table[people] = _share(queries, found)
    context.close()
    return table


def _from(folder: Path, route: Route) -> None:
    name = route.request.url.rpartition("/search/")[2]
    route.fulfill(body=(folder / "search" / name).read_bytes(), content_type="application/json")


def _share(queries: Mapping[str, list[str]], found: Mapping[str, list[str]]) -> Share:
    first = three = 0
    for query, wanted in queries.items():
        places = [re.sub(r"/?(#.*)?$", "", address).lower() for address in found[query]]
        first += bool(places) and places[0] in wanted
        three += any(place in wanted for place in places)
    return Share(len(queries), first, three)


def _all(table: Mapping[str, Share]) -> Share:
    return Share(*(sum(numbers) for numbers in zip(*table.values(), strict=True)))


def _print(table: Mapping[str, Share], title: str) -> None:
    """Show the table where pytest shows what tests say (``-s``, or when one fails)."""
    lines = [f"\n{title:<40}{'searches':>9}{'first':>7}{'three':>7}"]
    for people, share in (table | {"all": _all(table)}).items():
        lines.append(f"{people:<40}{share.searches:>9}{share.first:>7}{share.three:>7}")
    sys.stdout.write("\n".join(lines) + "\n")


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(word for word in words(phrase) if word not in silent())


def _rows(folder: Path) -> list[Row]:
    """Read an index back into the rows that it was made of."""
    index = _read(folder / "index.json")
    kinds = [kind for kind, _ in index["kinds"]]
    heads, details, texts = (_slots(folder / part) for part in ("heads", "details", "texts"))
    found = []
    slot = 0
    for step, packed in zip(index["documents"][::2], index["documents"][1::2], strict=True):
        slot += step
        head = heads[slot]
        place, name, zh, pinyin, layer, mark = (*head, *("", "", "", "", 0, "")[len(head) :])
        _, also, more, numbers, asked = details[slot]
        (_, *said), *sections = texts[slot]
        found.append(
            Row(
                kinds[packed % search.WEIGHT], place, packed // search.WEIGHT, name, " ".join(said),
                zh, pinyin, ["", *LAYER.values][layer], tuple(also), tuple(more), tuple(asked),
                tuple(numbers), mark,
                tuple(Section(anchor, text) for anchor, *several in sections for text in several),
            )
        )  # fmt: skip
    return found


def _slots(folder: Path) -> dict[int, Any]:
    return {int(slot): part for file in folder.iterdir() for slot, part in _read(file).items()}


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        # what a page says, and no name of it
        ("bolted turnstile", None),
        # problems by their codes and by what one would call them
        ("X204", "problems/X204/"),
        ("invisible character", "problems/X114/"),
        ("id used twice", "problems/X201/"),
        # two slips, and one beside a word that is right
        ("crdit repiar", "programs/credit-repair/"),
        ("Suzou osmanthus", "programs/suzhou-osmanthus-score/"),
    ],
)
def test_a_search_finds_what_is_not_a_name(
    browser: Browser, address: str, query: str, wanted: str | None
) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("about/")
    found = page.evaluate(TRY, [address, [query]])[query]
    context.close()

    assert (found[0] if found else None) == wanted


CUT = """async ([root, texts]) => {
  const { cutter } = await import(`${root}assets/search-words.js`)
  const read = async (name) => (await fetch(`${root}search/${name}.json`)).json()
  const [index, pairs] = await Promise.all([read("index"), read("traditional")])
  const cut = cutter(pairs, index.silent.split(" "))
  return texts.map((text) => cut.all(text))
}"""


def test_the_page_cuts_what_a_reader_types_as_the_index_was_cut(
    browser: Browser, address: str
) -> None:
    names = {
        name
        for row in _rows(SITE / "search")
        for name in (row.name, row.zh, row.pinyin, *row.also, *row.more, *row.numbers, *row.asked)
    }
    texts = sorted(names)
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("about/")
    found = page.evaluate(CUT, [address, texts])
    context.close()

    differ = [text for text, cut in zip(texts, found, strict=True) if cut != words(text)]
    assert differ == []
