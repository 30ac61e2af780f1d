"""Read the corpus of a commit from git's own store, without a checkout."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


class GitError(Exception):
    """Raised where git cannot give what was asked for; the message says what to do."""


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
            prefix = _git(folder, "rev-parse", "--show-prefix").decode().strip()
        except FileNotFoundError as error:
            raise GitError("this needs the program git; install it") from error
        except subprocess.CalledProcessError as error:
            said = _said(error)
            if "dubious ownership" in said:
                raise GitError(f"git does not trust the folder '{folder}', which belongs to somebody else") from error
            raise GitError(f"'{folder}' lies in no git repository; clone the project with git first") from error
        return cls(folder, prefix.rstrip("/") if corpus.is_dir() else f"{prefix}{corpus.as_posix()}")

    def commit(self, revision: str) -> str:
        """Return the full name of the commit that ``revision`` means; raise GitError where there is none.

        A branch that is not here, but where the clone came from, is taken from there: ``main`` for ``origin/main``.
        """
        for name in (revision, f"origin/{revision}"):
            asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
            try:
                return _git(self.corpus, *asked).decode().strip()
            except subprocess.CalledProcessError:
                continue
        raise GitError(f"git knows no commit '{revision}' here{self._fetch()}")

    def fork(self, base: str, head: str) -> str:
        """Return the commit at which the histories of two commits part; raise GitError where they share none."""
        try:
            return _git(self.corpus, "merge-base", base, head).decode().split()[0]
        except subprocess.CalledProcessError as error:
            said = f"the commits {base[:10]} and {head[:10]} have no common ancestor here"
            raise GitError(f"{said}{self._fetch()}, or compare them as they are with --exact") from error

    def files(self, commit: str) -> Mapping[str, str]:
        """Return the blob names of a commit's records by their path in the corpus, such as ``cities/rongcheng.yml``."""
        tree = f"{commit}:{self.prefix}" if self.prefix else commit
        try:
            listed = _git(self.corpus, "ls-tree", "-r", "-z", "--full-tree", tree).decode("utf-8", "surrogateescape")
        except subprocess.CalledProcessError:
            return {}  # a commit from before there was a corpus
        return dict(_blobs(listed))

    def contents(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        """Return the contents of blobs by their names, read by one process; raise GitError where one is not here."""
        wanted = sorted(set(blobs))
        out = _git(self.corpus, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode())
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

    def _fetch(self) -> str:
        shallow = _git(self.corpus, "rev-parse", "--is-shallow-repository").decode().strip() == "true"
        if shallow:
            return ", which is a shallow clone; fetch the whole history with 'git fetch --unshallow'"
        return "; fetch it with 'git fetch origin', or look at its name again"


def blob_name(data: bytes, like: str = "") -> str:
    """Return the name under which git stores a file (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects).

    ``like`` is a name from the same repository: one of 64 digits says that it names files by SHA-256.
    """
    digest = hashlib.sha256 if len(like) == hashlib.sha256().digest_size * 2 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _blobs(listed: str) -> Iterator[tuple[str, str]]:
    for line in listed.split("\0"):
        about, tab, path = line.partition("\t")
        if tab and about.split()[1] == "blob" and len(PurePosixPath(path).parts) == 2:
            yield path, about.split()[2]


def _git(folder: Path, *args: str, given: bytes = b"") -> bytes:
    environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", "-C", str(folder), *args]
    ran = subprocess.run(command, input=given, capture_output=True, check=True, env=environment)  # noqa: S603
    return ran.stdout


def _said(error: subprocess.CalledProcessError) -> str:
    return bytes(error.stderr or b"").decode("utf-8", "replace")
