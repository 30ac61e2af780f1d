"""The commands: one module for each group of them, loaded when one of its commands is called."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click

COMMANDS: Mapping[str, str] = {
    "check": "checking",
    "explain": "checking",
    "site": "building",
    "serve": "building",
    "links": "visiting",
    "addresses": "publishing",
    "stats": "telling",
    "export": "telling",
    "new": "writing",
    "fmt": "writing",
    "schema": "writing",
    "commands": "describing",
    "diff": "comparing",
    "import": "importing",
    "cite": "importing",
    "history": "following",
}
"""Every command with the module that holds it. Listed here, a command costs nothing until it is called."""


class _UnusableError(click.ClickException):
    """Raised for a file or folder that a command cannot read or write."""

    exit_code = 2


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module: Any = importlib.import_module(f"xinyong.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name, None) or getattr(module, f"{cmd_name}_")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from xinyong.problems import nearest

            ctx.fail(f"there is no command '{args[0]}'{nearest(args[0], COMMANDS, 'see all of them with --help')}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as error:
            if not error.filename:
                raise  # a pipe that nobody reads any more, which click knows of
            said = f"'{error.filename}' cannot be read or written: {error.strerror}"
            raise _UnusableError(f"{said}; make it so, or name another place") from error


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="xinyong")
def main() -> None:
    """Check, explain, build and preview the corpus on China's credit systems."""
    gc.disable()  # a command ends before garbage matters, and what is loaded stays in use
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a file's name may hold bytes that no terminal can show
