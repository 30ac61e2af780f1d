"""The command that describes all commands: ``commands``."""

from __future__ import annotations

from collections.abc import Iterator

import click


@click.command()
def commands() -> None:
    """Print the reference of all commands, as Markdown for the guide."""
    from xinyong.cli import main

    click.echo("\n".join(_page(main)))


def _page(group: click.Group) -> Iterator[str]:
    yield "---\ntitle: Commands\ndescription: Every command of the program with its arguments and options.\n---"
    yield "<!-- Written by 'xinyong commands > docs/contribute/commands.md'; a test says when it is out of date. -->\n"
    yield "# Commands\n"
    yield "`make setup` puts the program into `.venv/bin/`. `make help` lists the shorter ways.\n"
    context = click.Context(group, info_name="xinyong")
    for name in sorted(group.list_commands(context)):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=f"xinyong {name}", parent=None)
        yield f"## {name} {{#{name}}}\n"
        yield f"```text\n{' '.join(['xinyong', name, *command.collect_usage_pieces(inner)])}\n```\n"
        yield f"{_prose(command.help or '')}\n"
        yield from _options(command, inner)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    records = [found for option in options if (found := option.get_help_record(context))]
    if not records:
        return
    yield "| option | what it does |\n| --- | --- |"
    for names, meaning in records:
        yield f"| `{names}` | {_prose(meaning).replace('|', '&#124;')} |"
    yield ""


def _prose(text: str) -> str:
    """Return a help text as Markdown paragraphs."""
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return "\n\n".join(
        paragraph.replace("<", "&lt;").replace("[", "\\[") for paragraph in paragraphs
    )
