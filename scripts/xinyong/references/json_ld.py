"""A record in the words of schema.org (https://schema.org), as JSON-LD.

For search engines and for the graph.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry
from xinyong.edition import Edition
from xinyong.records import Blacklist, Citation, City, Claim, Event, Organization, Program, Term
from xinyong.records.citations import Author
from xinyong.records.vocabularies import ASSESSMENT
from xinyong.references.types import TYPES, WITH_TRANSLATIONS
from xinyong.references.work import Work, page, work
from xinyong.source.edtf import Edtf

Node = dict[str, Any]

CONTEXT = "https://schema.org"
SET = "terms/#glossary"
"""The address of the glossary as a set of defined terms, from the site's root."""

_BODIES = {
    "state": "GovernmentOrganization",
    "party": "Organization",
    "court": "GovernmentOrganization",
    "local": "GovernmentOrganization",
    "joint": "GovernmentOrganization",
    "company": "Corporation",
    "bureau": "Organization",
    "association": "Organization",
    "research": "ResearchOrganization",
    "media": "NewsMediaOrganization",
}
_CITIES = frozenset({"municipality", "sub-provincial", "prefecture", "county-city"})
_SERVICES = frozenset({"platform", "score", "points", "rating", "bureau"})
_RATINGS = ("refuted", "unsupported", "outdated", "contested", "partly", "supported")


def script(node: Node) -> Markup:
    """Return a node as a script element that runs nothing; no text in it can end the element."""
    text = json.dumps(
        {"@context": CONTEXT} | node, ensure_ascii=False, separators=(",", ":")
    ).replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))


def node(corpus: Corpus, entry: Entry, description: str, edition: Edition) -> Node:
    """Return a record as a node; ``description`` is its summary as plain text."""
    record = entry.record
    names = record.names
    others = [name for name in (names.zh, names.pinyin, *names.also) if name]
    made: Node = {
        "@type": "Thing",
        "@id": edition.base + entry.url,
        "url": edition.base + entry.url,
        "name": names.en,
        "alternateName": others,
        "description": description,
    }
    made |= _own(corpus, entry, edition)
    return _given(made)


def dataset(edition: Edition, downloads: Mapping[str, str]) -> Node:
    """Return the corpus as a data set.

    ``downloads`` gives the address of each file and its media type.
    """
    parts = [
        {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media}
        for address, media in downloads.items()
    ]
    made = {
        "@type": "Dataset",
        "@id": edition.base,
        "url": edition.base,
        "name": edition.title,
        "description": edition.abstract,
        "creator": [{"@type": "Organization", "name": name} for name in edition.authors],
        "license": edition.licence_url,
        "version": edition.version,
        "datePublished": edition.released,
        "keywords": list(edition.keywords),
        "identifier": f"https://doi.org/{edition.doi}" if edition.doi else "",
        "isAccessibleForFree": True,
        "distribution": parts,
    }
    return _given(made)


def website(edition: Edition, search: str) -> Node:
    """Return the site; ``search`` is the address at which it is searched, with ``{query}`` for what is sought."""
    return {
        "@type": "WebSite",
        "@id": f"{edition.base}#site",
        "url": edition.base,
        "name": edition.name,
        "alternateName": ["信用", "Xìnyòng", edition.title],
        "description": edition.abstract,
        "inLanguage": "en",
        "license": edition.licence_url,
        "publisher": [{"@type": "Organization", "name": name} for name in edition.authors],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=query",
        },
    }


def term_set(corpus: Corpus, edition: Edition) -> Node:
    """Return the glossary as a set of defined terms."""
    terms = [
        {"@type": "DefinedTerm", "@id": edition.base + entry.url, "name": entry.record.names.en}
        for entry in corpus.of_kind("terms")
    ]
    return {
        "@type": "DefinedTermSet",
        "@id": edition.base + SET,
        "url": edition.base + "terms/",
        "name": f"{edition.name}: glossary",
        "license": edition.licence_url,
        "hasDefinedTerm": terms,
    }


def _given(node: Node) -> Node:
    """Return a node without what is empty."""
    return {key: value for key, value in node.items() if value not in ("", [], None)}


def _own(corpus: Corpus, entry: Entry, edition: Edition) -> Node:
    record = entry.record
    match record:
        case Citation():
            made = _work(work(corpus, entry.id))
        case City():
            made = _place(record)
        case Program():
            made = _program(record, edition)
        case Blacklist():
            made = {"@type": "ItemList"}
        case Term():
            made = {
                "@type": "DefinedTerm",
                "inDefinedTermSet": edition.base + SET,
                "termCode": entry.id,
            }
        case Organization():
            dates = {
                "foundingDate": _first(record.founded),
                "dissolutionDate": _first(record.ended),
            }
            made = {"@type": _BODIES[record.type], "sameAs": record.website, **dates}
        case Event():
            made = {"@type": "Event", **_span(record.date[0].value)}
        case Claim():
            made = _review(entry, record, edition)
        case _:
            made = {}
    return made


def _place(record: City) -> Node:
    level = record.level[0].value if record.level else ""
    made: Node = {"@type": "City" if level in _CITIES else "AdministrativeArea"}
    if record.coordinates:
        point = record.coordinates[0].value
        made["geo"] = {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon}
    if record.division_code:
        code = record.division_code[0].value
        made["identifier"] = {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": code}
    return made


def _program(record: Program, edition: Edition) -> Node:
    if record.form not in _SERVICES:
        return {"@type": "Intangible"}
    operators = [
        {"@id": f"{edition.base}organizations/{item.value.id}/"} for item in record.operators
    ]
    return {"@type": "Service", "provider": operators}


def _review(entry: Entry, record: Claim, edition: Edition) -> Node:
    """Return a claim as a ClaimReview (https://schema.org/ClaimReview).

    The worst rating is 1, the best 6.
    """
    publisher = {"@type": "Organization", "name": edition.name, "url": edition.base}
    rating = {
        "@type": "Rating",
        "ratingValue": _RATINGS.index(record.assessment) + 1,
        "worstRating": 1,
        "bestRating": len(_RATINGS),
        "alternateName": ASSESSMENT[record.assessment].label,
    }
    reviewed = page(entry, edition).date
    return {
        "@type": "ClaimReview",
        "claimReviewed": record.name.en,
        "itemReviewed": {"@type": "Claim", "name": record.name.en},
        "reviewRating": rating,
        "author": publisher,
        "datePublished": reviewed.text if reviewed else "",
    }


def _work(source: Work) -> Node:
    record = source.record
    names = (source.translated_title, source.pinyin, source.short_title)
    addresses = [record.url] if record.url else []
    if record.doi:
        addresses.append(record.doi_url)
    made: Node = {
        "@type": TYPES[record.type].schema_org,
        "name": source.title,
        "alternateName": [*filter(None, names)],
        "author": [*map(_author, source.authors)],
        "translator": [*map(_author, record.translators)],
        "datePublished": source.date.text.partition("/")[0].rstrip("?~%") if source.date else "",
        "inLanguage": record.language,
        "publisher": _named("Organization", record.publisher),
        "isPartOf": _named("CreativeWork", record.container),
        "pagination": record.pages,
        "isbn": record.isbn,
        "sameAs": addresses,
    }
    if record.type in WITH_TRANSLATIONS:
        made["legislationIdentifier"] = source.number
        made["legislationDate"] = _first(record.adopted) or _first(record.dated)
        made["legislationPassedBy"] = [*map(_author, source.authors)]
    return made


def _named(type_: str, name: str | None) -> Node | None:
    return {"@type": type_, "name": name} if name else None


def _author(author: Author) -> Node:
    made: Node = {"@type": "Organization", "name": author.name}
    if author.family:
        name = " ".join(filter(None, (author.given, author.family)))
        made = {"@type": "Person", "name": name, "familyName": author.family}
        made["givenName"] = author.given
    return _given(made | {"alternateName": author.zh})


def _first(facts: list[Any]) -> str:
    text = facts[0].value.text if facts else ""
    return "" if "/" in text or "X" in text else text.rstrip("?~%")


def _span(date: Edtf) -> Node:
    start, _, end = date.text.partition("/")
    ends = {}
    for key, value in (("startDate", start), ("endDate", end)):
        if value not in ("", "..") and "X" not in value:
            ends[key] = value.rstrip("?~%")
    return ends
