"""The edition: what the whole is called, who answers for it, its version and day, and where it is published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import yaml

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
    authors: tuple[str, ...] = ("Xinyong contributors",)
    version: str = ""
    released: str = ""
    licence: str = "CC-BY-4.0"
    doi: str = ""
    repository: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def licence_url(self) -> str:
        """The address of the licence's text."""
        return "https://creativecommons.org/licenses/by/4.0/"

    @property
    def year(self) -> str:
        """The year of the edition."""
        return self.released[:4]

    @cached_property
    def host(self) -> str:
        """The host of the site, which makes identifiers unique in the world."""
        return urlsplit(self.base).hostname or "localhost"


def read(folder: Path, base: str = HERE) -> Edition:
    """Read the edition from ``CITATION.cff`` in ``folder`` (https://citation-file-format.github.io, 1.2.0).

    Where the file is missing, the edition has no version and no date.
    """
    file = folder / FILE
    if not file.is_file():
        return Edition(base)
    message = yaml.load(file.read_text(encoding="utf-8"), yaml.CBaseLoader)  # noqa: S506 - the base loader makes text only
    return Edition(
        base,
        title=message["title"],
        abstract=message.get("abstract", ""),
        authors=tuple(author.get("name") or _person(author) for author in message["authors"]),
        version=message.get("version", ""),
        released=message.get("date-released", ""),
        licence=message.get("license", "CC-BY-4.0"),
        doi=message.get("doi", ""),
        repository=message.get("repository-code", ""),
        keywords=tuple(message.get("keywords", ())),
    )


def _person(author: dict[str, str]) -> str:
    return " ".join(filter(None, (author.get("given-names"), author.get("family-names"))))
