"""The files that were written, with their sizes and checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinyong.edition import Edition
from xinyong.exports.files import dumped, put

CHECKSUMS = "SHA256SUMS.txt"
"""The list of the checksums of all other files."""

MANIFEST = "manifest.json"
"""What the data are, and which files there are: what a program looks at first."""

MEDIA: Mapping[str, str] = {
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".gz": "application/gzip",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".ris": "application/x-research-info-systems",
    ".sqlite": "application/vnd.sqlite3",
    ".ttl": "text/turtle",
    ".txt": "text/plain",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}
"""The media type of each ending."""


@dataclass(frozen=True)
class File:
    """A file: its address from the folder of the exports, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str

    @property
    def media(self) -> str:
        """Its media type."""
        return MEDIA[Path(self.path).suffix]


def read(folder: Path, pattern: str = "*") -> dict[str, File]:
    """Return every file below ``folder`` whose name is of the pattern by its address, in their order.

    The page that stands in the folder, and tells of the files, is none of them.
    """
    found = (path for path in folder.rglob(pattern) if path.suffix != ".html")
    paths = sorted(path for path in found if path.is_file())
    return {file.path: file for file in (_file(folder, path) for path in paths)}


def seal(folder: Path, edition: Edition) -> dict[str, File]:
    """Write what the data in ``folder`` are and the checksums of all files; return these with what they are."""
    for file in (CHECKSUMS, MANIFEST):
        (folder / file).unlink(missing_ok=True)
    files = read(folder)
    put(folder / MANIFEST, f"{dumped(manifest(files, edition))}\n")
    files = dict(sorted((files | read(folder, MANIFEST)).items()))
    put(folder / CHECKSUMS, checksums(files))
    return files


def manifest(files: Mapping[str, File], edition: Edition) -> dict[str, Any]:
    """Return what the data are as JSON data: edition, version of the schema, licence, every file."""
    doi = {"doi": edition.doi} if edition.doi else {}
    listed = [
        {"path": file.path, "bytes": file.size, "sha256": file.sha256, "media_type": file.media}
        for file in files.values()
    ]
    return {**edition.about, "authors": [*edition.authors], **doi, "files": listed}


def checksums(files: Mapping[str, File]) -> str:
    """Return the list of checksums that ``sha256sum --check`` reads."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in files.values())


def _file(folder: Path, path: Path) -> File:
    content = path.read_bytes()
    return File(
        path.relative_to(folder).as_posix(), len(content), hashlib.sha256(content).hexdigest()
    )
