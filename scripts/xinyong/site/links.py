"""The link check: every link of the built site leads to a page, an anchor or a file of the site.

It tells, too, what stands in a page and would be refused by the page's content security policy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from lxml import etree

from xinyong.exports.files import names
from xinyong.pages.page import Page
from xinyong.problems import Problem, nearest
from xinyong.site import policy, scan
from xinyong.site.docs import is_address
from xinyong.site.slots import Shell

WITHDRAWN = "withdrawn"
"""The name of the meta element by which a page says that what stood at its address is gone."""

_LOADED = ("src", "poster", "data")
_SHOWN = ("og:image", "og:url")
"""What a page says of itself for those who show a link to it."""

_UNLINKED = frozenset({"404.html"})
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


@dataclass
class Document:
    """What one page has and points to: its ids, its links with the tag and attribute each stands in.

    ``anchors`` are the ids of its sections and facts. A ``redirect``, or a page that says that
    another one is gone, stands for readers who come from elsewhere. ``refused`` is what stands
    inline and is refused by its ``policy``, None where it has no policy. ``frame`` is what the page
    shares with all pages of its shell; the rest is then its own.
    """

    ids: Counter[str] = field(default_factory=Counter)
    anchors: tuple[str, ...] = ()
    links: list[tuple[str, str, str]] = field(default_factory=list)
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
    """What stands in pages of ours, told as they are written, so that none of them has to be read again.

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


def read(site: Path, known: Known = lambda _name, _file: None) -> Built:
    """Read all pages of the site built in ``site`` but those of which it is ``known`` what stands in them."""
    files = frozenset(names(site))
    pages = {
        name: known(name, site / name) or _document((site / name).read_bytes())
        for name in sorted(files)
        if name.endswith(".html")
    }
    return Built(files, pages)


def check(
    site: Path, base: str, unlinked: Set[str] = frozenset(), built: Built | None = None
) -> list[Problem]:
    """Check the site built in ``site`` and served at the address ``base``; return what is wrong.

    No page need link to those of ``unlinked``, which are published as they are.
    """
    built = built or read(site)
    checker = _Checker(site, urlsplit(base), built.files, built.pages, unlinked)
    problems = [problem for name in built.pages for problem in checker.page(name)]
    return problems + list(checker.orphans())


class _Checker:
    def __init__(
        self,
        site: Path,
        base: SplitResult,
        files: frozenset[str],
        pages: Mapping[str, Document],
        unlinked: Set[str],
    ) -> None:
        self.site = site
        self.base = base
        self.files = files
        self.pages = pages
        self.unlinked = unlinked
        self.linked: set[str] = {"index.html"}
        self.sound: dict[tuple[str, str, str], str] = {}
        self.framed: dict[tuple[str, int], list[tuple[str, str, str]]] = {}
        self.landed = ""

    def page(self, name: str) -> Iterator[Problem]:
        document = self.pages[name]
        for id_, times in document.repeated():
            yield self._problem(
                "X804",
                name,
                f"the id '{id_}' stands {times} times on the page; give each element its own",
            )
        ours = name not in self.unlinked
        if ours and document.refused is None and self.pages["index.html"].refused is not None:
            yield self._problem(
                "X831",
                name,
                "the page has no content security policy; write it as docs/overrides/main.html does",
            )
        frame = document.frame or Document()
        for refused in (*(frame.refused or []), *(document.refused or [])):
            yield self._problem(
                "X830", name, f"the page's content security policy refuses {refused}"
            )
        for tag, attribute, link in chain(self._of_frame(name, document.frame), document.links):
            if tag == "a" and link.startswith("#") and document.has(link[1:]):
                continue
            key = (*_from_above(name, link), tag)
            if key in self.sound:
                self._note(name, tag, self.sound[key])
                continue
            found = list(self._link(name, tag, attribute, link))
            if not found and link.startswith("../"):
                self.sound[key] = self.landed
            yield from found

    def _of_frame(self, name: str, frame: Document | None) -> list[tuple[str, str, str]]:
        """Return the links of a page's frame; of one seen in that folder before, those within the page."""
        if frame is None:
            return []
        place = name.rsplit("/", 2)[0], id(frame)
        if place in self.framed:
            return self.framed[place]
        self.framed[place] = [link for link in frame.links if not link[2].startswith("../")]
        return frame.links

    def _note(self, page: str, tag: str, file: str) -> None:
        """Note that a page leads to a file."""
        if tag == "a" and file != page:
            self.linked.add(file)

    def orphans(self) -> Iterator[Problem]:
        reached = self.linked | _UNLINKED | self.unlinked
        for name, document in self.pages.items():
            if name not in reached and not document.redirect:
                yield self._problem(
                    "X807", name, "no page links to this one; link to it, or delete it"
                )

    def _link(self, page: str, tag: str, attribute: str, link: str) -> Iterator[Problem]:
        if not link.strip():
            yield self._problem(
                "X809",
                page,
                f"a <{tag}> has an empty {attribute}; give it an address, or take it out",
            )
            return
        self.landed = page
        loads = attribute in (*_LOADED, "srcset") or tag == "link"
        if not is_address(link):
            yield self._problem("X814", page, f"'{link}' is no address; correct it")
            return
        parts = urlsplit(link)
        if parts.scheme in ("data", "mailto", "javascript", "tel"):
            return
        elsewhere = parts.netloc and parts.netloc != self.base.netloc
        beside = parts.netloc and tag == "a" and not parts.path.startswith(self.base.path)
        if elsewhere or beside:
            if loads:
                yield self._problem(
                    "X808",
                    page,
                    f"<{tag}> loads '{link}' from another host; keep a copy in docs/assets",
                )
            return
        target = self._target(
            page, parts.path, absolute=bool(parts.netloc or parts.path.startswith("/"))
        )
        if target is None:
            yield self._problem(
                "X806",
                page,
                f"'{link}' lies outside the site's address {self.base.geturl()}; link to a page inside it",
            )
            return
        yield from self._lands(page, tag, link, target, loads=loads)

    def _lands(
        self, page: str, tag: str, link: str, target: str, *, loads: bool
    ) -> Iterator[Problem]:
        fragment = unquote(urlsplit(link).fragment)
        file = target + "index.html" if target == "" or target.endswith("/") else target
        if file not in self.files:
            if f"{file}/index.html" in self.files:
                yield self._problem(
                    "X805", page, f"'{link}' lacks its final slash; write '{link}/'"
                )
            elif loads:
                yield self._problem(
                    "X803",
                    page,
                    f"<{tag}> loads '{link}', which is not there; add the file, or take this out",
                )
            else:
                names = [name.removesuffix("index.html") for name in self.pages]
                yield self._problem(
                    "X801",
                    page,
                    f"'{link}' leads to no page{nearest(target, names, 'correct the link')}",
                )
            return
        self.landed = file
        self._note(page, tag, file)
        if fragment and file in self.pages and not self.pages[file].has(fragment):
            hint = nearest(fragment, self.pages[file].all_ids, "correct the link")
            yield self._problem("X802", page, f"'{link}' leads to no anchor of that page{hint}")

    def _target(self, page: str, path: str, *, absolute: bool) -> str | None:
        """Return the path below the site's root, None where it leaves the site."""
        if absolute:
            inside = path.startswith(self.base.path)
            return _resolve("", unquote(path[len(self.base.path) :])) if inside else None
        if not path:
            return page.removesuffix("index.html")
        folder = page.rpartition("/")[0]
        return _resolve(folder, unquote(path))

    def _problem(self, code: str, page: str, message: str) -> Problem:
        return Problem(code, message, f"{self.site}/{page}")


def _from_above(page: str, link: str) -> tuple[str, str]:
    """Return the folder above a page that a link begins from, and the rest of the link.

    The same rest leads to the same place from all pages below that folder.
    """
    steps = 0
    while link.startswith("../", 3 * steps):
        steps += 1
    if not 0 < steps <= page.count("/"):
        return page, link
    return f"/{page}".rsplit("/", steps + 1)[0], link[3 * steps :]


def _resolve(folder: str, path: str) -> str | None:
    steps = [step for step in folder.split("/") if step]
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    joined = "/".join(steps)
    final = "/" if path.endswith(("/", "..", ".")) and joined else ""
    return joined + final


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
    for element in tree.iter(*_LINKING):
        _read_element(document, str(element.tag), element.get)
    return document


def _ours(html: str, frame: Document | None = None) -> Document:
    """Read a page that our templates made."""
    if not scan.is_plain(html):
        return _document(html.encode(), frame)
    allowed = frame.policy if frame else scan.policy(html)
    document = Document(policy=allowed, refused=None if allowed is None else [], frame=frame)
    document.ids.update(scan.ids(html))
    for tag, attributes in scan.elements(html):
        _read_element(document, tag, attributes.get)
    return document


def _is_anchor(element: etree._Element) -> bool:
    classes = element.get("class", "").split()
    return element.tag in _ANCHOR_TAGS or not _ANCHOR_CLASSES.isdisjoint(classes)


def _read_element(document: Document, tag: str, get: Callable[[str], str | None]) -> None:
    if tag == "meta":
        if get("property") in _SHOWN:
            document.links.append((tag, "content", get("content") or ""))
        document.redirect |= (get("http-equiv") or "").lower() == "refresh" or get(
            "name"
        ) == WITHDRAWN
        return
    name = get("name")
    if tag == "a" and name and name != get("id"):
        document.ids[name] += 1
    for attribute in ("href", *_LOADED):
        link = get(attribute)
        if link is not None and get("rel") != "canonical":
            document.links.append((tag, attribute, link))
    srcset = get("srcset")
    for candidate in srcset.split(",") if srcset else ():
        if candidate.strip():
            document.links.append((tag, "srcset", candidate.split()[0]))
