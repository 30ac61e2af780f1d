"""What stands in the pages of a built site: their ids, their links, what their policy refuses.

It is told as pages are written, or read from their files.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from xinyong.exports.files import names
from xinyong.pages.page import Page
from xinyong.site import policy, scan
from xinyong.site.slots import Shell

WITHDRAWN = "withdrawn"
"""The name of the meta element by which a page says that what stood at its address is gone."""

LOADED = ("src", "poster", "data")
_SHOWN = ("og:image", "og:url")
"""What a page says of itself for those who show a link to it."""

_LINKING = (
    "a",
    "area",
    "audio",
    "embed",
    "iframe",
    "img",
    "link",
    "meta",
    "object",
    "script",
    "source",
    "video",
)
_PARSER = etree.HTMLParser(encoding="utf-8")
_NAMED = etree.XPath("//*[@id]")
_ANCHOR_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "details", "code"})
_ANCHOR_CLASSES = frozenset({"xy-fact", "xy-row"})
"""What has an anchor that is promised: sections, what is folded, fields and facts."""


Link = tuple[str, str, str]
"""A tag, the attribute in which a link stands, and the link."""

Packed = tuple[dict[str, Any], list[Link]]
"""What stands in pages as plain data, by their names, and the links, named there by numbers."""


@dataclass
class Document:
    """What one page has and points to: its ids, its links with their tags and attributes.

    ``anchors`` are the ids of its sections and facts. A ``redirect``, or a page that says that
    another one is gone, stands for readers who come from elsewhere. ``refused`` is what stands
    inline and is refused by its ``policy``, None where it has no policy. ``frame`` is what the page
    shares with all pages of its shell; the rest is then its own.
    """

    ids: Counter[str] = field(default_factory=Counter)
    anchors: tuple[str, ...] = ()
    links: list[Link] = field(default_factory=list)
    redirect: bool = False
    refused: list[str] | None = None
    policy: str | None = None
    frame: Document | None = None

    def has(self, id_: str) -> bool:
        """Whether an element of the page has this id."""
        return id_ in self.ids or (self.frame is not None and id_ in self.frame.ids)

    @property
    def all_ids(self) -> Counter[str]:
        """The ids of the page, its frame's too, with how often each stands there."""
        return self.ids + self.frame.ids if self.frame else self.ids

    def whole(self) -> Document:
        """Return what stands in the page, its frame's too, as if it had been read as one."""
        frame = self.frame
        if frame is None:
            return self
        refused = [*(frame.refused or []), *(self.refused or [])]
        links = [*frame.links, *self.links]
        known = None if self.refused is None else refused
        return replace(self, ids=self.all_ids, links=links, refused=known, frame=None)

    def repeated(self) -> list[tuple[str, int]]:
        """Return the ids that stand on the page more than once, with how often."""
        frame = self.frame.ids if self.frame else Counter[str]()
        is_clean = frame.keys().isdisjoint(self.ids) and max(self.ids.values(), default=0) < 2
        if is_clean and max(frame.values(), default=0) < 2:
            return []
        return [(id_, times) for id_, times in self.all_ids.items() if times > 1]


@dataclass(frozen=True)
class Built:
    """A built site: the names of all its files, and what stands in each of its pages."""

    files: frozenset[str]
    pages: Mapping[str, Document]


class Seen:
    """What stands in pages of ours, told as they are written: none has to be read again.

    Of their anchors nothing is told.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Document] = {}
        self._shells: dict[Shell, tuple[Document, Shell]] = {}

    def poured(self, name: str, shell: Shell, page: Page, anchor: str) -> None:
        """Note the page ``name``, poured into a shell; what all its pages share is read once."""
        if shell not in self._shells:
            shared, own = shell.split()
            self._shells[shell] = _document(shared.encode()), own
        frame, own = self._shells[shell]
        untitled = replace(page, title="", contents=tuple((id_, "") for id_, _ in page.contents))
        self.pages[name] = _ours(own.pour(untitled, anchor), frame)

    def whole(self, name: str, html: str) -> None:
        """Note the page ``name``, which has no shell."""
        self.pages[name] = _ours(html)


Known = Callable[[str, Path], Document | None]
"""Says what stands in a page by its name and file; None where that has to be read."""


def read(
    site: Path,
    known: Known = lambda _name, _file: None,
    every: Iterable[str] | None = None,
) -> Built:
    """Read the pages of the site built in ``site``, but for those that are ``known``.

    ``every`` are the names of all its files; without them these are looked up.
    """
    files = frozenset(names(site) if every is None else every)
    pages = {
        name: known(name, site / name) or _document((site / name).read_bytes())
        for name in sorted(files)
        if name.endswith(".html")
    }
    return Built(files, pages)


def packed(pages: Mapping[str, Document]) -> Packed:
    """Write what stands in pages as plain data: of links, most of which repeat, their numbers."""
    numbers: dict[Link, int] = {}
    plain = {
        name: [
            list(page.ids),
            {id_: times for id_, times in page.ids.items() if times > 1},
            page.anchors,
            [numbers.setdefault(link, len(numbers)) for link in page.links],
            page.redirect,
            page.refused,
        ]
        for name, page in pages.items()
    }
    return plain, list(numbers)


def unpacked(found: Mapping[str, Any], links: Iterable[Sequence[str]]) -> Mapping[str, Document]:
    """Return the pages that ``packed`` wrote, and that may have been through JSON meanwhile."""
    known = [(tag, attribute, link) for tag, attribute, link in links]
    return {
        name: Document(
            Counter(dict.fromkeys(ids, 1) | more),
            tuple(anchors),
            [known[number] for number in leads],
            redirect,
            refused,
        )
        for name, (ids, more, anchors, leads, redirect, refused) in found.items()
    }


def _found(result: object) -> list[object]:
    return result if isinstance(result, list) else []


def _document(data: bytes, frame: Document | None = None) -> Document:
    document = Document(frame=frame)
    try:
        tree = etree.fromstring(data, _PARSER)
    except etree.ParseError:  # nothing, or so little that it is no document
        return document
    if tree is None:
        return document
    allowed = policy.of_page(tree) if frame is None else frame.policy
    document.policy = allowed
    document.refused = None if allowed is None else list(policy.refused(tree, allowed, data))
    named = [element for element in _found(_NAMED(tree)) if isinstance(element, etree._Element)]
    document.ids.update(element.get("id", "") for element in named)
    document.anchors = tuple(element.get("id", "") for element in named if _is_anchor(element))
    found = tree.iter(*_LINKING)
    _note(document, (_told(str(element.tag), element.get) for element in found))
    return document


def _ours(html: str, frame: Document | None = None) -> Document:
    """Read a page that our templates made."""
    if not scan.is_plain(html):
        return _document(html.encode(), frame)
    allowed = frame.policy if frame else scan.policy(html)
    document = Document(policy=allowed, refused=None if allowed is None else [], frame=frame)
    document.ids.update(scan.ids(html))
    _note(document, itertools.starmap(_told_in_ours, scan.elements(html)))
    return document


def _is_anchor(element: etree._Element) -> bool:
    classes = element.get("class", "").split()
    return element.tag in _ANCHOR_TAGS or not _ANCHOR_CLASSES.isdisjoint(classes)


class _Told(NamedTuple):
    """What an element says: where it leads, its name as an anchor, whether it redirects."""

    links: tuple[Link, ...]
    anchor: str = ""
    redirect: bool = False


def _told(tag: str, get: Callable[[str], str | None]) -> _Told:
    if tag == "meta":
        shown = ((tag, "content", get("content") or ""),) if get("property") in _SHOWN else ()
        refreshes = (get("http-equiv") or "").lower() == "refresh"
        return _Told(shown, redirect=refreshes or get("name") == WITHDRAWN)
    found = [(name, get(name)) for name in ("href", *LOADED) if get("rel") != "canonical"]
    links = [(tag, name, link) for name, link in found if link is not None]
    candidates = (get("srcset") or "").split(",")
    links += [(tag, "srcset", one.split()[0]) for one in candidates if one.strip()]
    named = get("name") if tag == "a" else None
    return _Told(tuple(links), named if named and named != get("id") else "")


@lru_cache(maxsize=1 << 16)
def _told_in_ours(tag: str, written: str) -> _Told:
    """Return what an element says that our templates wrote: most stand in many pages."""
    return _told(tag, scan.attributes(written).get)


def _note(document: Document, told: Iterable[_Told]) -> None:
    for links, anchor, redirect in told:
        document.links += links
        document.redirect |= redirect
        if anchor:
            document.ids[anchor] += 1
