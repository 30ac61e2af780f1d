"""What reference managers find in a page: Highwire tags in the head of a source's page, COinS spans beside lists.

Zotero (https://www.zotero.org/support/dev/exposing_metadata) and Google Scholar read one work a page from
``<meta name="citation_…">``; many works a page are OpenURLs (ANSI/NISO Z39.88-2004) in empty spans of the class Z3988.
A page can hold a thousand of them, so they say nothing twice, and nothing that a reader takes for granted: that what
stands in a journal is an article, what is a book is a book, and what is in Dublin Core a web page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from markupsafe import Markup

from xinyong.corpus import Entry
from xinyong.references.ris import name
from xinyong.references.work import DOCUMENTS, Work

FILE = "index.md"
"""The file beside a page that holds the same as Markdown."""

_JOURNALS = ("article", "news")
_BOOKS = ("book", "chapter", "report", *DOCUMENTS)
_CONTAINERS = {"article": "journal_title", "news": "journal_title", "chapter": "inbook_title"}
_GENRES = {"chapter": "bookitem", **dict.fromkeys(("report", *DOCUMENTS), "report")}
# What may stand in a query as it is (RFC 3986, 3.4) and has no meaning in one of keys and values.
_PLAIN = "/:,'()!*"


def highwire(work: Work) -> Markup:
    """Return the Highwire tags of a work."""
    tag = Markup('<meta name="citation_{}" content="{}">')
    return Markup("").join(tag.format(key, value) for key, value in _tags(work) if value)


def alternates(root: str, entry: Entry, bib: str) -> Markup:
    """Return links to the record as data and as Markdown, and to its references; ``root`` leads to the site's root."""
    # With one word only the theme's script would take the address for another language and ask for its sitemap.
    tag = Markup('<link rel="alternate describedby" type="{}" href="{}{}">')
    links = (
        ("text/markdown", f"{entry.url}{FILE}"),
        ("application/json", f"api/v1/{entry.url.rstrip('/')}.json"),
        ("application/x-bibtex", bib),
    )
    return Markup("").join(tag.format(media, root, address) for media, address in links)


def span(work: Work) -> Markup:
    """Return the COinS span of a work."""
    return Markup('<span class="Z3988" hidden title="{}"></span>').format(open_url(work))


def block(spans: Iterable[Markup]) -> Markup:
    """Put COinS spans together; return nothing for none."""
    joined = Markup("").join(spans)
    return Markup("<div>{}</div>").format(joined) if joined else joined


def open_url(work: Work) -> str:
    """Return a work as an OpenURL context object, key by key."""
    pairs = [("ctx_ver", "Z39.88-2004"), *((key, value) for key, value in _keys(work) if value)]
    return urlencode(pairs, safe=_PLAIN)


def _tags(work: Work) -> Iterator[tuple[str, str]]:
    record = work.record
    kind = record.type
    yield "title", work.title
    yield from (("author", name(author)) for author in work.authors)
    yield (
        "publication_date",
        work.date.text.partition("/")[0].rstrip("?~%").replace("-", "/") if work.date else "",
    )
    if kind in _CONTAINERS:
        yield _CONTAINERS[kind], record.container or ""
    yield "volume", record.volume or ""
    yield "issue", record.issue or ""
    first, _, last = (record.pages or "").replace("-", "–").partition("–")
    yield "firstpage", first
    yield "lastpage", last
    yield "dissertation_institution" if kind == "thesis" else "publisher", record.publisher or ""
    yield "technical_report_number", work.number
    yield "doi", record.doi or ""
    yield "isbn", record.isbn or ""
    yield "language", record.language
    yield "public_url", work.address


def _keys(work: Work) -> Iterator[tuple[str, str]]:
    record = work.record
    kind = record.type
    form = (
        "journal"
        if kind in _JOURNALS
        else "book"
        if kind in _BOOKS
        else "dissertation"
        if kind == "thesis"
        else "dc"
    )
    scheme = "info:ofi/fmt:kev:mtx"
    yield "rft_val_fmt", f"{scheme}:{form}"
    if form == "dc":
        yield "rft.type", "" if kind == "web" else "document"
        yield "rft.title", work.title
        yield "rft.source", record.container or ""
        yield "rft.publisher", record.publisher or ""
        yield "rft.identifier", work.address if record.doi else ""  # a web page has no DOI
    else:
        yield "rft.genre", _GENRES.get(kind, "")
        yield (
            {"journal": "rft.atitle", "book": "rft.btitle"}.get(form, "rft.title"),
            work.title if kind != "chapter" else "",
        )
        yield "rft.atitle", work.title if kind == "chapter" else ""
        yield (
            "rft.btitle"
            if kind == "chapter"
            else "rft.jtitle"
            if form == "journal"
            else "rft.series",
            record.container or "",
        )
        yield "rft.volume", record.volume or ""
        yield "rft.issue", record.issue or ""
        yield "rft.pages", record.pages or ""
        yield "rft.inst" if form == "dissertation" else "rft.pub", record.publisher or ""
        yield "rft.isbn", record.isbn or ""
    yield from _people(work, form)
    yield "rft.date", work.date.text.partition("/")[0].rstrip("?~%") if work.date else ""
    yield "rft.language", record.language
    yield "rft_id", f"info:doi/{record.doi}" if record.doi else (record.url or "")


def _people(work: Work, form: str) -> Iterator[tuple[str, str]]:
    for author in work.authors:
        key = "creator" if form == "dc" else "au" if author.family else "aucorp"
        yield f"rft.{key}", name(author)
