"""The records as a graph in JSON-LD (https://www.w3.org/TR/json-ld11/).

The page of a record is a node, what it is about another, a link an edge between two of these.

Nodes are in the words of schema.org, as in the head of each page; edges are named by the fields of
the records, below the address of the data page. What a page cites is told of the page. The context
is in the file, so that reading it asks no other host.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from xinyong.corpus import Entry
from xinyong.corpus.text import plain
from xinyong.edition import Edition
from xinyong.exports.columns import Row
from xinyong.exports.files import dumped
from xinyong.publication import Library
from xinyong.references import json_ld
from xinyong.references.things import address

_ADDRESSES = ("sameAs", "url", "license", "inDefinedTermSet")


CLOSING = "\n]}\n"
"""What ends the file."""


def opening(edition: Edition) -> str:
    """Return what begins the file: the context, and the list of nodes opened."""
    context: dict[str, Any] = {"@vocab": "https://schema.org/", "xy": f"{edition.base}data/#"}
    context |= {name: {"@type": "@id"} for name in _ADDRESSES}
    return f'{{"@context": {dumped(context)}, "@graph": [\n'


def node(library: Library, entry: Entry, links: Iterable[Row], cited: Iterable[str]) -> str:
    """Return the page of a record as a node on one line, its rows of links and the works it cites as edges."""
    corpus, edition = library.corpus, library.edition
    about = entry.record.summary or entry.record.annotation
    made = json_ld.page(corpus, entry, plain(about, corpus) if about else "", edition)
    edges: dict[str, dict[str, None]] = defaultdict(dict)
    for row in links:
        edges[f"xy:{row['field']}"][address(corpus[row["target"]], edition)] = None
    made["mainEntity"] |= {name: _listed(targets) for name, targets in edges.items()}
    if sources := _listed(address(corpus[id_], edition) for id_ in cited):
        made["citation"] = sources
    return dumped(made)


def _listed(addresses: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": at} for at in addresses]
