"""The link check: every link of the built site leads to a page, an anchor or a file of the site.

It tells, too, what stands in a page and would be refused by the page's content security policy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from lxml import etree

from xinyong.problems import Problem, nearest
from xinyong.site import policy
from xinyong.site.docs import is_address

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
_NAMED = etree.XPath("//*[@id]")
_ANCHOR_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "details", "code"})
_ANCHOR_CLASSES = frozenset({"xy-fact", "xy-row"})
"""What has an anchor that is promised: sections, what is folded, fields and facts."""


@dataclass
class Document:
    """What one page has and points to: its ids, its links with the tag and attribute each stands in.

    ``anchors`` are the ids of its sections and facts. A ``redirect``, or a page that says that
    another one is gone, stands for readers who come from elsewhere. ``refused`` is what stands
    inline and is refused by its policy, None where it has no policy.
    """

    ids: Counter[str] = field(default_factory=Counter)
    anchors: tuple[str, ...] = ()
    links: list[tuple[str, str, str]] = field(default_factory=list)
    redirect: bool = False
    refused: list[str] | None = None


@dataclass(frozen=True)
class Built:
    """A built site: the names of all its files, and what stands in each of its pages."""

    files: frozenset[str]
    pages: Mapping[str, Document]


Known = Callable[[str, Path], Document | None]
"""Says what stands in a page by its name and file; None where that has to be read."""


def read(site: Path, known: Known = lambda _name, _file: None) -> Built:
    """Read all pages of the site built in ``site`` but those of which it is ``known`` what stands in them."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {
        name: known(name, site / name) or _read(site / name)
        for name in sorted(files)
        if name.endswith(".html")
    }
    return Built(frozenset(files), pages)


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
        self.sound: set[tuple[str, str, str]] = set()

    def page(self, name: str) -> Iterator[Problem]:
        document = self.pages[name]
        for id_, times in document.ids.items():
            if times > 1:
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
        for refused in document.refused or []:
            yield self._problem(
                "X830", name, f"the page's content security policy refuses {refused}"
            )
        # From all pages of one folder '../…' leads to the same place: what was found sound once is
        # sound for all.
        parent = name.rsplit("/", 2)[0]
        for tag, attribute, link in document.links:
            key = (parent, tag, link)
            if key in self.sound:
                continue
            found = list(self._link(name, tag, attribute, link))
            if not found and link.startswith("../"):
                self.sound.add(key)
            yield from found

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
        if file != page and tag == "a":
            self.linked.add(file)
        if fragment and file in self.pages and fragment not in self.pages[file].ids:
            hint = nearest(fragment, self.pages[file].ids, "correct the link")
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


def _read(path: Path) -> Document:
    document = Document()
    data = path.read_bytes()
    try:
        tree = etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))
    except etree.ParseError:  # nothing, or so little that it is no document
        return document
    if tree is None:
        return document
    allowed = policy.of_page(tree)
    document.refused = None if allowed is None else list(policy.refused(tree, allowed, data))
    named = [element for element in _found(_NAMED(tree)) if isinstance(element, etree._Element)]
    document.ids.update(element.get("id", "") for element in named)
    document.anchors = tuple(element.get("id", "") for element in named if _is_anchor(element))
    for element in tree.iter(*_LINKING):
        _read_element(document, str(element.tag), element.get)
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
    for candidate in (get("srcset") or "").split(","):
        if candidate.strip():
            document.links.append((tag, "srcset", candidate.split()[0]))
