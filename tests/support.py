"""What tests of all rooms use: where things stand, and a way to run the commands as a user does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from xinyong.cli import main

PROJECT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "fixtures" / "corpus"

Lay = Callable[[Mapping[str, str | bytes]], Path]
"""Lays files over a copy of the small corpus; returns the folder of that corpus."""


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    said: str
    status: int


def run(*args: str) -> Ran:
    """Run a command of the program as a user would."""
    result = CliRunner().invoke(main, args, catch_exceptions=False)
    return Ran(result.output, result.exit_code)
