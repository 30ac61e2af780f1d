"""One text while it is written: its links, its cites with their numbers, the sources at its end."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from xinyong.corpus import STANDINGS, Entry
from xinyong.exports.markdown import commonmark
from xinyong.exports.markdown.commonmark import escaped
from xinyong.publication import Library
from xinyong.records import Claim
from xinyong.records import vocabularies as tables
from xinyong.source import edtf
from xinyong.source.cites import Cite
from xinyong.source.prose import RecordLink, Renderers, render_line
from xinyong.words import MARKDOWN, STANDING

LAYERED = ("programs", "blacklists")
"""The kinds whose layer is told wherever they are named."""


class Shared:
    """What all texts of a library share: each source is written once."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def reference(self, id_: str) -> str:
        """Return the full reference of a source, its address as a link."""
        reference = self.library.references.plain(id_)
        work = self.library.corpus.citation(id_)
        address = work.doi_url or work.url
        if address and reference.endswith(f"{address}."):
            start = escaped(reference[: -len(address) - 1])
            return f"{start}{commonmark.address(address)}"
        return escaped(reference)

    def source(self, id_: str) -> str:
        """Return a source as it stands in a list: its reference, what it is worth, its page."""
        return self.library.once(("source", id_), lambda: self._source(id_))

    def _source(self, id_: str) -> str:
        work = self.library.corpus.citation(id_)
        worth = f"{tables.RELIABILITY[work.reliability].label}; {tables.READ[work.read].label}"
        page = commonmark.link(MARKDOWN["about-source"], self.address(id_))
        return f"{self.reference(id_)} ({escaped(worth)}; {page})"

    @cached_property
    def edition(self) -> str:
        """Of which edition the texts are, and under which licence."""
        edition = self.library.edition
        day = edtf.parse(edition.released).words if edition.released else ""
        licence = commonmark.link(edition.licence, edition.licence_url)
        version = MARKDOWN["version"].format(version=edition.version) if edition.version else ""
        return ", ".join(filter(None, (escaped(edition.name), version, day, licence)))

    def address(self, id_: str) -> str:
        """Return the address of a record's page."""
        return self.library.edition.base + self.library.corpus[id_].url


class Text:
    """One text; it remembers what it cites, and which standings its facts have."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.corpus = shared.library.corpus
        self.numbers: dict[str, int] = {}
        self.standings: dict[str, None] = {}

    def link(self, id_: str, label: str = "") -> str:
        """Link to a record, with the layer of a program or list, and the verdict on a claim."""
        entry = self.corpus[id_]
        shown = commonmark.link(escaped(label or self.name(entry)), self.shared.address(id_))
        if entry.kind in LAYERED:
            layer: str = entry.record.layer  # type: ignore[attr-defined]
            return f"{shown} ({MARKDOWN['layer'].format(layer=tables.LAYER[layer].label)})"
        if isinstance(entry.record, Claim) and not label:
            return f"{shown} ({tables.ASSESSMENT[entry.record.assessment].label.lower()})"
        return shown

    def name(self, entry: Entry) -> str:
        """Return the name by which a record is linked to."""
        if entry.kind == "citations":
            return self.shared.library.references.name(entry.id)
        return entry.record.heading

    def line(self, plain_text: str) -> str:
        """Write a text of a field on one line, with its links."""
        return render_line(" ".join(plain_text.split()), self._renderers)

    def prose(self, source: str | None) -> str:
        """Write prose; nothing for none."""
        return commonmark.prose(source, self._renderers) if source else ""

    def cites(self, cites: Iterable[Cite]) -> str:
        """Cite sources by their numbers: ``[1; 2, p. 14]``."""
        return f"[{'; '.join(map(self._cite, cites))}]"

    def standing(self, key: str) -> str:
        """Say in words how well a fact stands."""
        self.standings[key] = None
        return STANDING[key][1]

    def legend(self) -> str:
        """Say what the standings mean that the text has named."""
        found = [
            f"*{STANDING[key][1]}*: {STANDINGS[key]}" for key in STANDING if key in self.standings
        ]
        return commonmark.listed(found)

    def sources(self) -> str:
        """List the sources cited so far, each under its number."""
        return commonmark.numbered(map(self.shared.source, self.numbers))

    @cached_property
    def _renderers(self) -> Renderers:
        return Renderers(link=self._in_text, cites=self.cites, text=escaped)

    def _in_text(self, link: RecordLink) -> str:
        return self.link(link.id, link.label)

    def _cite(self, cite: Cite) -> str:
        number = self.numbers.setdefault(cite.id, len(self.numbers) + 1)
        place = f", {escaped(cite.locator)}" if cite.locator else ""
        read = f", {MARKDOWN['read-in']} {self._cite(cite.via)}" if cite.via else ""
        return f"{number}{place}{read}"
