"""The addresses of the sources, as a list for a link checker, and what its answers mean.

The checker is lychee (https://lychee.cli.rs), whose JSON report is read here. Only an address that is gone proves
something: a host that refuses, is slow or asks for patience may serve a reader all the same.
"""

from __future__ import annotations

import socket
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from xinyong.corpus import Corpus
from xinyong.records import Citation

GONE = frozenset({404, 410})
"""The status codes that say that a page is not there any more."""

Resolves = Callable[[str], bool]
"""Says whether a host name leads to an address; False only where it is certain that it does not."""


@dataclass(frozen=True)
class Verdict:
    """What became of the addresses: how many answered, those gone by the state of their records, how many say nothing.

    ``lost`` are gone and have no archived copy, ``archived`` are gone but have one: pairs of a citation's id and its
    address with the reason.
    """

    asked: int
    answered: int
    lost: tuple[tuple[str, str], ...]
    archived: tuple[tuple[str, str], ...]
    unclear: int

    @property
    def reached(self) -> bool:
        """Whether any address answered at all; if none did, the fault is most likely in the network."""
        return bool(self.answered)


def addresses(corpus: Corpus) -> list[str]:
    """Return the addresses of all sources, each once, in ASCII, so that no checker cuts them at a character."""
    return sorted({_ascii(work.url) for _, work in _works(corpus) if work.url})


def judge(corpus: Corpus, report: Mapping[str, Any], resolves: Resolves | None = None) -> Verdict:
    """Say what lychee's JSON report means for the sources; raise ValueError for a report of another form."""
    owners: dict[str, list[str]] = defaultdict(list)
    for id_, work in _works(corpus):
        if work.url:
            owners[_ascii(work.url)].append(id_)
    failed = _failed(report)
    found: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    unclear = 0
    for address, status in sorted(failed.items()):
        reason = _reason(address, status, resolves or resolves_to_something)
        if not reason:
            unclear += 1
            continue
        for id_ in owners.get(address, ()):
            found[bool(corpus.citation(id_).archive_url)].append((id_, f"{address} ({reason})"))
    answered = report.get("successful", 0) + report.get("cached", 0)
    return Verdict(len(owners), int(answered), tuple(found[False]), tuple(found[True]), unclear)


def told(verdict: Verdict) -> Iterator[str]:
    """Tell a verdict as lines of Markdown."""
    if not verdict.reached:
        yield f"Nothing was learnt: none of {verdict.asked:,} addresses answered, so the network itself may be missing."
        return
    gone = len(verdict.lost) + len(verdict.archived)
    yield f"**{verdict.asked:,} addresses of sources:** {gone:,} gone, {verdict.unclear:,} that say nothing certain."
    for title, pairs in (
        ("Gone, and no archived copy is named", verdict.lost),
        ("Gone, but an archived copy is named", verdict.archived),
    ):
        if pairs:
            yield f"\n{title}:\n"
            yield from (f"- `corpus/citations/{id_}.yml`: <{said.replace(' (', '> (', 1)}" for id_, said in pairs)
    if verdict.lost:
        yield "\nLook for a copy, in the Internet Archive for example, and name it in the record's `archive_url`."


def resolves_to_something(host: str) -> bool:
    """Ask the system for a host's address; a name server that does not answer proves nothing."""
    try:
        socket.getaddrinfo(host, None)
    except socket.gaierror as error:
        return error.errno not in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
    except UnicodeError:
        return False
    return True


def _works(corpus: Corpus) -> Iterator[tuple[str, Citation]]:
    for entry in corpus.of_kind("citations"):
        yield entry.id, corpus.citation(entry.id)


def _ascii(url: str) -> str:
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def _failed(report: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    errors = report.get("error_map")
    if not isinstance(errors, dict):
        raise ValueError("it has no 'error_map'; write it with lychee --format json")
    return {
        _ascii(str(item.get("url", ""))): item.get("status") or {}
        for items in errors.values()
        for item in items
        if isinstance(item, dict)
    }


def _reason(address: str, status: Mapping[str, Any], resolves: Resolves) -> str:
    code = status.get("code")
    if code in GONE:
        return str(code)
    host = urlsplit(address).hostname or ""
    return "no such host" if code is None and host and not resolves(host) else ""
