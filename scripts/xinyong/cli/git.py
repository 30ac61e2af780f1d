"""What git knows of a change: the files that it touches."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from xinyong.history import git


def touched(base: str, root: Path) -> set[Path]:
    """Return the files below ``root`` that differ from where this work left ``base``, new and deleted ones too.

    What is not committed yet counts. Raises UsageError where git is not there, or does not know
    ``base``.
    """
    try:
        repository = git.Repository.around(root)
        commit = repository.commit(base)
    except git.GitError as error:
        raise click.UsageError(str(error)) from error
    with suppress(git.GitError):
        commit = repository.fork(commit, "HEAD")
    try:
        names = [*repository.differing(commit), *repository.untracked()]
    except git.GitError as error:
        raise click.UsageError(str(error)) from error
    return {(repository.corpus / name).resolve() for name in names}
