"""Measure the build, in turn in one run: ours, the part of it that other generators do, and these.

Each figure is of a whole tree of processes: CPU seconds, user and system, the lowest of the rounds
in which all take turns; the time on the clock in that run; the memory of its largest process. All
files are in memory, and each generator has run once before on a small corpus. Beside them stands
the limit: reading all inputs and writing all outputs. The results go to ``results.json``, where those
of other sizes stay, and the rows that were not measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environments
from generate import write
from peers import Peer, peers, weight
from scale_page import figures
from targets import CHANGED, CHECK, LIMIT, NAIVE, NOTHING, OURS, PART

PROJECT = environments.PROJECT
HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
WARM_UP = 100
MORE = ("history", "exports", "follow", "links")
"""The stages of our build that do what the others do not."""

MEASURING = (
    "import resource,subprocess,sys,time;began=time.perf_counter();"
    "ran=subprocess.run(sys.argv[1:],stdout=subprocess.PIPE,stderr=subprocess.STDOUT);"
    "wall=time.perf_counter()-began;u=resource.getrusage(resource.RUSAGE_CHILDREN);"
    "sys.stderr.buffer.write(ran.stdout[-2000:]);"
    "print(u.ru_utime+u.ru_stime,wall,u.ru_maxrss/1024);sys.exit(ran.returncode)"
)


@dataclass(frozen=True, order=True)
class Run:
    """What one run cost: CPU seconds, seconds on the clock, MB."""

    cpu: float
    wall: float
    memory: float = 0


def measured(command: Sequence[str], folder: Path) -> Run:
    """Run a command; return what it cost."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURING, *command],
        cwd=folder,
        env=environments.clean(),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{ran.stderr}")
    return Run(*map(float, ran.stdout.split()))


def limit(folder: Path, site: Path) -> Run:
    """Return what it costs to read all inputs of a site and to write its files from memory."""
    held = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    began, clock = time.process_time(), time.perf_counter()
    for path in (folder / "corpus").rglob("*.yml"):
        path.read_bytes()
    for path, data in held.items():
        file = folder / "limit" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    spent = Run(time.process_time() - began, time.perf_counter() - clock)
    shutil.rmtree(folder / "limit")
    return spent


@contextmanager
def laid_out(records: int) -> Iterator[Path]:
    """Write a project with a corpus of ``records`` records, and its history, into memory."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        write(folder / "corpus", records)
        shutil.copytree(PROJECT / "docs", folder / "docs")
        shutil.copy(PROJECT / "mkdocs.yml", folder)
        git = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org"]
        for step in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All records"]):
            subprocess.run([*git, *step], cwd=folder, check=True)
        yield folder


class Bench:
    """Measures all with one corpus."""

    def __init__(self, folder: Path, skipped: set[str], others: bool) -> None:
        self.folder, self.skipped, self.others = folder, skipped, others
        self.python = str(environments.ours())
        self.site = folder / "site"
        self.runs: dict[str, list[Run]] = {}
        self.stages: dict[str, float] = {}
        self.peers: list[Peer] = []

    def round(self) -> None:
        """Measure all once."""
        self.ours()
        if not self.peers and self.others:
            programs = environments.programs()
            self.peers = peers(self.site, self.folder / "peers", programs)
        for peer in self.peers:
            if peer.command and peer.name not in self.skipped:
                self.peer(peer)

    def ours(self) -> None:
        """Measure our build: from nothing, with nothing changed, with one record changed."""
        site = (self.python, "-m", "xinyong", "site")
        self.forget()
        self.note(CHECK, measured((self.python, "-m", "xinyong", "check"), self.folder))
        if NAIVE not in self.skipped:
            naive = (sys.executable, str(HERE / "naive.py"))
            places = (str(PROJECT / "corpus" / "schema"), str(self.folder / "corpus"))
            self.note(NAIVE, measured((*naive, *places), self.folder))
        self.forget()
        self.note(OURS, measured(site, self.folder))
        self.note(LIMIT, limit(self.folder, self.site))
        self.note(NOTHING, measured(site, self.folder))
        self.change()
        self.note(CHANGED, measured(site, self.folder))
        self.part()

    def part(self) -> None:
        """Measure the stages of a build; what is left without those of ours alone is the part."""
        whole = measured((self.python, str(HERE / "stages.py")), self.folder)
        stages = json.loads((self.folder / "stages.json").read_text("utf-8"))
        shutil.rmtree(self.folder / "stages")
        self.stages = self.stages or stages
        missing = {*MORE} - {*stages}
        assert not missing, f"no such stages: {missing}"
        more = sum(stages[name] for name in MORE)
        self.note(PART, Run(whole.cpu - more, whole.wall - more))

    def peer(self, peer: Peer) -> None:
        """Measure another generator from nothing and, where it keeps something, after a change."""
        assert peer.command
        peer.forget()
        self.note(peer.name, measured(peer.command, peer.folder))
        if peer.kept:
            peer.change(self.changed.relative_to(self.folder / "corpus").with_suffix("").as_posix())
            self.note(f"{peer.name}, one page changed", measured(peer.command, peer.folder))

    def note(self, name: str, run: Run) -> None:
        """Keep what a run cost."""
        self.runs.setdefault(name, []).append(run)
        print(f"{name}: {run.cpu:.2f} s of CPU, {run.wall:.2f} s", flush=True)

    @property
    def changed(self) -> Path:
        """The record that is changed."""
        return self.folder / "corpus" / "terms" / "term-00001.yml"

    def change(self) -> None:
        """Say one word more in a record."""
        text = self.changed.read_text(encoding="utf-8")
        self.changed.write_text(text.replace("summary: '", "summary: 'Now ", 1), encoding="utf-8")
        assert self.changed.read_text(encoding="utf-8") != text

    def forget(self) -> None:
        """Remove our site and the notes of its build."""
        for name in ("site", ".cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def result(self) -> dict[str, Any]:
        """Return all figures."""
        best = {name: min(runs) for name, runs in self.runs.items()}
        absent = [peer.name for peer in self.peers if not peer.command]
        ran = [peer for peer in self.peers if peer.name in self.runs]
        return {
            "rounds": {name: len(runs) for name, runs in self.runs.items()},
            "cpu": {name: round(run.cpu, 3) for name, run in best.items()},
            "wall": {name: round(run.wall, 3) for name, run in best.items()},
            "memory": {
                name: round(max(run.memory for run in runs))
                for name, runs in self.runs.items()
                if runs[0].memory
            },
            "stages": {name: round(spent, 2) for name, spent in self.stages.items()},
            "weight": self.weights(ran),
            "files": sum(1 for path in self.site.rglob("*") if path.is_file()),
            "absent": absent,
            "left out": sorted(self.skipped),
            **_search_files(self.site),
        }

    def weights(self, ran: Sequence[Peer]) -> dict[str, dict[str, int]]:
        """Return what a page weighs, ours and that of each other."""
        places = [
            file.parent.relative_to(self.site).as_posix() for file in self.site.glob("*/*/index.md")
        ]
        outputs = {OURS: self.site} | {peer.name: peer.folder / peer.output for peer in ran}
        return {name: weight(output, places) for name, output in outputs.items()}


def one_size(records: int, rounds: int, skipped: set[str], others: bool) -> dict[str, Any]:
    """Measure all with a corpus of ``records`` records."""
    with laid_out(records) as folder:
        bench = Bench(folder, skipped, others)
        for _ in range(rounds):
            bench.round()
        when = {"day": time.strftime("%Y-%m-%d"), "load": round(os.getloadavg()[2], 1)}
        return {"records": records, **when, **bench.result()}


def _search_files(site: Path) -> dict[str, int]:
    """Return the bytes, packed, of the largest file of the search index, and of all of it."""
    import gzip

    sizes = [len(gzip.compress(path.read_bytes(), 6)) for path in (site / "search").rglob("*.*")]
    return {"search, largest file": max(sizes), "search, all files": sum(sizes)}


def kept(results: Path) -> dict[int, dict[str, Any]]:
    """Return the results of earlier runs, by the number of records."""
    if not results.is_file():
        return {}
    held: Mapping[str, Any] = json.loads(results.read_text(encoding="utf-8"))
    return {one["records"]: one for one in held["sizes"]}


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return new results of a size, with the rows of the old ones that were not measured again."""
    rows = {key: value for key, value in new.items() if isinstance(value, dict)}
    return {**new, **{key: {**old.get(key, {}), **value} for key, value in rows.items()}}


def main() -> None:
    """Measure each size, keep the results and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--skip", nargs="*", default=[], help="rows that are left out, by name")
    parser.add_argument("--ours", action="store_true", help="without the other generators")
    parser.add_argument("--into", type=Path, default=RESULTS, help="the file of the results")
    options = parser.parse_args()
    how = ({*options.skip}, not options.ours)
    print(f"each once, with {WARM_UP} records")
    one_size(WARM_UP, 1, *how)
    for records in options.records:
        print(f"{records:,} records")
        found = one_size(records, options.rounds, *how)
        sizes = kept(options.into)
        sizes[records] = merged(sizes.get(records, {}), found)
        machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
        result = {"machine": machine, "sizes": [sizes[number] for number in sorted(sizes)]}
        text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
        options.into.write_text(text, encoding="utf-8")
    print(figures(result))


if __name__ == "__main__":
    main()
