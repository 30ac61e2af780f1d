"""The site as the engine leaves it, shells and pages with slots, and how these are filled.

A whole build fills all of it, the preview a page when somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xinyong.corpus import Entry
from xinyong.exports import everything
from xinyong.exports.files import put
from xinyong.markup import mark_chinese
from xinyong.pages.fragments import fragment
from xinyong.pages.kinds import RENDER
from xinyong.pages.page import Page, silent_links
from xinyong.pages.problems import FOLDER
from xinyong.pages.view import View
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.site import policy, slots, terms
from xinyong.site.data_page import FRAGMENTS as DATA
from xinyong.site.data_page import fragment as data_fragment
from xinyong.site.docs import published_as_it_is
from xinyong.site.documents import Seen

SHELL = "record"
CHANGES = "changes"
"""The folder of the pages of changes."""

SHELLS = (*MODELS, FOLDER, CHANGES)
"""The folders of docs that have a shell: those of the kinds, of the problems' codes, and of the
changes of a month."""

BORROWED = {"renderings": "terms"}
"""Other pages that may have further ones, with the shells into which these are poured."""

_UNMARKED = frozenset({"404.html"})
"""Pages that are shown at addresses of all depths, from which no relative link leads anywhere."""


@dataclass(frozen=True)
class Unfilled:
    """The engine's pages: their ``folder``, shells by folder of docs, names of the others."""

    folder: Path
    shells: Mapping[str, slots.Shell]
    names: Sequence[str]

    @classmethod
    def made(cls, folder: Path, docs: Path) -> Unfilled:
        """Give the pages that the engine made of ``docs`` in ``folder`` their policy; return them.

        What is published as it is, is none of them. Raise SlotError where a shell lacks a slot.
        """
        policy.write(folder)
        as_it_is = published_as_it_is(docs)
        pages = (page for page in sorted(folder.rglob("*.html")) if page.parent.name != SHELL)
        names = [page.relative_to(folder).as_posix() for page in pages]
        return cls(folder, _shells(folder), [name for name in names if name not in as_it_is])

    def record(self, library: Library, entry: Entry) -> str:
        """Return the page of a record."""
        return self.poured(RENDER[entry.kind](library, entry))

    def poured(self, page: Page) -> str:
        """Return a page made for a shell: of a record, a code, a month, a long index."""
        folder, id_, _ = page.url.split("/")
        return self.shells[folder].pour(page, id_)

    def put(self, page: Page, seen: Seen | None) -> str:
        """Write such a page into the folder, and tell ``seen`` of it; return its address."""
        kind, id_, _ = page.url.split("/")
        folder = self.folder / page.url
        folder.mkdir(exist_ok=True)
        put(folder / "index.html", self.poured(page))
        if seen:
            seen.poured(f"{page.url}index.html", self.shells[kind], page, id_)
        return page.url

    def html(self, name: str) -> str:
        """Return another page as it is, with its slots empty."""
        return (self.folder / name).read_text(encoding="utf-8")

    def filled(self, name: str, library: Library, written: everything.Written | None = None) -> str:
        """Return another page with its slots filled; raise SlotError where nothing fills one.

        Without ``written``, the exports of a whole build, nothing fills those that tell of these.
        """
        view = View(library, root="../" * name.count("/"))

        def found(slot: str) -> str | None:
            made = fragment(library, slot, view.root, view)
            if made is None and written:
                return data_fragment(library, written, slot, view.root)
            return made

        html = self.html(name)
        if name not in _UNMARKED:
            html = terms.mark_page(html, library.glossary, view.root)
        return slots.fill(silent_links(mark_chinese(html)), found)

    def waits(self, name: str) -> bool:
        """Whether a page tells of the exports of a whole build."""
        return not DATA.keys().isdisjoint(slots.SLOT.findall(self.html(name)))


def _shells(folder: Path) -> Mapping[str, slots.Shell]:
    files = {kind: folder / kind / SHELL / "index.html" for kind in SHELLS}
    for kind, file in files.items():
        if not file.is_file():
            raise slots.SlotError(
                f"docs/{kind}/{SHELL}.md is not there, "
                "into which the pages of its folder are poured"
            )
    shells = {
        kind: slots.shell(file.read_text(encoding="utf-8"), kind) for kind, file in files.items()
    }
    return shells | {page: shells[kind] for page, kind in BORROWED.items()}
