"""The content security policy: what a page may load and run, which the reader's browser enforces.

A page of this site asks nothing of another host and runs no code but that of the theme and of
``docs/assets``; under its policy a browser refuses all else, even where markup got into a page.
Its terms: https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from lxml import etree

from xinyong.pages.early import EARLY
from xinyong.site.scan import may_act
from xinyong.site.slots import SlotError

MARK = "⟦policy⟧".encode()
"""Where the policy goes in what the engine builds: ``docs/overrides/main.html``, ``docs/_headers``.
"""

ALLOWED = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""What pages need beside the theme's inline code.

The query page runs SQLite as WebAssembly; the theme's style sheets hold their icons as data.
"""

_INLINE = {
    "script-src": etree.XPath("//script[not(@src) and not(ancestor::article)]"),
    "style-src": etree.XPath("//style[not(ancestor::article)]"),
}
_META = etree.XPath(
    "//head/meta[@http-equiv = 'Content-Security-Policy']"
    "[not(preceding::script or preceding::style or preceding::link[@rel = 'stylesheet'])]"
)
_ATTRIBUTES = etree.XPath(
    "//@style | //@*[starts-with(name(), 'on')]"
    " | //@*[contains(' href xlink:href src action formaction ', concat(' ', name(), ' ')) and"
    " starts-with(translate(normalize-space(.), 'JAVSCRIPT', 'javscript'), 'javascript:')]"
)
_DATA = re.compile(r"application/(?:ld\+)?json", re.IGNORECASE)
_HASH = re.compile(r"'(sha256-[A-Za-z0-9+/=]+)'")
_TO_DO = {
    "script": "the code in a <script>; keep it in a file of docs/assets",
    "style": "the rules in a <style>; move them to docs/assets/xinyong.css",
}


def write(site: Path) -> None:
    """Write the policy into the pages and the headers file that the engine has built in ``site``.

    The theme's inline code is allowed by its hash, so that the policy fits whatever version of
    the theme is there. Of inline code in the article of a page, only ``EARLY`` is allowed.

    Raise SlotError where no page has a place for the policy.
    """
    files = [file for file in (*site.rglob("*.html"), site / "_headers") if file.is_file()]
    marked = {file: data for file in files if MARK in (data := file.read_bytes())}
    pages = [data for file, data in marked.items() if file.suffix == ".html"]
    if not pages:
        lacks = "has no place for the content security policy"
        raise SlotError(
            f"docs/overrides/main.html {lacks}; write '{MARK.decode()}' there, as in its first version"
        )
    policy = _policy(pages).encode()
    for file, data in marked.items():
        file.write_bytes(data.replace(MARK, policy))


def of_page(tree: etree._Element) -> str | None:
    """Return the policy of a page, None where it has none, or none before what it should govern."""
    found = _elements(_META(tree))
    return found[0].get("content") if found else None


def refused(tree: etree._Element, policy: str, source: bytes) -> Iterator[str]:
    """Yield what stands inline in a page and is refused by ``policy``, with what to do about it.

    ``source`` is the page as it was read: only where it may hold such an attribute are all looked
    at.
    """
    allowed = set(_HASH.findall(policy))
    for element in tree.iter("script", "style"):
        if (
            element.get("src") is None
            and not _is_data(element)
            and _hash(element.text or "") not in allowed
        ):
            yield _TO_DO[str(element.tag)]
    found = _ATTRIBUTES(tree) if may_act(source) else []
    for value in found if isinstance(found, list) else []:
        if isinstance(value, etree._ElementUnicodeResult):
            yield _attribute(str(value.attrname))


def _policy(pages: Iterable[bytes]) -> str:
    trees = [etree.fromstring(page, etree.HTMLParser(encoding="utf-8")) for page in pages]
    texts = {"script-src": {str(script) for script in EARLY}, "style-src": set[str]()}
    allowed = dict(ALLOWED)
    for name, inline in _INLINE.items():
        elements = [element for tree in trees for element in _elements(inline(tree))]
        texts[name].update(element.text or "" for element in elements if not _is_data(element))
        allowed[name] = " ".join(
            [allowed[name], *sorted(f"'{_hash(text)}'" for text in texts[name])]
        )
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


def _elements(found: object) -> list[etree._Element]:
    return (
        [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []
    )


def _is_data(element: etree._Element) -> bool:
    """Say whether a script is a block of data, which no browser runs."""
    return bool(_DATA.fullmatch(element.get("type") or ""))


@lru_cache(maxsize=256)
def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{b64encode(digest).decode()}"


def _attribute(name: str) -> str:
    if name == "style":
        return "the attribute 'style'; give the element a class, with a rule in docs/assets/xinyong.css"
    if name.startswith("on"):
        return f"the attribute '{name}'; listen for the event in a file of docs/assets"
    return f"the script in the attribute '{name}'; keep it in a file of docs/assets"
