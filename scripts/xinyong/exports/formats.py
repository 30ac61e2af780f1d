"""The names of all formats.

Apart from what writes them, so that a command can list them before it imports anything.
"""

from __future__ import annotations

FORMATS = (
    "all", "api", "archive", "bibtex", "cff", "changes", "chicago", "cite", "csl", "csv", "datasette", "facts",
    "geojson", "graph", "ical", "json", "jsonl", "markdown", "parquet", "parquet-by-kind", "ris", "skos", "sqlite",
    "timeline",
)  # fmt: skip
"""The formats that ``xinyong export`` writes."""
