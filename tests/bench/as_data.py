"""Write pages as data for templates: what is said as HTML, cites and sources as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from article import Block, Code, Heading, Line, Page, Paragraph, Part, Points, Raw, Table


def data(pages: Iterable[Page]) -> dict[str, object]:
    """Return the records in order, and the reference of each source by its id."""
    records, references = [], dict[str, str]()
    for page in pages:
        references |= {id_: "".join(map(_html, line)) for id_, line in page.sources}
        records.append(
            {
                "path": page.place,
                "title": page.title,
                "summary": page.summary,
                "blocks": [_block(block) for block in page.blocks],
                "sources": [id_ for id_, _ in page.sources],
            }
        )
    return {"records": records, "references": references}


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(level, line):
            text = "".join(part.text for part in line)
            id_ = "-".join(text.lower().split())
            return {"kind": "heading", "level": level, "id": id_, "text": text}
        case Paragraph(line):
            return {"kind": "paragraph", "line": _line(line)}
        case Points(lines):
            return {"kind": "points", "lines": [*map(_line, lines)]}
        case Table(head, rows):
            cells = [[*map(_line, row)] for row in rows]
            return {"kind": "table", "head": [part.text for part in head], "rows": cells}
        case Raw(html):
            return {"kind": "raw", "html": html}
        case Code(text):
            return {"kind": "code", "text": text}


def _line(line: Line) -> list[dict[str, object]]:
    return [*_runs(line)]


def _runs(line: Line) -> Iterator[dict[str, object]]:
    """Yield runs of HTML and of cites, in turn."""
    said, cites = "", list[dict[str, str]]()
    for part in line:
        if part.kind == "cite":
            cites.append({"number": part.text, "id": part.to})
        elif cites and part.text == " ":
            continue
        else:
            if cites:
                yield {"html": said, "cites": cites}
                said, cites = "", []
            said += _html(part)
    yield {"html": said, "cites": cites}


def _html(part: Part) -> str:
    text = escape(part.text, quote=False)
    match part.kind:
        case "strong":
            return f"<b>{text}</b>"
        case "address":
            return f'<a href="{escape(part.to)}">{text}</a>'
        case "record" | "term":
            return f'<a href="../../{part.to}/">{text}</a>'
    return text
