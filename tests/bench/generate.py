"""Write a corpus of any size from a seed: the same records for the same seed, shaped like the real
ones.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import yaml

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
HAN = "信用社会体系建设失执行人名单征信芝麻分荣成苏州杭州政府法院"
WORDS = [
    "the",
    "score",
    "court",
    "list",
    "town",
    "credit",
    "points",
    "bank",
    "central",
    "record",
    "person",
    "firm",
    "year",
    "plan",
    "notice",
    "says",
    "that",
    "under",
    "which",
    "may",
    "public",
    "account",
    "rule",
    "first",
    "since",
    "law",
    "city",
    "every",
    "data",
    "score",
    "system",
    "state",
    "not",
    "company",
    "report",
]
SHARES = (("citations", 0.45), ("terms", 0.14), ("cities", 0.14), ("events", 0.1), ("claims", 0.06),
          ("programs", 0.05), ("blacklists", 0.03), ("organizations", 0.03))  # fmt: skip
COMMON = 100
LAYERS = ("state", "municipal", "commercial", "financial")


class Writer:
    """Makes records whose links and cites resolve."""

    def __init__(self, records: int, seed: int) -> None:
        self.random = random.Random(seed)
        counts = {kind: max(2, round(records * share)) for kind, share in SHARES}
        counts["citations"] += records - sum(counts.values())
        self.ids = {
            kind: [f"{kind[:4]}-{n:05}" for n in range(count)] for kind, count in counts.items()
        }

    def records(self) -> Iterator[tuple[str, str, dict[str, object]]]:
        """Yield kind, id and content of every record."""
        for kind, ids in self.ids.items():
            for number, id_ in enumerate(ids):
                yield kind, id_, self.record(kind, number)

    def record(self, kind: str, number: int) -> dict[str, object]:
        """Make the record ``number`` of a kind."""
        if kind == "citations":
            return self.citation(number)
        # Each record links to the next of its kind, so that none stands alone.
        common: dict[str, object] = {
            "name": {
                "en": f"{_made_up(number)} {self.words(2)}",
                "zh": self.han(number),
                "also": [self.other_name(number)],
            },
            "summary": f"{self.prose()}\n\n{self.prose()}\n",
            "annotation": f"{self.prose()}\n",
            "see": [self.ids[kind][(number + 1) % len(self.ids[kind])]],
            "details": [
                {"label": self.words(3), "value": self.words(9), **self.cited()} for _ in range(3)
            ],
        }
        own: dict[str, object] = getattr(self, kind.rstrip("s") if kind != "cities" else "city")()
        return common | own

    def citation(self, number: int) -> dict[str, object]:
        """Make a source that the term of its number cites."""
        return {
            "type": self.random.choice(["news", "web", "article", "policy"]),
            "title": self.words(8).capitalize(),
            "authors": [
                {"family": self.words(1).capitalize(), "given": self.words(1).capitalize()}
            ],
            "container": self.words(2).title(),
            "date": f"{self.random.randint(1999, 2025)}-{self.random.randint(1, 12):02}",
            "language": self.random.choice(["en", "zh"]),
            "url": f"https://example.org/{number}",
            "read": "excerpt",
            "reliability": self.random.choice(["news", "official", "academic", "primary-law"]),
            "annotation": self.words(25).capitalize() + ".\n",
        }

    def term(self) -> dict[str, object]:
        """Make the fields of a term."""
        renderings = [
            {"value": self.words(2), "used_by": self.words(2), **self.cited()} for _ in range(3)
        ]
        return {
            "domain": "law",
            "renderings": renderings,
            "usage": self.points(2),
            "related": [self.pick("programs")],
        }

    def city(self) -> dict[str, object]:
        """Make the fields of a place."""
        point = {
            "lat": round(self.random.uniform(20, 45), 2),
            "lon": round(self.random.uniform(90, 125), 2),
        }
        return {
            "province": {"value": self.random.choice(["shandong", "jiangsu"]), **self.cited()},
            "level": {"value": "prefecture", **self.cited()},
            "coordinates": {"value": point, **self.cited()},
            "designations": [{"list": "demonstration-2023", "date": "2023-08-14", **self.cited()}],
            "practice": self.points(3),
        }

    def event(self) -> dict[str, object]:
        """Make the fields of an event."""
        year = self.random.randint(1999, 2025)
        concerns = [self.pick("programs"), self.pick("blacklists")]
        return {"date": {"value": year, **self.cited()}, "layers": ["state"], "concerns": concerns}

    def claim(self) -> dict[str, object]:
        """Make the fields of a claim."""
        stances = ("for", "against", "against", "context")
        evidence = [
            {"stance": stance, "value": self.words(18), **self.cited()} for stance in stances
        ]
        return {"claimants": self.points(1), "assessment": "partly", "evidence": evidence}

    def program(self) -> dict[str, object]:
        """Make the fields of a program."""
        benefits = [
            {
                "partner": self.words(2),
                "offer": self.words(6),
                "min_score": 400 + 50 * n,
                **self.cited(),
            }
            for n in range(5)
        ]
        bands = [
            {"label": f"band {n}", "min": 350 + 100 * n, "max": 450 + 100 * n, **self.cited()}
            for n in range(6)
        ]
        return {
            "layer": self.random.choice(LAYERS),
            "form": "score",
            "operators": [self.pick("organizations")],
            "launched": {"value": 2015, **self.cited()},
            "score": {"value": {"min": 350, "max": 950}, **self.cited()},
            "bands": bands,
            "benefits": benefits,
            "cities": [self.pick("cities")],
        }

    def blacklist(self) -> dict[str, object]:
        """Make the fields of a list."""
        figures = [
            {
                "value": 1000 * n,
                "counts": "entries",
                "series": "current",
                "as_of": 2013 + n,
                **self.cited(),
            }
            for n in range(8)
        ]
        return {
            "polarity": "blacklist",
            "layer": "state",
            "authority": [self.pick("organizations")],
            "criteria": self.points(4),
            "consequences": [
                {"value": self.words(9), "type": "travel", **self.cited()} for _ in range(4)
            ],
            "figures": figures,
        }

    def organization(self) -> dict[str, object]:
        """Make the fields of an organization."""
        return {"type": "state", "role": self.points(3)}

    def points(self, count: int) -> list[dict[str, object]]:
        """Make some cited statements."""
        return [{"value": self.words(14), **self.cited()} for _ in range(count)]

    def cited(self) -> dict[str, object]:
        """Make the cites of a fact."""
        return {"cite": self.random.sample(self.ids["citations"], self.random.choice([1, 1, 2]))}

    def other_name(self, number: int) -> str:
        """Make another name: of the first records one that running text may hold.

        It is so of a fixed count, that a page holds as many terms of the glossary at each size.
        """
        return self.words(2) if number < COMMON else f"{_made_up(number)} {self.words(1)}"

    def prose(self) -> str:
        """Make a paragraph with links and cites."""
        link, cite = self.pick("terms"), self.pick("citations")
        return f"{self.words(20).capitalize()} [[{link}]] {self.han(7)} {self.words(18)} [@{cite}]."

    def words(self, count: int) -> str:
        """Make a run of words."""
        return " ".join(self.random.choices(WORDS, k=count))

    def han(self, number: int) -> str:
        """Make a run of Chinese that is another one for every number."""
        tail = "".join(HAN[int(digit)] for digit in str(number))
        return "".join(self.random.choices(HAN, k=5)) + tail

    def pick(self, kind: str) -> str:
        """Choose a record of a kind."""
        return self.random.choice(self.ids[kind])


def _made_up(number: int) -> str:
    """Return a word that is another one for every number, as the first words of names are."""
    syllables = [f"{first}{last}" for first in "bdfgklmnprst" for last in "aeiou"]
    word = "".join(syllables[number // 60**place % 60] for place in range(3))
    return word.capitalize()


def write(folder: Path, records: int, seed: int = 1) -> None:
    """Write a corpus of ``records`` records into ``folder``; every citation is cited at least by
    one list of links.
    """
    writer = Writer(records, seed)
    for kind, id_, content in writer.records():
        path = folder / kind / f"{id_}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120),
            encoding="utf-8",
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.folder, options.records, options.seed)
