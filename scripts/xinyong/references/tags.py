"""What reference managers find in a page.

Highwire tags in the head of a source's page, COinS spans beside lists.

Google Scholar reads one work a page from ``<meta name="citation_…">``. Zotero
(https://www.zotero.org/support/dev/exposing_metadata) would take each for an article in a journal,
so the page's own work is a span too, the first of the page, with Zotero's name of its type. Many
works a page are OpenURLs (ANSI/NISO Z39.88-2004) in empty spans of the class Z3988. A page can hold
a thousand of them, so they say nothing twice, and nothing that a reader takes for granted: that
what stands in a journal is an article, what is a book is a book, and what is in Dublin Core a web
page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from markupsafe import Markup, escape

from xinyong.corpus import Entry
from xinyong.references.ris import name
from xinyong.references.types import TYPES, CoinsForm
from xinyong.references.work import Work

FILE = "index.md"
"""The file beside a page that holds the same as Markdown."""

# What may stand in a query as it is (RFC 3986, 3.4) and has no meaning in one of keys and values.
_PLAIN = "/:,'()!*"


def highwire(work: Work) -> Markup:
    """Return the Highwire tags of a work."""
    tags = [
        f'<meta name="citation_{escape(key)}" content="{escape(value)}">'
        for key, value in _tags(work)
        if value
    ]
    return Markup("".join(tags))


def alternates(root: str, entry: Entry, bib: str) -> Markup:
    """Return links to the record as data and as Markdown, and to its references.

    ``root`` leads to the site's root.
    """
    # With one word only the theme's script would take the address for another language and ask for its sitemap.
    links = (
        ("text/markdown", f"{entry.url}{FILE}"),
        ("application/json", f"api/v1/{entry.url.rstrip('/')}.json"),
        ("application/x-bibtex", bib),
    )
    tags = [
        f'<link rel="alternate describedby" type="{media}" href="{escape(root)}{escape(address)}">'
        for media, address in links
    ]
    return Markup("".join(tags))


def span(work: Work) -> Markup:
    """Return the COinS span of a work."""
    return Markup('<span class="Z3988" hidden title="{}"></span>').format(open_url(work))


def own_span(work: Work) -> Markup:
    """Return the COinS span of the work that a page is, or is about: everything Zotero reads of it."""
    pairs = [("ctx_ver", "Z39.88-2004"), *((key, value) for key, value in _own(work) if value)]
    return Markup('<span class="Z3988" hidden title="{}"></span>').format(_query(pairs))


def block(spans: Iterable[Markup]) -> Markup:
    """Put COinS spans together; return nothing for none."""
    joined = Markup("").join(spans)
    return Markup("<div>{}</div>").format(joined) if joined else joined


def open_url(work: Work) -> str:
    """Return a work as an OpenURL context object, key by key."""
    pairs = [("ctx_ver", "Z39.88-2004"), *((key, value) for key, value in _keys(work) if value)]
    return _query(pairs)


def _query(pairs: Iterable[tuple[str, str]]) -> str:
    return urlencode([*pairs], safe=_PLAIN)


def _own(work: Work) -> Iterator[tuple[str, str]]:
    record = work.record
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.title", work.title
    yield from _authors(work)
    for helper in (*record.editors, *record.translators):
        yield "rft.contributor", name(helper)
    yield "rft.date", _first_day(work)
    yield "rft.source", record.container or ""
    yield "rft.publisher", record.publisher or ""
    yield "rft.place", record.place or ""
    yield "rft.volume", record.volume or ""
    yield "rft.issue", record.issue or ""
    yield "rft.pages", record.pages or ""
    yield "rft.isbn", record.isbn or ""
    yield "rft.language", record.language
    yield "rft.identifier", _identifier(work)
    # Last, since Zotero reads the same keys in another way once it knows the type.
    yield "rft.type", TYPES[record.type].zotero


def _authors(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the bodies, then the persons.

    Zotero puts each body before all others that it has, so the last of them stands first here.
    """
    for body in reversed([author for author in work.authors if not author.family]):
        yield "rft.aucorp", name(body)
    for person in work.authors:
        if person.family:
            yield "rft.au", name(person)


def _identifier(work: Work) -> str:
    """Return the address of a DOI or of the work; ``info:doi`` would send Zotero to another host."""
    return work.record.doi_url or work.record.url or ""


def _tags(work: Work) -> Iterator[tuple[str, str]]:
    record = work.record
    type_ = TYPES[record.type]
    yield "title", work.title
    for author in work.authors:
        yield "author", name(author)
    yield "publication_date", _first_day(work).replace("-", "/")
    if type_.highwire:
        yield type_.highwire, record.container or ""
    yield "volume", record.volume or ""
    yield "issue", record.issue or ""
    first, _, last = (record.pages or "").replace("-", "–").partition("–")
    yield "firstpage", first
    yield "lastpage", last
    publisher = "dissertation_institution" if record.type == "thesis" else "publisher"
    yield publisher, record.publisher or ""
    yield "technical_report_number", work.number
    yield "doi", record.doi or ""
    yield "isbn", record.isbn or ""
    yield "language", record.language
    yield "public_url", work.address


def _keys(work: Work) -> Iterator[tuple[str, str]]:
    record = work.record
    form = TYPES[record.type].coins
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    yield from _dublin_core(work) if form == "dc" else _bibliographic(work, form)
    yield from _authors(work)
    yield "rft.date", _first_day(work)
    yield "rft.language", record.language
    yield "rft_id", _identifier(work)
    yield "rft.type", TYPES[record.type].zotero if record.type in _NAMED else ""


def _dublin_core(work: Work) -> Iterator[tuple[str, str]]:
    record = work.record
    yield "rft.title", work.title
    yield "rft.source", record.container or ""
    yield "rft.publisher", record.publisher or ""


def _bibliographic(work: Work, form: CoinsForm) -> Iterator[tuple[str, str]]:
    record = work.record
    yield "rft.genre", TYPES[record.type].coins_genre
    title, container = _TITLES["chapter" if record.type == "chapter" else form]
    yield f"rft.{title}", work.title
    yield f"rft.{container}", record.container or ""
    yield "rft.volume", record.volume or ""
    yield "rft.issue", record.issue or ""
    yield "rft.pages", record.pages or ""
    yield "rft.inst" if form == "dissertation" else "rft.pub", record.publisher or ""
    yield "rft.isbn", record.isbn or ""


_TITLES = {
    "journal": ("atitle", "jtitle"),
    "chapter": ("atitle", "btitle"),
    "book": ("btitle", "series"),
    "dissertation": ("title", "series"),
}
"""The keys of a work's title and of that of what it stands in."""


_NAMED = frozenset({"news", "paper", "filing", "dataset", "film"})
"""The types that the form of an OpenURL does not tell, so that they are named."""


def _first_day(work: Work) -> str:
    return work.date.text.partition("/")[0].rstrip("?~%") if work.date else ""
