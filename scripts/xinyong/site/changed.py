"""Which files of a site are new, changed or gone against the site that was published before it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin

from xinyong.exports.files import names
from xinyong.site.place import MARK, is_nobodys

Digests = Mapping[str, str]
"""The SHA-256 of each file of a site, by its path from the root."""

_LINE = re.compile(r"([0-9a-f]{64}) [ *](?:\./)?([^/\x00-\x1f\x7f][^\x00-\x1f\x7f]*)")
_INDEX = "index.html"


class ListError(ValueError):
    """Raised for what is no list of a site's files; the text says why, and what to do."""


@dataclass(frozen=True)
class Changes:
    """The paths that are added, changed and removed, each in their order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def uploads(self) -> list[str]:
        """What a host that has the old site needs to have the new one."""
        return sorted(self.added + self.changed)

    def table(self) -> list[str]:
        """Return a line for each path: what became of it, a tab, the path."""
        found = {"added": self.added, "changed": self.changed, "removed": self.removed}
        lines = [(path, f"{what}\t{path}") for what, paths in found.items() for path in paths]
        return [line for _, line in sorted(lines)]

    def purges(self, address: str) -> list[str]:
        """Return the addresses at which a cache below ``address`` may still hold old files."""
        return [_address(address, path) for path in sorted(self.changed + self.removed)]


def compare(old: Digests, new: Digests) -> Changes:
    """Return what is added, changed and removed from the old site to the new one."""
    return Changes(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(path for path in new.keys() & old.keys() if new[path] != old[path])),
        tuple(sorted(old.keys() - new.keys())),
    )


def read_folder(site: Path) -> Digests:
    """Digest the files of a built site.

    Left out are the list by which a build knows its own site, and what systems put into folders.
    """
    own = (name for name in sorted(names(site)) if name != MARK)
    return {name: _digest(site / name) for name in own if not is_nobodys(name.rpartition("/")[2])}


def read_list(text: str) -> Digests:
    """Read a list as ``sha256sum`` writes it.

    Raise ListError for a line that is none of it, or whose path leads out of the site.
    """
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line)
        if not match or ".." in match[2].split("/"):
            raise ListError(
                f"line {number} is no SHA-256 with a path; make the list with --list or sha256sum"
            )
        found[match[2]] = match[1]
    return found


def as_list(files: Digests) -> str:
    """Write the list of a site's files as ``sha256sum`` does."""
    return "".join(f"{digest}  {path}\n" for path, digest in files.items())


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _address(base: str, path: str) -> str:
    folder, _, name = path.rpartition("/")
    shown = f"{folder}/".lstrip("/") if name == _INDEX else path
    return urljoin(f"{base.rstrip('/')}/", quote(shown))
