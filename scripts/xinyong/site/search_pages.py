"""Hand-written pages for the search: each section with its heading, its address and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree
from mkdocs.utils.meta import get_data

from xinyong.site.search_rows import Row

KIND = "pages"
_HEADINGS = ("h1", "h2", "h3")
_SILENT = ("script", "style", "svg", "template", "noscript", "pre")
"""What is not read as text. Blocks of code show the form of a record: what an example says is not
so."""


def asked(docs: Path, url: str) -> tuple[str, ...]:
    """Return the phrases that people type when the page at ``url`` is the answer, from its front matter."""
    name = url.rstrip("/")
    files = (docs / f"{name}.md", docs / name / "index.md")
    file = next((file for file in files if name and file.is_file()), None)
    if file is None:
        return ()
    _, meta = get_data(file.read_text(encoding="utf-8"))
    found = meta.get("asked") or ()
    return (found,) if isinstance(found, str) else tuple(map(str, found))


def sections(url: str, html: str, asked: Sequence[str] = ()) -> Iterator[Row]:
    """Yield the sections of a built page that stands at ``url``, before its slots are filled.

    The page itself is found by the phrases ``asked``, too.
    """
    tree = etree.fromstring(html, etree.HTMLParser())
    title, heading, anchor = "", "", ""
    pieces: list[str] = [f"{_description(tree)} "]
    for article in tree.iter("article"):
        for element, message in _texts(article):
            if element.tag in _HEADINGS and element.get("id"):
                if heading:
                    yield _row(url, title, heading, anchor, pieces, asked)
                heading, anchor, pieces = _inner(element), str(element.get("id")), []
                title = title or heading
            else:
                pieces.append(message)
    if heading:
        yield _row(url, title, heading, anchor, pieces, asked)


def _description(tree: etree._Element) -> str:
    found = (meta.get("content") for meta in tree.iter("meta") if meta.get("name") == "description")
    return str(next(found, None) or "")


def _row(  # noqa: PLR0913, PLR0917 - all that is known of a section
    url: str, title: str, heading: str, anchor: str, pieces: list[str], asked: Sequence[str]
) -> Row:
    text = " ".join("".join(pieces).split())
    if heading == title:
        return Row(KIND, url, 3, title, text, asked=tuple(asked))
    return Row(KIND, f"{url}#{anchor}", 1, f"{title}: {heading}", text, also=(heading,))


def _texts(article: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Walk the article; a heading comes once, without what stands in it."""
    for element in article:
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            yield article, element.tail or ""
            continue
        if element.tag in _HEADINGS and element.get("id"):
            yield element, ""
        elif not _of_theme(element):
            yield article, element.text or ""
            yield from _texts(element)
            yield article, " " if element.tag in ("p", "li", "div", "td", "dd") else ""
        yield article, element.tail or ""


def _of_theme(element: etree._Element) -> bool:
    """Whether the theme has put an element there: the link of a heading to itself, a button."""
    return not {"headerlink", "md-content__button"}.isdisjoint((element.get("class") or "").split())


def _inner(heading: etree._Element) -> str:
    pieces = [heading.text or ""]
    for child in heading:
        if not _of_theme(child):
            pieces.append("".join(map(str, child.itertext())))
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())
