"""How much a record matters, counted: the order in which indexes open and from which drawings take their names.

Three counts are multiplied, each plus one: the records that link to it, the facts that it states, and the sources that
these rest on. A record has to be good in all three to stand high, so that neither a page that is only linked to nor a
long one that nobody needs comes first. Of a source only one count says that: the records that cite it.
"""

from __future__ import annotations

from collections.abc import Iterable

from xinyong.corpus.entries import Corpus, Entry


def importance(corpus: Corpus, entry: Entry) -> int:
    """Return how much a record matters; a number to compare with those of other records of its kind."""
    if entry.kind == "citations":
        return len(corpus.cited_by.get(entry.id, ()))
    links = len(corpus.linked_from.get(entry.id, ()))
    sources = len({use.target for use in entry.cites})
    return (links + 1) * (len(entry.facts) + 1) * (sources + 1)


def by_importance(corpus: Corpus, entries: Iterable[Entry]) -> list[Entry]:
    """Return records in the order of their importance, those of the same by their ids."""
    return sorted(entries, key=lambda entry: (-importance(corpus, entry), entry.id))
