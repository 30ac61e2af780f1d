"""What is counted on several pages: one definition each, so that numbers of one name agree."""

from __future__ import annotations

from xinyong.corpus.entries import Corpus
from xinyong.records import City, Program


def has_score(program: Program) -> bool:
    """Say whether a program gives a score, or grades made of one."""
    return bool(program.score or program.bands)


def places_with_scheme(corpus: Corpus) -> frozenset[str]:
    """Return the ids of the places that have a scheme of their own.

    One is recorded in the place's own record, or it is a municipal program that names the place.
    """
    found = set()
    for entry in corpus:
        record = entry.record
        if isinstance(record, City) and record.schemes:
            found.add(entry.id)
        if isinstance(record, Program) and record.layer == "municipal":
            found.update(city.value.id for city in record.cities)
    return frozenset(found)
