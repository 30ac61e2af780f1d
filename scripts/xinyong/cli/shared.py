"""What commands share: their options, and how they speak of problems."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from xinyong.corpus import Corpus
    from xinyong.problems import Problem

_REMEDY = "make it so, or name another place"
_REMEDIES = {
    errno.ENOSPC: "make room on the disk, and run the command again",
    errno.EDQUOT: "make room within the quota, and run the command again",
    errno.EFBIG: "raise the limit of a file's size (ulimit -f), or name another place",
    errno.EMFILE: "close other programs, or raise the limit of open files (ulimit -n)",
    errno.ENFILE: "close other programs, and run the command again",
    errno.ENOMEM: "close other programs, and run the command again",
    errno.EIO: "check the disk, and run the command again",
    errno.ENAMETOOLONG: "choose a shorter name",
}
"""What to do about the system's commoner troubles."""

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
        raise click.UsageError(
            f"there is no file '{path}'; go to the project's folder, or name it with --config"
        )
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
    """Raise UsageError where there is no corpus.

    What is written into it, or sought in it, would go astray.
    """
    if not root.is_dir():
        raise click.UsageError(
            f"there is no corpus in '{root}'; go to the project's folder, or name it with --corpus"
        )


def sound(root: Path) -> Corpus:
    """Load a corpus that has no errors.

    Where it has some, say them and end the program with status 1.
    """
    from xinyong.corpus import load
    from xinyong.rules.all import check, today

    corpus, found = load(root)
    found += check(corpus, today())
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


def tell(text: str, *, err: bool = False) -> None:
    """Print a message of one or more lines.

    Nothing in it acts on a terminal, or on GitHub's runner that logs it.
    """
    from xinyong.problems import visible, without_commands

    click.echo(without_commands(visible(text, keep="\n")), err=err)


def coloured() -> bool:
    """Say whether to print in colour.

    On a terminal that can, unless NO_COLOR is set (https://no-color.org).
    """
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def trouble(error: OSError) -> str:
    """Say in a sentence which file the system could not read or write, why, and what to do."""
    from xinyong.problems import visible

    name = next(
        (
            name
            for name in (error.filename, error.filename2)
            if isinstance(name, str | bytes | Path)
        ),
        None,
    )
    what = "a file or the output" if name is None else f"'{visible(os.fsdecode(name))}'"
    why = error.strerror or str(error) or type(error).__name__
    return f"{what} cannot be read or written: {why}; {_REMEDIES.get(error.errno or 0, _REMEDY)}"


def site_address(config: Path) -> str:
    """Return the address of the site as the engine's configuration gives it.

    Empty where it gives none. Only this one setting is read, so that 'check' need not load the
    engine.
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
