"""Serve the live preview over HTTP on this machine, and follow the files."""

from __future__ import annotations

import dataclasses
import gc
import json
import mimetypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from xinyong.site.preview import OWN, Preview, own

SETTLE = 0.03
"""So many seconds after a file was touched it is read; editors write in several steps."""

ALIVE = 15.0
"""So many seconds pass before a browser that hears nothing is told that the preview is still there."""


@contextmanager
def serving(config: Path, root: Path, host: str, port: int, tell: Callable[[str], None]) -> Iterator[str]:
    """Serve the preview of ``root`` while the context is open; give its address.

    Port 0 takes a free one. Raise OSError where the port is taken.
    """
    with _Server((host, port), _Handler) as server:
        address = f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}/"
        server.preview = Preview(config, root, address, tell)
        watch = _Watch(server.preview, [root, config.parent / "docs", config])
        try:
            server.preview.start()
            gc.collect()
            gc.freeze()  # the corpus stays; searching it for garbage again and again would slow every save
            with watch:
                threading.Thread(target=server.serve_forever, daemon=True).start()
                yield address
        finally:
            server.stopping = True
            with server.preview.changed:
                server.preview.changed.notify_all()
            server.shutdown()
            server.preview.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stopping = False
    preview: Preview

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away before it had all; the reader chose another page."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer a request: the preview's own files and events, pages, other files."""
        path = unquote(urlsplit(self.path).path)
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

    def _send(self, data: bytes, type_: str, status: HTTPStatus = HTTPStatus.OK, **more: str) -> None:
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
        """Tell the browser the state, now and whenever it changes (https://html.spec.whatwg.org/#server-sent-events)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        preview, told = self.server.preview, None
        try:
            while not self.server.stopping:
                with preview.changed:
                    if preview.state is told:
                        preview.changed.wait(ALIVE)
                    state = preview.state
                if state is told:
                    self.wfile.write(b": still here\n\n")
                else:
                    said = json.dumps(dataclasses.asdict(state), ensure_ascii=False)
                    self.wfile.write(f"data: {said}\n\n".encode())
                self.wfile.flush()
                told = state
        except (BrokenPipeError, ConnectionResetError):
            pass
        self.close_connection = True


class _Watch(FileSystemEventHandler):
    """Follows folders and files; after the last of several touches it has the preview look at the disk."""

    def __init__(self, preview: Preview, paths: list[Path]) -> None:
        self._preview = preview
        self._touched = threading.Event()
        self._over = threading.Event()
        self._observer = Observer()
        for path in paths:
            self._observer.schedule(self, str(path), recursive=path.is_dir())
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> None:
        self._observer.start()
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
            self._touched.wait()
            if self._over.wait(SETTLE):
                return
            self._touched.clear()
            self._preview.follow()


def _type(path: str) -> str:
    found = mimetypes.guess_type(path)[0] or "application/octet-stream"
    text = found.startswith("text/") or found in ("application/javascript", "application/json")
    return f"{found}; charset=utf-8" if text else found
