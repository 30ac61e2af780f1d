"""What tests of all rooms use: where things stand, and a way to run the commands as a user does."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from xinyong.cli import main

PROJECT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "fixtures" / "corpus"

TO_DO = re.compile(
    r"; did you mean '|[;:,] (?:if .*, )?(?:or )?(?:add|begin|check|choose|cite|close|copy|correct|delete|end|exchange|"
    r"export|fix|give|indent|keep|leave|link|make|move|name|put|rename|save|see|split|take|type|use|write)\b"
)
"""How a message ends that says what one can do."""

OLD_SITE = {
    "site/index.html": "the old site",
    "site/.xinyong": '{"built by": "xinyong", "files": ["index.html"]}',
}
"""A site that was built earlier."""

Lay = Callable[[Mapping[str, str | bytes]], Path]
"""Lays files over a copy of the small corpus; returns the folder of that corpus."""


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    output: str
    status: int


def run(*args: str) -> Ran:
    """Run a command of the program as a user would."""
    result = CliRunner().invoke(main, args, catch_exceptions=False)
    return Ran(result.output, result.exit_code)


def git(folder: Path, *args: str, moment: str = "2026-01-01T12:00:00Z") -> str:
    """Run git in a folder as nobody in particular at a given moment, whatever the user's own
    configuration says.
    """
    identity = {
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_AUTHOR_DATE": moment,
    }
    committer = {
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_COMMITTER_DATE": moment,
    }
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(folder), "-c", "init.defaultBranch=main", *args]
    environment = os.environ | identity | committer | own
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment
    ).stdout.strip()


def commit(folder: Path, moment: str, files: Mapping[str, str | None] | None = None) -> str:
    """Write files into a folder (None removes one), commit all that is there at a moment, and
    return the commit.
    """
    for name, text in (files or {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all", moment=moment)
    git(folder, "commit", "--quiet", "--allow-empty", "--message", moment, moment=moment)
    return git(folder, "rev-parse", "HEAD")
