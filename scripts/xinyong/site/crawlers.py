"""What programs that read the site ask for first: ``robots.txt`` and ``llms.txt``.

``robots.txt`` (RFC 9309) counts only at the root of a host; a site below it says the same and is not asked.
``llms.txt`` (https://llmstxt.org) leads language models to the pages as Markdown, the key pages first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.text import title_of
from xinyong.exports.api import FOLDER as API
from xinyong.exports.everything import FOLDER as DATA
from xinyong.exports.files import put
from xinyong.exports.markdown import FILE
from xinyong.exports.markdown.commonmark import escaped, link
from xinyong.exports.markdown.slots import by_weight, gist
from xinyong.publication import Library
from xinyong.records.vocabularies import ASSESSMENT, LAYER
from xinyong.site import texts
from xinyong.words import CRAWLERS

LLMS = "llms.txt"
ROBOTS = "robots.txt"

KEY = (
    *("index.md", "start.md", "claims/index.md", "programs/index.md", "blacklists/index.md"),
    *("cities/index.md", "terms/index.md", "method.md"),
)
"""The pages that stand first, where they are there."""

SHOWN = 15
"""So many records of a kind are named; the index of the kind names them all."""

KINDS = ("programs", "blacklists", "cities", "terms")
"""The kinds whose weightiest records are named."""


def write(site: Path, docs: Path, library: Library) -> None:
    """Write both files into ``site``, whose hand-written pages stand in ``docs``."""
    put(site / ROBOTS, robots(library.edition.base))
    put(site / LLMS, llms(library, docs))


def robots(base: str) -> str:
    """Let every crawler read everything, and show it the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"


def llms(library: Library, docs: Path) -> str:
    """Return the site in short, with links to its pages as Markdown."""
    edition = library.edition
    layers = "\n".join(f"- **{layer.label}**: {layer.meaning}" for layer in LAYER.values.values())
    blocks = [
        f"# {edition.name}",
        f"> {edition.title}. {edition.abstract}".rstrip(),
        f"{CRAWLERS['what']}\n\n{layers}",
        CRAWLERS["no-score"],
        CRAWLERS["how"],
        *(f"## {CRAWLERS[name]}\n\n{lines}" for name, lines in _sections(library, docs) if lines),
    ]
    return "\n\n".join(blocks) + "\n"


def _sections(library: Library, docs: Path) -> Iterator[tuple[str, str]]:
    """Yield the sections by the keys of their headings, those that may be left out under ``optional`` last."""
    base, corpus = library.edition.base, library.corpus
    pages = texts.pages(docs)
    yield "key", _lines(_page(pages[name], base) for name in KEY if name in pages)
    yield "claims", _lines(_record(corpus, entry, base) for entry in by_weight(corpus, "claims"))
    for kind in KINDS:
        shown = by_weight(corpus, kind)[:SHOWN]
        yield kind, _lines(_record(corpus, entry, base) for entry in shown)
    yield "data", _lines(_data(base))
    rest = (page for name, page in pages.items() if name not in KEY)
    yield "optional", _lines(_page(page, base) for page in rest)


def _page(page: texts.Page, base: str) -> str:
    return f"{link(page.title, f'{base}{page.url}{FILE}')}: {page.description}"


def _record(corpus: Corpus, entry: Entry, base: str) -> str:
    verdict = getattr(entry.record, "assessment", None)
    layer = getattr(entry.record, "layer", None)
    marks = [
        *([ASSESSMENT[verdict].label] if verdict else []),
        *([LAYER[layer].label] if layer else []),
    ]
    said = escaped(" ".join([*(f"{mark}." for mark in marks), gist(corpus, entry)]).strip())
    return f"{link(escaped(title_of(entry)), f'{base}{entry.url}{FILE}')}: {said}"


def _data(base: str) -> Iterator[str]:
    for key, path in (
        ("api", f"{API}/index.json"),
        ("openapi", f"{API}/openapi.json"),
        ("facts", f"{DATA}/facts.jsonl"),
        ("sqlite", f"{DATA}/xinyong.sqlite"),
        ("about-data", f"{DATA}/"),
    ):
        yield f"{link(path, base + path)}: {CRAWLERS[key]}"


def _lines(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
