"""What git knows of a change: the files that it touches."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click


def touched(base: str, root: Path) -> set[Path]:
    """Return the files below ``root`` that differ from where this work left ``base``, new and deleted ones too.

    What is not committed yet counts. Raises UsageError where git is not there, or does not know ``base``.
    """
    folder = root if root.is_dir() else Path()
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}").strip()
    if not commit:
        raise click.UsageError(
            f"git knows no commit '{base}' here; name a branch, such as origin/main, and fetch it first"
        )
    fork = _git(folder, "merge-base", commit, "HEAD").strip() or commit
    known = _git(folder, "diff", "--name-only", "--no-renames", "--relative", "-z", fork, "--", ".")
    new = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return {(folder / name).resolve() for name in (known + new).split("\0") if name}


def _git(folder: Path, *args: str) -> str:
    """Run git in ``folder`` without colour, pager or external diff; return what it printed, empty where it failed."""
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *args]
    try:
        ran = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except FileNotFoundError as missing:
        raise click.UsageError("git is not installed; check without --changed") from missing
    return ran.stdout.decode("utf-8", "surrogateescape") if ran.returncode == 0 else ""
