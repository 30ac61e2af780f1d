"""An edition as one file: the data in every format, the records, schemas, licence and checksums.

A tar archive packed with gzip, the same bytes for the same commit: its files stand in the order of
their names, have the day of the edition, and belong to nobody.
"""

from __future__ import annotations

import datetime
import io
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from xinyong.edition import Edition
from xinyong.exports import api, everything, manifest
from xinyong.exports.files import put
from xinyong.publication import Library
from xinyong.records import MODELS
from xinyong.records.schema import as_text, schema
from xinyong.references.citation import whole_reference
from xinyong.source import edtf
from xinyong.words import Words

WORDS = Words("archive")
FILES = Words("files")

README = "README.txt"
LICENCE = "LICENCE.txt"

_FOLDERS = ("csv", "parquet", "json", "corpus", "schema")
_PACKED = (".gz", ".zip")
_EPOCH = "1980-01-01"
_LEVEL = 9


def write(library: Library, target: Path) -> None:
    """Write the archive of the library's edition to the file ``target``."""
    with tempfile.TemporaryDirectory() as work:
        everything.write(library, Path(work))
        folder = Path(work) / everything.FOLDER
        _complete(library, folder, Path(work) / api.FOLDER / "openapi.json")
        packed = everything.pack(_tar(folder, library.edition), _LEVEL)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(packed)


def name(edition: Edition) -> str:
    """Return the name of the folder inside the archive."""
    return f"xinyong-{edition.tag or 'without-a-day'}"


def _complete(library: Library, folder: Path, openapi: Path) -> None:
    """Leave out what is packed there a second time; add records, schemas, licence, read-me, checksums."""
    for path in folder.iterdir():
        if path.suffix in _PACKED:
            path.unlink()
    for kind in MODELS:
        (folder / "corpus" / kind).mkdir(parents=True)
    for entry in library.corpus:
        shutil.copyfile(entry.file, folder / "corpus" / entry.kind / f"{entry.id}.yml")
    (folder / "schema").mkdir()
    for kind in MODELS:
        put(folder / "schema" / f"{kind}.schema.json", as_text(schema(kind)))
    shutil.copyfile(openapi, folder / "schema" / "openapi.json")
    licence = files("xinyong.exports").joinpath("CC-BY-4.0.txt").read_text(encoding="utf-8")
    put(folder / LICENCE, licence)
    put(folder / README, read_me(library.edition, folder))
    manifest.seal(folder, library.edition)


def read_me(edition: Edition, folder: Path) -> str:
    """Return what a person reads first of an archive of the files in ``folder``."""
    day = edtf.parse(edition.released).words if edition.released else ""
    said = WORDS["edition"].format(day=day, version=edition.version, schema=edition.schema)
    licence = WORDS["licence"].format(licence=edition.licence, address=edition.licence_url)
    lines = [edition.title, said, WORDS["from"].format(address=edition.base), ""]
    lines += [WORDS["cite"], f"  {whole_reference(edition)}", "", licence, "", WORDS["inside"]]
    lines += [f"  {file:<18} {meaning}" for file, meaning in _inside(folder)]
    return "\n".join([*lines, "", WORDS["python"].format(folder=name(edition)), ""])


def _inside(folder: Path) -> Iterator[tuple[str, str]]:
    yield from ((f"{inner}/", WORDS[f"{inner}/"]) for inner in _FOLDERS)
    yield from ((file, meaning) for file, meaning in FILES.items() if (folder / file).is_file())
    yield manifest.CHECKSUMS, WORDS["checksums"].format(file=manifest.CHECKSUMS)


def _tar(folder: Path, edition: Edition) -> bytes:
    moment = datetime.datetime.fromisoformat(f"{edition.released or _EPOCH}T00:00:00+00:00")
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = tarfile.TarInfo(f"{name(edition)}/{path.relative_to(folder).as_posix()}")
            member.size, member.mode = path.stat().st_size, 0o644
            member.mtime = int(moment.timestamp())
            with path.open("rb") as content:
                archive.addfile(member, content)
    return made.getvalue()
