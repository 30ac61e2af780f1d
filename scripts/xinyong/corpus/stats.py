"""Figures about the corpus: what it holds, and how well it stands."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xinyong.corpus import STANDINGS, Corpus
from xinyong.corpus.counted import numbers
from xinyong.corpus.dates import date_of
from xinyong.records import MODELS, Citation
from xinyong.records.base import Cited

_UNANNOTATED = frozenset({"programs", "blacklists", "claims", "citations"})


@dataclass(frozen=True)
class Stats:
    """Counts of a corpus.

    Records and facts by kind, facts by standing, sources by language, the years covered.
    """

    records: Mapping[str, int]
    facts: Mapping[str, int]
    cites: int
    several: int
    standings: Mapping[str, int]
    weak: int
    languages: Mapping[str, int]
    years: tuple[str, str]
    unannotated: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of facts."""
        return sum(self.facts.values())


def stats(corpus: Corpus) -> Stats:
    """Count what a sound corpus holds."""
    counted = numbers(corpus)
    facts = [(entry, fact) for entry in corpus for _, fact in entry.values(Cited)]
    works = [entry.record for entry in corpus if isinstance(entry.record, Citation)]
    years = sorted(date.year for work in works if (date := date_of(work)) and date.year)
    return Stats(
        records={kind: counted[f"records-{kind}"] for kind in MODELS},
        facts={kind: counted[f"facts-{kind}"] for kind in MODELS},
        cites=sum(len(fact.cite) for _, fact in facts),
        several=sum(1 for _, fact in facts if len({cite.read.id for cite in fact.cite}) > 1),
        standings=_count(corpus.standing_of(fact) for _, fact in facts),
        weak=sum(1 for _, fact in facts if corpus.is_weak(fact.cite)),
        languages=_count(work.language for work in works),
        years=(years[0], years[-1]) if years else ("", ""),
        unannotated=_count(
            e.kind for e in corpus if e.kind in _UNANNOTATED and not e.record.annotation
        ),
    )


def as_lines(found: Stats) -> Iterator[str]:
    """Say the figures line by line."""
    for kind, number in found.records.items():
        yield f"{kind:<14} {number:>6,} records {found.facts.get(kind, 0):>7,} facts"
    yield f"{'total':<14} {sum(found.records.values()):>6,} records {found.total:>7,} facts"
    facts = max(found.total, 1)
    yield f"cites per fact {found.cites / facts:.2f}; with two or more sources {found.several / facts:.0%}"
    for standing in STANDINGS:
        if standing != "disputed":
            number = found.standings.get(standing, 0)
            yield f"{standing:<14} {number:>6,} facts, {number / facts:.0%}"
    yield f"{'weak sources':<14} {found.weak:>6,} facts rest on nothing else, {found.weak / facts:.0%}"
    languages = ", ".join(f"{language} {number:,}" for language, number in found.languages.items())
    yield f"sources from {found.years[0]} to {found.years[1]}, by language: {languages}"
    missing = ", ".join(f"{kind} {number:,}" for kind, number in found.unannotated.items())
    yield f"without an annotation: {missing or 'none'}"


def sample(corpus: Corpus, labels: Mapping[str, str], size: int, seed: int) -> Iterator[str]:
    """Draw facts at random, each with its record, its cites and the addresses of their sources.

    ``labels`` gives the short reference of each citation.
    """
    facts = [(entry, path, fact) for entry in corpus for path, fact in entry.values(Cited)]
    drawn = random.Random(seed).sample(facts, min(size, len(facts)))  # noqa: S311 - a draw, not a secret
    for number, (entry, path, fact) in enumerate(drawn, 1):
        yield f"{number}. {entry.kind}/{entry.id} {'.'.join(map(str, path))}: {_said(fact)}"
        for cite in fact.cite:
            work = corpus.citation(cite.read.id)
            yield f"   {cite} ({labels[cite.read.id]}, {work.read}) {work.url or 'no address'}"


def _said(fact: Cited) -> str:
    skipped = {"cite", "note", "inferred", "as_of"}
    given = {name: getattr(fact, name) for name in type(fact).model_fields if name not in skipped}
    parts = [f"{name}={_plain(value)}" for name, value in given.items() if value not in (None, [])]
    message = parts[0].partition("=")[2] if len(parts) == 1 else ", ".join(parts)
    date = f" (as of {fact.as_of})" if fact.as_of else ""
    remark = f" [note: {fact.note}]" if fact.note else ""
    return message + date + remark + (f" [inferred: {fact.inferred}]" if fact.inferred else "")


def _plain(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_plain(getattr(item, "value", item)) for item in value)
    return str(value)


def _count(names: Iterator[str]) -> Mapping[str, int]:
    return dict(Counter(names).most_common())
