"""The files of ``docs`` as they are: which are published unchanged, and which can be no page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

_LINK = re.compile(
    r"""\]\(\s*<?([^\s<>)]+)             # [text](address)
    | ^\s{0,3}\[[^\]]+\]:\s*<?([^\s<>]+)   # [name]: address
    | <([a-z]+://[^\s<>]+)>               # <address>
    | (?:href|src)\s*=\s*["']([^"']+)     # <a href="address">""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PAGES = (".md", ".html")
_LOST = "\ufffd"
"""What stands for bytes that are no text."""


def published_as_it_is(docs: Path) -> frozenset[str]:
    """Return the HTML files of ``docs`` that the engine copies, by their place in the site.

    So search engines have their files of verification: no page links to them, and every byte of
    them counts.
    """
    names = (path.relative_to(docs) for path in docs.rglob("*.html"))
    built = {Path("404.html"), *(_built(path.relative_to(docs)) for path in docs.rglob("*.md"))}
    return frozenset(name.as_posix() for name in names if name not in built)


class Fault(NamedTuple):
    """What is wrong with the file ``name`` of docs, at the first ``piece`` of its text."""

    code: str
    message: str
    name: str
    piece: str = ""


def check(docs: Path, templates: Path) -> Iterator[Fault]:
    """Yield the faults of files that can be no page.

    The files of ``templates``, which may lie in ``docs``, are none.
    """
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(docs).parts)
        if hidden or path.is_relative_to(templates):
            continue
        if _CONTROL.search(path.name) or not _is_text(path.name):
            message = "the name of this file can stand in no address; rename it"
            yield Fault("X815", message, name)
        elif path.suffix in _PAGES and path.is_file():
            yield from _check_text(path.read_bytes(), name)


def _check_text(data: bytes, name: str) -> Iterator[Fault]:
    if not data.strip():
        message = "the page is empty; write something into it, or delete the file"
        yield Fault("X813", message, name)
    elif name.endswith(".md") and _LOST in data.decode("utf-8", "replace"):
        message = "the page is not UTF-8, or was not when it was saved; save it as UTF-8"
        yield Fault("X811", message, name, _LOST)


def malformed(text: str) -> str:
    """Return the first address in Markdown or HTML that is none, such as ``https://[a/``."""
    found = (next(filter(None, match.groups())) for match in _LINK.finditer(text))
    return next((link for link in found if not is_address(link)), "")


def is_address(link: str) -> bool:
    """Whether a link can be taken apart, as browsers do it (RFC 3986)."""
    try:
        urlsplit(link)
    except ValueError:
        return False
    return True


def _built(page: Path) -> Path:
    """Return where the engine puts a page."""
    if page.stem in ("index", "README"):
        return page.with_name("index.html")
    return page.with_suffix("") / "index.html"


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
