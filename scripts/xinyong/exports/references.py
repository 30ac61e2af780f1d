"""References: the whole bibliography in each form, and for every record what its page cites."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from xinyong.corpus import Corpus, Entry
from xinyong.exports.files import put, taken
from xinyong.publication import Library
from xinyong.references.bibtex import entry as bibtex_entry
from xinyong.references.citation import FOLDER, files, own
from xinyong.references.csl import line as csl_line
from xinyong.references.csl import listed as csl_list
from xinyong.references.csl import unlisted as csl_alone
from xinyong.references.ris import reference as ris_reference
from xinyong.references.work import Work, cited_by


class Form(NamedTuple):
    """How one work is written, how many are put together, how one that stood alone is had back."""

    write: Callable[[Work], str]
    join: Callable[[Sequence[str]], str]
    alone: Callable[[str], str]


FORMS: Mapping[str, Form] = {
    "bibtex": Form(bibtex_entry, "\n".join, str),
    "ris": Form(ris_reference, "\n".join, str),
    "csl": Form(csl_line, csl_list, csl_alone),
}


class Bibliography:
    """The references of a corpus.

    Each work is written once in each form, however often it is asked for. Of a source whose files
    stand in the ``site``, it is read there.
    """

    def __init__(self, library: Library, site: Path | None = None) -> None:
        self.library = library
        self._site = site

    def whole(self, form: str) -> str:
        """Return all citations of the corpus in a form, in the order of their ids."""
        works = self._corpus.of_kind("citations")
        return FORMS[form].join([self._in_whole(form, entry) for entry in works])

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
            first = FORMS[form].write(page) if page else self._written(form, entry.id)
            cited = () if source else cited_by(entry)
            yield address, FORMS[form].join([first, *(self._written(form, id_) for id_ in cited)])

    @property
    def _corpus(self) -> Corpus:
        return self.library.corpus

    def _in_whole(self, form: str, entry: Entry) -> str:
        if self._site and self.library.has_files(entry.url):
            return FORMS[form].alone(taken(f"{self._site}/{files(entry.id)[form]}"))
        return self._written(form, entry.id)

    def _written(self, form: str, id_: str) -> str:
        return self.library.once((form, id_), lambda: FORMS[form].write(self.library.work(id_)))


def write_pages(bibliography: Bibliography, site: Path) -> None:
    """Write the files of references of every record below ``site``."""
    (site / FOLDER).mkdir(parents=True, exist_ok=True)
    library = bibliography.library
    for entry in library.corpus:
        if not library.has_files(entry.url):
            with library.making(entry.url):
                for address, text in bibliography.of_page(entry):
                    put(f"{site}/{address}", text)
