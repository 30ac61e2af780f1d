"""What a site is made from, as digests: the program, the libraries it uses, the files, the settings, git."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from xinyong.edition import FILE as EDITION
from xinyong.edition import PUBLISHED
from xinyong.history.git import GitError, Repository

DOCS = "docs"
"""The usual folder of the hand-written pages, from that of the engine's configuration."""

_VARIABLE = re.compile(rb"!ENV\s*\[?([^\]\n#]*)")
_NAME = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")


def digest(*parts: object) -> str:
    """Return a digest of values that ``repr`` writes in full."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program() -> str:
    """Return a digest of this program and of what it runs on: its files, the installed libraries, Python."""
    found: set[str] = set()
    for place in map(Path, sys.path):
        if place.is_dir():
            found.update(path.name for path in place.iterdir() if path.suffix == ".dist-info")
    versions = (sys.version, sys.platform, sqlite3.sqlite_version, zlib.ZLIB_RUNTIME_VERSION)
    return digest(_folder(Path(str(files("xinyong")))), sorted(found), versions)


def settings(config: Path) -> str:
    """Return a digest of the engine's configuration and of the variables that it names."""
    text = config.read_bytes()
    named = {name.decode() for found in _VARIABLE.findall(text) for name in _NAME.findall(found)}
    named.add("SOURCE_DATE_EPOCH")
    return digest(text, sorted((name, os.environ.get(name)) for name in named))


def texts(config: Path) -> str:
    """Return a digest of the hand-written files: the pages, with all that stands beside them, and the edition's."""
    return digest(_folder(config.parent / EDITION), _folder(config.parent / DOCS))


def records(root: Path) -> str:
    """Return a digest of the files of the corpus, and of what is known of the published site."""
    return digest(_folder(root), _folder(root.parent / PUBLISHED))


def past(root: Path) -> str:
    """Return a digest of what git says of the corpus: its commits, which files differ, git's settings."""
    try:
        repository = Repository.around(root)
        commits, unsaved = list(repository.parents().items()), sorted(repository.unsaved())
        asked = repository.ask("config", "--null", "--list")
        return digest(commits, repository.shallow, repository.prefix, unsaved, asked)
    except GitError as error:
        return digest(error.lack, str(error))


def _folder(path: Path) -> list[tuple[str, str]]:
    """Return the names of the files at or below a path, with their checksums."""
    return [(name, hashlib.sha256(data).hexdigest()) for name, data in _files(path)]


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_file():
        yield "", path.read_bytes()
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        for name in sorted(names):
            file = Path(folder, name)
            try:
                yield str(file.relative_to(path)), file.read_bytes()
            except OSError as error:  # it may not be read, or is no file, which the build tells of
                yield str(file.relative_to(path)), str(error.errno).encode()
