"""The site in a made-up language, in which every word is the English one in brackets: ⟦Sources⟧.

What a reader sees comes from the tables of words, which are in brackets then, or from the corpus.
A phrase of the program's own that stands in no table shows as one without brackets.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader
from lxml import html
from pydantic import BaseModel

from support import PROJECT, SMALL
from xinyong import words
from xinyong.corpus import Corpus, load
from xinyong.exports import everything
from xinyong.exports.schema import tables
from xinyong.exports.views import VIEWS
from xinyong.history.read import read
from xinyong.pages import changes, compare, guide, history
from xinyong.pages.fragments import FRAGMENTS, fragment
from xinyong.pages.indexes import INDEXES
from xinyong.pages.kinds import RENDER
from xinyong.pages.view import View
from xinyong.problems import CODES
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.records.fields import fields
from xinyong.records.types import Matching
from xinyong.site import data_page, feeds, moved

NOT_LANGUAGE = frozenset({"code", "pre", "script", "style"})
"""Elements that hold no words for a reader: files, ids, addresses, references in the form of a program."""

SPOKEN = ("title", "aria-label", "alt", "placeholder", "label")

ALWAYS_KNOWN = ("Xinyong", "Xinyong contributors")
"""The names of the project and its authors."""


def explanations() -> Iterator[str]:
    """What is wrong and how it is fixed is said in English, in ``problems.yml`` and in a terminal."""
    yield from CODES.values()


def meanings_of_fields() -> Iterator[str]:
    """What fields mean stands beside them in the models, as in the schemas that editors read."""
    todo: list[type[BaseModel]] = [*guide.SHARED, *MODELS.values()]
    seen: set[type[BaseModel]] = set()
    while todo:
        model = todo.pop()
        if model in seen:
            continue
        seen.add(model)
        yield (model.__doc__ or "").split("\n")[0]
        yield str(getattr(model, "noun", "entry"))
        for field in fields(model):
            yield field.meaning
            yield from (mark.what for mark in field.marks if isinstance(mark, Matching))
            inner = (field.type, field.entry)
            todo += [
                type_ for type_ in inner if isinstance(type_, type) and issubclass(type_, BaseModel)
            ]


def meanings_of_columns() -> Iterator[str]:
    """What tables and columns hold is said in English, in the exports and beside them."""
    for table in tables().values():
        yield table.meaning
        yield from (text for column in table.columns for text in (column.type, column.meaning))
    yield from (meaning for meaning, _ in VIEWS.values())


EXCEPTIONS: Mapping[str, Callable[[], Iterator[str]]] = {
    "codes": explanations,
    "shared-fields": meanings_of_fields,
    **{f"fields-{kind}": meanings_of_fields for kind in MODELS},
    "data-tables": meanings_of_columns,
    "data-dictionary": meanings_of_columns,
}
"""What is in English on purpose, by slot; the reason stands in the function that yields it."""

SMALL_WORDS = frozenset(
    {"a", "an", "as", "at", "by", "for", "from", "in", "is", "it", "no", "not", "of", "on", "or", "that", "to"}
)  # fmt: skip
"""Words that stand in some text of the corpus anyway: alone, they are the program's own.

``and`` is none of them, which stands alone between two links in a text of the corpus.
"""

_NAME_OF_FILE = re.compile(r"\S*[\w-][./_=][\w-]\S*|/\S+")
_PHRASE = re.compile(r"[A-Za-z]{2,}(?:[ '’-][A-Za-z]+)*")


@pytest.fixture(scope="module", autouse=True)
def language() -> Iterator[None]:
    """Add the language to both tables and render in it."""
    cells = [*_cells(words.table()), *_cells(words.vocabulary_table())]
    for cell in cells:
        cell["xx"] = f"⟦{cell['en']}⟧"
    with words.rendering_in("xx"):
        yield
    for cell in cells:
        del cell["xx"]


def _cells(table: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for value in table.values():
        if isinstance(value.get("en"), str):
            yield value
        else:
            yield from _cells(value)


@pytest.fixture(scope="module")
def shelf(small: Corpus) -> Library:
    """The small corpus, without what was rendered of it in English."""
    return Library(small)


def test_a_word_in_a_table_is_in_brackets() -> None:
    assert words.WORDS["sources"] == "⟦Sources of this page⟧"


@pytest.mark.parametrize("kind", MODELS)
def test_pages_of_records(kind: str, shelf: Library) -> None:
    for entry in shelf.corpus.of_kind(kind):
        page = RENDER[kind](shelf, entry)

        nothing_of_its_own(page.body)
        nothing_of_its_own(f"<p>{page.title}</p>")
        nothing_of_its_own("".join(f"<p>{title}</p>" for _, title in page.contents))


@pytest.mark.parametrize(
    "name",
    [
        *(f"index-{kind}" for kind in INDEXES),
        *FRAGMENTS,
        "link-sesame-credit",
        "cite-koetse-2018",
        *(f"fields-{kind}" for kind in MODELS),
    ],
)
def test_slots_of_hand_written_pages(name: str, shelf: Library) -> None:
    nothing_of_its_own(fragment(shelf, name, "../") or "", name)


def test_comparisons(shelf: Library) -> None:
    for _, data in compare.files(shelf):
        column = json.loads(data)

        nothing_of_its_own("".join([column["head"], *column["cells"].values()]))


def test_changes_and_histories(followed: Path) -> None:
    corpus, _ = load(followed / "corpus")
    shelf = Library(corpus, history=read(followed / "corpus", corpus))
    months = [page.body for page in changes.months(View(shelf))]
    pages = [page.html for page in history.render(shelf)]

    feed = html.fromstring(feeds.feed(shelf, "feed.xml", ""))
    entries = [f"<div>{one.text or ''}</div>" for one in feed.iter("title", "summary", "content")]
    ids = [line.id for line in shelf.history.lines.values()]
    past = f" {_flat(' | '.join([*ids, *shelf.history.texts.values()]))} "
    for page in [fragment(shelf, "changes", "../") or "", *months, *pages, *entries]:
        assert [one for one in own_phrases(page) if f" {_flat(one)} " not in past] == []


def test_the_page_of_an_address_that_does_not_exist() -> None:
    shell = DictLoader({"main.html": "{% block content %}{% endblock %}"})
    overrides = FileSystemLoader(PROJECT / "docs" / "overrides")
    env = Environment(loader=ChoiceLoader([shell, overrides]), autoescape=True)
    env.filters["url"] = str
    shown = env.get_template("404.html").render(config={"extra": {"words": words.WORDS}})

    nothing_of_its_own(shown)


def test_a_page_that_leads_on() -> None:
    nothing_of_its_own(moved.redirect("programs/a/", "programs/b/", "https://example.org/"))


@pytest.fixture(scope="module")
def written(shelf: Library, tmp_path_factory: pytest.TempPathFactory) -> everything.Written:
    """All exports of the small corpus."""
    return everything.write(shelf, tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("name", data_page.FRAGMENTS)
def test_the_data_page(name: str, shelf: Library, written: everything.Written) -> None:
    nothing_of_its_own(data_page.fragment(shelf, written, name, "../") or "", name)


def test_a_phrase_of_the_programs_own_is_found() -> None:
    assert own_phrases('<p title="See more here">⟦Sources⟧: Sesame Credit, or</p>') == [
        "See more here",
        "or",
    ]


def nothing_of_its_own(shown: str, slot: str = "") -> None:
    """Fail with the phrases of the program's own in a piece of HTML that fills a slot."""
    found = own_phrases(shown, slot)
    assert not found, "; ".join(found)


def own_phrases(shown: str, slot: str = "") -> list[str]:
    """Return the phrases that a reader sees of a piece of HTML and that no table and no record has."""
    whole = re.sub('<span (?:lang="zh-Hans"|data-number="[^"]*")>([^<]*)</span>', r"\1", shown)
    tree = html.fragment_fromstring(whole, create_parent="div")
    found = (phrase for text in _seen(tree) for phrase in _phrases(_outside(text)))
    return list(dict.fromkeys(phrase for phrase in found if not _is_known(phrase, slot)))


def _seen(element: Any) -> Iterator[str]:
    """Yield the texts of an element and of those in it, as far as they are language."""
    if not isinstance(element.tag, str) or element.tag in NOT_LANGUAGE or _is_for_programs(element):
        return
    yield from (element.get(name) for name in SPOKEN if element.get(name))
    yield element.text or ""
    for child in element:
        yield from _seen(child)
        yield child.tail or ""


def _is_for_programs(element: Any) -> bool:
    """Whether an element is read by reference managers only."""
    return element.get("class") == "Z3988"


def _outside(text: str) -> str:
    """Return what stands outside of brackets, with a mark where they were."""
    pieces, depth = [], 0
    for char in text:
        depth += char == "⟦"
        pieces.append("" if depth else char)
        if char == "⟧":
            depth = max(depth - 1, 0)
            pieces.append("|")
    return "".join(pieces)


def _phrases(text: str) -> list[str]:
    return _PHRASE.findall(_without_tones(_NAME_OF_FILE.sub("|", text)))


def _is_known(phrase: str, slot: str) -> bool:
    if f" {_flat(phrase)} " in _english(slot):
        return True
    return phrase not in SMALL_WORDS and f" {_flat(phrase)} " in _texts()


@cache
def _english(slot: str) -> str:
    found = EXCEPTIONS[slot]() if slot in EXCEPTIONS else ()
    return f" {' | '.join(map(_flat, (*ALWAYS_KNOWN, *found)))} "


@cache
def _texts() -> str:
    """All that the records say, as one text, in small letters and without signs."""
    found = [
        _flat(text)
        for file in sorted(SMALL.rglob("*.yml"))
        for text in (file.stem, *_strings(yaml.safe_load(file.read_text(encoding="utf-8"))))
    ]
    return f" {' | '.join(found)} "


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    else:
        yield str(value)


def _flat(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", _without_tones(text.casefold())))


def _without_tones(text: str) -> str:
    """Return pinyin, and names with accents, in plain letters."""
    return re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", text))
