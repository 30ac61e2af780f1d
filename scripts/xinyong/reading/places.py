"""Where published data are read from: an address of the web, or a folder of this machine.

An address is asked over https alone; over http only this machine is. Redirects to another host are
not followed, an answer is read no further than it may be long, and no longer than it may take.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from xinyong.reading.faults import LoadError

_PIECE = 65_536


class Place(Protocol):
    """A folder of published data."""

    name: str

    def read(self, file: str, most: int) -> bytes:
        """Return a file; raise LoadError where there is none, or one of more than ``most`` bytes."""


class Folder:
    """A copy in a folder of this machine."""

    def __init__(self, path: Path) -> None:
        self.name = f"{path}/"
        self._path = path

    def read(self, file: str, most: int) -> bytes:
        """Return a file of the folder."""
        path = self._path / file
        try:
            with path.open("rb") as opened:
                content = opened.read(most + 1)
        except FileNotFoundError:
            raise LoadError(f"'{path}' is not there; copy the whole folder 'data/'") from None
        except OSError as error:
            raise LoadError(f"'{path}' cannot be read: {error.strerror}; make it so") from None
        _at_most(content, most, str(path))
        return content


class Address:
    """The folder ``data/`` of a site; ``timeout`` is how many seconds a file may take."""

    def __init__(self, address: str, timeout: float) -> None:
        self.name = f"{address.rstrip('/')}/"
        self._timeout = timeout
        self._opener = _opener(_checked(address))

    def read(self, file: str, most: int) -> bytes:
        """Ask for a file."""
        url = self.name + file
        request = urllib.request.Request(url, headers={"Accept-Encoding": "identity"})  # noqa: S310 - the scheme is checked
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return self._taken(answer, most, url)
        except urllib.error.HTTPError as error:
            with error:
                raise LoadError(_refusal(url, error.code)) from None
        except TimeoutError:
            raise LoadError(self._late(url)) from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise LoadError(self._late(url)) from None
            why = getattr(error.reason, "strerror", None) or error.reason
            message = f"'{url}' cannot be reached ({why}); is there a network?"
            raise LoadError(message) from None
        except (http.client.HTTPException, OSError, ValueError) as error:
            what = str(error) or type(error).__name__
            raise LoadError(f"'{url}' did not answer whole ({what}); try again") from None

    def _taken(self, answer: Any, most: int, url: str) -> bytes:
        """Read piece by piece, since each may come in time and all of them never end."""
        until = time.monotonic() + self._timeout
        content = bytearray()
        while piece := answer.read1(_PIECE):
            content += piece
            _at_most(content, most, url)
            if time.monotonic() > until:
                raise TimeoutError
        return bytes(content)

    def _late(self, url: str) -> str:
        seconds = f"{self._timeout:g} seconds"
        return f"'{url}' took longer than {seconds}; try again, or give a longer 'timeout'"


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects inside a host."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - as urllib calls it
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            fp.close()
            at = f"{there.scheme}://{there.netloc}"
            message = f"'{req.full_url}' leads to '{at}'; give that address if you trust it"
            raise LoadError(message)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(host: str) -> urllib.request.OpenerDirector:
    """Make what asks: by http and https alone, this machine without a proxy."""
    opener = urllib.request.OpenerDirector()
    proxies: dict[str, str] | None = {} if _is_this_machine(host) else None
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _SameHost(),
    ):
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", "xinyong")]
    return opener


def _checked(address: str) -> str:
    """Return the host of an address; raise LoadError where it may not be asked."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    plain = parts.scheme == "http" and _is_this_machine(host)
    if not host or parts.username or parts.query or parts.fragment:
        message = f"'{address}' is no address of published data"
    elif parts.scheme == "https" or plain:
        return host
    else:
        message = f"'{address}' is not asked, since nobody could tell who answers"
    raise LoadError(f"{message}; give one such as https://example.org/xinyong/data/")


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _refusal(url: str, status: int) -> str:
    if status in {http.client.NOT_FOUND, http.client.GONE}:
        return f"'{url}' is not there ({status}); give the address of the folder 'data/' of a site"
    return f"'{url}' is refused ({status}); try again later"


def _at_most(content: bytes | bytearray, most: int, name: str) -> None:
    if len(content) > most:
        message = f"'{name}' has more than {most:,} bytes, which it may not have"
        raise LoadError(f"{message}; is this the right place?")
