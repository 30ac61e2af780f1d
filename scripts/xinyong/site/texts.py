"""The hand-written pages as Markdown: what stands in ``docs``, its slots filled, its links led to the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from xinyong.exports.files import put
from xinyong.exports.markdown import FILE, Shared, Text, slot
from xinyong.exports.markdown.commonmark import address, listed
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.site.slots import SLOT
from xinyong.words import MARKDOWN, WORDS

NAMES = ("index.md", "start.md", "method.md", "about.md", *(f"{kind}/index.md" for kind in MODELS))
"""The pages of ``docs`` that are mostly words; of the others, which are drawings and forms, there is no text."""

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_ATTRIBUTES = re.compile(r"[ \t]*\{\s*[.#:][^{}\n]*\}")
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?>")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_TITLE = re.compile(r"^# .*$", re.MULTILINE)
_BLANK = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Page:
    """A hand-written page: its address from the site's root, what it is called, what it is about, its text."""

    url: str
    title: str
    description: str
    body: str


def pages(docs: Path) -> Mapping[str, Page]:
    """Read those of the pages that are there, by their names in ``docs``."""
    found = {}
    for name in NAMES:
        if (docs / name).is_file():
            found[name] = _read(name, (docs / name).read_text(encoding="utf-8"))
    return found


def write(site: Path, docs: Path, library: Library) -> None:
    """Write the text of each of the pages beside its HTML."""
    shared = Shared(library)
    for page in pages(docs).values():
        put(f"{site}/{page.url}{FILE}", written(page, shared))


def written(page: Page, shared: Shared) -> str:
    """Return a page as Markdown, with what its slots hold and the sources of what they cite."""
    text = Text(shared)
    base = shared.library.edition.base
    body = _TAG.sub("", _ATTRIBUTES.sub("", page.body))
    body = _LINK.sub(lambda link: f"]({_led(link[1], page.url, base)})", body)
    filled = SLOT.sub(lambda found: slot(text, found[1]) or "", body)
    if text.numbers and "<!-- slot: sources -->" not in page.body:
        filled += f"\n\n## {WORDS['sources']}\n\n{text.sources()}"
    about = [
        f"**{MARKDOWN['page']}**: {address(base + page.url)}",
        f"**{MARKDOWN['edition']}**: {shared.edition}",
    ]
    head = f"{listed(about)}\n\n{MARKDOWN['left-out']}"
    return (
        _BLANK.sub(
            "\n\n", _TITLE.sub(lambda title: f"{title[0]}\n\n{head}", filled, count=1)
        ).strip()
        + "\n"
    )


def _read(name: str, source: str) -> Page:
    front = _FRONT.match(source)
    said = yaml.load(front[1], yaml.CSafeLoader) if front else {}
    body = source[front.end() :] if front else source
    title = _TITLE.search(body)
    return Page(
        _url(name),
        title[0].removeprefix("# ") if title else str(said.get("title", "")),
        str(said.get("description", "")),
        body,
    )


def _url(name: str) -> str:
    """Return the address of the page of a file of ``docs``, from the site's root."""
    stem = name.removesuffix(".md")
    folder = stem.removesuffix("index")
    return folder if folder != stem else f"{stem}/"


def _led(link: str, url: str, base: str) -> str:
    """Return where a link of a page leads, as an address of the site."""
    if "://" in link or link.startswith("mailto:"):
        return link
    path, sharp, anchor = link.partition("#")
    # A page of one word stands in a folder of its own, but its links are meant from the folder of its file.
    folder = url if path == "" or url.rstrip("/") in MODELS else posixpath.dirname(url.rstrip("/"))
    target = posixpath.normpath(posixpath.join(folder, path)) if path else folder
    led = _url(target) if target.endswith(".md") else target
    return f"{base}{led}{sharp}{anchor}"
