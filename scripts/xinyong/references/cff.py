"""The corpus as a whole in the Citation File Format (https://citation-file-format.github.io, 1.2.0)."""

from __future__ import annotations

import yaml

from xinyong.edition import Edition


def cff(edition: Edition) -> str:
    """Return what ``CITATION.cff`` says of the whole, and the address at which this edition was published."""
    said = {
        "cff-version": "1.2.0",
        "message": edition.message,
        "type": "dataset",
        "title": edition.title,
        "abstract": edition.abstract,
        "authors": [dict(author) for author in edition.creators],
        "version": edition.version,
        "date-released": edition.released,
        "license": edition.licence,
        "doi": edition.doi,
        "url": edition.base,
        "repository-code": edition.repository,
        "keywords": [*edition.keywords],
    }
    given = {key: value for key, value in said.items() if value}
    return yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=1_000)
