"""Read the corpus of a commit, and all that became of it, from git's own store, without a checkout."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

# What a user's configuration could change in what git prints is fixed here, so that every clone tells the same.
_LOG = (
    "-c", "log.showSignature=false", "log", "-z", "--raw", "--full-history", "--diff-merges=first-parent",
    "-M", "-l400", "--relative", "--no-abbrev", "--no-color", "--format=%x01%H %ct", "HEAD", "--", ".",
)  # fmt: skip


class GitError(Exception):
    """Raised where git cannot give what was asked for; the message says what to do."""


@dataclass(frozen=True)
class Touch:
    """What a commit did to one file: its path before and after, and its blob after; each empty where there is none."""

    old: str
    new: str
    blob: str


@dataclass(frozen=True)
class Commit:
    """A commit that touched records: its name, its time in seconds since 1970, its touches against its first parent."""

    name: str
    time: int
    touches: tuple[Touch, ...]


@dataclass(frozen=True)
class Repository:
    """The repository that the folder ``corpus`` belongs to; ``prefix`` is that folder's path inside it."""

    corpus: Path
    prefix: str

    @classmethod
    def around(cls, corpus: Path) -> Repository:
        """Find the repository around a folder; raise GitError where there is none."""
        folder = corpus if corpus.is_dir() else Path.cwd()
        try:
            prefix = run(folder, "rev-parse", "--show-prefix").decode().strip()
        except FileNotFoundError as error:
            raise GitError("this needs the program git; install it") from error
        except subprocess.CalledProcessError as error:
            said = _said(error)
            if "dubious ownership" in said:
                said = f"git does not trust the folder '{folder}', which belongs to somebody else; name it with"
                raise GitError(f"{said} 'git config --global --add safe.directory {folder.resolve()}'") from error
            raise GitError(f"'{folder}' lies in no git repository; clone the project with git first") from error
        return cls(folder, prefix.rstrip("/") if corpus.is_dir() else f"{prefix}{corpus.as_posix()}")

    @property
    def shallow(self) -> bool:
        """Whether this clone holds only the newest commits."""
        return run(self.corpus, "rev-parse", "--is-shallow-repository").decode().strip() == "true"

    def commit(self, revision: str) -> str:
        """Return the full name of the commit that ``revision`` means; raise GitError where there is none.

        A branch that is not here, but where the clone came from, is taken from there: ``main`` for ``origin/main``.
        """
        for name in (revision, f"origin/{revision}"):
            asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
            try:
                return run(self.corpus, *asked).decode().strip()
            except subprocess.CalledProcessError:
                continue
        raise GitError(f"git knows no commit '{revision}' here{self._fetch()}")

    def fork(self, base: str, head: str) -> str:
        """Return the commit at which the histories of two commits part; raise GitError where they share none."""
        try:
            return run(self.corpus, "merge-base", base, head).decode().split()[0]
        except subprocess.CalledProcessError as error:
            said = f"the commits {base[:10]} and {head[:10]} have no common ancestor here"
            raise GitError(f"{said}{self._fetch()}, or compare them as they are with --exact") from error

    def files(self, commit: str) -> Mapping[str, str]:
        """Return the blob names of a commit's records by their path in the corpus, such as ``cities/rongcheng.yml``."""
        tree = f"{commit}:{self.prefix}" if self.prefix else commit
        try:
            listed = run(self.corpus, "ls-tree", "-r", "-z", "--full-tree", tree).decode("utf-8", "surrogateescape")
        except subprocess.CalledProcessError:
            return {}  # a commit from before there was a corpus
        return dict(_blobs(listed))

    def contents(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        """Return the contents of blobs by their names, read by one process; raise GitError where one is not here."""
        wanted = sorted(set(blobs))
        out = run(self.corpus, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode())
        found: dict[str, bytes] = {}
        at = 0
        for blob in wanted:
            end = out.index(b"\n", at)
            fields = out[at:end].split()
            if fields[-1] == b"missing":
                raise GitError(f"this clone does not hold the file {blob[:10]}{self._fetch()}")
            size = int(fields[2])
            found[blob] = out[end + 1 : end + 1 + size]
            at = end + size + 2
        return found

    def commits(self) -> list[Commit]:
        """Return every commit behind HEAD that touched the corpus, the newest first, each against its first parent."""
        return list(_commits(run(self.corpus, *_LOG).decode("utf-8", "surrogateescape")))

    def mainline(self) -> list[str]:
        """Return the names of HEAD and its first parents, the newest first: what the branch itself has been."""
        return run(self.corpus, "rev-list", "--first-parent", "HEAD").decode().split()

    def unsaved(self) -> frozenset[str]:
        """Return the paths of the files in the folder that are not as the last commit has them."""
        listed = run(self.corpus, "diff", "--no-renames", "--name-only", "-z", "--relative", "HEAD", "--", ".")
        return frozenset(path for path in listed.decode("utf-8", "surrogateescape").split("\0") if path)

    def _fetch(self) -> str:
        if self.shallow:
            return ", which is a shallow clone; fetch the whole history with 'git fetch --unshallow'"
        return "; fetch it with 'git fetch origin', or look at its name again"


def blob_name(data: bytes, like: str = "") -> str:
    """Return the name under which git stores a file (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).

    ``like`` is a name from the same repository: one of 64 digits says that it names files by SHA-256.
    """
    digest = hashlib.sha256 if len(like) == hashlib.sha256().digest_size * 2 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def run(folder: Path, *args: str, given: bytes = b"") -> bytes:
    """Run git in a folder and return what it prints; raise CalledProcessError where it fails."""
    environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C"}
    command = ["git", "-C", str(folder), *args]
    ran = subprocess.run(command, input=given, capture_output=True, check=True, env=environment)  # noqa: S603
    return ran.stdout


def _commits(log: str) -> Iterator[Commit]:
    for part in log.split("\x01")[1:]:
        head, *fields = part.split("\0")
        name, time = head.split()
        yield Commit(name, int(time), tuple(_touches(iter(fields))))


def _touches(fields: Iterator[str]) -> Iterator[Touch]:
    """Read the fields of ``--raw -z``: ``:mode mode blob blob status``, then one path, or two where it was renamed."""
    for field in fields:
        if not field.strip():
            continue
        _, _, _, blob, status = field.split()
        old = next(fields)
        new = next(fields) if status[0] in "RC" else old
        gone = status == "D"
        yield Touch("" if status == "A" else old, "" if gone else new, "" if gone else blob)


def _blobs(listed: str) -> Iterator[tuple[str, str]]:
    for line in listed.split("\0"):
        about, tab, path = line.partition("\t")
        if tab and about.split()[1] == "blob" and len(PurePosixPath(path).parts) == 2:
            yield path, about.split()[2]


def _said(error: subprocess.CalledProcessError) -> str:
    return bytes(error.stderr or b"").decode("utf-8", "replace")
