"""What pages and exports share: the corpus, its references, where it is published, its edition, its history."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
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
        if id_ not in self._works:
            self._works[id_] = work(self.corpus, id_)
        return self._works[id_]

    def coins(self, id_: str) -> Markup:
        """Return the COinS span of a citation."""
        if id_ not in self._spans:
            self._spans[id_] = heads.span(self.work(id_))
        return self._spans[id_]

    # Held by the library itself, not by a cache of the program: the live preview makes a library for every save.
    @cached_property
    def _works(self) -> dict[str, Work]:
        return {}

    @cached_property
    def _spans(self) -> dict[str, Markup]:
        return {}

    @cached_property
    def glossary(self) -> Glossary:
        """The terms that running text is searched for."""
        return Glossary(self.corpus)
