"""The command that serves a live preview: ``serve``."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import click

from xinyong.cli.shared import CONFIG, CORPUS, SITE_NAME, need
from xinyong.cli.signals import EndedError, endable

_LAST_PORT = 65_535


@click.command()
@CORPUS
@CONFIG
@click.option(
    "--address", default="127.0.0.1:8000", show_default=True, help="The address to serve at."
)
def serve(root: Path, config: Path, address: str) -> None:
    """Serve a live preview: a file that is saved is seen at once, and so is what is wrong with it.

    A record with problems keeps its last good state. Only this machine is served, unless another
    address is given.
    """
    from xinyong.site import workshop
    from xinyong.site.server import serving

    need(root)
    host, colon, port = address.rpartition(":")
    if not (colon and _is_host(host) and port.isdecimal() and int(port) <= _LAST_PORT):
        raise click.UsageError(
            f"'{address}' is not an address with a port; write one such as 127.0.0.1:8000"
        )
    workshop.repair(config.parent / SITE_NAME)
    gc.enable()
    try:
        with endable(), serving(config, root, host.strip("[]"), int(port), click.echo) as shown:
            click.echo(f"serving {shown}, Ctrl-C ends it")
            threading.Event().wait()
    except EndedError:
        click.echo("ended")
    except OSError as error:
        message = f"cannot serve at {address}: {error.strerror}"
        raise click.UsageError(f"{message}; choose another with --address") from error


def _is_host(name: str) -> bool:
    """Whether a name can be one of a host (RFC 3490); empty stands for all of this machine."""
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return True
