"""Measure the build, in pairs in one run: ours, the part of it that other generators do, and these.

Each figure is the CPU of a whole tree of processes, user and system, the lowest of the rounds; all
take turns in each round. Beside them stands the limit: reading all inputs and writing all outputs
from memory. The result goes to ``build/bench.json`` and ``build/bench.svg``, and as a table to the
terminal.
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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generate import write
from peers import BIN, Peer, peers
from plot import plot

PROJECT = Path(__file__).parents[2]
OURS, PART, LIMIT, CHANGED = "ours", "ours, the part that peers do", "limit", "ours, one changed"
MEASURING = (
    "import resource,subprocess,sys;ran=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,"
    "stderr=subprocess.PIPE);u=resource.getrusage(resource.RUSAGE_CHILDREN);"
    "sys.stderr.buffer.write(ran.stderr[-2000:]);"
    "print(u.ru_utime+u.ru_stime,u.ru_maxrss/1024);sys.exit(ran.returncode)"
)


def measured(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Run a command; return its CPU seconds and its peak memory in MB."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURING, *command],
        cwd=folder,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{ran.stderr}")
    cpu, memory = map(float, ran.stdout.split())
    return cpu, memory


def limit(folder: Path, site: Path) -> float:
    """Return the CPU seconds of reading all inputs of a site and writing its files from memory."""
    held = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    began = time.process_time()
    for path in (folder / "corpus").rglob("*.yml"):
        path.read_bytes()
    for path, data in held.items():
        file = folder / "limit" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    spent = time.process_time() - began
    shutil.rmtree(folder / "limit")
    return spent


def laid_out(folder: Path, records: int) -> None:
    """Write a project with a corpus of ``records`` records, and its history, into ``folder``."""
    write(folder / "corpus", records)
    shutil.copytree(PROJECT / "docs", folder / "docs")
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    git = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org"]
    for step in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All records"]):
        subprocess.run([*git, *step], cwd=folder, check=True)


def one_size(folder: Path, records: int, rounds: int, skipped: set[str]) -> dict[str, Any]:
    """Measure all with a corpus of ``records`` records."""
    laid_out(folder, records)
    site, others = folder / "site", list[Peer]()
    again = (sys.executable, str(Path(__file__).with_name("stages.py")))
    found: dict[str, list[tuple[float, float]]] = {}
    changed = next((folder / "corpus" / "terms").glob("*.yml"))
    for number in range(rounds):
        shutil.rmtree(site, ignore_errors=True)
        found.setdefault(OURS, []).append(measured((str(BIN / "xinyong"), "site"), folder))
        text = changed.read_text(encoding="utf-8")
        changed.write_text(text.replace("summary: ", f"summary: {number} ", 1), encoding="utf-8")
        found.setdefault(CHANGED, []).append(measured(again, folder))
        found.setdefault(LIMIT, []).append((limit(folder, site), 0))
        others = others or [p for p in peers(site, folder / "peers") if p.name not in skipped]
        for peer in others:
            if peer.command:
                found.setdefault(peer.name, []).append(measured(peer.command, peer.folder))
    of_stages: Mapping[str, float] = json.loads((folder / "stages.json").read_text("utf-8"))
    more = sum(of_stages.get(name, 0) for name in ("history", "exports", "follow", "links"))
    theirs = sum(of_stages.values()) - more
    cpu = {name: round(min(run[0] for run in runs), 2) for name, runs in found.items()}
    cpu[PART] = round(cpu[OURS] * theirs / sum(of_stages.values()), 2)
    memory = {name: round(max(run[1] for run in runs)) for name, runs in found.items()}
    return {
        "records": records,
        "cpu": cpu,
        "memory": {name: size for name, size in memory.items() if size},
        "stages": {name: round(spent, 2) for name, spent in of_stages.items()},
        "ratios": {name: round(spent / cpu[OURS], 2) for name, spent in cpu.items()},
        "absent": [peer.name for peer in others if not peer.command],
        "left out": sorted(skipped),
        **_first_result(site),
    }


def _first_result(site: Path) -> dict[str, int]:
    """Return the bytes, packed, of the largest file of the search index, and of all of it."""
    import gzip

    sizes = [len(gzip.compress(path.read_bytes(), 6)) for path in (site / "search").rglob("*.*")]
    return {"search, largest file": max(sizes), "search, all files": sum(sizes)}


def table(sizes: Sequence[Mapping[str, Any]]) -> str:
    """Return the figures as a table in Markdown: CPU seconds, and how many times ours that is."""
    head = [f"{one['records']:,} records | times ours | MB" for one in sizes]
    names = dict.fromkeys(name for one in sizes for name in one["cpu"])
    rows = [f"| | {' | '.join(head)} |", "| --- |" + " --- |" * 3 * len(sizes)]
    for name in names:
        cells = [
            f"{one['cpu'].get(name, '–')} | {one['ratios'].get(name, '–')} | {one['memory'].get(name, '–')}"
            for one in sizes
        ]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def main() -> None:
    """Generate, measure in turn, write and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--skip", nargs="*", default=[], help="peers that are left out, by name")
    parser.add_argument("--into", type=Path, default=PROJECT / "build")
    options = parser.parse_args()
    sizes = []
    for records in options.records:
        with tempfile.TemporaryDirectory() as name:
            sizes.append(one_size(Path(name), records, options.rounds, {*options.skip}))
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    options.into.mkdir(parents=True, exist_ok=True)
    result = {"machine": machine, "rounds": options.rounds, "sizes": sizes}
    text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
    (options.into / "bench.json").write_text(text, encoding="utf-8")
    (options.into / "bench.svg").write_text(plot(sizes), encoding="utf-8")
    print(machine, table(sizes), sep="\n\n")
    for one in sizes:
        if one["absent"]:
            print(f"\nnot installed, so not measured: {', '.join(one['absent'])}")


if __name__ == "__main__":
    main()
