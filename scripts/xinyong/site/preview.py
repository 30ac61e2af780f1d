"""The live preview: pages made when they are asked for, from a corpus in memory that follows the files.

A record's page is poured when somebody looks at it, so that a save costs the reading of one file.
What only a whole build gives (the search, exports, the check of links) follows in the background,
in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path

from xinyong.corpus import Corpus, report
from xinyong.history import read
from xinyong.pages.indexes import paging
from xinyong.problems import Problem, count
from xinyong.publication import Library
from xinyong.rules.all import today
from xinyong.site import build, engine, slots
from xinyong.site.live_corpus import LiveCorpus
from xinyong.site.templating import templates
from xinyong.site.unfilled import Unfilled
from xinyong.source import ids
from xinyong.words import PREVIEW

QUIET = 1.0
"""So many seconds after the last change the rest begins, which would slow down the page that is
being loaded."""

_BY_SIGNAL = 128
"""A higher status tells of a signal that ended a program."""

_SHOWN = 200
"""So many characters of an error are shown."""

OWN = "/-/preview/"
"""Below this path stand the preview's own script, style sheet and events."""


@dataclass(frozen=True)
class State:
    """What a browser is told: the version that can be shown, and the problems as text, empty where there are none."""

    version: str
    problems: str
    title: str = field(default_factory=lambda: PREVIEW["problems"])
    hide: str = field(default_factory=lambda: PREVIEW["hide"])


class Preview:
    """The preview of the corpus ``root`` with the configuration ``config``, shown at ``address``.

    ``tell`` is told, in words, what happens. Call ``start`` once, ``follow`` after each change of a
    file.
    """

    def __init__(self, config: Path, root: Path, address: str, tell: Callable[[str], None]) -> None:
        self._config = config
        self._root = root
        self.address = address
        self.tell = tell
        self._room = tempfile.TemporaryDirectory(
            prefix="xinyong-preview-", ignore_cleanup_errors=True
        )
        self._live = LiveCorpus(root, today)
        self._engine: Unfilled | None = None
        self._library: Library | None = None
        self._make_library: Callable[[Corpus], Library] = Library
        self._made: dict[str, bytes] = {}
        self._docs: Mapping[str, tuple[int, int]] = {}
        self._engine_problems: list[Problem] = []
        self._build_problems = ""
        self._fault = ""
        self._said = ""
        self._building: subprocess.Popen[str] | None = None
        self._timer: threading.Timer | None = None
        self._lock = threading.RLock()
        self.changed = threading.Condition()
        self.state = State("", "")

    def start(self) -> None:
        """Read the corpus, run the engine, and begin the whole build."""
        with self._surviving():
            self._docs = self._scan_docs()
            self._run_engine()
            self._live.refresh()
            self._show()
            self._say_problems()
        self._later()

    def close(self) -> None:
        """Stop what runs, and delete what was written."""
        if self._timer:
            self._timer.cancel()
        if self._building and self._building.poll() is None:
            self._building.terminate()
            self._building.wait()
        self._room.cleanup()

    def follow(self) -> None:
        """Look at what changed on the disk and show it; say so where that cannot be done."""
        with self._surviving():
            self._follow()

    def _follow(self) -> None:
        began = time.perf_counter()
        with self._lock:
            records = self._live.refresh()
            was, self._docs = self._docs, self._scan_docs()
            pages = [f for f in {*was, *self._docs} if was.get(f) != self._docs.get(f)]
            if not records and not pages:
                return
            self._fault = ""
            if any(not self._is_asset(file) for file in pages):
                self._run_engine()
            self._show()
        what = ", ".join(sorted([*records, *pages])[:3]) + (
            " and more" if len(records) + len(pages) > 3 else ""
        )
        self.tell(f"{what}: {time.perf_counter() - began:.2f} s{self._where(records)}")
        self._say_problems()
        self._later()

    def page(self, path: str) -> bytes | None:
        """Return the page at a path from the site's root, ``cities/rongcheng/``.

        None where it is made otherwise.
        """
        with self._lock:
            if self._library is None or self._engine is None:
                return self.nothing(PREVIEW["unsound"], PREVIEW["unsound-why"])
            if path not in self._made:
                try:
                    made = self._make(path, self._library, self._engine)
                except (KeyError, slots.SlotError):
                    # A record that its neighbours need is not sound, or a fragment comes with the
                    # whole build only.
                    unmade = _name(path) not in self._engine.names
                    made = self.nothing(PREVIEW["failed"], "") if unmade else None
                if made is None:
                    return None
                self._made[path] = self.marked(made)
            return self._made[path]

    def marked(self, html: bytes) -> bytes:
        """Put the preview's script and style sheet into a page."""
        script = f'<script src="{OWN}preview.js" data-version="{self.state.version}"></script>'
        style = f'<link rel="stylesheet" href="{OWN}preview.css">'
        mark = (style + script).encode()
        head, end, tail = html.rpartition(b"</body>")
        return head + mark + end + tail if end else html + mark

    def file(self, path: str) -> Path | None:
        """Find a file that is no page: of ``docs`` as it is now, else of the whole build, else of the engine."""
        own = self._config.parent / "docs"
        built = [self.site, *([self._engine.folder] if self._engine else [])]
        for folder in (*([own] if self._is_asset(path) else []), *built):
            found = folder / path
            with suppress(OSError, ValueError):  # an address that can be no file
                if found.is_file() and found.resolve().is_relative_to(folder.resolve()):
                    return found
        return None

    @property
    def site(self) -> Path:
        """The folder of the last whole build, which may not be there yet."""
        return Path(self._room.name) / "site"

    def _where(self, records: Sequence[str]) -> str:
        """Say where the page of the one record that changed is seen.

        Nothing for more of them, or for none.
        """
        entry = (
            self._live.corpus.entries.get(Path(records[0]).stem)
            if len(records) == 1 and self._live.corpus
            else None
        )
        return f", {self.address}{entry.url}" if entry else ""

    def _make(self, path: str, library: Library, made: Unfilled) -> bytes | None:
        kind, _, id_ = path.strip("/").partition("/")
        entry = library.corpus.entries.get(id_)
        if entry and entry.kind == kind and path.endswith("/"):
            return made.record(library, entry).encode()
        if ids.PAGE.match(id_):
            page = next(paging.further_of(library, kind, path), None)
            return made.poured(page).encode() if page else None
        name = _name(path)
        return made.filled(name, library).encode() if name in made.names else None

    def nothing(self, title: str, text: str) -> bytes:
        """Return a page that says why there is nothing to see."""
        template = templates().get_template("nothing.html.j2")
        return self.marked(template.render(title=title, why=text).encode())

    def _show(self) -> None:
        """Let the browsers show what there is now."""
        corpus = self._live.corpus
        if corpus is not None and (
            self._library is None or corpus is not self._library.corpus or not self._made
        ):
            self._library = (
                self._library.of(corpus) if self._library else self._make_library(corpus)
            )
            if self._engine and not (self.site / build.SCRIPT_WORDS).is_file():
                build.write_assets(self._engine.folder, corpus)
        self._made = {}
        self._announce(str(time.time_ns()))

    def _announce(self, version: str) -> None:
        shown = [
            *self._engine_problems,
            *(p for p in self._live.problems if p.severity == "error"),
        ]
        message = "\n".join(filter(None, [self._fault, report(shown), self._build_problems]))
        with self.changed:
            self.state = State(version, message)
            self.changed.notify_all()

    def _run_engine(self) -> None:
        folder = Path(tempfile.mkdtemp(dir=self._room.name))
        try:
            config = engine.configure(self._config, folder)
            config.site_url = self.address
            self._make_library = partial(build.library_of, config)
            self._library = None
            engine.run(config)
            self._engine = Unfilled.made(folder, Path(config.docs_dir))
            self._engine_problems = []
        except engine.UnsoundError as unsound:
            self._engine_problems = unsound.problems
        except slots.SlotError as error:
            self._engine_problems = [Problem("X810", str(error), str(self._config.parent / "docs"))]

    def _later(self) -> None:
        """Do the rest when it has been quiet for a while: all rules, then a whole build."""
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(QUIET, self._rest)
        self._timer.daemon = True
        self._timer.start()

    @contextmanager
    def _surviving(self) -> Iterator[None]:
        """Tell of what nobody foresaw, here and in the browser; the last good state stays."""
        try:
            yield
        except Exception as error:
            message = f"{type(error).__name__}: {error}"[:_SHOWN]
            way = "write it in another way; the last good state stays"
            self._fault = f"what was saved last cannot be shown ({message}); {way}"
            with self.changed:
                self.state = State(self.state.version, self._fault)
                self.changed.notify_all()
            self.tell(self._fault)

    def _rest(self) -> None:
        with self._surviving():
            self._check_and_build()

    def _check_and_build(self) -> None:
        changed = self._live.check(self._let_others)
        with self._lock:
            if changed:
                self._announce(self.state.version)
                self._say_problems(again=False)
            ready = self._live.is_sound and not self._engine_problems
        if ready:
            self.build()

    def _let_others(self) -> None:
        """Wait while a page is made, or a change is read, for which somebody waits."""
        with self._lock:
            pass

    def build(self) -> None:
        """Build the whole site beside the preview.

        A build that is under way gives place to a newer one.
        """
        if self._building and self._building.poll() is None:
            self._building.terminate()
            self._building.wait()
        # It gives way to the preview: a page that is looked at comes first.
        program = "import os; getattr(os, 'nice', int)(10); from xinyong.cli import main; main()"
        command = [sys.executable, "-c", program, "site"]
        if read.lack(self._root):
            command.append("--no-history")  # a preview is for whoever has no history, too
        places = [
            "--corpus",
            str(self._root),
            "--config",
            str(self._config),
            "--out",
            str(self.site),
        ]
        environment = os.environ | {"SITE_URL": self.address}
        began = time.perf_counter()
        ran = subprocess.Popen(  # noqa: S603 - our own program
            [*command, *places],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        self._building = ran
        message, _ = ran.communicate()
        status = ran.returncode
        if status < 0 or status > _BY_SIGNAL or self._building is not ran:
            return  # it gave place to a newer one, or the preview ends
        failed = "" if status == 0 else message.replace(str(self.site), "site")
        if status == 0:
            self.tell(f"the whole site, links checked: {time.perf_counter() - began:.1f} s")
        elif failed != self._build_problems:
            self.tell(failed)
        if failed != self._build_problems:
            self._build_problems = failed
            self._announce(self.state.version)

    def _say_problems(self, *, again: bool = True) -> None:
        """Say what is wrong; not ``again`` where it is what was said last."""
        problems = [*self._engine_problems, *self._live.problems]
        shown = [problem for problem in problems if problem.severity == "error"]
        message = f"{report(shown)}\n{count(shown)}; the last good state stays" if shown else ""
        if message and (again or message != self._said):
            self.tell(message)
        self._said = message

    def _scan_docs(self) -> Mapping[str, tuple[int, int]]:
        found = {}
        for path in (self._config, *sorted((self._config.parent / "docs").rglob("*"))):
            try:
                at = path.stat()
            except OSError:
                continue
            if (
                path.is_file()
                and not path.name.startswith((".", "#"))
                and not path.name.endswith("~")
            ):
                found[path.relative_to(self._config.parent).as_posix()] = (
                    at.st_mtime_ns,
                    at.st_size,
                )
        return found

    def _is_asset(self, file: str) -> bool:
        """Say whether a file of ``docs`` is shown as it is, without the engine: a style sheet, a script, a picture."""
        name = file.removeprefix("docs/")
        return name.startswith("assets/") and not name.endswith(".md")


def _name(path: str) -> str:
    """Return the file of a page's address."""
    return f"{path}index.html" if path.endswith("/") or not path else path


def own(name: str) -> bytes | None:
    """Return one of the preview's own files."""
    return (
        files("xinyong.site").joinpath(name).read_bytes()
        if name in ("preview.js", "preview.css")
        else None
    )
