"""References: the whole bibliography in each form, and for every record what its page cites."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from xinyong.corpus import Corpus, Entry
from xinyong.exports.files import put
from xinyong.publication import Library
from xinyong.references.bibtex import entry as bibtex_entry
from xinyong.references.citation import FOLDER, files, own
from xinyong.references.csl import line as csl_line
from xinyong.references.csl import listed as csl_list
from xinyong.references.ris import reference as ris_reference
from xinyong.references.work import Work, cited_by

FORMS: Mapping[str, tuple[Callable[[Work], str], Callable[[Sequence[str]], str]]] = {
    "bibtex": (bibtex_entry, "\n".join),
    "ris": (ris_reference, "\n".join),
    "csl": (csl_line, csl_list),
}
"""How one work is written in each form, and how many are put together."""


class Bibliography:
    """The references of a corpus.

    Each work is written once in each form, however often it is asked for.
    """

    def __init__(self, library: Library) -> None:
        self.library = library

    def whole(self, form: str) -> str:
        """Return all citations of the corpus in a form, in the order of their ids."""
        ids = [entry.id for entry in self._corpus.of_kind("citations")]
        return FORMS[form][1]([self._written(form, id_) for id_ in ids])

    def formatted(self) -> str:
        """Return all citations in the author-date style of the Chicago Manual, a line each, by their authors."""
        plain = self.library.references.plain
        texts = [f"{plain(entry.id)}\n" for entry in self._corpus.of_kind("citations")]
        return "".join(sorted(texts, key=str.casefold))

    def of_page(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the file of each form for a record, with its text: a source alone.

        A page, then what it cites.
        """
        source = entry.kind == "citations"
        page = None if source else own(self._corpus, entry, self.library.edition)
        for form, address in files(entry.id).items():
            write, join = FORMS[form]
            first = write(page) if page else self._written(form, entry.id)
            cited = () if source else cited_by(entry)
            yield address, join([first, *(self._written(form, id_) for id_ in cited)])

    @property
    def _corpus(self) -> Corpus:
        return self.library.corpus

    def _written(self, form: str, id_: str) -> str:
        return self.library.once((form, id_), lambda: FORMS[form][0](self.library.work(id_)))


def write_pages(bibliography: Bibliography, site: Path) -> None:
    """Write the files of references of every record below ``site``."""
    (site / FOLDER).mkdir(parents=True, exist_ok=True)
    library = bibliography.library
    for entry in library.corpus:
        if not library.has_files(entry.url):
            with library.making(entry.url):
                for address, text in bibliography.of_page(entry):
                    put(f"{site}/{address}", text)
