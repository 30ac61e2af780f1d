"""What pages and exports share: the corpus, its references, where it is published, its edition, its history."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.glossary import Glossary
from xinyong.edition import Edition
from xinyong.history.lines import UNKNOWN, History
from xinyong.history.naming import Names
from xinyong.references import tags as heads
from xinyong.references.labels import References
from xinyong.references.work import Work, work

T = TypeVar("T")


@dataclass(frozen=True)
class Home:
    """Where the site and its files live: the site's address, and those of its repository where there is one.

    ``edit`` is followed by a file's path from the repository's root; ``report`` opens a report of a mistake.
    ``contact`` is where anybody can write to: an address of mail or of a page; empty where there is none.
    """

    base: str = "http://127.0.0.1:8000/"
    edit: str = ""
    report: str = ""
    contact: str = ""

    @property
    def contact_url(self) -> str:
        """What a link to ``contact`` leads to."""
        return self.contact if "://" in self.contact else f"mailto:{self.contact}"

    def report_on(self, entry: Entry, root: str) -> str:
        """Return the address at which a mistake in a record is reported; without a repository, what to do instead."""
        if not self.report:
            return f"{root}method/#mistakes"
        asked = {"record": f"{entry.kind}/{entry.id}", "title": f"{entry.kind}/{entry.id}: "}
        return f"{self.report}?{urlencode({'template': 'mistake.yml', **asked})}"


@dataclass(frozen=True, eq=False)
class Library:
    """What all pages share: the corpus, references, templates, where the site lives, its edition, its history."""

    corpus: Corpus
    home: Home = Home()
    edition: Edition = field(default_factory=Edition)
    history: History = UNKNOWN

    def of(self, corpus: Corpus) -> Library:
        """Return the same of a later corpus; the glossary is kept while no term changes."""
        later = replace(self, corpus=corpus)
        terms = self.corpus.of_kind("terms"), corpus.of_kind("terms")
        if "glossary" in vars(self) and list(map(id, terms[0])) == list(map(id, terms[1])):
            vars(later)["glossary"] = self.glossary
        return later

    @cached_property
    def day(self) -> datetime.date | None:
        """The day from which "now" is counted: the newest in the history, else that of the release."""
        newest = next(iter(self.history.days), None)
        if newest or not self.edition.released:
            return newest
        return datetime.date.fromisoformat(self.edition.released)

    @cached_property
    def references(self) -> References:
        """The references of the corpus."""
        return References(self.corpus)

    @cached_property
    def names(self) -> Names:
        """The names by which changes are told."""
        return Names(self.corpus, self.references, self.history)

    def work(self, id_: str) -> Work:
        """Return a citation as a work in the forms of reference managers."""
        return self.once(("work", id_), lambda: work(self.corpus, id_))

    def coins(self, id_: str) -> Markup:
        """Return the COinS span of a citation."""
        return self.once(("coins", id_), lambda: heads.span(self.work(id_)))

    def once(self, key: tuple[str, str], make: Callable[[], T]) -> T:
        """Make what several pages need, under a name of its own, when it is first asked for."""
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found

    def has_files(self, url: str) -> bool:
        """Say whether a page, or the files of a record or its history, stand in the site."""
        return False

    def making(self, url: str) -> AbstractContextManager[None]:
        """Give the context in which the files of a record, or of its history, are made."""
        return nullcontext()

    # Held by the library itself, not by a cache of the program: the live preview makes a library for every save.
    @cached_property
    def _made(self) -> dict[tuple[str, str], Any]:
        return {}

    @cached_property
    def glossary(self) -> Glossary:
        """The terms that running text is searched for."""
        return Glossary(self.corpus)
