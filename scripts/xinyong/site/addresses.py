"""The addresses of a built site, and whether all that were ever published still answer.

A page, its anchors, and the files of the data, the interface, the references and the feeds are
promised; what the pages load for themselves (scripts, the search index) is not. Of anchors, those
of sections and facts are promised, but not those of lists that follow from other records. Nor are
the further pages of a long index, whose rows move from one to the next: a row has its address on
the first one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from xinyong.corpus import Corpus
from xinyong.corpus.published import ADDRESSES, Line, Published
from xinyong.exports.api import FOLDER as API
from xinyong.exports.markdown import FILE as MARKDOWN
from xinyong.history.lines import History
from xinyong.problems import Problem
from xinyong.records import MODELS
from xinyong.references.citation import ENDINGS
from xinyong.references.citation import FOLDER as CITE
from xinyong.rules.addresses import files_of, leads, record_of
from xinyong.site.documents import Built, Document
from xinyong.source import ids

HEAD = """\
# Addresses that were published, each of which answers for ever. Written by 'xinyong addresses --write' when the main
# branch is published; not to be edited. Behind a page stand its anchors; './' is the home page. A line with '*' names
# the files that every page of that folder has beside it.
"""

PROMISED = ("api/", "cite/", "data/", "feeds/", "feed.xml", "llms.txt", "problems/")
"""What the addresses of promised files begin with; pages are promised wherever they stand, as are their texts."""

COMPUTED = re.compile(r"linked-from|rests-here|year-\d+|(?:english|pinyin)-.")
"""Sections that come and go with what other records say, or that list records by year or letter."""

DATED = ("history/", "changes/")
"""Where the pages stand that are made from git's history."""

PATTERNS: Mapping[str, tuple[str, ...]] = {
    kind: (
        f"{API}/{kind}/*.json",
        *(f"{CITE}/*{ending}" for ending in sorted(ENDINGS.values())),
        f"{kind}/*/{MARKDOWN}",
    )
    for kind in MODELS
}
"""The files beside the page of a record, by kind, with ``*`` for its id."""

_HOME = "./"


def addresses(built: Built, corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Return the addresses that a built site promises: pages with their anchors, and files with none."""
    found: dict[str, tuple[str, ...]] = {}
    for name, page in built.pages.items():
        if name.endswith("index.html"):
            address = name.removesuffix("index.html") or _HOME
            if ids.PAGE.match(address.rpartition("/")[0].rpartition("/")[2]):
                continue
            found[address] = (
                () if address.startswith("history/") else _anchors(address, page, corpus)
            )
    for name in built.files - built.pages.keys():
        promised = name.startswith(PROMISED) or name.rpartition("/")[2] == MARKDOWN
        if promised:
            found[name] = ()
    return found


def manifest(built: Built, corpus: Corpus) -> str:
    """Return the manifest: all that was published before, and all that the built site adds."""
    known = corpus.published
    lines = {address: {*line.anchors} for address, line in known.lines.items()}
    for address, anchors in addresses(built, corpus).items():
        lines.setdefault(address, set()).update(anchors)
    kinds = {record_of(address)[0] for address in lines} & PATTERNS.keys()
    patterns = {kind: {*PATTERNS[kind]} for kind in kinds}
    for kind, before in known.patterns.items():
        patterns.setdefault(kind, set()).update(before)
    beside = {
        pattern.replace("*", record_of(address)[1])
        for address in lines
        for pattern in patterns.get(record_of(address)[0], ())
    }
    rows = [_row(f"{kind}/*/", sorted(found)) for kind, found in patterns.items()]
    rows += [
        _row(address, [f"#{anchor}" for anchor in sorted(anchors)])
        for address, anchors in lines.items()
        if address not in beside
    ]
    return HEAD + "".join(f"{row}\n" for row in sorted(rows))


def vanished(built: Built, corpus: Corpus, history: History) -> list[Problem]:
    """Return a problem for every published address that the built site does not answer.

    Where git's history is out of reach, nothing is said of the pages that are made from it.
    """
    found = _Answers(built, corpus)
    known = corpus.published
    problems: list[Problem] = []
    for line in known.lines.values():
        if not (history.lack and line.address.startswith(DATED)):
            problems += found.of(line)
    files = sorted(files_of(known).items())
    return problems + [
        known.vanished(line, file=name) for name, line in files if name not in built.files
    ]


class _Answers:
    def __init__(self, built: Built, corpus: Corpus) -> None:
        self._built = built
        self._known: Published = corpus.published
        self._leads = leads(corpus)

    def of(self, line: Line) -> Iterator[Problem]:
        """Yield a problem where a published page or file is not answered, else for each of its anchors that is not."""
        if file_at(line.address) not in self._built.files:
            yield self._known.vanished(line)
        elif line.address not in self._known.gone:
            for anchor in line.anchors:
                if not self._anchored(line.address, anchor):
                    yield self._known.vanished(line, anchor)

    def _anchored(self, address: str, anchor: str) -> bool:
        page, _, named = self._leads.get(address, address).partition("#")
        document = self._built.pages.get(file_at(page))
        return document is not None and document.has(named or anchor)


def _anchors(address: str, page: Document, corpus: Corpus) -> tuple[str, ...]:
    own = record_of(address)[1]
    return tuple(
        anchor
        for anchor in sorted({*page.anchors})
        if not anchor.startswith("__")
        and not COMPUTED.fullmatch(anchor)
        and (anchor == own or anchor not in corpus)
    )


def file_at(address: str) -> str:
    """Return the name of the file that answers at an address."""
    shown = "" if address == _HOME else address
    return f"{shown}index.html" if shown.endswith("/") or not shown else shown


def _row(address: str, parts: Iterable[str]) -> str:
    return " ".join([address, *parts])


__all__ = ["ADDRESSES", "addresses", "file_at", "manifest", "vanished"]
