"""Read the corpus of a commit, and all that became of it, from git's own store, without a checkout."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from xinyong.problems import visible

Lack = Literal[
    "",
    "outside",
    "no-git",
    "empty",
    "shallow",
    "partial",
    "refused",
    "damaged",
    "left-out",
    "unread",
]
"""Why there is no history: no git around the corpus, no program git, no commit yet, only the newest
commits, files of older commits left out, a folder that git does not trust, a repository that git
cannot read, a user who wants none, or nobody asked."""

PATIENCE = 300
"""After so many seconds git is taken for stuck: it waits for somebody, or for a lost disk."""

# What a user's configuration could change in what git prints is fixed here, so that every clone
# tells the same.
_LOG = (
    "log", "-z", "--raw", "--full-history", "--diff-merges=first-parent", "-M", "-l400",
    "--relative", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv",
    "--ignore-submodules=all", "-O", os.devnull, "--format=%x01%H %ct", "HEAD", "--", ".",
)  # fmt: skip

_SETTINGS = {
    "advice.graftFileDeprecated": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.quotePath": "true",
    "log.showSignature": "false",
}
"""Settings that hold whatever the repository or its user says: reading runs no program but git and
asks no other host. What a repository's own configuration names is a stranger's command."""

_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

_KEPT = re.compile(
    r"GIT_(?:CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|CONFIG_(?:GLOBAL|SYSTEM"
    r"|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)|TEST_\w+)\Z"
)
"""The variables of git that a user sets to say where things are. All others are taken away: a hook
sets GIT_DIR, GIT_WORK_TREE and GIT_INDEX_FILE for the repository in which it runs, which need not
be the corpus's own; the corpus's folder alone says which repository is meant."""

_DRIVERS = r"^(filter\..*\.(clean|smudge|process|required)|diff\..*\.(command|textconv))$"
_REFUSED = re.compile(r"safe\.directory (.+)")
_FILE_MODES = ("100644", "100755", "100664")


class GitError(Exception):
    """Raised where git cannot give what was asked for; the message says what to do.

    ``lack`` says why, in one word.
    """

    def __init__(self, message: str, lack: Lack = "damaged") -> None:
        super().__init__(message)
        self.lack = lack


@dataclass(frozen=True)
class Touch:
    """What a commit did to one file: its path before and after, and its blob after.

    Each is empty where there is none. A symbolic link or a submodule is no file.
    """

    old: str
    new: str
    blob: str


@dataclass(frozen=True)
class Commit:
    """A commit that touched records: its name, its time, its touches against its first parent.

    ``time`` counts seconds since 1970; None where the commit has none that can be read.
    """

    name: str
    time: int | None
    touches: tuple[Touch, ...]


@dataclass(frozen=True)
class Repository:
    """The repository that the folder ``corpus`` belongs to; ``prefix`` is that folder's path in it.

    ``settings`` hold for every question: they switch off what the repository would run.
    """

    corpus: Path
    prefix: str
    settings: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def around(cls, corpus: Path) -> Repository:
        """Find the repository around a folder; raise GitError where there is none."""
        folder = corpus if corpus.is_dir() else Path.cwd()
        prefix = os.fsdecode(run(folder, "rev-parse", "--show-prefix")).rstrip("/\n")
        top = _top(folder)
        if top is not None and not _is_same(folder, top / prefix):
            raise _damaged(str(top), "git passes over the '.git' in it")
        inside = prefix if corpus.is_dir() else str(PurePosixPath(prefix, corpus.as_posix()))
        return cls(folder, inside, dict.fromkeys(_drivers(folder), ""))

    def ask(self, *args: str, given: bytes = b"") -> bytes:
        """Run git in the folder of the corpus and return what it prints; raise GitError."""
        return run(self.corpus, *args, given=given, settings=self.settings)

    @property
    def shallow(self) -> bool:
        """Whether this clone holds only the newest commits."""
        return self.ask("rev-parse", "--is-shallow-repository").decode().strip() == "true"

    def commit(self, revision: str) -> str:
        """Return the full name of the commit that ``revision`` means; raise GitError without one.

        A branch that is not here, but where the clone came from, is taken from there: ``main`` for
        ``origin/main``.
        """
        for name in (revision, f"origin/{revision}"):
            asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
            try:
                return self.ask(*asked).decode().strip()
            except GitError:
                continue
        if revision == "HEAD":
            raise self._headless()
        raise GitError(f"git knows no commit '{visible(revision)}' here{self._fetch()}")

    def fork(self, base: str, head: str) -> str:
        """Return the commit at which two histories part; raise GitError where they share none."""
        try:
            return self.ask("merge-base", base, head).decode().split()[0]
        except GitError as error:
            message = f"the commits {base[:10]} and {head[:10]} have no common ancestor here"
            raise GitError(
                f"{message}{self._fetch()}, or compare them as they are with --exact"
            ) from error

    def files(self, commit: str) -> Mapping[str, str]:
        """Return the blob names of a commit's records by their path in the corpus.

        A path is such as ``cities/rongcheng.yml``. A commit from before there was a corpus has
        none.
        """
        inside = (f"{self.prefix}/",) if self.prefix else ()
        listed = os.fsdecode(self.ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *inside))
        return dict(_blobs(listed, len(inside[0]) if inside else 0))

    def contents(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        """Return the contents of blobs by their names, read by one process.

        Raise GitError where one is not here.
        """
        wanted = sorted(set(blobs))
        given = "".join(f"{blob}\n" for blob in wanted).encode()
        out = self.ask("cat-file", "--batch", given=given)
        found: dict[str, bytes] = {}
        at = 0
        for blob in wanted:
            end = out.find(b"\n", at)
            fields = out[at:end].split() if end >= 0 else []
            if len(fields) != 3:
                raise self._lost(blob)
            size = int(fields[2])
            found[blob] = out[end + 1 : end + 1 + size]
            at = end + size + 2
        return found

    def commits(self) -> list[Commit]:
        """Return the commits behind HEAD that touched the corpus, each against its first parent."""
        return list(_commits(iter(os.fsdecode(self.ask(*_LOG)).split("\0"))))

    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """Return HEAD and all commits behind it with their parents; HEAD is the first."""
        listed = self.ask("rev-list", "--parents", "HEAD").decode().splitlines()
        return {name: tuple(parents) for name, *parents in map(str.split, listed)}

    def unsaved(self) -> frozenset[str]:
        """Return the paths of the files in the folder that are not as the last commit has them."""
        return frozenset(self.differing("HEAD"))

    def differing(self, commit: str) -> list[str]:
        """Return the paths in the folder of files that git knows and ``commit`` has otherwise."""
        options = ("--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
        listed = self.ask("diff", *options, "--name-only", "--relative", "-z", commit, "--", ".")
        return _paths(listed)

    def untracked(self) -> list[str]:
        """Return the paths in the folder of files that git does not know and is not to ignore."""
        return _paths(self.ask("ls-files", "--others", "--exclude-standard", "-z", "--", "."))

    def _headless(self) -> GitError:
        """Say why HEAD names no commit: none has been made yet, or what names it is broken."""
        try:
            head = os.fsdecode(self.ask("symbolic-ref", "HEAD")).strip()
            file = os.fsdecode(self.ask("rev-parse", "--git-path", head)).rstrip("\n")
            if not self.ask("for-each-ref", "--count=1") and not (self.corpus / file).exists():
                return GitError("nothing has been committed yet; make a first commit", "empty")
        except GitError as error:
            return error
        return _damaged(self._shown(), f"HEAD names '{head}', which names no commit")

    def _lost(self, blob: str) -> GitError:
        """Say why a file is not here: it was left out when the project was cloned, or is lost."""
        try:
            self.ask("config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$")
        except GitError:
            return _damaged(self._shown(), f"the file {blob[:10]} is missing")
        return _partial()

    def _shown(self) -> str:
        return str(_top(self.corpus) or self.corpus)

    def _fetch(self) -> str:
        if self.shallow:
            return (
                ", which is a shallow clone; fetch the whole history with 'git fetch --unshallow'"
            )
        return "; fetch it with 'git fetch origin', or look at its name again"


def blob_name(data: bytes, like: str = "") -> str:
    """Return the name under which git stores a file.

    Format: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects. ``like`` is a name from the
    same repository: one of 64 digits says that it names files by SHA-256.
    """
    digest = hashlib.sha256 if len(like) == hashlib.sha256().digest_size * 2 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def run(
    folder: Path,
    *args: str,
    given: bytes = b"",
    settings: Mapping[str, str] | None = None,
) -> bytes:
    """Run git in a folder and return what it prints; raise GitError with git's own words.

    Git runs without pager, prompt, hooks, network or any other program; of its environment only
    what ``_KEPT`` names comes through.
    """
    command = ["git", "--no-pager", "-C", str(folder), *args]
    environment = _environment(_SETTINGS | dict(settings or {}))
    try:
        ran = subprocess.run(  # noqa: S603 - without a shell
            command,
            input=given,
            capture_output=True,
            check=True,
            env=environment,
            timeout=PATIENCE,
        )
    except FileNotFoundError as error:
        raise GitError("this needs the program git; install it", "no-git") from error
    except subprocess.CalledProcessError as error:
        raise _refusal(folder, _words(error.stderr)) from error
    except subprocess.TimeoutExpired as error:
        raise _damaged(str(folder), f"it gave no answer in {PATIENCE} seconds") from error
    except (OSError, ValueError) as error:
        message = visible(getattr(error, "strerror", None) or str(error))
        raise GitError(f"git cannot be run ({message}); install it anew", "no-git") from error
    return ran.stdout


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment that git runs in, with settings as git takes them from there."""
    gone = {name for name in os.environ if name.startswith("GIT_") and not _KEPT.match(name)}
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    first = int(kept["GIT_CONFIG_COUNT"]) if kept.get("GIT_CONFIG_COUNT", "").isdecimal() else 0
    given = {"GIT_CONFIG_COUNT": str(first + len(settings))}
    for number, (name, value) in enumerate(settings.items(), first):
        given |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return kept | _ENVIRONMENT | given


def _drivers(folder: Path) -> Iterator[str]:
    """Yield the settings that name a program for files of some kind: filters, ways to compare."""
    try:
        listed = run(folder, "config", "--null", "--name-only", "--get-regexp", _DRIVERS)
    except GitError:
        return  # nothing is configured
    yield from dict.fromkeys(filter(None, os.fsdecode(listed).split("\0")))


def _top(folder: Path) -> Path | None:
    """Return the nearest folder around ``folder`` that has a ``.git``, as far as git may look."""
    start = folder.resolve()
    ceilings = os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
    for place in (start, *start.parents):
        if place != start and str(place) in map(os.path.realpath, filter(None, ceilings)):
            return None
        if os.path.lexists(place / ".git"):
            return place
    return None


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _refusal(folder: Path, message: str) -> GitError:
    """Return what git said on ending in failure as an error that says what to do."""
    if "dubious ownership" in message:
        found = _REFUSED.search(message)
        top = found[1].strip().strip("'") if found else str(_top(folder) or folder.resolve())
        return GitError(
            f"git does not trust the repository '{top}', which belongs to somebody else; name it "
            f"with 'git config --global --add safe.directory {top}'",
            "refused",
        )
    if "promisor remote" in message:
        return _partial()
    top = _top(folder)
    if "not a git repository" in message and top is None:
        return GitError(
            f"'{folder}' lies in no git repository; clone the project with git first",
            "outside",
        )
    return _damaged(str(top or folder), message)


def _partial() -> GitError:
    what = "this is a partial clone, which leaves files of older commits out"
    hint = "fetch them with 'git fetch --refetch --no-filter origin'"
    return GitError(f"{what}; {hint}", "partial")


def _damaged(place: str, message: str) -> GitError:
    words = f"git cannot read the repository '{visible(place)}' ({message})"
    return GitError(f"{words}; clone the project again, or see what 'git fsck' says of it")


def _words(message: bytes | None) -> str:
    """Return git's own words in one line, without what would act on a terminal."""
    lines = (message or b"").decode("utf-8", "replace").split("\n")
    return visible(" ".join(line.strip() for line in lines if line.strip()))[:600]


def _commits(fields: Iterator[str]) -> Iterator[Commit]:
    """Read what ``_LOG`` prints: a head for each commit, then its touches.

    Fields are read one by one: what stands where a path belongs is a path, whatever is in it.
    """
    head, touches = "", list[Touch]()
    for field_ in fields:
        if field_.startswith("\x01"):
            if head:
                yield _commit(head, touches)
            head, touches = field_[1:], []
        elif field_.strip():
            touches += _touch(field_, fields)
    if head:
        yield _commit(head, touches)


def _commit(head: str, touches: list[Touch]) -> Commit:
    name, _, time = head.partition(" ")
    return Commit(name, int(time) if time.isdecimal() else None, tuple(touches))


def _touch(message: str, fields: Iterator[str]) -> list[Touch]:
    """Read a touch: ``:mode mode blob blob status``, then a path, or two where it was renamed."""
    mode, mode_after, _, blob, status = message.strip().lstrip(":").split()
    path = next(fields)
    after = next(fields) if status[0] in "RC" else path
    old = path if mode in _FILE_MODES and status[0] != "C" else ""
    new = after if mode_after in _FILE_MODES else ""
    return [Touch(old, new, blob if new else "")] if old or new else []


def _blobs(listed: str, skipped: int) -> Iterator[tuple[str, str]]:
    for line in listed.split("\0"):
        about, tab, path = line.partition("\t")
        inside = path[skipped:]
        if tab and about.split()[0] in _FILE_MODES and len(PurePosixPath(inside).parts) == 2:
            yield inside, about.split()[2]


def _paths(listed: bytes) -> list[str]:
    return [path for path in os.fsdecode(listed).split("\0") if path]
