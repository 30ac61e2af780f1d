"""Addresses: what was once published answers for ever, and what moved leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xinyong.corpus import Corpus
from xinyong.corpus.published import Line, Published
from xinyong.problems import Path, Problem, nearest
from xinyong.records import MODELS

Known = Callable[[str], bool | None]
"""Says whether a page or file is part of the site; None where that is not known yet."""


def addresses_answer(corpus: Corpus) -> Iterator[Problem]:
    """X911: a record that was published is there, or its address leads on, or says why it is gone."""
    known = corpus.published
    answering = {entry.url for entry in corpus} | leads(corpus).keys() | known.gone.keys()
    for line in known.lines.values():
        id_ = record_of(line.address)[1]
        if id_ and id_ not in corpus.unread and line.address not in answering:
            yield known.vanished(line)


def moves_lead_somewhere(corpus: Corpus, is_there: Known | None = None) -> Iterator[Problem]:
    """X912, X956: what is said to have moved or gone was published, is not there, and leads to what is.

    ``is_there`` knows the whole site; without it only the pages of records are checked.

    """
    found = _Judge(corpus, is_there or (lambda address: _is_record(corpus, address)))
    for address, target in corpus.published.moved.items():
        yield from found.moved(address, target)
    for address, gone in corpus.published.gone.items():
        yield from found.gone(address, gone.see)


def leads(corpus: Corpus) -> dict[str, str]:
    """Return where each old address leads in the end; those that lead in a circle are left out."""
    steps = former_pages(corpus) | dict(corpus.published.moved)
    return {old: end for old in steps if (end := _end(steps, old))}


def former_pages(corpus: Corpus) -> dict[str, str]:
    """Return the page of each record by the address of the page under each of its former ids."""
    return {f"{kind}/{id_}/": entry.url for entry in corpus for kind, id_ in entry.formers}


def record_of(address: str) -> tuple[str, str]:
    """Return the kind and id of the record whose page an address is.

    Two empty texts where it is none.
    """
    parts = address.partition("#")[0].split("/")
    is_page = len(parts) == 3 and not parts[2] and parts[0] in MODELS
    return (parts[0], parts[1]) if is_page else ("", "")


class _Judge:
    def __init__(self, corpus: Corpus, is_there: Known) -> None:
        self._corpus = corpus
        self._known = corpus.published
        self._is_there = is_there
        self._formers = former_pages(corpus)
        self._steps = self._formers | dict(self._known.moved)

    def moved(self, address: str, target: str) -> Iterator[Problem]:
        path = ("moved", address)
        page, _, anchor = address.partition("#")
        yield from self._is_old(address, path)
        end = _end(self._steps, address)
        if not end:
            yield self._wrong(f"'{address}' leads back to itself; {_LEAD}", path)
        elif record_of(address)[1] and not anchor and not record_of(end)[1]:
            message = f"the page of a record leads to that of another one; {_WITHDRAW}"
            yield self._wrong(message, path)
        elif page.endswith("/") != end.partition("#")[0].endswith("/"):
            yield self._wrong(f"a page leads to a page, and a file to a file; {_LEAD}", path)
        else:
            yield from self._leads(end, path)

    def gone(self, address: str, see: tuple[str, ...]) -> Iterator[Problem]:
        path = ("gone", address)
        yield from self._is_old(address, path)
        if address in self._known.moved:
            message = f"'{address}' stands under 'moved' too; take it out of one of the two"
            yield self._wrong(message, path)
        for target in see:
            if "://" not in target:
                yield from self._leads(_end(self._steps, target) or target, (*path, "see"))

    def _is_old(self, address: str, path: Path) -> Iterator[Problem]:
        page, _, anchor = address.partition("#")
        if not anchor and self._is_there(page):
            yield self._wrong(f"'{address}' is there; take this entry out", path)
        elif not anchor and page in self._formers:
            message = f"'{address}' leads to {self._formers[page]} by 'formerly' already"
            yield self._wrong(f"{message}; take it out here, or there", path)
        elif self._known.lines and not _was_published(self._known, page, anchor):
            hint = nearest(address, self._known.lines, "take this entry out")
            yield self._known.problem("X956", f"'{address}' was never published{hint}", path)

    def _leads(self, end: str, path: Path) -> Iterator[Problem]:
        page = end.partition("#")[0]
        if page in self._known.gone:
            yield self._wrong(f"'{page}' is gone itself; {_LEAD}", path)
        elif self._is_there(page) is False:
            hint = nearest(page, [entry.url for entry in self._corpus], _LEAD)
            yield self._wrong(f"there is nothing at '{page}'{hint}", path)

    def _wrong(self, message: str, path: Path) -> Problem:
        return self._known.problem("X912", message, path)


_LEAD = "write the address of what is there now"
_WITHDRAW = "write it under 'gone', with the other page under 'see'"


def _end(steps: Mapping[str, str], address: str) -> str:
    """Follow an old address to its end; empty where it leads in a circle.

    An anchor goes with its page.
    """
    seen = {address}
    at = address
    while True:
        page, sharp, anchor = at.partition("#")
        if at in steps:
            at = steps[at]
        elif page in steps:
            target = steps[page]
            at = target if "#" in target else f"{target}{sharp}{anchor}"
        else:
            return at
        if at in seen:
            return ""
        seen.add(at)


def _is_record(corpus: Corpus, address: str) -> bool | None:
    kind, id_ = record_of(address)
    if not kind or id_ in corpus.unread:
        return None
    return id_ in corpus and corpus[id_].kind == kind


def _was_published(known: Published, page: str, anchor: str) -> bool:
    line: Line | None = known.lines.get(page)
    if line is None:
        return page in files_of(known)
    return not anchor or anchor in line.anchors


def files_of(known: Published) -> dict[str, Line]:
    """Return the files that stand beside the published pages of records, each with the line of its page."""
    found = {}
    for line in known.lines.values():
        kind, id_ = record_of(line.address)
        for pattern in known.patterns.get(kind, ()):
            found[pattern.replace("*", id_)] = line
    return found
