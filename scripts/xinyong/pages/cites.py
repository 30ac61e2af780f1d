"""The cites of one page, numbered in the order in which they first appear."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from markupsafe import Markup

from xinyong.pages.environment import macro
from xinyong.references.labels import References
from xinyong.source.cites import Cite
from xinyong.words import WORDS, current_language


class Cites:
    """The sources that a page has cited so far; a source has its number from its first cite on.

    Iterating gives their ids in the order of the numbers.
    """

    def __init__(self, references: References) -> None:
        self.references = references
        self._numbers: dict[str, int] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def number(self, id_: str) -> int:
        """Return the number of a source, which from now on counts as cited."""
        return self._numbers.setdefault(id_, len(self._numbers) + 1)

    def address(self, id_: str) -> str:
        """Return where a cite leads: to the list of sources of the same page."""
        return f"#s-{id_}"

    def in_text(self, cites: Iterable[Cite]) -> Markup:
        """Render the cites of running text in one bracket, so that the text stays readable."""
        shown = Markup("; ").join([_chain(cite, self.text_link) for cite in cites])
        return macro("_marks.html.j2", "numbers")(shown)

    def of_fact(self, cites: Iterable[Cite]) -> Markup:
        """Render the cites of a fact: as everywhere on the page, by their numbers."""
        found = list(cites)
        return self.in_text(found) if found else Markup("")

    def text_link(self, id_: str) -> Markup:
        """Render one source by its number."""
        label = self.references.name(id_)
        return _number_link(self.address(id_), self.number(id_), label, current_language())


class LooseCites(Cites):
    """The cites of a page without a list of sources: they lead to the pages of their sources."""

    def __init__(self, references: References, root: str) -> None:
        super().__init__(references)
        self._root = root

    def address(self, id_: str) -> str:
        """Return the address of a source's page."""
        return f"{self._root}citations/{id_}/"

    def of_fact(self, cites: Iterable[Cite]) -> Markup:
        """Render the cites of a fact one beside the other."""
        cite_span = macro("_marks.html.j2", "cite")
        return Markup("; ").join([cite_span(_chain(cite, self.text_link)) for cite in cites])

    def text_link(self, id_: str) -> Markup:
        """Render one source by its name, since without a list there are no numbers."""
        self.number(id_)
        return _short_link(self.address(id_), self.references.name(id_))


def _chain(cite: Cite, link: Callable[[str], Markup]) -> Markup:
    """Render a cite with its locator, and after it the work that it was read in."""
    shown = link(cite.id)
    if cite.locator:
        shown += Markup(", {}").format(cite.locator)
    if cite.via:
        shown += Markup(" {} ").format(WORDS["in"]) + _chain(cite.via, link)
    return shown


@lru_cache(maxsize=16384)
def _number_link(address: str, number: int, label: str, language: str) -> Markup:
    return macro("_marks.html.j2", "number")(address, number, label)


@lru_cache(maxsize=16384)
def _short_link(address: str, label: str) -> Markup:
    return macro("_marks.html.j2", "short")(address, label)
