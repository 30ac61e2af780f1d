"""Say whether a site may be put at a place: where nothing is, or nothing but an older site."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from fnmatch import translate
from functools import lru_cache
from pathlib import Path

MARK = ".xinyong"
"""The file in a built site that lists its files, by which the site is known to be built by us."""

HOME, PROJECT = "your home folder", "the project's folder"

_NOBODYS = re.compile(
    "|".join(
        translate(os.path.normcase(pattern))
        for pattern in (".DS_Store", "._*", "Thumbs.db", "desktop.ini", "lost+found", ".nfs*")
    )
)
"""What the system puts into folders unasked."""

_LONGEST = 200
"""The longest name, in bytes, from which the workshop's name is made; systems take 255."""


class PlaceError(Exception):
    """Raised where no site may or can be put; the text says why, and what to do."""


def check(out: Path, kept: Mapping[str, Path]) -> None:
    """Raise PlaceError where a site must not be put at ``out``, whatever stands there.

    ``kept`` are folders by what they are, such as ``the corpus``: neither they nor what holds them
    nor what lies in them is replaced; for the home and the project, what lies in them may be.
    """
    target = target_of(out)
    if os.path.lexists(target) and not target.is_dir():
        raise PlaceError(f"'{out}' is no folder; name another place with --out")
    for what, path in kept.items():
        if _holds(target, path):
            raise PlaceError(_never(out, what, "is" if _same(target, path) else "holds"))
        if what not in (HOME, PROJECT) and _holds(path, target):
            raise PlaceError(_never(out, what, "lies in"))


def kept(root: Path, config: Path) -> Mapping[str, Path]:
    """Return the folders that no site replaces, by what they are."""
    project = config.absolute().parent
    found = {PROJECT: project}
    with suppress(RuntimeError):  # nobody knows where the home is
        found[HOME] = Path.home()
    return found | {
        "the corpus": root,
        "the folder of the hand-written pages": project / "docs",
        "the folder of git": project / ".git",
    }


def mark(site: Path) -> None:
    """List the files of a built site in it, by their names, so that it is known again."""
    files = [name for name in _files(site) if not name.startswith(".git/")]
    message = {"built by": "xinyong", "files": sorted(files)}
    text = json.dumps(message, indent=0) + "\n"
    (site / MARK).write_text(text, encoding="utf-8")


def target_of(out: Path) -> Path:
    """Return the folder behind symbolic links; where they lead round in a ring, one of them."""
    return Path(os.path.realpath(out))


def workshop_of(target: Path) -> Path:
    """Return the folder in which a site for ``target`` is built: beside it, else in it."""
    fixed = target.is_dir() and (os.path.ismount(target) or not is_writable(target.parent))
    if fixed:
        return target / ".xinyong-build"
    name = os.fsencode(target.name)
    short = target.name if len(name) <= _LONGEST else hashlib.sha256(name).hexdigest()[:16]
    return target.with_name(f".{short}-build")


_EFFECTIVE = os.access in os.supports_effective_ids


def is_writable(folder: Path | str) -> bool:
    """Whether things can be made in a folder, as far as its rights tell."""
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=_EFFECTIVE)


def check_contents(out: Path, target: Path) -> None:
    """Raise PlaceError where the old site is none, holds more, or cannot be removed."""
    if not target.exists():
        return
    folders: list[str] = []
    found = set(_files(target, folders))
    ours = listed(target)
    own = workshop_of(target)
    inside = (path for path in target.iterdir() if path != own and not is_nobodys(path.name))
    if ours is None and any(inside):
        raise PlaceError(
            f"'{out}' is not empty and was not built by xinyong; delete it if nobody needs it, "
            "or name another folder with --out"
        )
    added = sorted(found - (ours or set()))
    if added:
        more = f" and {len(added) - 3:,} more" if len(added) > 3 else ""
        names = ", ".join(f"'{name}'" for name in added[:3])
        raise PlaceError(
            f"'{out}' holds what xinyong did not put there: {names}{more}; move it elsewhere "
            "(what belongs to the site stands in docs), or name another folder with --out"
        )
    for folder in folders:
        if not is_writable(folder):
            shown = out / Path(folder).relative_to(target)
            raise PlaceError(
                f"'{shown}' cannot be written ({why_not(Path(folder))}); "
                "make it writable, or name another folder with --out"
            )


def _never(out: Path, what: str, how: str) -> str:
    return f"'{out}' {how} {what}, which no site replaces; name another folder with --out"


def _holds(folder: Path, path: Path) -> bool:
    """Whether a path is a folder or lies in it, whatever names lead there."""
    real = target_of(path)
    return any(_same(folder, above) for above in (real, *real.parents))


def _same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def why_not(folder: Path) -> str:
    """Say why a folder cannot be written."""
    try:
        full = os.statvfs(folder)
        if full.f_flag & os.ST_RDONLY:
            return "its file system is read-only"
        owner = folder.owner()
    except (AttributeError, KeyError, OSError):  # not every system knows owners
        return "it is protected"
    mine = folder.stat().st_uid == os.geteuid()
    return "it is write-protected" if mine else f"it belongs to {owner}"


def listed(site: Path) -> set[str] | None:
    """Return the names of the files that a built site lists; None where it has no list."""
    try:
        message = json.loads((site / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    files = message.get("files") if isinstance(message, dict) else None
    return {str(name) for name in files} if isinstance(files, list) else None


def _files(site: Path, folders: list[str] | None = None) -> Iterator[str]:
    """Yield the names of the files below a folder; not ours in it, nor what systems put there.

    The paths of the folders are added to ``folders``.
    """
    own, start = str(workshop_of(site)), len(str(site)) + 1
    ahead = [str(site)]
    while ahead:
        folder = ahead.pop()
        if folders is not None:
            folders.append(folder)
        with suppress(OSError), os.scandir(folder) as found:
            for item in found:
                if is_nobodys(item.name):
                    continue
                if item.is_dir(follow_symlinks=False):
                    if item.path != own:
                        ahead.append(item.path)
                elif (name := item.path[start:]) != MARK:
                    yield name.replace(os.sep, "/")


@lru_cache(maxsize=1 << 14)  # most names stand in thousands of folders
def is_nobodys(name: str) -> bool:
    """Whether a file of this name is nobody's: systems make them unasked."""
    return _NOBODYS.match(os.path.normcase(name)) is not None
