"""What pages and exports share, and what of it stays when a record changes."""

from __future__ import annotations

from dataclasses import replace

from xinyong.corpus import Corpus
from xinyong.publication import Library


def test_the_glossary_stays_while_no_term_changes(small: Corpus) -> None:
    library = Library(small)
    glossary = library.glossary
    city, term = small["rongcheng"], small.of_kind("terms")[0]

    with_city = library.of(small.changed({city.id: replace(city)}))
    with_term = library.of(small.changed({term.id: replace(term)}))

    assert with_city.glossary is glossary
    assert with_term.glossary is not glossary
    assert with_term.corpus[term.id] is not term
