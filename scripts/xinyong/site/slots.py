"""Slots: marked holes in the pages that the site's engine has built.

A kind's shell (``docs/<kind>/record.md``) is built like any page. Its title, description and
further head are ``⟦title⟧``, ``⟦description⟧`` and ``⟦head⟧``, its body stands between two
comments, and it has one section, so that the theme makes one entry of the page's contents, which is
repeated for each section of a record. Other pages have slots that are comments: ``<!-- slot: counts
-->``. What is filled in is never read again, so nothing in the corpus can open a slot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape

from xinyong.pages.page import Page

SLOT = re.compile(r"<!-- slot: ([a-z0-9-]+) -->")

_ENTRY = re.compile(
    r' *<li class="md-nav__item">\s*<a href="#slot-section".*?</li>\n?(?: *\n)?', re.DOTALL
)
_BODY = re.compile(r"<!-- slot: body -->.*<!-- /slot: body -->", re.DOTALL)


class SlotError(Exception):
    """Raised for a shell that lacks a slot, or a page with a slot that nothing fills, written there as ``slot``."""

    def __init__(self, message: str, slot: str = "") -> None:
        super().__init__(message)
        self.slot = slot


@dataclass(frozen=True)
class Shell:
    """A built shell, cut at its slots. ``kind`` and ``name`` are the folder and page that the engine built it at."""

    pieces: tuple[str, ...]
    slots: tuple[str, ...]
    entry: str

    def pour(self, page: Page, anchor: str) -> str:
        """Return the page: the shell with the slots filled.

        ``anchor`` is the id of its first heading.
        """
        filled: Mapping[str, Callable[[], str]] = {
            "title": lambda: escape(page.title, quote=False),
            "quoted": lambda: _quoted(page.title),
            "description": lambda: _quoted(page.description),
            "head": lambda: page.head,
            "anchor": lambda: anchor,
            "url": lambda: page.url,
            "file": lambda: page.file,
            "body": lambda: page.body,
            "contents": lambda: "".join(self._entry(*entry) for entry in page.contents),
        }
        out = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            out += [filled[slot](), piece]
        return "".join(out)

    def split(self) -> tuple[str, Shell]:
        """Return what stands in all pages of this shell, and the shell of what is each page's own.

        The latter keeps of this one no more than the tags in whose attributes slots stand.
        """
        shared, own, is_in_tag = "", list[str](), False
        for piece in self.pieces:
            start = (piece.find(">") + 1 or len(piece)) if is_in_tag else 0
            rest = piece[start:]
            is_in_tag = rest.rfind("<") > rest.rfind(">") or (is_in_tag and not rest)
            end = start + rest.rfind("<") if is_in_tag and rest else len(piece)
            shared += piece[start:end]
            own.append(piece[:start] + piece[end:])
        return shared, replace(self, pieces=tuple(own))

    def _entry(self, anchor: str, label: str) -> str:
        return self.entry.replace("slot-section", anchor).replace(
            "⟦section⟧", escape(label, quote=False)
        )


def _quoted(text: str) -> str:
    """Escape a text that stands in quotes; an apostrophe stays, as in what the engine makes."""
    return escape(text, quote=False).replace('"', "&quot;")


def shell(html: str, kind: str) -> Shell:
    """Cut a built shell of ``kind`` at its slots; raise SlotError where one is missing."""
    contents = _ENTRY.search(html)
    if not contents or not _BODY.search(html):
        lacks = "has no section or no body between its two slot comments"
        raise SlotError(
            f"docs/{kind}/record.md {lacks}; write it as docs/terms/record.md is written"
        )
    cuts = re.compile(
        "|".join(
            (
                rf"(?P<contents>{_ENTRY.pattern})",
                rf"(?P<body>{_BODY.pattern})",
                r'(?P<quoted>(?<=content=")⟦title⟧)',
                r"(?P<title>⟦title⟧)",
                r"(?P<description>⟦description⟧)",
                r"(?P<head>⟦head⟧)",
                r"(?P<anchor>slot-record)",
                rf"(?P<file>docs/{kind}/record\.md)",
                rf"(?P<url>{kind}/record/)",
            )
        ),
        re.DOTALL,
    )
    pieces, slots, end = [], [], 0
    for match in cuts.finditer(html):
        pieces.append(html[end : match.start()])
        slots.append(str(match.lastgroup))
        end = match.end()
    return Shell((*pieces, html[end:]), tuple(slots), contents.group())


def fill(html: str, fragment: Callable[[str], str | None]) -> str:
    """Fill the comment slots of a page by name; raise SlotError for a name without a fragment."""

    def filled(match: re.Match[str]) -> str:
        found = fragment(match[1])
        if found is None:
            raise SlotError(
                f"nothing fills the slot '{match[1]}'; correct its name, or take this comment out",
                match[0],
            )
        return found

    return SLOT.sub(filled, html)
