"""What is counted on several pages: one definition each, so that numbers of one name agree.

An element that shows such a number names it: ``<b data-number="facts">5,909</b>``. What a number
means, where its name does not say it, stands in the table of words under ``numbers``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from xinyong.corpus.entries import Corpus
from xinyong.records import MODELS, Blacklist, City, Event, Program
from xinyong.records.vocabularies import DESIGNATION, LAYER


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


def numbers(corpus: Corpus) -> Mapping[str, int]:
    """Return every number by its name.

    ``records``, ``records-<kind>``: records, of all kinds and of one;
    ``facts``, ``facts-<kind>``: facts, of all records and of those of one kind;
    ``programs-<layer>``, ``blacklists-<layer>``: programs and lists of a layer;
    ``programs-with-score``, ``programs-with-score-<layer>``: those that give a score or grades;
    ``events-<layer>``: events that belong to a layer, alone or beside others;
    ``places-with-scheme``: places with a scheme of their own;
    ``places-<list>``: places on a list of pilot or model cities.
    """
    return corpus.once("numbers", _numbers)


def _numbers(corpus: Corpus) -> Mapping[str, int]:
    found = Counter(dict.fromkeys(_names(), 0))
    found.update(_of_layers(corpus))
    for kind in MODELS:
        entries = corpus.of_kind(kind)
        found[f"records-{kind}"] = len(entries)
        found[f"facts-{kind}"] = sum(len(entry.facts) for entry in entries)
    found["records"] = sum(found[f"records-{kind}"] for kind in MODELS)
    found["facts"] = sum(found[f"facts-{kind}"] for kind in MODELS)
    found["programs-with-score"] = sum(found[f"programs-with-score-{key}"] for key in LAYER.values)
    found["places-with-scheme"] = len(places_with_scheme(corpus))
    return found


def number(corpus: Corpus, name: str) -> int:
    """Return the number of that name."""
    return numbers(corpus)[name]


def _names() -> Iterator[str]:
    """Yield the names of the numbers of layers and lists, some of which may count nothing."""
    for layer in LAYER.values:
        for what in ("programs", "blacklists", "programs-with-score", "events"):
            yield f"{what}-{layer}"
    for key in DESIGNATION.values:
        yield f"places-{key}"


def _of_layers(corpus: Corpus) -> list[str]:
    """Return, for each record, the names of the numbers of layers and lists that count it."""
    found = []
    for entry in corpus:
        record = entry.record
        if isinstance(record, Program):
            found.append(f"programs-{record.layer}")
            found += [f"programs-with-score-{record.layer}"] if has_score(record) else []
        if isinstance(record, Blacklist):
            found.append(f"blacklists-{record.layer}")
        if isinstance(record, Event):
            found += [f"events-{layer}" for layer in record.layers]
        if isinstance(record, City):
            named = {item.list for item in record.designations}
            found += [f"places-{key}" for key in DESIGNATION.values if key in named]
    return found
