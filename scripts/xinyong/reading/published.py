"""A folder of published data as a corpus: which files are read, and how they are checked.

``SHA256SUMS.txt`` says what every other file is. ``manifest.json`` says of which edition and schema
the data are, and ``records.jsonl`` holds every record. Nothing of a file is looked at before its
checksum is right.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from xinyong.corpus import Corpus
from xinyong.edition import SCHEMA, Edition, version
from xinyong.exports.manifest import CHECKSUMS, MANIFEST
from xinyong.reading.documents import corpus_of
from xinyong.reading.faults import LoadError
from xinyong.reading.places import Address, Folder, Place

RECORDS = "records.jsonl"

_SMALL = 1_000_000
_LARGE = 256_000_000
"""How long a list of files may be, and how long the records."""

_SUM = re.compile(r"([0-9a-f]{64})  (\S+)")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def is_copy(source: str | Path) -> bool:
    """Say whether a source is an address, or a folder that holds published data."""
    known = (CHECKSUMS, MANIFEST, RECORDS)
    return _is_address(source) or any((Path(source) / name).is_file() for name in known)


def read(source: str | Path, sha256: str = "", timeout: float = 60) -> tuple[Corpus, Edition]:
    """Read the published data of ``source``, and of which edition they are.

    ``sha256`` is the checksum that ``SHA256SUMS.txt`` has to have, where one was noted; ``timeout``
    how many seconds a file may take. Raises LoadError.
    """
    place = _place(source, timeout)
    sums = _sums(place, sha256)
    edition = _edition(_checked(place, MANIFEST, sums, _SMALL), place.name + MANIFEST)
    content = _checked(place, RECORDS, sums, _LARGE)
    return corpus_of(content, place.name + RECORDS, edition.schema), edition


def _place(source: str | Path, timeout: float) -> Place:
    return Address(str(source), timeout) if _is_address(source) else Folder(Path(source))


def _is_address(source: str | Path) -> bool:
    return isinstance(source, str) and bool(_ADDRESS.match(source))


def _sums(place: Place, wanted: str) -> dict[str, str]:
    content = place.read(CHECKSUMS, _SMALL)
    found = hashlib.sha256(content).hexdigest()
    if wanted and found != wanted.lower():
        message = f"'{place.name}{CHECKSUMS}' has the checksum {found}, not {wanted.lower()}"
        raise LoadError(f"{message}; it is another edition than the one that was noted")
    lines = content.decode("utf-8", "replace").splitlines()
    matches = [_SUM.fullmatch(line) for line in lines]
    if not all(matches):
        raise LoadError(
            f"'{place.name}{CHECKSUMS}' is no list of checksums; is this the folder 'data/' of a site?"
        )
    return {match[2]: match[1] for match in matches if match}


def _checked(place: Place, file: str, sums: dict[str, str], most: int) -> bytes:
    wanted = sums.get(file)
    if not wanted:
        message = f"'{place.name}{CHECKSUMS}' names no '{file}'"
        raise LoadError(f"{message}; the data are of an older or another program")
    content = place.read(file, most)
    if hashlib.sha256(content).hexdigest() != wanted:
        message = f"'{place.name}{file}' is not what {CHECKSUMS} says"
        raise LoadError(f"{message}: it is damaged, or was published anew meanwhile; load it again")
    return content


def _edition(content: bytes, name: str) -> Edition:
    try:
        said = json.loads(content)
        given = {key: said[key] for key in ("title", "version", "released", "licence")}
        schema, authors = said["schema_version"], said["authors"]
        edition = Edition(
            said["url"],
            **given,
            creators=tuple({"name": str(author)} for author in authors),
            doi=said.get("doi", ""),
            schema=schema,
        )
        major, own = version(schema)[0], version(SCHEMA)[0]
    except (ValueError, KeyError, TypeError, RecursionError):
        message = f"'{name}' does not say what the data are"
        raise LoadError(f"{message}; is this the folder 'data/' of a site?") from None
    if major != own:
        message = f"'{name}' says that the data have the schema {schema}"
        remedy = "install the xinyong that was published with them"
        raise LoadError(f"{message}, and this program reads {own}.x; {remedy}")
    return edition
