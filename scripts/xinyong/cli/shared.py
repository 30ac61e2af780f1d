"""What commands share: their options, and how they speak of problems."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from xinyong.corpus import Corpus
    from xinyong.problems import Problem

CORPUS_NAME = "corpus"
CONFIG_NAME = "mkdocs.yml"
SITE_NAME = "site"


def of_project(name: str) -> Callable[[], Path]:
    """Return what gives the path of a file or folder of the project, from any folder inside the project as git does.

    It is absolute where the project lies above the working folder.
    """
    return lambda: _project() / name


def _project() -> Path:
    here = Path.cwd()
    if not (here / CORPUS_NAME).is_dir():
        for folder in here.parents:
            if (folder / CORPUS_NAME).is_dir() and (folder / CONFIG_NAME).is_file():
                return folder
    return Path()


def _file(_: click.Context, __: click.Parameter, path: Path) -> Path:
    if not path.is_file():
        raise click.UsageError(f"there is no file '{path}'; go to the project's folder, or name it with --config")
    return path


CORPUS = click.option(
    "--corpus",
    "root",
    type=click.Path(path_type=Path),
    default=of_project(CORPUS_NAME),
    help="The folder of the corpus.",
)
CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=of_project(CONFIG_NAME),
    callback=_file,
    help="The configuration of the site's engine.",
)
SITE = click.Path(path_type=Path, file_okay=False)


def need(root: Path) -> None:
    """Raise UsageError where there is no corpus: what is written into it, or sought in it, would go astray."""
    if not root.is_dir():
        raise click.UsageError(f"there is no corpus in '{root}'; go to the project's folder, or name it with --corpus")


def sound(root: Path) -> Corpus:
    """Load a corpus that has no errors; where it has some, say them and end the program with status 1."""
    from xinyong.corpus import load
    from xinyong.rules.all import judge, today

    corpus, found = load(root)
    found += judge(corpus, today())
    if any(problem.severity == "error" for problem in found):
        say(found)
        sys.exit(1)
    return corpus


def say(found: list[Problem]) -> None:
    """Print problems with their places, source lines and carets."""
    from xinyong.corpus import report

    text = report(found, colour=coloured())
    if text:
        click.echo(text)


def replace_file(file: Path, text: str) -> None:
    """Write a file whole or not at all, its folder too where that is missing."""
    import tempfile

    file.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(text.encode())
        made.chmod(0o644)
        made.replace(file)
    finally:
        made.unlink(missing_ok=True)


def coloured() -> bool:
    """Say whether to print in colour: on a terminal that can, unless NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def site_address(config: Path) -> str:
    """Return the address of the site as the engine's configuration gives it; empty where it gives none.

    Only this one setting is read, so that 'check' need not load the engine.
    """
    import yaml
    from yaml_env_tag import construct_env_tag

    class Settings(yaml.SafeLoader):
        """Takes an environment variable where one is named, and nothing for any other tag."""

    Settings.add_constructor("!ENV", construct_env_tag)
    Settings.add_multi_constructor("", lambda *_: None)
    try:
        found = Settings(config.read_text(encoding="utf-8")).get_single_data()
    except (OSError, ValueError, yaml.YAMLError):
        return ""
    return str(found.get("site_url") or "") if isinstance(found, dict) else ""
