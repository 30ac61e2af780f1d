"""Serve the live preview over HTTP on this machine, and follow the files."""

from __future__ import annotations

import dataclasses
import gc
import ipaddress
import json
import mimetypes
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from xinyong.site.preview import OWN, Preview, own
from xinyong.words import PREVIEW

SETTLE = 0.03
"""So many seconds after a file was touched it is read; editors write in several steps."""

ALIVE = 15.0
"""So many seconds pass before a browser that hears nothing is told that the preview is still there.
"""


LOOK = 2.0
"""So often, in seconds, the files are looked at even if the system tells of no change."""

_PATIENCE = 60.0
"""So many seconds a browser may take for a part of a request, or to take in what it asked for."""

_SHOWN = 200
"""So many characters of an address or an error are shown in the terminal."""

_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - the user may choose to serve other machines
_LOCAL = ("localhost", "127.0.0.1", "::1")


@contextmanager
def serving(
    config: Path, root: Path, host: str, port: int, tell: Callable[[str], None]
) -> Iterator[str]:
    """Serve the preview of ``root`` while the context is open; give its address.

    Port 0 takes a free one. Raise OSError where the port is taken.
    """
    kind = _PreviewServer6 if ":" in host else PreviewServer
    with kind((host, port), _Handler) as server:
        address = f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}/"
        server.host = host
        server.preview = Preview(config, root, address, tell)
        watch = _Watch(server.preview, [root, config.parent / "docs", config])
        answers = threading.Thread(target=server.serve_forever, daemon=True)
        try:
            server.preview.start()
            gc.collect()
            gc.freeze()  # the corpus stays; searching it for garbage again and again would slow every save
            with watch:
                answers.start()
                yield address
        finally:
            server.stopping = True
            with server.preview.changed:
                server.preview.changed.notify_all()
            if answers.ident:
                server.shutdown()
            server.preview.close()


class PreviewServer(ThreadingHTTPServer):
    """Answers each request in a thread of its own, with what its preview holds."""

    daemon_threads = True
    stopping = False
    host: str
    preview: Preview

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away, or was too slow; of all else a line."""
        error = sys.exception()
        if not isinstance(error, (ConnectionError, TimeoutError)):
            message = f"a request could not be answered ({_named(error)})"
            self.preview.tell(f"{message}; load the page again")

    def is_own(self, name: str) -> bool:
        """Whether a request for a host of this name is meant for us.

        Another name that leads here would let a page of a stranger read drafts (DNS rebinding); an
        address in numbers cannot be turned to us, so that one that is served everywhere takes any.
        """
        try:
            host = (urlsplit(f"//{name}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if self.host not in _EVERYWHERE:
            return host in (*_LOCAL, self.host.lower())
        with suppress(ValueError):
            return bool(ipaddress.ip_address(host))
        return host in (*_LOCAL, socket.gethostname().lower())


class _PreviewServer6(PreviewServer):
    address_family = socket.AF_INET6


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    _begun = False

    def do_GET(self) -> None:
        """Answer any request; with an error page, and a line here, where nothing else is right."""
        self._begun = False
        try:
            names = self.headers.get_all("Host") or []
            if len(names) == 1 and self.server.is_own(names[0]):
                self._answer(unquote(urlsplit(self.path).path))
            else:
                why = PREVIEW["stranger-why"].format(address=self.server.preview.address)
                self._refuse(PREVIEW["stranger"], why, HTTPStatus.MISDIRECTED_REQUEST)
        except (ConnectionError, TimeoutError):
            self.close_connection = True
        except Exception as error:
            self.server.preview.tell(f"{self.path[:_SHOWN]} cannot be shown: {_named(error)}")
            self.close_connection = True
            if not self._begun:
                status = HTTPStatus.INTERNAL_SERVER_ERROR
                self._refuse(PREVIEW["fault"], PREVIEW["fault-why"], status)

    def _refuse(self, title: str, why: str, status: HTTPStatus) -> None:
        made = self.server.preview.nothing(title, why)
        self._send(made, "text/html; charset=utf-8", status, Connection="close")

    def _answer(self, path: str) -> None:
        """Send the preview's own files and events, pages, other files."""
        if path == f"{OWN}events":
            self._events()
        elif path.startswith(OWN):
            data = own(path.removeprefix(OWN))
            self._send(data, _type(path)) if data else self._missing()
        else:
            self._page(path.lstrip("/"))

    def do_HEAD(self) -> None:
        """Answer as to a GET, without the content."""
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing: the terminal belongs to the problems."""

    def _page(self, path: str) -> None:
        preview = self.server.preview
        name = f"{path}index.html" if path.endswith("/") or not path else path
        if name.endswith(".html"):
            made = preview.page(name.removesuffix("index.html"))
            file = None if made else preview.file(name)
            if made is None and file is not None:
                made = preview.marked(file.read_bytes())
            self._send(made, "text/html; charset=utf-8") if made else self._missing()
            return
        found = preview.file(path)
        if found is not None:
            self._file(found)
        elif not Path(path).suffix and path:
            self._send(b"", "text/html", HTTPStatus.MOVED_PERMANENTLY, Location=f"/{quote(path)}/")
        else:
            self._missing()

    def _file(self, file: Path) -> None:
        at = file.stat()
        mark = f'"{at.st_mtime_ns}-{at.st_size}"'
        if self.headers.get("If-None-Match") == mark:
            self._send(b"", _type(file.name), HTTPStatus.NOT_MODIFIED, ETag=mark)
        else:
            self._send(file.read_bytes(), _type(file.name), ETag=mark)

    def _missing(self) -> None:
        page = self.server.preview.file("404.html")
        data = self.server.preview.marked(page.read_bytes()) if page else b"404"
        self._send(data, "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def _send(
        self, data: bytes, type_: str, status: HTTPStatus = HTTPStatus.OK, **more: str
    ) -> None:
        self._begun = True
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-cache")
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _events(self) -> None:
        """Tell the browser the state, now and whenever it changes.

        The format is that of https://html.spec.whatwg.org/#server-sent-events.
        """
        self._begun = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        preview, shown = self.server.preview, None
        try:
            while not self.server.stopping:
                with preview.changed:
                    if preview.state is shown:
                        preview.changed.wait(ALIVE)
                    state = preview.state
                if state is shown:
                    self.wfile.write(b": still here\n\n")
                else:
                    message = json.dumps(dataclasses.asdict(state), ensure_ascii=False)
                    self.wfile.write(f"data: {message}\n\n".encode())
                self.wfile.flush()
                shown = state
        except (BrokenPipeError, ConnectionResetError):
            pass
        self.close_connection = True


class _Watch(FileSystemEventHandler):
    """Follows folders and files.

    After the last of several touches it has the preview look at the disk.
    """

    def __init__(self, preview: Preview, paths: list[Path]) -> None:
        self._preview = preview
        self._touched = threading.Event()
        self._over = threading.Event()
        self._observer = Observer()
        self._watched: dict[Path, tuple[int, ObservedWatch] | None] = dict.fromkeys(paths)
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> None:
        self._observer.start()
        self._watch()
        self._thread.start()
        self._touched.set()  # what changed between the reading and now

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._over.set()
        self._touched.set()
        self._thread.join()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note that something was touched; what it was is seen on the disk."""
        if event.event_type not in ("opened", "closed_no_write"):
            self._touched.set()

    def _follow(self) -> None:
        while True:
            self._touched.wait(LOOK)
            if self._over.wait(SETTLE):
                return
            self._touched.clear()
            self._watch()
            self._preview.follow()

    def _watch(self) -> None:
        """Watch what is there; what was deleted and came back, as git does, is watched anew.

        Where the system watches no more, for want of watches, the files are only looked at.
        """
        for path, watched in self._watched.items():
            now = _inode(path)
            if watched and watched[0] != now:
                with suppress(KeyError, OSError):
                    self._observer.unschedule(watched[1])
                self._watched[path] = None
            if now and self._watched[path] is None:
                with suppress(OSError):
                    watch = self._observer.schedule(self, str(path), recursive=path.is_dir())
                    self._watched[path] = now, watch


def _named(error: BaseException | None) -> str:
    """Say what an error is; many say little without their kind."""
    return f"{type(error).__name__}: {error}"[:_SHOWN]


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _type(path: str) -> str:
    found = mimetypes.guess_type(path)[0] or "application/octet-stream"
    text = found.startswith("text/") or found in ("application/javascript", "application/json")
    return f"{found}; charset=utf-8" if text else found
