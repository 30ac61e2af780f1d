"""What is tried with each record: check, then whatever a user may do next, within hard limits of
time and memory.
"""

from __future__ import annotations

import resource
import shutil
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support import run
from xinyong.corpus import Corpus, load, locate, report
from xinyong.exports import everything
from xinyong.exports.references import Bibliography
from xinyong.exports.rows import rows_of
from xinyong.history.compare import compare
from xinyong.history.lines import UNREAD
from xinyong.history.markdown import markdown
from xinyong.history.states import State
from xinyong.pages import compare as comparing
from xinyong.pages.fragments import FRAGMENTS, fragment
from xinyong.pages.indexes import INDEXES
from xinyong.pages.kinds import render_all
from xinyong.problems import Problem
from xinyong.problems.formats import Report, as_github, as_json, as_sarif
from xinyong.publication import Library
from xinyong.rules.all import check, today
from xinyong.site import build, engine, feeds, links
from xinyong.site.live_corpus import LiveCorpus
from xinyong.site.search_rows import row
from xinyong.source import yaml

MEMORY = 200 * 2**20
"""So many bytes more than before one record may take."""

SECONDS = {"check": 2.0}
"""So many seconds of the processor each step may take with one record of at most 64 KiB."""

OTHERWISE = 10.0

FRAGMENTS_EVERY, FILES_EVERY, SITE_EVERY = 3, 12, 150
"""What takes long is tried with every so manieth sound record."""


class TooLongError(Exception):
    """Raised where a step takes more than its time."""


@dataclass(frozen=True)
class Failure:
    """What went wrong with a record: at which step, in which way (the same for one fault), and all
    that was said.
    """

    step: str
    kind: str
    output: str


class Trial:
    """A small corpus in a folder of its own, of which one file at a time is another."""

    def __init__(self, base: Path, folder: Path, config: Path) -> None:
        self._base = base
        self._folder = folder
        self._config = config
        self.root = folder / "corpus"
        shutil.copytree(base, self.root, dirs_exist_ok=True)
        sound, problems = load(self.root)
        assert not problems
        self._before = State("before", sound, {entry.file: "0" for entry in sound})
        self._shelf = LiveCorpus(self.root, today)
        self._shelf.refresh()
        self._engine = folder / "engine"
        self._engine_config = engine.configure(config, self._engine)
        engine.run(self._engine_config)
        self.sound = 0
        self._memory = 2**40
        self._warm()
        self._memory = MEMORY

    def _warm(self) -> None:
        """Do everything once, so that what is loaded and kept for good is not counted against a
        record.
        """
        for file in sorted(self._base.glob("*/*.yml"))[:1]:
            failed = self.attempt(file.relative_to(self._base), file.read_bytes(), whole=True)
            assert not failed, failed

    def attempt(
        self, file: Path, data: bytes, *, whole: bool = False, only: str = ""
    ) -> list[Failure]:
        """Try everything with ``data`` in the place of ``file``; return what went wrong.

        ``whole`` tries what takes long, too; ``only`` one step and no other, behind the check.
        """
        path = self.root / file
        path.write_bytes(data)
        failures: list[Failure] = []
        found: list[tuple[Corpus, list[Problem]]] = []

        def step(name: str, does: Callable[[], object]) -> None:
            if only in ("", name) or name == "check":
                failure = limited(name, does, self._memory)
                failures.extend([failure] if failure else [])

        try:
            step("check", lambda: found.append(self._check()))
            if not found:
                return failures
            corpus, problems = found[0]
            is_sound = not any(problem.severity == "error" for problem in problems)
            step("fmt", lambda: self._fmt(path, is_sound=is_sound))
            step("diff", lambda: self._diff(corpus, file))
            step("serve", self._serve)
            if is_sound:
                self._publish(step, corpus, whole=whole)
        finally:
            path.write_bytes((self._base / file).read_bytes())
        return failures

    def _check(self) -> tuple[Corpus, list[Problem]]:
        corpus, problems = load(self.root)
        located = locate([*problems, *check(corpus, today())])
        for message in (
            report(located),
            as_json(Report(located, 1)),
            as_sarif(Report(located, 1), "0"),
        ):
            message.encode()
        for problem in located:
            assert len(as_github(problem).splitlines()) == 1
        return corpus, located

    def _fmt(self, path: Path, *, is_sound: bool) -> None:
        before = yaml.read(yaml.decode(path.read_bytes())[0])[0]
        ran = run("fmt", "--corpus", str(self.root), str(path))
        assert ran.status == 0 or not is_sound, ran.output
        data = path.read_bytes()
        assert yaml.read(yaml.decode(data)[0])[0] == before
        if not is_sound:
            return
        again = run("fmt", "--corpus", str(self.root), str(path))
        assert (again.status, path.read_bytes()) == (ran.status, data)

    def _diff(self, corpus: Corpus, file: Path) -> None:
        after = State(
            "after", corpus, {entry.file: "0" for entry in corpus} | {str(self.root / file): "1"}
        )
        for pair in ((self._before, after), (after, self._before)):
            markdown(compare(*pair)).encode()

    def _serve(self) -> None:
        self._shelf.refresh()
        report(self._shelf.problems).encode()

    def _publish(
        self, step: Callable[[str, Callable[[], object]], None], corpus: Corpus, *, whole: bool
    ) -> None:
        self.sound += 1
        library = Library(corpus)
        step("pages", lambda: [page.body.encode() for page in render_all(library)])
        step(
            "texts",
            lambda: [make(Bibliography(library)).encode() for _, make in everything.TEXTS.values()],
        )
        step(
            "rows",
            lambda: [
                (list(rows_of(library, e)), row(e, corpus, library.references)) for e in corpus
            ],
        )
        if whole or self.sound % FRAGMENTS_EVERY == 0:
            names = [*FRAGMENTS, *(f"index-{kind}" for kind in INDEXES)]
            step(
                "tables and figures",
                lambda: [(fragment(library, name, "../") or "").encode() for name in names],
            )
            step("comparisons", lambda: list(comparing.files(library)))
        if whole or self.sound % FILES_EVERY == 0:
            step("export", lambda: self._export(library))
        if whole or self.sound % SITE_EVERY == 0:
            step("site", lambda: self._site(corpus))

    def _export(self, library: Library) -> None:
        with self._fresh("exports") as out:
            places = {name: out / "data" / place for name, (place, _) in everything.WRITERS.items()}
            (out / "data").mkdir()
            everything.write_records(library, places)
            feeds.write(out, library)

    def _site(self, corpus: Corpus) -> None:
        with self._fresh("site") as out:
            shutil.copytree(self._engine, out, dirs_exist_ok=True)
            build.finish(out, self._engine_config, corpus, UNREAD)
            broken = links.check(out, engine.address(self._engine_config))
            assert not broken, report(broken)

    @contextmanager
    def _fresh(self, name: str) -> Iterator[Path]:
        out = self._folder / name
        out.mkdir()
        try:
            yield out
        finally:
            shutil.rmtree(out, ignore_errors=True)


def limited(step: str, does: Callable[[], object], memory: int = MEMORY) -> Failure | None:
    """Do one step within its limits; return what went wrong, if anything did."""

    def stop(*_: object) -> None:
        raise TooLongError

    old = signal.signal(signal.SIGPROF, stop)
    before = resource.getrlimit(resource.RLIMIT_AS)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_used() + memory, before[1]))
        signal.setitimer(signal.ITIMER_PROF, SECONDS.get(step, OTHERWISE))
        try:
            does()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            resource.setrlimit(resource.RLIMIT_AS, before)
    except Exception as error:  # whatever it is, it is looked for
        return Failure(step, _kind(error), traceback.format_exc()[-4000:])
    finally:
        signal.signal(signal.SIGPROF, old)
    return None


def _used() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _kind(error: Exception) -> str:
    """Name a failure so that one fault has one name: its type and the last place in the program it
    came through.
    """
    frames: Sequence[traceback.FrameSummary] = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/xinyong/" in frame.filename] or frames
    where = f"{own[-1].filename.rpartition('/xinyong/')[2]}:{own[-1].name}" if own else ""
    message = (
        f" {str(error).splitlines()[0].split(': ')[1][:5]}"
        if isinstance(error, AssertionError) and str(error)[:1] == "/"
        else ""
    )
    return f"{type(error).__name__} in {where}{message}"
