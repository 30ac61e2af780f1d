"""A site as it is published: below a path, with its repository, served with the headers of its own
headers file.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

from support import PROJECT
from xinyong.rules.all import today
from xinyong.site import build

NAME = "repository"
"""The last part of the site's address, which is that of the repository on GitHub's pages."""

LISTEN = (
    "addEventListener('securitypolicyviolation', event =>"
    " console.error(`refused: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"
)


class _Handler(SimpleHTTPRequestHandler):
    with_headers = False

    def end_headers(self) -> None:
        for line in self._given():
            self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing."""

    def _given(self) -> list[str]:
        if not self.with_headers:
            return []
        given: list[str] = []
        applies = False
        path = self.path.partition("?")[0].removeprefix(f"/{NAME}")
        for line in (Path(self.directory) / NAME / "_headers").read_text("utf-8").splitlines():
            if line.startswith("/"):
                applies = fnmatch(path, line)
            elif line.startswith("  ") and applies:
                given.append(line)
        return given


class _HandlerWithHeaders(_Handler):
    with_headers = True


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a page that was left before all of it was loaded."""


def publish(corpus: Path, folder: Path) -> Path:
    """Build the site of ``corpus`` in ``folder`` as a workflow on GitHub does; return the built
    site.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPO_URL", f"https://github.com/owner/{NAME}")
        patch.setenv("SITE_URL", f"https://owner.github.io/{NAME}/")
        build.build(PROJECT / "mkdocs.yml", corpus, folder / NAME, today())
    return folder / NAME


@contextmanager
def served(site: Path, *, headers: bool) -> Iterator[str]:
    """Serve a published site on this machine, with or without the headers of its headers file; give
    its address.
    """
    handler = _HandlerWithHeaders if headers else _Handler
    with _Server(("127.0.0.1", 0), partial(handler, directory=str(site.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{NAME}/"
        server.shutdown()


@contextmanager
def watched(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """Give a page, and a list that grows by each request to elsewhere, error, refusal and dialog."""
    context = browser.new_context(base_url=address)
    context.add_init_script(LISTEN)
    seen: list[str] = []

    def on_request(asked: Request) -> None:
        if not asked.url.startswith((address, "data:", "blob:")):
            seen.append(asked.url)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.append(message.text)

    def on_dialog(dialog: Dialog) -> None:
        seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    context.on("request", on_request)
    context.on("console", on_console)
    context.on("weberror", lambda error: seen.append(str(error.error)))
    tab = context.new_page()
    tab.on("dialog", on_dialog)
    yield tab, seen
    context.close()
