"""Write a page as Markdown, as a user of each generator would: a footnote for each source."""

from __future__ import annotations

import re
from collections.abc import Mapping

from article import Block, Code, Heading, Line, Page, Paragraph, Part, Points, Raw, Table

_MEANT = re.compile(r"([\\`*_\[\]|])")


def markdown(page: Page, names: Mapping[str, str], meanings: Mapping[str, str] | None) -> str:
    """Return the Markdown of a page.

    With ``meanings``, by place, the terms that were found in running text become abbreviations;
    without them they are links. ``names`` are the titles of the records, by place.
    """
    writer = _Writer(names, meanings)
    blocks = [f"# {_escaped(page.title)}", *map(writer.block, page.blocks)]
    notes = [
        f"[^{number}]: {writer.line(line)}" for number, (_, line) in enumerate(page.sources, 1)
    ]
    shorts = [f"*[{text}]: {meaning}" for text, meaning in writer.found.items()]
    return "\n\n".join([*blocks, *notes, *shorts]) + "\n"


class _Writer:
    def __init__(self, names: Mapping[str, str], meanings: Mapping[str, str] | None) -> None:
        self.names, self.meanings = names, meanings
        self.found: dict[str, str] = {}

    def block(self, block: Block) -> str:
        match block:
            case Heading(level, line):
                return f"{'#' * level} {self.line(line)}"
            case Paragraph(line):
                return self.line(line)
            case Points(lines):
                return "\n".join(f"- {self.line(line)}" for line in lines)
            case Table():
                return self.table(block)
            case Raw(html):
                return html
            case Code(text):
                return "\n".join(f"    {line}" for line in text.splitlines())

    def table(self, table: Table) -> str:
        rows = [[self.part(part) for part in table.head], ["---"] * len(table.head)]
        rows += [[self.line(cell) for cell in row] for row in table.rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def line(self, line: Line) -> str:
        return "".join(map(self.part, line))

    def part(self, part: Part) -> str:
        text = _escaped(part.text)
        match part.kind:
            case "cite":
                return f"[^{part.text}]"
            case "strong":
                return f"**{text.strip()}**"
            case "address":
                return f"<{part.to}>" if part.to == part.text else f"[{text}]({part.to})"
            case "term" if self.is_found(part):
                self.found[part.text] = (self.meanings or {}).get(part.to, "")
                return text
            case "record" | "term":
                return f"[{text}](../{part.to}.md)"
        return text

    def is_found(self, part: Part) -> bool:
        """Whether a term was found in running text: whoever links a record writes its name."""
        return self.meanings is not None and part.text != self.names.get(part.to)


def _escaped(text: str) -> str:
    return _MEANT.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))
