"""What a check finds, remembered from one run to the next.

The memory is one file, ``.cache/xinyong/check`` beside the corpus, and disposable. It holds the verdict on one state of
the corpus: its key is a hash of every record, of the program's own source, of the versions of what it stands on, and of
the day, so that nothing is trusted across versions. Nothing in it is ever executed. It is sealed (HMAC-SHA256) with a
secret of the user, kept outside the folder; what somebody else wrote or changed is not believed, and costs only time.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from xinyong import published
from xinyong.problems import Problem
from xinyong.source import snapshot
from xinyong.source.edtf import today
from xinyong.source.snapshot import Item

MEMORY = Path(".cache", "xinyong", "check")
_MAX_BYTES = 16 * 1024 * 1024
_DEPENDENCIES = ("markdown-it-py", "pydantic", "pydantic-core", "pypinyin", "pyyaml", "rapidfuzz")


@dataclass(frozen=True)
class Verdict:
    """The number of records and all problems, each with its place, in the order of their places."""

    records: int
    problems: tuple[Problem, ...]


def verdict(root: Path, *, remembered: bool = True) -> Verdict:
    """Check the corpus ``root``; where nothing changed since the last time, say again what was found then."""
    if not root.is_dir():
        return _judge(root, ())
    items = snapshot.take(root)
    memory, secret = root.parent / MEMORY, _secret() if remembered else b""
    if not secret:
        return _judge(root, items)
    key = _key(root, items)
    found = _recall(memory, key, secret)
    if found is None:
        found = _judge(root, items)
        _remember(memory, key, secret, found)
    return found


def _judge(root: Path, items: Sequence[Item]) -> Verdict:
    from xinyong.corpus import load, locate
    from xinyong.rules.all import judge

    corpus, problems = load(root, items)
    return Verdict(len(corpus.entries), tuple(locate(problems + judge(corpus, today()))))


def _key(root: Path, items: Sequence[Item]) -> str:
    parts = [
        str(root),
        snapshot.digest(items),
        *(_hash(root.parent / published.FOLDER / name) for name in published.FILES),
        *_program(),
        sys.version,
        *(metadata.version(name) for name in _DEPENDENCIES),
        str(today()),
    ]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _program() -> list[str]:
    """Return a hash of each file that decides what is found: the program's modules and tables."""
    sources = [path for path in sorted(Path(__file__).parent.parent.rglob("*")) if path.suffix in (".py", ".yml")]
    return [f"{path}:{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sources]


def _secret() -> bytes:
    """Return the user's secret, made when it is first needed; empty where none can be kept."""
    try:
        state = os.environ.get("XDG_STATE_HOME") or Path("~/.local/state").expanduser()
        file = Path(state, "xinyong", "seal")
        with suppress(FileExistsError):
            file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as new:
                new.write(secrets.token_bytes(32))
        return file.read_bytes()
    except (OSError, RuntimeError):  # pathlib's word for a user without a home
        return b""


def _recall(memory: Path, key: str, secret: bytes) -> Verdict | None:
    try:
        if memory.is_symlink() or not memory.is_file() or memory.stat().st_size > _MAX_BYTES:
            return None
        seal, _, content = memory.read_bytes().partition(b"\n")
        if not hmac.compare_digest(seal, _seal(content, secret)):
            return None
        held = json.loads(content)
        if held["key"] != key:
            return None
        problems = (Problem(**{**problem, "path": tuple(problem["path"])}) for problem in held["problems"])
        return Verdict(held["records"], tuple(problems))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _remember(memory: Path, key: str, secret: bytes, found: Verdict) -> None:
    """Keep a verdict; where that is not possible, do nothing. A folder that is a symbolic link is not written to."""
    problems = [dataclasses.asdict(problem) for problem in found.problems]
    content = json.dumps({"key": key, "records": found.records, "problems": problems}).encode()
    folder = memory.parent
    try:
        if folder.is_symlink() or folder.parent.is_symlink():
            return
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as new:
            new.write(_seal(content, secret) + b"\n" + content)
        Path(new.name).replace(memory)
    except OSError:
        return


def _seal(content: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, content, hashlib.sha256).hexdigest().encode()
