"""What a record tells of, in the words of schema.org: a city, a program, a law, an article.

Each property stands only on types that the vocabulary has it for. Names bear their languages.
"""

from __future__ import annotations

from typing import Any

from xinyong.corpus import Corpus, Entry
from xinyong.edition import Edition
from xinyong.records import Blacklist, Citation, City, Claim, Event, Organization, Program, Term
from xinyong.records.base import Name
from xinyong.records.citations import Author
from xinyong.records.vocabularies import ASSESSMENT
from xinyong.references.types import TYPES, WITH_TRANSLATIONS
from xinyong.references.work import Work, flat, page, work
from xinyong.source.edtf import Edtf
from xinyong.source.han import HAN

Node = dict[str, Any]

SET = "terms/#glossary"
"""The address of the glossary as a set of defined terms, from the site's root."""

CHINESE, PINYIN, ENGLISH = "zh-Hans", "zh-Latn-pinyin", "en"

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
_ARTICLES = frozenset({"ScholarlyArticle", "NewsArticle", "Report"})


def address(entry: Entry, edition: Edition) -> str:
    """Return the name of what a record tells of, which is not that of the page that tells it."""
    return f"{edition.base}{entry.url}#subject"


def thing(corpus: Corpus, entry: Entry, edition: Edition) -> Node:
    """Return what a record tells of as a node."""
    made: Node = {
        "@type": "Thing",
        "@id": address(entry, edition),
        "name": names(entry.record.names),
        "alternateName": [tagged(name) for name in entry.record.names.also],
    }
    return given(made | _own(corpus, entry, edition))


def given(node: Node) -> Node:
    """Return a node without what is empty."""
    return {key: value for key, value in node.items() if value not in ("", [], {}, None)}


def tagged(text: str, language: str = "") -> Node:
    """Return a text with its language: as it is told, else that of its characters."""
    return {"@value": text, "@language": language or (CHINESE if HAN.search(text) else ENGLISH)}


def names(name: Name) -> list[Node]:
    """Return the names in English, Chinese and pinyin, as far as they are given."""
    forms = ((name.en, ENGLISH), (name.zh, CHINESE), (name.pinyin, PINYIN))
    return [tagged(text, language) for text, language in forms if text]


def day(date: Edtf) -> str:
    """Return the first day, month or year that a date names; empty where not even the year is known."""
    text = date.text.partition("/")[0].rstrip("?~%")
    return "" if text == ".." or not date.year.isdigit() else text.partition("-XX")[0]


def _own(corpus: Corpus, entry: Entry, edition: Edition) -> Node:
    record = entry.record
    match record:
        case Citation():
            made = _work(corpus, work(corpus, entry.id), edition)
        case City():
            made = _place(record)
        case Program():
            made = _program(corpus, record, edition)
        case Blacklist():
            made = {"@type": "ItemList"}
        case Term():
            set_ = edition.base + SET
            made = {"@type": "DefinedTerm", "inDefinedTermSet": set_, "termCode": entry.id}
        case Organization():
            made = {
                "@type": _BODIES[record.type],
                "sameAs": record.website,
                "foundingDate": _first(record.founded),
                "dissolutionDate": _first(record.ended),
            }
        case Event():
            places = [_named(corpus[item.value.id], "Place", edition) for item in record.places]
            made = {"@type": "Event", "location": places, **_span(record.date[0].value)}
        case Claim():
            made = _review(corpus, entry, record, edition)
        case _:
            made = {}
    return made


def _named(entry: Entry, type_: str, edition: Edition) -> Node:
    """Return a node for what another record tells of, with its name."""
    record = entry.record
    name = _title(record) if isinstance(record, Citation) else names(record.names)
    return {"@type": type_, "@id": address(entry, edition), "name": name}


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


def _program(corpus: Corpus, record: Program, edition: Edition) -> Node:
    if record.form not in _SERVICES:
        return {"@type": "Intangible"}
    operators = [
        _named(corpus[item.value.id], "Organization", edition) for item in record.operators
    ]
    return {"@type": "Service", "provider": operators}


def _review(corpus: Corpus, entry: Entry, record: Claim, edition: Edition) -> Node:
    """Return a claim as a ClaimReview (https://schema.org/ClaimReview).

    The worst rating is 1, the best 6. The claim appears in the sources that tell who made it.
    """
    rating = {
        "@type": "Rating",
        "ratingValue": _RATINGS.index(record.assessment) + 1,
        "worstRating": 1,
        "bestRating": len(_RATINGS),
        "alternateName": ASSESSMENT[record.assessment].label,
    }
    cited = dict.fromkeys(cite.id for point in record.claimants for cite in point.cite)
    appearances = [
        _named(corpus[id_], TYPES[corpus.citation(id_).type].schema_org, edition) for id_ in cited
    ]
    claim = {"@type": "Claim", "name": names(record.name), "appearance": appearances}
    reviewed = page(entry, edition).date
    return {
        "@type": "ClaimReview",
        "claimReviewed": record.name.en,
        "itemReviewed": claim,
        "reviewRating": rating,
        "author": {"@type": "Organization", "name": edition.name, "url": edition.base},
        "datePublished": day(reviewed) if reviewed else "",
    }


def _work(corpus: Corpus, source: Work, edition: Edition) -> Node:
    record = source.record
    type_ = TYPES[record.type].schema_org
    title = _title(record)
    forms = ((source.translated_title, ENGLISH), (source.pinyin, PINYIN))
    others = [tagged(text, language) for text, language in forms if text]
    made: Node = {
        "@type": type_,
        "name": title,
        "alternateName": [*others, *(tagged(name) for name in filter(None, [source.short_title]))],
        "author": [*map(_author, source.authors)],
        "editor": [*map(_author, record.editors)],
        "translator": [*map(_author, record.translators)],
        "datePublished": day(source.date) if source.date else "",
        "inLanguage": record.language,
        "publisher": _by_name("Organization", record.publisher),
        "isPartOf": _by_name("CreativeWork", record.container),
        "url": record.url,
        "sameAs": record.doi_url,
    }
    if type_ in _ARTICLES:
        made["headline"] = title
    if type_ in _ARTICLES | {"Chapter"}:
        made["pagination"] = record.pages
    if record.isbn:
        number = {"@type": "PropertyValue", "propertyID": "ISBN", "value": record.isbn}
        made |= {"isbn": record.isbn} if type_ == "Book" else {"identifier": number}
    if record.translates:
        original = corpus[record.translates.id]
        type_ = TYPES[corpus.citation(original.id).type].schema_org
        made["translationOfWork"] = _named(original, type_, edition)
    if record.type in WITH_TRANSLATIONS:
        made["legislationIdentifier"] = source.number
        made["legislationDate"] = _first(record.adopted) or _first(record.dated)
        made["legislationPassedBy"] = made["author"]
    return made


def _title(record: Citation) -> Node:
    """Return the title of a source in its own language, else in English."""
    if record.language.startswith(ENGLISH) or not record.title_original:
        return tagged(flat(record.title), ENGLISH)
    own = CHINESE if record.language.startswith("zh") else record.language
    return tagged(flat(record.title_original), own)


def _by_name(type_: str, name: str | None) -> Node | None:
    return {"@type": type_, "name": tagged(name)} if name else None


def _author(author: Author) -> Node:
    made: Node = {"@type": "Organization", "name": tagged(author.name or "")}
    if author.family:
        name = " ".join(filter(None, (author.given, author.family)))
        made = {"@type": "Person", "name": tagged(name), "familyName": author.family}
        made["givenName"] = author.given
    return given(made | {"alternateName": tagged(author.zh, CHINESE) if author.zh else ""})


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
