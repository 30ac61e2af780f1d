"""One number, one definition: what bears the same name is the same everywhere on the site."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from xinyong.corpus import Corpus
from xinyong.corpus.counted import numbers
from xinyong.corpus.stats import stats
from xinyong.pages.fragments import FRAGMENTS, fragment
from xinyong.pages.indexes import INDEXES
from xinyong.publication import Library
from xinyong.words import NUMBERS

SHOWN = re.compile(r'<[a-z]+[^<>]* data-number="([a-z0-9-]+)"[^<>]*>([^<]*)<')


def test_numbers_of_one_name_agree_on_the_built_site(built: Path, small: Corpus) -> None:
    pages = (page.read_text(encoding="utf-8") for page in built.rglob("index.html"))
    found = shown(pages)

    assert len(found["facts"]) >= 3, "home, the state of the evidence, the data page"
    agree(found, small)


def test_numbers_of_one_name_agree_in_the_projects_own_corpus(whole: Library) -> None:
    names = [*FRAGMENTS, *(f"index-{kind}" for kind in INDEXES)]
    found = shown(fragment(whole, name, "../") or "" for name in names)

    for name in ("places-with-scheme", "programs-state", "blacklists-state", "events-state"):
        assert len(found[name]) >= 1, name
    assert len(found["places-with-scheme"]) == 2, "the map and the index of places"
    agree(found, whole.corpus)


def test_the_command_counts_as_the_pages_do(whole: Library) -> None:
    counted = numbers(whole.corpus)

    assert stats(whole.corpus).total == counted["facts"]
    assert sum(stats(whole.corpus).records.values()) == counted["records"]


def test_every_number_that_is_explained_is_counted(small: Corpus) -> None:
    assert set(NUMBERS) <= set(numbers(small))


def shown(pages: Iterable[str]) -> Mapping[str, list[int]]:
    """Return the numbers that pages show, by their names."""
    found: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        for name, text in SHOWN.findall(page):
            found[name].append(int(text.replace(",", "")))
    return found


def agree(found: Mapping[str, list[int]], corpus: Corpus) -> None:
    """Fail with the names of numbers that are not shown as they are counted."""
    counted = numbers(corpus)
    wrong = {
        name: (set(values), counted.get(name))
        for name, values in found.items()
        if set(values) != {counted.get(name)}
    }

    assert wrong == {}
