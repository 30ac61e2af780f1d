"""The link check: every link of the built site leads to a page, an anchor or a file of the site.

It tells, too, what stands in a page and would be refused by the page's content security policy.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from xinyong.problems import Problem, nearest
from xinyong.site.docs import is_address
from xinyong.site.documents import LOADED, Built, Document, Link, read

_UNLINKED = frozenset({"404.html"})
_ELSEWHERE = ("https://", "http://")
_PLAIN = re.compile(r"((?:[\w-]+/)*(?:\w[\w.-]*)?)(?:#([\w.:-]+))?", re.ASCII)
"""A path and an anchor in which nothing has to be resolved or decoded."""


def check(
    site: Path,
    base: str,
    unlinked: Set[str] = frozenset(),
    built: Built | None = None,
    last: Built | None = None,
) -> list[Problem]:
    """Check the site built in ``site`` and served at the address ``base``; return what is wrong.

    No page need link to those of ``unlinked``, which are published as they are. ``last`` is the
    site before it, in which nothing was wrong by the same measure: a page that is the same object in
    both is only checked again where something is gone to which it may lead.
    """
    built = built or read(site)
    before = last.pages if last and _lacks_nothing(built, last) else {}
    changed = [name for name, page in built.pages.items() if before.get(name) is not page]
    new = [name for name in changed if name not in before]
    checker = _Checker(site, urlsplit(base), built, changed, unlinked)
    problems = [problem for name in changed for problem in checker.page(name)]
    return problems + list(checker.orphans(new))


def _lacks_nothing(built: Built, last: Built) -> bool:
    """Whether a site has every file, and its pages every anchor and link, of the one before it."""
    if not last.files <= built.files:
        return False
    both = ((built.pages[name], was) for name, was in last.pages.items())
    return not any(now is not was and _lacks(now, was) for now, was in both)


def _lacks(now: Document, was: Document) -> bool:
    """Whether a page lacks an anchor, a link or a policy that it had, or leads on no more."""
    page = now.whole()
    if (was.refused is None) != (page.refused is None) or was.redirect > page.redirect:
        return True
    return bool(was.ids.keys() - page.ids.keys() or {*was.links} - {*page.links})


class _Checker:
    def __init__(
        self,
        site: Path,
        base: SplitResult,
        built: Built,
        changed: Sequence[str],
        unlinked: Set[str],
    ) -> None:
        self.site = site
        self.base = base
        self.files = built.files
        self.pages = built.pages
        self.unlinked = unlinked
        self.linked: set[str] = {"index.html"}
        self.framed: dict[tuple[str, int], list[Link]] = {}
        counted = _counted({name: self.pages[name] for name in changed})
        self.sound = {depth: set(self._sound(depth, counted[depth])) for depth in counted}

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
        sound = self.sound[name.count("/")]
        for found in chain(self._of_frame(name, document.frame), document.links):
            tag, attribute, link = found
            if found in sound or (tag == "a" and link[:1] == "#" and document.has(link[1:])):
                continue
            yield from self._link(name, tag, attribute, link)

    def _of_frame(self, name: str, frame: Document | None) -> list[Link]:
        """Return the links of a page's frame; of one seen in that folder before, those within the page."""
        if frame is None:
            return []
        place = name.rsplit("/", 2)[0], id(frame)
        if place in self.framed:
            return self.framed[place]
        self.framed[place] = [link for link in frame.links if not link[2].startswith("../")]
        return frame.links

    def _sound(self, depth: int, counted: Mapping[Link, int]) -> Iterator[Link]:
        """Yield the links that lead somewhere, and to the same place from all pages of a depth.

        Note where they lead.
        """
        above = "../" * depth
        for found, times in counted.items():
            tag, attribute, link = found
            if link.startswith(_ELSEWHERE):
                other = is_address(link) and urlsplit(link).netloc != self.base.netloc
                if other and not list(self._link("", tag, attribute, link)):
                    yield found
                continue
            plain = link.startswith(above) and _PLAIN.fullmatch(link, len(above))
            if not plain or link[:1] in ("", "#"):
                continue
            path, fragment = plain.groups()
            file = f"{path}index.html" if not path or path.endswith("/") else path
            page = self.pages.get(file)
            if file not in self.files or (fragment and page and not page.has(fragment)):
                continue
            yield found
            if tag == "a" and (times > 1 or page is None or found not in page.links):
                self.linked.add(file)

    def _note(self, page: str, tag: str, file: str) -> None:
        """Note that a page leads to a file."""
        if tag == "a" and file != page:
            self.linked.add(file)

    def orphans(self, new: Iterable[str]) -> Iterator[Problem]:
        reached = self.linked | _UNLINKED | self.unlinked
        for name in new:
            if name not in reached and not self.pages[name].redirect:
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
        loads = attribute in (*LOADED, "srcset") or tag == "link"
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


def _counted(pages: Mapping[str, Document]) -> Mapping[int, Counter[Link]]:
    """Count for each depth below the root how many of its pages have each link."""
    found: defaultdict[int, Counter[Link]] = defaultdict(Counter)
    frames: Counter[tuple[int, int]] = Counter()
    known: dict[int, Document] = {}
    for name, document in pages.items():
        depth = name.count("/")
        found[depth].update({*document.links})
        if document.frame:
            frames[depth, id(document.frame)] += 1
            known[id(document.frame)] = document.frame
    for (depth, frame), times in frames.items():
        found[depth].update(dict.fromkeys(known[frame].links, times))
    return found


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
