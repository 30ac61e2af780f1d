"""Schemathesis finds that the API answers as its description says."""

# /// script
# dependencies = ["schemathesis"]
# ///

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

NAME = "schemathesis"


class _Static(SimpleHTTPRequestHandler):
    """Answers as hosts of files do: what is no reading is not allowed."""

    def _refused(self) -> None:
        self.send_response(405)
        self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._refused
        raise AttributeError(name)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the API on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Static, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/v1"
        server.shutdown()


def test_every_kind_answers_as_described(
    site: Path, served: str, tmp_path: Path, tried: Callable[..., None]
) -> None:
    log = tmp_path / "calls.json"
    options = ["--url", served, "--max-examples", "20", "--seed", "1"]
    command = [Path(sys.executable).with_name(NAME), "run", site / "api/v1/openapi.json", *options]

    ran = subprocess.run(
        [*command, "--report-har-path", log],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert ran.returncode == 0, ran.stdout[-4000:]
    answered = _answered(log)
    paths = json.loads((site / "api/v1/openapi.json").read_text(encoding="utf-8"))["paths"]
    examples = {
        path: path.replace("{id}", item.get("parameters", [{}])[0].get("example", ""))
        for path, item in paths.items()
    }
    right = sum(f"/api/v1{example}" in answered for example in examples.values())
    tried(NAME, version(NAME), "addresses of the API", right=right, offered=len(examples))


def _answered(log: Path) -> set[str]:
    """Return the paths that were found."""
    entries = json.loads(log.read_text(encoding="utf-8"))["log"]["entries"]
    return {
        urlsplit(entry["request"]["url"]).path
        for entry in entries
        if entry["response"]["status"] == 200
    }
