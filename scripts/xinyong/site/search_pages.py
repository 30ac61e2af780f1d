"""Hand-written pages for the search: each section with its heading, its address and its text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from xinyong.site.search_rows import Row

KIND = "pages"
_HEADINGS = ("h1", "h2", "h3")
_SILENT = ("script", "style", "svg", "template", "noscript", "pre")
"""What is not read as text. Blocks of code show the form of a record: what an example says is not
so."""


def sections(url: str, html: str) -> Iterator[Row]:
    """Yield the sections of a built page that stands at ``url``, before its slots are filled."""
    tree = etree.fromstring(html, etree.HTMLParser())
    title, heading, anchor = "", "", ""
    pieces: list[str] = []
    for article in tree.iter("article"):
        for element, message in _texts(article):
            if element.tag in _HEADINGS and element.get("id"):
                if heading:
                    yield _row(url, title, heading, anchor, pieces)
                heading, anchor, pieces = _inner(element), str(element.get("id")), []
                title = title or heading
            else:
                pieces.append(message)
    if heading:
        yield _row(url, title, heading, anchor, pieces)


def _row(url: str, title: str, heading: str, anchor: str, pieces: list[str]) -> Row:
    text = " ".join("".join(pieces).split())
    if heading == title:
        return Row(KIND, url, 3, title, text)
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
