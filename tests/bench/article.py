"""Read what the page of a record shows, so that other generators can be given the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from lxml import html

HOME = "http://127.0.0.1:8000/"
ARTICLE = re.compile(r"(<article[^>]*>).*(</article>)", re.DOTALL)
_INLINE = frozenset({"a", "b", "span", "i", "em", "time", "code", "abbr", "cite", "q"})
_APART = frozenset({"div", "li", "p"})
_PLACE = re.compile(rf"{re.escape(HOME)}(\w+/[^/]+)/$")


@dataclass(frozen=True)
class Part:
    """A piece of a line; ``to`` is the place of a record, an address, or the id of a source."""

    text: str
    kind: Literal["text", "strong", "record", "term", "address", "cite"] = "text"
    to: str = ""


Line = tuple[Part, ...]


@dataclass(frozen=True)
class Heading:
    """A heading below the title."""

    level: int
    line: Line


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True)
class Points:
    """A list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """A table; facts are one of two columns."""

    head: Line
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Raw:
    """A drawing, as HTML."""

    html: str


@dataclass(frozen=True)
class Code:
    """Lines that are shown as they are."""

    text: str


Block = Heading | Paragraph | Points | Table | Raw | Code


@dataclass(frozen=True)
class Page:
    """The page of a record: its place, ``terms/credit``, and what it shows, in order."""

    place: str
    title: str
    blocks: tuple[Block, ...]
    sources: tuple[tuple[str, Line], ...]

    @property
    def summary(self) -> str:
        """The first long paragraph, without links."""
        lines = (block.line for block in self.blocks if isinstance(block, Paragraph))
        texts = ("".join(part.text for part in line if part.kind != "cite") for line in lines)
        return next((text for text in texts if len(text) > 80), self.title)


def read(site: Path) -> Iterator[Page]:
    """Yield the page of each record of a built site."""
    for file in sorted(site.glob("*/*/index.md")):
        place = file.parent.relative_to(site).as_posix()
        found = ARTICLE.search(file.with_name("index.html").read_text(encoding="utf-8"))
        assert found, file
        yield _Reader(place).page(html.fragment_fromstring(found[0]))


class _Reader:
    def __init__(self, place: str) -> None:
        self.place = place

    def page(self, article: html.HtmlElement) -> Page:
        title = "".join(part.text for part in self.line(article.xpath(".//h1")[0]))
        found = article.xpath(".//ol[contains(@class, 'xy-sources')]/li")
        sources = tuple((item.get("id", ""), self.line(item)) for item in found)
        return Page(self.place, title, tuple(self.blocks(article)), sources)

    def blocks(self, parent: html.HtmlElement) -> Iterator[Block]:
        for child in parent:
            yield from self.block(child)

    def block(self, element: html.HtmlElement) -> Iterator[Block]:
        tag, classes = str(element.tag), element.get("class", "")
        if tag == "h1" or "xy-sources" in classes:
            return
        if tag in ("h2", "h3"):
            yield Heading(int(tag[1]), self.line(element))
        elif tag == "figure" or "xy-locator" in classes:
            yield Raw(_drawing(element))
        elif tag == "dl":
            yield Table((Part("Fact"), Part("Value")), tuple(self.facts(element)))
        elif tag == "table":
            yield self.table(element)
        elif tag in ("ul", "ol"):
            yield Points(tuple(self.line(item) for item in element))
        elif tag == "pre":
            yield Code(element.text or "")
        elif tag in {"p", *_INLINE} or (tag == "summary" and not len(element)):
            if line := self.line(element):
                yield Paragraph(line)
        else:
            yield from self.blocks(element)

    def facts(self, element: html.HtmlElement) -> Iterator[tuple[Line, ...]]:
        for row in element:
            yield tuple(self.line(cell) for cell in row)

    def table(self, element: html.HtmlElement) -> Table:
        head = [_joined(self.line(cell)) for cell in element.iterfind(".//thead//th")]
        rows = element.iterfind(".//tbody/tr")
        return Table(
            tuple(Part(text) for text in head),
            tuple(tuple(self.line(cell) for cell in row) for row in rows),
        )

    def line(self, element: html.HtmlElement) -> Line:
        """Return what stands in an element, with single spaces and none at the ends."""
        parts: list[Part] = []
        for part in self.parts(element):
            text = re.sub(r"\s+", " ", part.text)
            if part.kind == "text" and parts and parts[-1].kind == "text":
                parts[-1] = Part(re.sub(r"\s+", " ", parts[-1].text + text))
            elif text:
                parts.append(Part(text, part.kind, part.to))
        if parts and parts[0].kind == "text":
            parts[0] = Part(parts[0].text.lstrip())
        if parts and parts[-1].kind == "text":
            parts[-1] = Part(parts[-1].text.rstrip(" ;"))
        return tuple(part for part in parts if part.text)

    def parts(self, element: html.HtmlElement) -> Iterator[Part]:
        yield Part(element.text or "")
        for child in element:
            yield from self.part(child)
            yield Part(child.tail or "")

    def part(self, element: html.HtmlElement) -> Iterator[Part]:
        tag, classes = str(element.tag), element.get("class", "")
        if "headerlink" in classes or tag == "svg":
            return
        if "xy-ref" in classes:
            yield from self.cites(element)
        elif tag == "a":
            yield self.link(element, classes)
        elif tag in ("b", "summary"):
            yield Part("".join(element.itertext()), "strong")
        elif tag in ("i", "abbr") and element.get("title"):
            yield Part(f" ({element.get('title')})")
        else:
            yield from self.parts(element)
            yield Part("; " if tag in _APART else "")

    def cites(self, element: html.HtmlElement) -> Iterator[Part]:
        for link in element.iterfind("a"):
            yield Part(link.text or "", "cite", link.get("href", "").lstrip("#"))
            place_in_source = (link.tail or "").strip("[],; ")
            yield Part(f" {place_in_source} " if place_in_source else "")

    def link(self, element: html.HtmlElement, classes: str) -> Part:
        text, href = "".join(element.itertext()), element.get("href", "")
        if href.startswith("#"):
            return Part(text)
        address = urljoin(f"{HOME}{self.place}/", href)
        if found := _PLACE.match(address):
            return Part(text, "term" if "xy-term" in classes else "record", found[1])
        return Part(text, "address", address)


def _joined(line: Line) -> str:
    return "".join(part.text for part in line)


def _drawing(element: html.HtmlElement) -> str:
    text = html.tostring(element, encoding="unicode", with_tail=False)
    return re.sub(r"\s+", " ", text)
