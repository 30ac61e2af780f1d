"""Build a site beside its place, then put it there: the old site stands or the new one, whole.

A workshop is a folder beside the place (inside it, where that is a mount point or nothing can be
written beside it), which one build at a time holds locked. The new site changes names with the old
one. What a killed run left in the workshop tells the next run what to do:

``new``    a site that is not in its place yet, or the old one after the exchange: it goes
``old``    the old site, where the system exchanges no names: put back if nothing is in its place
``ready``  what is at the top of a site that is being moved in piece by piece: carried on
``gone``   what nobody needs any more
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from xinyong.site import place
from xinyong.site.exchange import exchange
from xinyong.site.place import PlaceError

_LOCK, _NEW, _OLD, _READY, _GONE = "lock", "new", "old", "ready", "gone"
_OURS = frozenset({_LOCK, _NEW, _OLD, _READY, f"{_READY}-", _GONE})

_UNABLE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)
_FIXED = (errno.EXDEV, errno.EBUSY, errno.EPERM, errno.EACCES)
"""What a system says that cannot exchange names, and of a folder whose name cannot be taken."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Workshop:
    """The new site's ``folder``, empty at first, and what it takes to put it in its place."""

    out: Path
    folder: Path
    target: Path

    def put(self) -> None:
        """Put the new site in its place; raise PlaceError where more was added to the old one."""
        place.check_contents(self.out, self.target)
        work = self.folder.parent
        if not self.target.exists():
            self.folder.rename(self.target)
        elif work.parent == self.target or not _swap(self.folder, self.target):
            _begin_moving(work, self.target)
            _tidy(work, self.target)


@contextmanager
def opened(out: Path, tell: Tell) -> Iterator[Workshop]:
    """Give a workshop for a new site at ``out``; in the end nothing of it is left.

    Where another build is under way there, ``tell`` is told and this one waits. What a killed run
    left is put right first. Raise PlaceError as ``check`` does, OSError where nothing can be made.
    """
    target = place.target_of(out)
    work = place.workshop_of(target)
    made = _make_parents(out, target)
    try:
        with _hold(work, out, tell):
            try:
                _tidy(work, target)
                place.check_contents(out, target)
                (work / _NEW).mkdir()
                yield Workshop(out, work / _NEW, target)
            finally:
                _tidy(work, target)
                _remove(work)
    finally:
        for folder in made:
            with suppress(OSError):  # it is in use now
                folder.rmdir()


def repair(out: Path) -> None:
    """Put right what a killed run left of the site at ``out``, unless one is being built."""
    target = place.target_of(out)
    work = place.workshop_of(target)
    if work.is_dir() and place.is_writable(work) and not _strangers(work):
        with suppress(FileNotFoundError), (work / _LOCK).open("a") as file:
            if _lock(file, wait=False) and _is_at(file, work / _LOCK):
                _tidy(work, target)
                _remove(work)


def _make_parents(out: Path, target: Path) -> list[Path]:
    """Make the folders above; return those that were not there, the innermost first."""
    made = [folder for folder in target.parents if not folder.exists()]
    last = made[-1].parent if made else target.parent
    if not last.is_dir():
        message = f"'{out}' cannot be made: '{last}' is no folder"
        raise PlaceError(f"{message}; name another place with --out")
    within = target if target.is_dir() else last
    if not place.is_writable(within):
        shown = out if within == target else within
        raise PlaceError(
            f"'{shown}' cannot be written ({place.why_not(within)}); "
            "make it writable, or name another folder with --out"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    return made


def _hold(work: Path, out: Path, tell: Tell) -> IO[str]:
    """Make the workshop and lock it, alone of all runs; return the lock, which dies with us.

    Whoever held it before has removed the folder in the end: then it is made anew.
    """
    announced = False
    while True:
        work.mkdir(exist_ok=True)
        try:
            if _strangers(work):
                message = f"'{work}' is needed for building and is not empty"
                raise PlaceError(f"{message}; move it elsewhere")
            file = (work / _LOCK).open("a")
        except FileNotFoundError:
            continue
        if not _lock(file, wait=False):
            if not announced:
                tell(f"another build of '{out}' is under way; waiting for its end")
            announced = True
            _lock(file, wait=True)
        if _is_at(file, work / _LOCK):
            return file
        file.close()


def _strangers(work: Path) -> Set[str]:
    """Return what stands in a workshop that we never put into one."""
    return set(_names(work)) - _OURS


def _lock(file: IO[str], *, wait: bool) -> bool:
    """Lock a file until it is closed or its process ends; say whether it is locked."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock: there builds are not kept apart
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP):
            raise  # else a file system without locks
    return True


def _is_at(file: IO[str], path: Path) -> bool:
    """Whether an open file still has its name."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _tidy(work: Path, target: Path) -> None:
    """Bring the site to rights, whatever a run has left, and empty the workshop."""
    if (work / _READY).exists():
        _move(work, target)
    elif (work / _OLD).exists() and not target.exists():
        (work / _OLD).rename(target)
    for path in work.iterdir():
        if path.name != _LOCK:
            _remove(path)


def _swap(new: Path, target: Path) -> bool:
    """Give the new site the name of the old one; return False where that keeps its name."""
    try:
        try:
            exchange(new, target)
        except OSError as error:
            if error.errno not in _UNABLE:
                raise
            _rename_both(new, target)
    except OSError as error:
        if error.errno not in _FIXED:
            raise
        return False
    return True


def _rename_both(new: Path, target: Path) -> None:
    old = new.with_name(_OLD)
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    old.rename(new.with_name(_GONE))


def _begin_moving(work: Path, target: Path) -> None:
    """Note that the new site, which is complete, is moved in piece by piece."""
    part = work / f"{_READY}-"
    part.write_text(json.dumps([_names(work / _NEW), _names(target)]), encoding="utf-8")
    part.rename(work / _READY)


def _move(work: Path, target: Path) -> None:
    """Move the new site into its place, which stays; carry on where a killed run ended.

    Across file systems a piece is copied, and taken out of ``new`` in one step when it is there.
    """
    names, before = json.loads((work / _READY).read_text(encoding="utf-8"))
    new, gone = work / _NEW, work / _GONE
    gone.mkdir(exist_ok=True)
    for name in names:
        if os.path.lexists(new / name):
            _away(target / name, gone / f"old-{name}")
            _enter(new / name, target / name, gone / name)
    for name in {*before} - {*names}:
        if target / name != work and not place.is_nobodys(name):
            _away(target / name, gone / f"old-{name}")
    (work / _READY).unlink()


def _away(path: Path, gone: Path) -> None:
    if not os.path.lexists(path):
        return
    try:
        path.rename(gone)
    except OSError:
        _remove(path)


def _enter(new: Path, goal: Path, gone: Path) -> None:
    try:
        new.rename(goal)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        if new.is_dir():
            shutil.copytree(new, goal)
        else:
            shutil.copy2(new, goal)
        new.rename(gone)


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _remove(path: Path) -> None:
    """Remove a file or a folder; say nothing where it has gone meanwhile."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(FileNotFoundError):
            path.unlink()
