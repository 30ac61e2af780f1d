"""The command that tells which files of a site have to be published: ``changed``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xinyong.cli import files
from xinyong.cli.shared import SITE, SITE_NAME, of_project

if TYPE_CHECKING:
    from xinyong.site.changed import Changes, Digests

_SHOWN = ("all", "upload", "delete")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("folder", type=SITE, default=of_project(SITE_NAME))
@click.option(
    "--show",
    type=click.Choice(_SHOWN),
    default=_SHOWN[0],
    help="All changes with what became of each file, or the paths alone of those to upload "
    "(added and changed) or to delete.",
)
@click.option(
    "--purge",
    metavar="ADDRESS",
    help="Show instead the addresses, below ADDRESS, that a cache must forget.",
)
@click.option(
    "--list",
    "listed",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the list of the files in FOLDER to this file, to be OLD the next time.",
)
def changed(old: Path, folder: Path, show: str, purge: str | None, listed: Path | None) -> None:
    """Tell which files of the built site in FOLDER differ from the site that was published before.

    OLD is the folder of that site, or a list of its files that --list or sha256sum wrote; an empty
    one for the first publication. Files count by what they hold, not by their times. Paths are one
    a line, as 'rsync --files-from' and 'rclone --files-from' take them.
    """
    from xinyong.site import changed as changes

    if not (folder / "index.html").is_file():
        raise click.UsageError(
            f"there is no built site in '{folder}'; build it with 'xinyong site'"
        )
    before = _read(old)
    now = changes.read_folder(folder)
    found = changes.compare(before, now)
    for line in _lines(found, show, purge):
        click.echo(line)
    same = len(now) - len(found.uploads)
    counts = f"{len(found.added):,} added, {len(found.changed):,} changed"
    click.echo(f"{counts}, {len(found.removed):,} removed, {same:,} as they were", err=True)
    if listed:
        files.replace(listed, changes.as_list(now))


def _read(old: Path) -> Digests:
    from xinyong.site import changed as changes

    if old.is_dir():
        return changes.read_folder(old)
    if not old.exists():
        raise click.UsageError(
            f"there is no '{old}'; name the folder of the old site, a list of its files, "
            "or an empty file for the first publication"
        )
    try:
        return changes.read_list(old.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise click.UsageError(
            f"'{old}' is no text; name a list that --list or sha256sum wrote"
        ) from error
    except changes.ListError as error:
        raise click.UsageError(f"'{old}': {error}") from error


def _lines(found: Changes, show: str, purge: str | None) -> Sequence[str]:
    if purge is not None:
        return found.purges(purge)
    if show == "upload":
        return found.uploads
    return found.removed if show == "delete" else found.table()
