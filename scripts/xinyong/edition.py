"""The edition: what the whole is called, who answers for it, its version and day, and where it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import yaml

SCHEMA = "1.0"
"""The version of the published data and of the API: of their tables and columns, components and fields.

What is added counts the second number up; what goes or changes counts the first, and stands beside
its successor for a version before. The page ``docs/data-versions.md`` promises this and lists what
changed; ``tests/exports/published-columns.txt`` holds what there is.
"""

HERE = "http://127.0.0.1:8000/"
FILE = "CITATION.cff"

PUBLISHED = "published"
"""The folder, beside the corpus, of what is known of the site that was published."""


@dataclass(frozen=True)
class Edition:
    """What ``CITATION.cff`` says of the whole, and the address of the site, with its final slash."""

    base: str = HERE
    name: str = "Xinyong"
    title: str = "Xinyong: an annotated corpus on China's credit systems"
    abstract: str = ""
    message: str = "To cite the whole of the corpus, use this."
    creators: tuple[Mapping[str, str], ...] = field(
        default=({"name": "Xinyong contributors"},), hash=False
    )
    version: str = ""
    released: str = ""
    licence: str = "CC-BY-4.0"
    doi: str = ""
    repository: str = ""
    keywords: tuple[str, ...] = ()
    schema: str = SCHEMA

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of those who answer for it."""
        return tuple(author.get("name") or _person(author) for author in self.creators)

    @property
    def tag(self) -> str:
        """What git calls it: ``edition-2026-11-30``; empty without a day."""
        return f"edition-{self.released}" if self.released else ""

    @property
    def licence_url(self) -> str:
        """The address of the licence's text."""
        return "https://creativecommons.org/licenses/by/4.0/"

    @property
    def about(self) -> Mapping[str, str]:
        """What data say of themselves: title, address, version, day, version of the schema, licence."""
        return {
            "title": self.title,
            "url": self.base,
            "version": self.version,
            "released": self.released,
            "schema_version": self.schema,
            "licence": self.licence,
            "licence_url": self.licence_url,
        }

    @property
    def year(self) -> str:
        """The year of the edition."""
        return self.released[:4]

    @cached_property
    def host(self) -> str:
        """The host of the site, which makes identifiers unique in the world."""
        return urlsplit(self.base).hostname or "localhost"


def version(text: str) -> tuple[int, int]:
    """Return the two numbers of a version of the schema; raise ValueError for another text."""
    first, second = text.split(".")
    return int(first), int(second)


def read(folder: Path, base: str = HERE) -> Edition:
    """Read the edition from ``CITATION.cff`` in ``folder`` (https://citation-file-format.github.io, 1.2.0).

    Where the file is missing, the edition has no version and no date.
    """
    file = folder / FILE
    if not file.is_file():
        return Edition(base)
    said = yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader)  # noqa: S506 - the base loader makes text only
    return Edition(
        base,
        title=said["title"],
        abstract=said.get("abstract", ""),
        message=said.get("message", Edition.message),
        creators=tuple(said["authors"]),
        version=said.get("version", ""),
        released=said.get("date-released", ""),
        licence=said.get("license", "CC-BY-4.0"),
        doi=said.get("doi", ""),
        repository=said.get("repository-code", ""),
        keywords=tuple(said.get("keywords", ())),
    )


def _person(author: Mapping[str, str]) -> str:
    return " ".join(filter(None, (author.get("given-names"), author.get("family-names"))))
