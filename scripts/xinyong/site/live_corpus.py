"""The corpus in memory while it is edited: what changed is read again, and each record's last sound state stays."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from pathlib import Path

from xinyong import corpus as corpora
from xinyong.corpus import Corpus, Entry
from xinyong.corpus.published import NOTHING
from xinyong.history.git import GitError, Repository
from xinyong.problems import Problem
from xinyong.rules import Context
from xinyong.rules.all import RULES, check
from xinyong.source.edtf import Edtf
from xinyong.source.snapshot import SUFFIX

Stamp = tuple[int, int, int]
"""What shows that a file was written: its time, size and inode."""


class LiveCorpus:
    """The records below ``root``: ``corpus`` is the sound state that can be shown, None until there is one.

    A record with errors keeps its last sound state, so that a mistake in one file takes no page
    away. When the work begins with a mistake, that state is the one of the last commit; a record
    that has none is left out.
    """

    def __init__(self, root: Path, today: Callable[[], Edtf]) -> None:
        self._root = root
        self._today = today
        self._stamps: Mapping[str, Stamp] = {}
        self._now: dict[str, Entry | None] = {}
        self._read: dict[str, list[Problem]] = {}
        self._broken: dict[str, list[Problem]] = {}
        self._elsewhere: list[Problem] = []
        self._published = NOTHING
        self.corpus: Corpus | None = None

    @property
    def problems(self) -> list[Problem]:
        """All problems that are known, those of the records that keep an older state first."""
        broken = [problem for found in self._broken.values() for problem in found]
        return [*broken, *(problem for problem in self._elsewhere if problem not in broken)]

    @property
    def is_sound(self) -> bool:
        """Whether everything is shown as it is now."""
        return not any(problem.severity == "error" for problem in self.problems)

    def refresh(self) -> list[str]:
        """Read what changed since the last time.

        Return the files that changed, none where nothing did.
        """
        stamps = scan(self._root)
        changed = [file for file, stamp in stamps.items() if self._stamps.get(file) != stamp]
        gone = [file for file in self._stamps if file not in stamps]
        if not changed and not gone:
            return []
        whole = self.corpus is None or gone or any(file not in self._now for file in changed)
        self._stamps = stamps
        if self.corpus is not None and not stamps:
            self._now, self._read, self._elsewhere = {}, {}, []
            self._broken = {str(self._root): corpora.load(self._root)[1]}
        elif whole:
            self._load(changed, gone)
        else:
            for file in changed:
                self._read_one(Path(file))
            self._settle({*changed, *self._broken})
        return [*changed, *gone]

    def check(self, rest: Callable[[], None]) -> bool:
        """Hold all of it against all rules; return whether that changed what is known to be wrong.

        May run beside ``refresh``: what it finds counts only if nothing was read meanwhile. It
        calls ``rest`` again and again, which may let other work go first.
        """
        corpus, before = self.corpus, self.problems
        found = check(corpus, self._today(), rest) if corpus else []
        if corpus is None or self.corpus is not corpus:
            return False
        self._elsewhere = found
        return self.problems != before

    def _load(self, changed: Iterable[str], gone: Iterable[str]) -> None:
        """Read everything, after files came or went, and check everything, since links may have lost their ends."""
        corpus, problems = corpora.load(self._root)
        self._published = corpus.published
        self._now = {entry.file: entry for entry in corpus}
        self._read = defaultdict(list)
        for problem in problems:
            self._now.setdefault(problem.file, None)
            self._read[problem.file].append(problem)
        if self.corpus is None:
            self._begin(corpus, problems)
            return
        self._settle({*changed, *self._broken} - {*gone}, {*gone})

    def _begin(self, corpus: Corpus, problems: Iterable[Problem]) -> None:
        """Show what is sound: of a record that is not, its last commit, else nothing.

        None where nothing is left.
        """
        found = [*problems, *check(corpus, self._today())]
        inside = [p for p in found if p.severity == "error" and self._is_record(p.file)]
        self._broken = _by_file(inside)
        self._elsewhere = [problem for problem in found if problem not in inside]
        shown, wrong = dict(corpus.entries), {*self._broken}
        tried: set[str] = set()
        while wrong:
            replaced = {entry.id: entry for entry in committed(self._root, wrong - tried)}
            tried |= wrong
            shown = {
                id_: entry for id_, entry in shown.items() if entry.file not in wrong
            } | replaced
            checked = check(self._made(shown), self._today())
            errors = (problem.file for problem in checked if problem.severity == "error")
            wrong = {file for file in errors if self._is_record(file)}
        self._broken |= {file: [] for file in tried - self._broken.keys()}
        if shown:
            self.corpus = self._made(shown) if tried else corpus

    def _made(self, entries: Mapping[str, Entry]) -> Corpus:
        return Corpus(_sorted(entries), published=self._published)

    def _is_record(self, file: str) -> bool:
        """Say whether a file is one of the corpus, not one of what is known of the published site."""
        return Path(file).is_relative_to(self._root)

    def _read_one(self, file: Path) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            message = f"the file cannot be read ({error.strerror}); save it again"
            self._now[str(file)], self._read[str(file)] = (
                None,
                [Problem("X113", message, str(file))],
            )
            return
        entry, problems = corpora.read_entry(file.parent.name, file, data)
        self._now[str(file)], self._read[str(file)] = entry, problems

    def _settle(self, pending: set[str], gone: set[str] | None = None) -> None:
        """Take over those of the pending files that are sound; the others keep what they had."""
        assert self.corpus is not None
        was = {entry.id: entry for entry in self.corpus if gone is None or entry.file not in gone}
        fresh = {
            entry.id: entry for file in pending if (entry := self._now.get(file)) and entry.whole
        }
        in_place = gone is None and fresh.keys() <= was.keys()
        made = self.corpus.changed if in_place else lambda found: self._made(was | {**found})
        trial = made(fresh)
        checked = [trial[id_] for id_ in fresh] if gone is None else [*trial]
        found: dict[str, list[Problem]] = defaultdict(list)
        context = Context(trial, self._today())
        for problem in (p for entry in checked for rule in RULES for p in rule(entry, context)):
            found[problem.file].append(problem)
        wrong = {file: [*self._read.get(file, ()), *found[file]] for file in {*pending, *found}}
        self._broken = {file: problems for file, problems in wrong.items() if _has_errors(problems)}
        kept = {id_: entry for id_, entry in fresh.items() if entry.file not in self._broken}
        if self._broken.keys() - pending:
            was = {entry.id: entry for entry in self.corpus}  # what went is still needed by others
        # What was found out about links while judging is kept where nothing had to be taken back.
        self.corpus = made(kept) if self._broken else trial
        self._elsewhere = [p for p in self._elsewhere if p.file not in wrong]
        self._elsewhere += [p for file in wrong.keys() - self._broken.keys() for p in wrong[file]]


def committed(root: Path, files: Iterable[str]) -> list[Entry]:
    """Return those of the files' records that were whole at the last commit.

    None where git knows of none.
    """
    try:
        repository = Repository.around(root)
        held = repository.files(repository.commit("HEAD"))
        blobs = {
            file: held[file]
            for file in (Path(name).relative_to(root).as_posix() for name in files)
            if file in held
        }
        texts = repository.contents(blobs.values())
    except GitError:
        return []
    read = (
        corpora.read_entry(Path(file).parent.name, root / file, texts[blob])[0]
        for file, blob in blobs.items()
    )
    return [entry for entry in read if entry and entry.whole]


def scan(root: Path) -> Mapping[str, Stamp]:
    """Return a stamp of every file of the corpus, by its path."""
    found = {}
    for folder in _listed(root):
        for file in _listed(folder.path) if folder.is_dir() else ():
            if not file.name.endswith(SUFFIX):
                continue
            try:
                at = file.stat()
            except OSError:
                continue  # it went while we looked
            found[file.path] = (at.st_mtime_ns, at.st_size, at.st_ino)
    return found


def _listed(folder: Path | str) -> list[os.DirEntry[str]]:
    """Return what is in a folder by name, but for what is hidden; nothing where there is none."""
    try:
        with os.scandir(folder) as inside:
            shown = [entry for entry in inside if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(shown, key=attrgetter("name"))


def _sorted(entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    """Order entries as a corpus is ordered when it is read, so that pages come out the same."""
    return dict(sorted(entries.items(), key=lambda item: (item[1].kind, item[0])))


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    grouped: dict[str, list[Problem]] = {}
    for problem in problems:
        grouped.setdefault(problem.file, []).append(problem)
    return grouped


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)
