"""``make fuzz``: 20,000 records made from sound ones; what check calls sound, everything else must
finish with.

What is found is written to a folder: one file for each kind of failure, cut down to the smallest
record that still fails so, and what was said. The seed is printed; with it the same records are
made again.
"""

from __future__ import annotations

import copy
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import yaml

from fuzz.mutating import Mutator, at, encoded, parse, put, spots
from fuzz.trying import Failure, Trial
from support import PROJECT, SMALL

SAVED = PROJECT / "build" / "fuzz"
LAST = 60
"""So many seconds of the processor after which a record that nothing else could stop is given up.
"""


@dataclass(frozen=True)
class Finding:
    """A kind of failure, how often it was met, and the number of the first record that has it."""

    failure: Failure
    number: int
    times: int = 1


@dataclass(frozen=True)
class Run:
    """Which records are tried: those of a seed from 0 on, until a number of them or of seconds is
    reached.
    """

    seed: int
    number: int
    seconds: float
    workers: int = max(1, os.cpu_count() or 1)


def fuzz(run: Run, folder: Path) -> tuple[int, dict[str, Finding]]:
    """Try records in processes side by side; return how many were tried, and what was found, by
    kind.
    """
    end = time.monotonic() + run.seconds
    workers = [_Worker(run, first, folder, end) for first in range(run.workers)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.finish()
    found: dict[str, Finding] = {}
    for failure, number in sorted(
        (pair for worker in workers for pair in worker.found()), key=lambda pair: pair[1]
    ):
        old = found.get(failure.kind)
        found[failure.kind] = (
            Finding(failure, number)
            if old is None
            else Finding(old.failure, old.number, old.times + 1)
        )
    return sum(worker.done() for worker in workers), found


class _Worker:
    """A process that tries every so manieth record, begun anew behind a record that kills it."""

    def __init__(self, run: Run, first: int, folder: Path, end: float) -> None:
        self._run, self._first, self._end = run, first, end
        self._folder = folder / str(first)
        self._folder.mkdir(parents=True)
        self._lines = self._folder / "found.jsonl"
        self._at = self._folder / "at"
        self._at.write_text(str(first - run.workers))
        self._lines.touch()
        self._process = 0

    def start(self) -> None:
        self._process = os.fork()
        if not self._process:
            status = 1
            try:
                self._work()
                status = 0
            finally:
                os._exit(status)

    def finish(self) -> None:
        while os.waitpid(self._process, 0)[1] and time.monotonic() < self._end:
            self._add(
                Failure("any", "killed", "the process was killed, or ended without a word"),
                self._number(),
            )
            if self._number() < 0:
                raise click.ClickException(
                    "not even sound records can be tried; see what was printed before"
                )
            self.start()

    def found(self) -> Iterator[tuple[Failure, int]]:
        for line in self._lines.read_text(encoding="utf-8").splitlines():
            message = json.loads(line)
            yield Failure(message["step"], message["kind"], message["output"]), message["number"]

    def done(self) -> int:
        return (self._number() - self._first) // self._run.workers + 1

    def _number(self) -> int:
        return int(self._at.read_text())

    def _work(self) -> None:
        mutator = Mutator(self._run.seed, SMALL, PROJECT / "corpus")
        with tempfile.TemporaryDirectory(dir=self._folder) as room:
            trial = Trial(SMALL, Path(room), PROJECT / "mkdocs.yml")
            for number in range(
                self._number() + self._run.workers, self._run.number, self._run.workers
            ):
                if time.monotonic() > self._end:
                    return
                self._at.write_text(str(number))
                used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime) + LAST
                resource.setrlimit(resource.RLIMIT_CPU, (used, resource.RLIM_INFINITY))
                for failure in trial.attempt(*mutator.make(number)):
                    self._add(failure, number)

    def _add(self, failure: Failure, number: int) -> None:
        with self._lines.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(failure) | {"number": number}) + "\n")


def smallest(trial: Trial, file: Path, data: bytes, failure: Failure, seconds: float = 15) -> bytes:
    """Cut a record down as long as it fails in the same way: fields and entries, then texts by
    halves.
    """
    end = time.monotonic() + seconds

    def fails(tree: object) -> bool:
        if time.monotonic() > end:
            return False
        tried = trial.attempt(file, encoded(tree), whole=True, only=failure.step)
        return failure.kind in [other.kind for other in tried]

    tree = _tree(data)
    if not fails(tree):
        return data
    while made := next(filter(fails, _smaller(tree)), None):
        tree = made
    return encoded(tree)


def _tree(data: bytes) -> object:
    try:
        return parse(data.decode("utf-8", "surrogatepass"))
    except (ValueError, yaml.YAMLError):
        return None


def _smaller(tree: object) -> Iterator[object]:
    """Yield the tree without each of its parts, the largest first, then with each half of its
    texts.
    """
    found = sorted(spots(tree), key=lambda spot: -len(json.dumps(at(tree, spot))))
    for spot in found:
        made = copy.deepcopy(tree)
        del at(made, spot[:-1])[spot[-1]]
        yield made
    for spot in found:
        text = at(tree, spot)
        if isinstance(text, str) and len(text) > 1:
            for part in (text[: len(text) // 2], text[len(text) // 2 :]):
                made = copy.deepcopy(tree)
                put(made, spot, part)
                yield made


def save(run: Run, found: Mapping[str, Finding], folder: Path) -> None:
    """Write each finding to ``folder``: the record, cut down, and what was said of it."""
    mutator = Mutator(run.seed, SMALL, PROJECT / "corpus")
    with tempfile.TemporaryDirectory() as room:
        trial = Trial(SMALL, Path(room), PROJECT / "mkdocs.yml")
        for place, (kind, finding) in enumerate(found.items(), 1):
            file, data = mutator.make(finding.number)
            cut = data if kind == "killed" else smallest(trial, file, data, finding.failure)
            target = folder / f"{place:02}" / file
            target.parent.mkdir(parents=True)
            target.write_bytes(cut)
            head = (
                f"{finding.failure.step}: {kind}, {finding.times} times; seed "
                f"{run.seed}, record {finding.number}\n\n"
            )
            (folder / f"{place:02}" / "said.txt").write_text(
                head + finding.failure.output, encoding="utf-8"
            )


@click.command()
@click.option(
    "--number", default=20_000, show_default=True, help="How many records are tried at most."
)
@click.option("--seconds", default=600.0, show_default=True, help="How long at most.")
@click.option("--seed", default=None, type=int, help="Make the records of this seed again.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=SAVED,
    help="Where what is found is written to.",
)
def main(number: int, seconds: float, seed: int | None, out: Path) -> None:
    """Try records made from sound ones with every command; exit 1 where one fails."""
    run = Run(random.randrange(2**32) if seed is None else seed, number, seconds)
    click.echo(f"seed {run.seed}")
    place = out / str(run.seed)
    place.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as room:
        tried, found = fuzz(run, Path(room))
    for kind, finding in found.items():
        click.echo(
            f"{finding.times:6} {finding.failure.step}: {kind}, first in record {finding.number}"
        )
    click.echo(
        f"{tried:,} records tried, {len(found)} kinds of failure{f'; see {place}' if found else ''}"
    )
    save(run, found, place)
    sys.exit(int(bool(found)))


if __name__ == "__main__":
    main()
