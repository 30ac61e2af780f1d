"""A poured page is what the site's engine itself builds from the same record written as a Markdown
page.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build as build_engine

from support import PROJECT, SMALL
from xinyong import edition
from xinyong.corpus import load
from xinyong.pages.fragments import fragment
from xinyong.pages.kinds import RENDER
from xinyong.pages.page import Page, silent_links
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.site import engine, policy, slots

RECORDS = {
    "cities": "rongcheng",
    "programs": "sesame-credit",
    "blacklists": "judgment-defaulters",
    "citations": "koetse-2018",
    "terms": "shixin",
    "organizations": "ant-group",
    "events": "sesame-launch",
    "claims": "one-score",
}
_HEADING = re.compile(r'<h([12]) id="([^"]+)">(.*?)<a class="headerlink".*?</h\1>')
_FOLDED = re.compile(r'<summary><h2 id="([^"]+)">')
_ENTRY = r'\s*<li class="md-nav__item">\s*<a href="#{}" class="md-nav__link">.*?</li>'


def _as_markdown(page: Page, shell: str) -> str:
    """Write a page as its author would: front matter, headings in Markdown, all else as the HTML it
    is.
    """
    front = re.match(r"---\n.*?\n---\n", shell, re.DOTALL)
    assert front
    head = front.group().replace("⟦title⟧", page.title).replace("⟦description⟧", page.description)
    head = head.replace("⟦head⟧", json.dumps(page.head, ensure_ascii=False))
    return head + _HEADING.sub(lambda m: f"\n\n{'#' * int(m[1])} {m[3]} {{#{m[2]}}}\n\n", page.body)


@pytest.fixture(scope="module")
def engine_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same records, built by the engine alone."""
    folder = tmp_path_factory.mktemp("engine")
    shutil.copytree(PROJECT / "docs", folder / "docs")
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    library = Library(load(SMALL)[0], edition=edition.read(PROJECT))
    for kind, id_ in RECORDS.items():
        page = RENDER[kind](library, library.corpus[id_])
        shell = (folder / "docs" / kind / "record.md").read_text(encoding="utf-8")
        (folder / "docs" / kind / f"{id_}.md").write_text(
            _as_markdown(page, shell), encoding="utf-8"
        )
    config = engine.configure(folder / "mkdocs.yml", folder / "site")
    config.strict = False
    build_engine(config)
    policy.write(folder / "site")
    return folder / "site"


def _comparable(html: str) -> str:
    """Take off what differs by the way a page is written: the blank lines around Markdown's
    headings.
    """
    return re.sub(r"\n+", "\n", html)


@pytest.mark.parametrize("kind", MODELS)
def test_a_poured_page_is_the_page_that_the_engine_builds(
    kind: str, built: Path, engine_built: Path
) -> None:
    poured = (built / kind / RECORDS[kind] / "index.html").read_text(encoding="utf-8")
    made = (engine_built / kind / RECORDS[kind] / "index.html").read_text(encoding="utf-8")
    expected = silent_links(made)  # which is done to all pages of the engine

    # The engine takes no heading of a folded section into the contents.
    outside = _outside_body(poured)
    for anchor in _FOLDED.findall(poured):
        outside, number = re.subn(_ENTRY.format(anchor), "", outside, flags=re.DOTALL)
        assert number
    assert outside == _outside_body(expected)
    # An anchor of a former id is put in when all is written.
    poured_body = re.sub('<span id="zhima-credit"></span>', "", _body(poured))
    assert _comparable(poured_body) == _comparable(_body(expected))


def _body(html: str) -> str:
    found = re.search(r'<article class="md-content__inner[^>]*>(.*?)</article>', html, re.DOTALL)
    assert found
    return found[1].strip()


def _outside_body(html: str) -> str:
    return html.replace(_body(html), "")


def test_a_shell_without_its_slots_is_refused() -> None:
    with pytest.raises(slots.SlotError, match=r"docs/cities/record\.md has no section or no body"):
        slots.shell("<html><body>no slots</body></html>", "cities")


def test_what_is_poured_in_opens_no_slot() -> None:
    html = (
        '<title>⟦title⟧</title><li class="md-nav__item"><a href="#slot-section">⟦section⟧</a></li>'
        "<!-- slot: body --><h1>⟦title⟧</h1><!-- /slot: body -->"
    )
    page = Page(
        "cities/a/",
        "⟦description⟧ & <b>",
        "d",
        "<p>⟦title⟧ <!-- slot: counts --></p>",
        (("x", "⟦title⟧"),),
        "f",
    )

    poured = slots.shell(html, "cities").pour(page, "a")

    assert poured == (
        '<title>⟦description⟧ &amp; &lt;b&gt;</title><li class="md-nav__item"><a href="#x">⟦title⟧</a></li>'
        "<p>⟦title⟧ <!-- slot: counts --></p>"
    )


def test_a_slot_that_nothing_fills_is_refused(library: Library) -> None:
    with pytest.raises(slots.SlotError, match="nothing fills the slot 'wheather'"):
        slots.fill("<!-- slot: wheather -->", lambda name: fragment(library, name, ""))
