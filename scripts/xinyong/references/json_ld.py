"""Pages in the words of schema.org (https://schema.org), as JSON-LD, for search engines and the graph.

The page of a record is a ``WebPage``, at its address; what the record tells of is its ``mainEntity``,
a node of its own with ``#subject`` behind the address. So a page about a newspaper article is
never that article, and what a page cites is said of the page: a city cites nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from xinyong.corpus import Corpus, Entry
from xinyong.edition import Edition
from xinyong.references import things
from xinyong.references.things import SET, Node, address, given, tagged

CONTEXT = "https://schema.org"


def script(node: Node) -> Markup:
    """Return a node as a script element that runs nothing; no text in it can end the element."""
    text = json.dumps(
        {"@context": CONTEXT} | node, ensure_ascii=False, separators=(",", ":")
    ).replace("<", "\\u003c")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))


def page(corpus: Corpus, entry: Entry, description: str, edition: Edition) -> Node:
    """Return the page of a record as a node, what it is about in it; ``description`` is plain text."""
    reviewed = entry.record.reviewed
    made: Node = {
        "@type": "WebPage",
        "@id": edition.base + entry.url,
        "url": edition.base + entry.url,
        "name": tagged(entry.record.heading),
        "description": tagged(description) if description else "",
        "inLanguage": "en",
        "isPartOf": {"@id": _site(edition)},
        "lastReviewed": things.day(reviewed) if reviewed else "",
        "license": edition.licence_url,
        "mainEntity": things.thing(corpus, entry, edition),
    }
    return given(made)


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
    return given(made)


def website(edition: Edition, search: str) -> Node:
    """Return the site; ``search`` is the address at which it is searched, with ``{query}`` for what is sought."""
    return {
        "@type": "WebSite",
        "@id": _site(edition),
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


LISTED = 2_000
"""Of so many terms at most all are named in their set; of more, each page names the set."""


def term_set(corpus: Corpus, edition: Edition) -> Node:
    """Return the glossary as a set of defined terms."""
    entries = corpus.of_kind("terms")
    terms = [
        {
            "@type": "DefinedTerm",
            "@id": address(entry, edition),
            "name": things.names(entry.record.names),
        }
        for entry in (entries if len(entries) <= LISTED else ())
    ]
    made = {
        "@type": "DefinedTermSet",
        "@id": edition.base + SET,
        "url": edition.base + "terms/",
        "name": f"{edition.name}: glossary",
        "license": edition.licence_url,
        "hasDefinedTerm": terms,
    }
    return given(made)


def _site(edition: Edition) -> str:
    return f"{edition.base}#site"
