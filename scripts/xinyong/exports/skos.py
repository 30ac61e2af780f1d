"""The glossary as a thesaurus in SKOS (https://www.w3.org/TR/skos-reference/).

It is written as Turtle (https://www.w3.org/TR/turtle/), of which only strings and blocks of pairs
are needed; the tests read it back with ``rdflib``, which the program need not bring along.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from xinyong.corpus import Corpus, Entry
from xinyong.corpus.text import plain
from xinyong.edition import Edition
from xinyong.records import Term
from xinyong.records.vocabularies import DOMAIN
from xinyong.references.things import SET, address
from xinyong.source.han import HAN
from xinyong.words import Words

WORDS = Words("exports")
"""What the exports say beside the data."""

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')


def skos(corpus: Corpus, edition: Edition) -> str:
    """Return the glossary as one concept scheme, each term a concept, each domain a collection."""
    terms = [
        (entry, entry.record) for entry in corpus.of_kind("terms") if isinstance(entry.record, Term)
    ]
    blocks = [_PREFIXES, _scheme(edition)]
    blocks += [
        _block(address(entry, edition), _concept(corpus, entry, term, edition))
        for entry, term in terms
    ]
    domains: dict[str, list[str]] = defaultdict(list)
    for entry, term in terms:
        domains[term.domain].append(address(entry, edition))
    blocks += [_collection(domain, members, edition) for domain, members in sorted(domains.items())]
    return "\n".join(blocks)


def literal(text: str, language: str = "") -> str:
    """Write a text as a Turtle string, with its language where it has one."""
    escaped = _SPECIAL.sub(lambda char: _ESCAPES.get(char[0], f"\\u{ord(char[0]):04X}"), text)
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


_PREFIXES = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def _scheme(edition: Edition) -> str:
    text = [
        ("a", "skos:ConceptScheme"),
        ("dcterms:title", literal(WORDS["glossary-title"].format(site=edition.name), "en")),
        ("dcterms:title", literal(WORDS["chinese-glossary-title"].format(site="信用"), "zh-Hans")),
        ("dcterms:license", f"<{edition.licence_url}>"),
    ]
    return _block(edition.base + SET, iter(text))


def _concept(
    corpus: Corpus, entry: Entry, term: Term, edition: Edition
) -> Iterator[tuple[str, str]]:
    scheme = f"<{edition.base}{SET}>"
    yield "a", "skos:Concept"
    yield "skos:inScheme", scheme
    if not term.broader:
        yield "skos:topConceptOf", scheme
    yield "skos:notation", literal(entry.id)
    preferred = {literal(term.name.en, "en")}
    if term.name.zh:
        preferred.add(literal(term.name.zh, "zh-Hans"))
    if term.name.pinyin:
        preferred.add(literal(term.name.pinyin, "zh-Latn-pinyin"))
    yield from (("skos:prefLabel", label) for label in sorted(preferred))
    others = {literal(name, "zh-Hans" if HAN.search(name) else "en") for name in term.name.also}
    others |= {literal(rendering.value, "en") for rendering in term.renderings}
    yield from (("skos:altLabel", label) for label in sorted(others - preferred))
    yield "skos:definition", literal(plain(term.summary, corpus), "en")
    if term.summary_zh:
        yield "skos:definition", literal(plain(term.summary_zh, corpus), "zh-Hans")
    if term.annotation:
        yield "skos:scopeNote", literal(plain(term.annotation, corpus), "en")
    for confusion in term.confusions:
        other = corpus[confusion.with_.id].record.heading
        difference = plain(confusion.difference, corpus)
        note = WORDS["not-to-be-confused"].format(other=other, difference=difference)
        yield "skos:scopeNote", literal(note, "en")
    yield from _relations(corpus, entry, term, edition)


def _relations(
    corpus: Corpus, entry: Entry, term: Term, edition: Edition
) -> Iterator[tuple[str, str]]:
    named = [
        *(item.value.id for item in term.related),
        *(c.with_.id for c in term.confusions),
        *(t.id for t in term.see),
    ]
    for link in term.broader:
        yield "skos:broader", f"<{address(corpus[link.id], edition)}>"
    for other in map(corpus.__getitem__, sorted(corpus.linked_from.get(entry.id, ()))):
        if isinstance(other.record, Term) and entry.id in _ids(other.record):
            yield "skos:narrower", f"<{address(other, edition)}>"
    # What is wider or narrower is not also related (SKOS reference, S27).
    in_line = {entry.id, *_wider(corpus, entry.id)}
    named = [id_ for id_ in named if id_ not in in_line and entry.id not in _wider(corpus, id_)]
    for id_ in sorted({*named}):
        target = corpus[id_]
        yield (
            "skos:related" if target.kind == "terms" else "dcterms:relation",
            f"<{address(target, edition)}>",
        )
    yield "foaf:isPrimaryTopicOf", f"<{edition.base}{entry.url}>"
    for id_ in sorted({use.target for use in entry.cites}):
        yield "dcterms:source", f"<{address(corpus[id_], edition)}>"


def _ids(term: Term) -> list[str]:
    return [link.id for link in term.broader]


def _wider(corpus: Corpus, id_: str) -> set[str]:
    """Return the ids of all terms wider than one; empty for another record."""
    found: set[str] = set()
    waiting = [id_]
    while waiting:
        record = corpus[waiting.pop()].record
        more = {*_ids(record)} - found if isinstance(record, Term) else set()
        found |= more
        waiting += more
    return found


def _collection(domain: str, members: list[str], edition: Edition) -> str:
    text = [
        ("a", "skos:Collection"),
        ("skos:prefLabel", literal(DOMAIN[domain].label, "en")),
        ("skos:prefLabel", literal(WORDS[f"chinese-{domain}"], "zh-Hans")),
    ]
    text += [("skos:member", f"<{member}>") for member in members]
    return _block(f"{edition.base}terms/#domain-{domain}", iter(text))


def _block(subject: str, text: Iterator[tuple[str, str]]) -> str:
    pairs = " ;\n".join(f"  {predicate} {value}" for predicate, value in text)
    return f"<{subject}>\n{pairs} .\n"
