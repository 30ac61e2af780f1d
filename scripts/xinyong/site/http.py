"""Ask for an address on the web, politely, within bounds, and say what its answer means.

One request at a time goes to a host, with a pause before the next; an answer is read up to a size
and waited for up to a time. Only public hosts are asked, at every step of a redirect: an address in
a record must not reach into the network of whoever checks it. HEAD is tried first; where a host
refuses it, or tells of a short page, GET follows.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from xinyong.corpus.published import KEPT, address_key

DEAD = frozenset({404, 410})
"""The status codes that say that a page is not there any more."""

PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
WAITING = frozenset({429, 503})
HOPS = 10
"""So many redirects are followed."""

SIZE = 65_536
"""So many bytes of a page are read."""

SHORT = 32_768
"""A page of fewer bytes may be one that asks whether a person is there, and is looked at."""

PATIENCE = 60
"""So many seconds are waited where a host asks for it, and twice at most; for longer it is left for
another day."""

_CHALLENGE = re.compile(
    rb"captcha|cf-chl|challenge-platform|just a moment\.\.\.|verify(?:ing)? (?:that )?you are (?:a )?human"
    rb"|enable javascript and cookies|are you a robot|\xe9\xaa\x8c\xe8\xaf\x81\xe7\xa0\x81",
    re.IGNORECASE,
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Outcome:
    """What became of an address: its state (see ``published.STATES``), why, and where it has moved."""

    state: str
    why: str = ""
    to: str = ""


class _FaultError(Exception):
    """Raised where no answer comes: what that says of the address."""

    def __init__(self, state: str, why: str, *, again: bool = False) -> None:
        super().__init__(why)
        self.outcome = Outcome(state, why)
        self.again = again


@dataclass(frozen=True)
class _Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Asker:
    """Asks for addresses, saying who asks (``agent``); may be used by several threads at once.

    ``delay`` are the seconds between two requests to a host, ``limit`` those for one request. Hosts
    in ``allowed``, as ``host:port``, are asked though they are not public. ``answered`` says
    whether any host did, ``busy`` are those that asked to be left alone.
    """

    agent: str
    delay: float = 2.0
    limit: float = 20.0
    patience: float = PATIENCE
    allowed: frozenset[str] = frozenset()
    answered: bool = False
    busy: set[str] = field(default_factory=set)
    _locks: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _last: dict[str, float] = field(default_factory=dict)

    def ask(self, url: str) -> Outcome:
        """Say what becomes of an address.

        Every fault of the other side is an outcome, never an error.
        """
        try:
            return self._follow(address_key(url))
        except _FaultError as fault:
            return fault.outcome
        except ValueError:
            return Outcome("unclear", "it is no web address")

    def text(self, url: str) -> str:
        """Return the beginning of what an address answers; empty where it does not."""
        try:
            reply = self._patiently("GET", url)
        except _FaultError:
            return ""
        return reply.body.decode("utf-8", "replace") if reply.status == http.client.OK else ""

    def _follow(self, url: str) -> Outcome:
        at, to, permanent, seen = url, "", True, {url}
        for _ in range(HOPS + 1):
            reply = self._reply(at)
            target = _location(at, reply)
            if not target:
                return _judge(url, at, to, reply)
            if target in seen:
                return Outcome("unclear", f"{reply.status}, redirects in a loop")
            permanent = permanent and reply.status in PERMANENT
            to = target if permanent else to
            at = target
            seen.add(at)
        return Outcome("unclear", f"more than {HOPS} redirects")

    def _reply(self, url: str) -> _Reply:
        try:
            head = self._patiently("HEAD", url)
        except _FaultError as fault:
            if not fault.again:
                raise
            return self._patiently("GET", url)
        return self._patiently("GET", url) if _wants_look(head) else head

    def _patiently(self, method: str, url: str) -> _Reply:
        """Ask once, and again where the host asks to wait for a time that can be borne.

        Else leave it alone.
        """
        for _ in range(2):
            reply = self._politely(method, url)
            wait = _wait(reply)
            if reply.status not in WAITING:
                return reply
            if wait is None or wait > self.patience:
                break
            time.sleep(wait)
        else:
            reply = self._politely(method, url)
            if reply.status not in WAITING:
                return reply
        self.busy.add(urlsplit(url).hostname or "")
        return reply

    def _politely(self, method: str, url: str) -> _Reply:
        host = urlsplit(url).hostname or ""
        with self._locks[host]:
            pause = self._last.get(host, 0.0) + self.delay - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            try:
                return self._once(method, url)
            finally:
                self._last[host] = time.monotonic()

    def _once(self, method: str, url: str) -> _Reply:
        parts, port = _parts(url)
        address = self._address(parts.hostname or "", port)
        host = parts.netloc.rpartition("@")[2]
        headers = {
            "Host": host,
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = _connection(parts, address, port, self.limit)
        watch = _Watch(connection, self.limit)
        try:
            with watch:
                connection.request(method, target, headers=headers, preload_content=False)
                response = connection.getresponse()
                self.answered = True
                body = b"" if method == "HEAD" else _beginning(response)
                return _Reply(response.status, dict(response.headers.items()), body)
        except (
            OSError,
            http.client.HTTPException,
            urllib3.exceptions.HTTPError,
            ValueError,
        ) as error:
            raise _fault(error, watch) from error
        finally:
            with suppress(OSError):
                connection.close()

    def _address(self, host: str, port: int) -> str:
        """Return the network address of a host.

        Raise _FaultError where it has none, or one that is not public.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            none = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
            if error.errno in none:
                raise _FaultError("dead", "no such host") from error
            raise _FaultError("unclear", "its name server does not answer") from error
        except (UnicodeError, ValueError) as error:
            raise _FaultError("dead", "no such host") from error
        addresses = [str(entry[4][0]) for entry in found]
        if f"{host}:{port}" not in self.allowed and not all(map(is_public, addresses)):
            raise _FaultError("unasked", f"'{host}' is not a public host")
        return addresses[0]


def is_public(address: str) -> bool:
    """Say whether a network address belongs to the public internet, also one that is wrapped into another."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        teredo = found.teredo[1] if found.teredo else None
        nat = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None
        inner = found.ipv4_mapped or found.sixtofour or teredo or nat
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


class _Watch:
    """Ends a connection that takes longer than ``limit``, however slowly it still says something."""

    def __init__(self, connection: HTTPConnection, limit: float) -> None:
        self._connection = connection
        self._timer = threading.Timer(limit, self._end)
        self._timer.daemon = True
        self.ended = False

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *caught: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.ended = True
        with suppress(OSError, AttributeError):
            self._connection.sock.shutdown(socket.SHUT_RDWR)


def _parts(url: str) -> tuple[SplitResult, int]:
    """Return the parts of an address and its port.

    Raise _FaultError where it is none of the web.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise _FaultError("unclear", "it is no web address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _FaultError("unclear", f"it leads to '{url[:80]}', which is no web address")
    return parts, port


def _connection(parts: SplitResult, address: str, port: int, limit: float) -> HTTPConnection:
    """Make a connection to the network address that was checked, so that no second look-up can lead elsewhere."""
    if parts.scheme == "http":
        return HTTPConnection(address, port, timeout=limit)
    name = parts.hostname
    return HTTPSConnection(address, port, timeout=limit, server_hostname=name, assert_hostname=name)


def _beginning(response: urllib3.BaseHTTPResponse) -> bytes:
    """Read the beginning of an answer.

    What was cut off in the middle was an answer all the same.
    """
    try:
        return response.read(SIZE, decode_content=False)
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError):
        return b""


def _fault(error: Exception, watch: _Watch) -> _FaultError:
    slow = (TimeoutError, urllib3.exceptions.TimeoutError)
    if watch.ended or isinstance(error, slow):
        return _FaultError("slow", "no answer in time", again=True)
    cause = error.__cause__ or error.__context__
    if isinstance(error, ssl.SSLError | urllib3.exceptions.SSLError) or isinstance(
        cause, ssl.SSLError
    ):
        reason = getattr(error, "verify_message", "") or getattr(cause, "verify_message", "")
        return _FaultError("insecure", str(reason or "no secure connection"))
    if isinstance(error, ConnectionRefusedError | urllib3.exceptions.NewConnectionError):
        return _FaultError("unclear", "the host takes no connection")
    if isinstance(error, ConnectionError):
        return _FaultError("unclear", "the connection was cut off", again=True)
    return _FaultError("unclear", "the answer is not HTTP", again=True)


def _wants_look(head: _Reply) -> bool:
    """Say whether an answer to HEAD has to be held against one to GET."""
    if head.status in REDIRECTS or head.status in WAITING:
        return False
    if head.status != http.client.OK:
        return True
    length = _header(head, "content-length")
    is_short = not length.isdecimal() or int(length[:12]) < SHORT
    return is_short and "html" in _header(head, "content-type").lower()


def _judge(url: str, at: str, to: str, reply: _Reply) -> Outcome:
    if reply.status in DEAD:
        return Outcome("dead", str(reply.status))
    challenged = _header(reply, "cf-mitigated") or _CHALLENGE.search(reply.body)
    if challenged and (reply.status != http.client.OK or len(reply.body) < SHORT):
        return Outcome("refused", f"{reply.status}, asks whether a person is there")
    if not http.client.OK <= reply.status < http.client.MULTIPLE_CHOICES:
        if reply.status < http.client.BAD_REQUEST:
            return Outcome("unclear", f"{reply.status} without an address")
        wait = _header(reply, "retry-after")
        asks = f", asks to wait: {wait[:40]}" if wait and reply.status in WAITING else ""
        return Outcome("refused", f"{reply.status}{asks}")
    if at != url and not _path(at) and _path(url):
        return Outcome("unclear", "it leads to the front page only")
    return Outcome("moved", "", to) if to else Outcome("answers")


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path.strip("/") + parts.query


def _location(at: str, reply: _Reply) -> str:
    """Return where an answer leads, as a whole address in ASCII; empty where it leads nowhere."""
    raw = _header(reply, "location")
    if reply.status not in REDIRECTS or not raw:
        return ""
    # Headers are read as Latin-1: what a host sends beyond ASCII is kept byte by byte, whatever it
    # means by it.
    clean = quote(raw.encode("latin-1", "replace"), safe=KEPT)
    try:
        return address_key(urljoin(at, clean).partition("#")[0])
    except ValueError as error:
        raise _FaultError("unclear", "it leads to what is no web address") from error


def _wait(reply: _Reply) -> float | None:
    """Return how many seconds a host asks to wait (RFC 9110, 10.2.3); None where it does not."""
    message = _header(reply, "retry-after")
    if message.isascii() and message.isdecimal():
        return float(message[:12])
    try:
        then = parsedate_to_datetime(message)
    except (ValueError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())


def _header(reply: _Reply, name: str) -> str:
    return next((value.strip() for key, value in reply.headers.items() if key.lower() == name), "")
