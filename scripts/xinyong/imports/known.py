"""Find the record that a work has already: by its DOI, its address, or its title and year."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from xinyong.corpus import Corpus
from xinyong.corpus.dates import date_of
from xinyong.records import Citation

_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/[^/]+/(https?:?/+.+)")
_TRACKING = re.compile(r"(?:utm_|fbclid|gclid|spm|share)")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Match:
    """The citation that a work is taken for, and by what.

    ``DOI``, ``address`` or ``title and year``.
    """

    id: str
    by: str


class Known:
    """The citations that there are, for asking whether a work is one of them.

    New ones can be added.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._ids: dict[tuple[str, str], list[str]] = defaultdict(list)
        for entry in corpus.of_kind("citations"):
            if isinstance(entry.record, Citation):
                self._add(entry.id, _of_record(entry.record))

    def add(self, id_: str, fields: Mapping[str, Any]) -> None:
        """Add a work that was just made a record."""
        self._add(id_, _of_fields(fields))

    def find(self, fields: Mapping[str, Any], key: str = "") -> Match | None:
        """Return the citation that the fields of a work belong to.

        Of several alike, that whose id is ``key``.
        """
        for by, value in _of_fields(fields):
            found = self._ids.get((by, value))
            if found:
                return Match(key if key in found else found[0], by)
        return None

    def _add(self, id_: str, marks: Iterator[tuple[str, str]]) -> None:
        for mark in marks:
            if id_ not in self._ids[mark]:
                self._ids[mark].append(id_)


def address(url: str) -> str:
    """Return what two addresses of one page have in common.

    No scheme, no ``www.``, no tracking, no final slash.
    """
    archived = _ARCHIVED.match(url)
    parts = urlsplit(re.sub(r"^(https?):/+", r"\1://", archived[1]) if archived else url)
    host = parts.netloc.rpartition("@")[2].casefold().removeprefix("www.")
    host = host.removesuffix(":80").removesuffix(":443")
    pairs = [pair for pair in parse_qsl(parts.query, True) if not _TRACKING.match(pair[0])]
    same = host + re.sub(r"/(?:index\.\w+)?$", "", unquote(parts.path))
    if pairs:
        same += f"?{urlencode(sorted(pairs))}"
    if parts.fragment.startswith(("!", "/")):
        same += f"#{parts.fragment}"  # pages that are told apart by it alone
    return same


def plain(title: str) -> str:
    """Return the letters, characters and digits of a title alone, in small letters without accents."""
    spread = unicodedata.normalize("NFKD", title.casefold())
    return "".join(char for char in spread if char.isalnum())


def _of_record(work: Citation) -> Iterator[tuple[str, str]]:
    date = date_of(work)
    urls = [url for url in (work.url, work.archive_url) if url]
    yield from _marks(
        work.doi or "", urls, [work.title, work.title_original or ""], date.year if date else ""
    )


def _of_fields(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    year = _YEAR.search(str(fields.get("date", "")))
    titles = [str(fields.get("title_original", "")), str(fields.get("title", ""))]
    urls = [str(fields["url"])] if fields.get("url") else []
    yield from _marks(str(fields.get("doi", "")), urls, titles, year[0] if year else "")


def _marks(doi: str, urls: list[str], titles: list[str], year: str) -> Iterator[tuple[str, str]]:
    if doi:
        yield "DOI", doi.casefold()
    for url in urls:
        try:
            yield "address", address(url)
        except ValueError:
            continue
    for title in titles:
        if plain(title):
            yield "title and year", f"{plain(title)} {year}"
