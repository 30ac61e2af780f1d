"""Whether sources still answer: what each kind of answer means, and that nobody is asked too often
or by mistake.
"""

from __future__ import annotations

import itertools
import json
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from support import PROJECT, Lay, run
from xinyong.corpus import load
from xinyong.pages.fragments import fragment
from xinyong.publication import Library
from xinyong.site.http import Asker, Outcome, is_public

LONG = b"<!doctype html><p>" + b"A page of a source. " * 3_000


class Handler(BaseHTTPRequestHandler):
    """Answers by the path that is asked for, and remembers what was asked."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self._answer()

    def do_GET(self) -> None:
        """Answer with a body."""
        self._answer()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        server = self.server
        server.asked.append((self.command, self.path, self.headers, time.monotonic()))
        name = self.path.strip("/").partition("/")[0].partition("?")[0]
        with server.busy:
            server.most = max(server.most, 1 + server.now)
            server.now += 1
        try:
            getattr(self, f"play_{name.replace('-', '_')}", self.play_status)()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with server.busy:
                server.now -= 1

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send an answer."""
        self.send_response(status)
        for key, value in {
            "Content-Type": "text/html",
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def play_status(self) -> None:
        """Answer with the status that the path names, and its header where it names one."""
        number = self.path.strip("/").partition("/")[0]
        if number in ("301", "302", "303", "307", "308"):
            self.say(int(number), Location=self.path.partition("=")[2])
        else:
            self.say(
                int(number) if number.isdecimal() else 200, LONG if not number.isdecimal() else b""
            )

    def play_loop(self) -> None:
        """Redirect to another that redirects back."""
        self.say(302, Location="/loop/b" if self.path == "/loop/a" else "/loop/a")

    def play_endless(self) -> None:
        """Redirect to ever new addresses."""
        self.say(301, Location=f"{self.path}x")

    def play_no_head(self) -> None:
        """Refuse HEAD with the status that the path names; 0 cuts the connection."""
        status = int(self.path.rpartition("/")[2])
        if self.command == "GET":
            self.say(200, LONG)
        elif status:
            self.say(status)
        else:
            self.close_connection = True

    def play_wait(self) -> None:
        """Ask to wait as the path says; answer the second time."""
        times = sum(1 for _, path, _, _ in self.server.asked if path == self.path)
        message = self.path.rpartition("/")[2]
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
        if times == 1 or int("".join(c for c in message if c.isdecimal()) or 0) > 60:
            self.say(429, Retry_After=date if message == "date" else message)
        else:
            self.say(200, LONG)

    def play_slow(self) -> None:
        """Say nothing for long."""
        time.sleep(3)

    def play_drip(self) -> None:
        """Say one letter of a header after the other."""
        for _ in range(60):
            self.wfile.write(b"H")
            self.wfile.flush()
            time.sleep(0.05)
        self.close_connection = True

    def play_huge(self) -> None:
        """Send a page without an end."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.close_connection = True
        for _ in range(400 if self.command == "GET" else 0):
            self.wfile.write(b"x" * 1_000_000)
            self.server.sent += 1

    def play_reset(self) -> None:
        """Cut every connection."""
        reset = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        self.close_connection = True

    def play_nonsense(self) -> None:
        """Answer something that is not HTTP."""
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        self.close_connection = True

    def play_captcha(self) -> None:
        """Ask whether a person is there."""
        self.say(200, "<title>请输入验证码</title>".encode())

    def play_cloudflare(self) -> None:
        """Ask whether a person is there, in a header."""
        self.say(403, b"", cf_mitigated="challenge")

    def play_short(self) -> None:
        """Answer with a short page."""
        self.say(200, b"<p>A short page.")

    def play_raw(self) -> None:
        """Redirect to an address with characters that no header may hold."""
        where = self.path.rpartition("/")[2]
        target = {"utf8": "/月度/报告", "gbk": "/月度", "space": "/a b", "empty": ""}[where]
        data = target.encode("gbk" if where == "gbk" else "utf-8")
        lines = [
            b"HTTP/1.1 301 X",
            b"Location: " + data,
            b"Content-Length: 0",
            b"Connection: close",
        ]
        self.wfile.write(b"\r\n".join(lines) + b"\r\n\r\n")
        self.close_connection = True

    def play_available(self) -> None:
        """Answer as the Internet Archive does."""
        found = "gone-copied" in self.path
        closest = {
            "available": True,
            "status": "200",
            "url": "http://web.archive.org/web/2018/http://a/",
        }
        self.say(
            200, json.dumps({"archived_snapshots": {"closest": closest} if found else {}}).encode()
        )


class Server(ThreadingHTTPServer):
    """Remembers what was asked of it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, Any, float]] = []
        self.busy = threading.Lock()
        self.now = self.most = self.sent = 0

    @property
    def place(self) -> str:
        """The host and port."""
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: those who ask go away early."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on this machine."""
    with Server() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def asker(server: Server) -> Asker:
    """Someone who may ask that server, and nobody else on this machine."""
    return Asker("tests", delay=0, limit=1.0, allowed=frozenset({server.place}))


@pytest.mark.parametrize(
    ("path", "state", "why"),
    [
        ("/a/page", "answers", ""),
        ("/short", "answers", ""),
        ("/no-head/405", "answers", ""),
        ("/no-head/403", "answers", ""),
        ("/no-head/404", "answers", ""),
        ("/no-head/501", "answers", ""),
        ("/no-head/0", "answers", ""),
        ("/404", "dead", "404"),
        ("/410", "dead", "410"),
        ("/401", "refused", "401"),
        ("/403", "refused", "403"),
        ("/429", "refused", "429"),
        ("/500", "refused", "500"),
        ("/503", "refused", "503"),
        ("/304", "unclear", "304 without an address"),
        ("/captcha", "refused", "200, asks whether a person is there"),
        ("/cloudflare", "refused", "403, asks whether a person is there"),
        ("/wait/1", "answers", ""),
        ("/wait/date", "answers", ""),
        ("/wait/3600", "refused", "429, asks to wait: 3600"),
        ("/wait/99999999999999999999", "refused", "429, asks to wait: 99999999999999999999"),
        ("/slow", "slow", "no answer in time"),
        ("/drip", "slow", "no answer in time"),
        ("/huge", "answers", ""),
        ("/reset", "unclear", "the connection was cut off"),
        ("/nonsense", "unclear", "the answer is not HTTP"),
        ("/loop/a", "unclear", "302, redirects in a loop"),
        ("/endless/x", "unclear", "more than 10 redirects"),
        ("/302/to=/a/page", "answers", ""),
        ("/303/to=/404", "dead", "404"),
        ("/301/to=/404", "dead", "404"),
        ("/301/to=/", "unclear", "it leads to the front page only"),
        ("/301/to=", "unclear", "301 without an address"),
        (
            "/301/to=ftp://example.org/",
            "unclear",
            "it leads to 'ftp://example.org/', which is no web address",
        ),
        (
            "/301/to=file:///etc/passwd",
            "unclear",
            "it leads to 'file:///etc/passwd', which is no web address",
        ),
        ("/301/to=http://[bad/", "unclear", "it leads to what is no web address"),
        (
            "/302/to=http://169.254.169.254/latest/",
            "unasked",
            "'169.254.169.254' is not a public host",
        ),
        (
            "/302/to=http://[::ffff:127.0.0.1]/",
            "unasked",
            "'::ffff:127.0.0.1' is not a public host",
        ),
        ("/302/to=http://0x7f.1/", "unasked", "'0x7f.1' is not a public host"),
        ("/302/to=http://localhost/", "unasked", "'localhost' is not a public host"),
    ],
)
def test_each_answer_means_something(
    path: str, state: str, why: str, server: Server, asker: Asker
) -> None:
    began = time.monotonic()

    assert asker.ask(f"http://{server.place}{path}") == Outcome(state, why)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/301/to=/a/page", "/a/page"),
        ("/308/to=/a/page#part", "/a/page"),
        ("/301/to=/302/to=/a/page", "/302/to=/a/page"),
        ("/301/to=/301/to=/a/page", "/a/page"),
        ("/raw/utf8", "/%E6%9C%88%E5%BA%A6/%E6%8A%A5%E5%91%8A"),
        ("/raw/gbk", "/%D4%C2%B6%C8"),
        ("/raw/space", "/a%20b"),
    ],
)
def test_what_moved_for_good_names_the_new_address(
    path: str, to: str, server: Server, asker: Asker
) -> None:
    asked = asker.ask(f"http://{server.place}{path}")

    assert asked == Outcome("moved", "", f"http://{server.place}{to}")


def test_a_way_that_is_permanent_only_behind_a_passing_one_is_no_move(
    server: Server, asker: Asker
) -> None:
    assert asker.ask(f"http://{server.place}/302/to=/301/to=/a/page") == Outcome("answers")


def test_no_more_than_the_beginning_of_an_endless_page_is_read(
    server: Server, asker: Asker
) -> None:
    asker.ask(f"http://{server.place}/huge")

    assert server.sent < 50


def test_a_fault_of_the_certificate_is_told_apart(server: Server, tmp_path: Path) -> None:
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=other.example",
    ]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    subprocess.run([*made, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with Server() as secure:
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        threading.Thread(target=secure.serve_forever, daemon=True).start()
        asker = Asker("tests", delay=0, limit=2.0, allowed=frozenset({secure.place, server.place}))

        signed = asker.ask(f"https://{secure.place}/a/page")
        plain = asker.ask(f"https://{server.place}/a/page")
        secure.shutdown()

    assert signed.state == "insecure"
    assert "self-signed" in signed.why or "self signed" in signed.why
    assert plain.state == "insecure"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "255.255.255.255"],
)  # fmt: skip
def test_an_address_inside_a_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_nobody_on_this_machine_is_asked_and_no_connection_made(server: Server) -> None:
    asked = Asker("tests", delay=0).ask(f"http://{server.place}/a/page")

    assert asked == Outcome("unasked", "'127.0.0.1' is not a public host")
    assert server.asked == []


@pytest.mark.parametrize(
    ("url", "state", "why"),
    [
        ("http://no-such-host.invalid/", "dead", "no such host"),
        ("http://" + "a" * 70 + ".example/", "dead", "no such host"),
        ("http://[bad/", "unclear", "it is no web address"),
        ("http://example.org:99999/", "unclear", "it is no web address"),
    ],
)
def test_what_is_no_host_is_told(
    url: str, state: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(host: str, *_: Any, **__: Any) -> Any:
        host.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    monkeypatch.setattr(socket, "getaddrinfo", found)

    assert Asker("tests", delay=0).ask(url) == Outcome(state, why)


def test_a_name_server_that_does_not_answer_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    monkeypatch.setattr(socket, "getaddrinfo", found)

    asked = Asker("tests", delay=0).ask("http://example.org/")
    assert asked == Outcome("unclear", "its name server does not answer")


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_and_told_who_asks(server: Server) -> None:
    asker = Asker(
        "xinyong-links (+https://example.org/x/)", delay=0.3, allowed=frozenset({server.place})
    )
    urls = [f"http://{server.place}/{name}/page" for name in "abc"]
    threads = [threading.Thread(target=asker.ask, args=(url,)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    times = sorted(moment for *_, moment in server.asked)
    assert len(times) == 3
    assert server.most == 1
    assert all(later - earlier > 0.25 for earlier, later in itertools.pairwise(times))
    assert {headers["User-Agent"] for _, _, headers, _ in server.asked} == {asker.agent}
    assert {headers["Host"] for _, _, headers, _ in server.asked} == {server.place}


def source(url: str, more: str = "") -> str:
    """Return a record of a source at an address."""
    return f"type: web\ntitle: A\nlanguage: en\nread: none\nreliability: blog\nurl: {url}\n{more}"


def ask(server: Server, *options: str) -> tuple[str, int]:
    """Ask for the addresses of sources as a user does, at that server only; return what was said,
    and the status.
    """
    quick = [
        "--delay",
        "0",
        "--limit",
        "1",
        "--allow",
        server.place,
        "--config",
        str(PROJECT / "mkdocs.yml"),
    ]
    ran = run("links", "--external", *quick, *options)
    return ran.output.replace(server.place, "HERE"), ran.status


@pytest.fixture
def sources(lay: Lay, server: Server) -> Path:
    """A corpus with a source for each kind of answer, none of them elsewhere."""
    for name in (
        "koetse-2018",
        "reuters-2015",
        "daum-2017",
        "mistreanu-2018",
        "spc-2013",
        "weak-2015",
    ):
        file = lay({}) / "citations" / f"{name}.yml"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text(
            "".join(line for line in lines if not line.startswith("url:")), encoding="utf-8"
        )
    here = f"http://{server.place}"
    copy = "archive_url: https://web.archive.org/web/2018/http://a/\n"
    return lay(
        {
            "corpus/citations/fine-2020.yml": source(f"{here}/a/page"),
            "corpus/citations/gone-2020.yml": source(f"{here}/404"),
            "corpus/citations/kept-2020.yml": source(f"{here}/410", copy),
            "corpus/citations/moved-2020.yml": source(f"{here}/301/to=/a/page"),
            "corpus/citations/shut-2020.yml": source(f"{here}/403"),
        }
    )


def test_the_answers_are_told_kept_and_shown(sources: Path, server: Server) -> None:
    message, status = ask(server)

    assert message == (
        "**5 addresses of sources, 5 of them asked.**\n"
        "\nGone, and no archived copy is named (1):\n\n"
        "- `corpus/citations/gone-2020.yml`: <http://HERE/404> (404)\n"
        "\nLook for a copy, in the Internet Archive for example, and name it in the record's `archive_url`.\n"
        "\nGone, but an archived copy is named (1):\n\n"
        "- `corpus/citations/kept-2020.yml`: <http://HERE/410> (410)\n"
        "\nMoved for good; write the new address in the record (1):\n\n"
        "- `corpus/citations/moved-2020.yml`: <http://HERE/301/to=/a/page>, now <http://HERE/a/page>\n"
        "\nRefused to a program: nothing certain (1):\n\n"
        "- `corpus/citations/shut-2020.yml`: <http://HERE/403> (403)\n"
    )
    assert status == 1
    today = datetime.now(UTC).date().isoformat()
    kept = json.loads(Path("published/links.json").read_text(encoding="utf-8"))
    assert kept[f"http://{server.place}/a/page"] == {
        "asked": today,
        "state": "answers",
        "seen": today,
    }
    assert kept[f"http://{server.place}/404"] == {"asked": today, "state": "dead", "why": "404"}
    assert list(kept) == sorted(kept)
    assert run("check").status == 0
    library = Library(load(sources)[0])
    shown = html.fromstring(
        f"<div>{fragment(library, 'evidence-answers', '../')}</div>"
    ).text_content()
    assert "Addresses: 5, of which 5 were asked" in shown
    assert "Gone: 2, for 1 of which an archived copy is named" in shown
    assert "Moved for good: 1" in shown
    assert "No clear answer: 1" in shown


def test_what_was_asked_of_late_is_not_asked_again_and_keeps_its_last_good_day(
    sources: Path, server: Server
) -> None:
    ask(server)
    server.asked.clear()
    ask(server)
    assert server.asked == []

    file = Path("published/links.json")
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept[f"http://{server.place}/404"] = {
        "asked": "2020-02-02",
        "state": "answers",
        "seen": "2020-02-02",
    }
    file.write_text(json.dumps(kept), encoding="utf-8")
    ask(server)

    assert {path for _, path, _, _ in server.asked} == {"/404"}
    found = json.loads(file.read_text(encoding="utf-8"))[f"http://{server.place}/404"]
    assert (found["state"], found["seen"]) == ("dead", "2020-02-02")
    server.asked.clear()
    ask(server, "--after", "0")
    assert server.asked == []
    file.unlink()
    ask(server, "--minutes", "0")
    assert server.asked == []


def test_a_run_that_is_stopped_goes_on_where_it_was(
    sources: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = Asker.ask, []

    def once(self: Asker, url: str) -> Outcome:
        asked.append(url)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return real(self, url)

    monkeypatch.setattr(Asker, "ask", once)
    message, status = ask(server)
    assert (
        message
        == "stopped; what was learnt is in published/links.json, and the next time goes on from there\n"
    )
    assert status == 130
    assert len(json.loads(Path("published/links.json").read_text(encoding="utf-8"))) == 2
    assert [path.name for path in Path("published").iterdir()] == ["links.json"]

    ask(server)

    assert len(asked) == 6
    assert len(json.loads(Path("published/links.json").read_text(encoding="utf-8"))) == 5


def test_copies_of_what_is_gone_are_proposed_when_asked_for(
    lay: Lay, server: Server, sources: Path
) -> None:
    lay({"corpus/citations/copied-2020.yml": source(f"http://{server.place}/404/gone-copied")})

    message, _ = ask(server, "--archive-at", f"http://{server.place}/available")

    copy = "https://web.archive.org/web/2018/http://a/"
    assert f"(404), a copy: `archive_url: {copy}`\n" in message
    queried = [path for _, path, _, _ in server.asked if path.startswith("/available")]
    assert len(queried) == 2
    assert not [path for path in queried if "410" in path]


def test_a_host_that_asks_for_patience_is_left_alone(
    lay: Lay, server: Server, sources: Path
) -> None:
    for number in range(4):
        lay(
            {
                f"corpus/citations/busy-{number}.yml": source(
                    f"http://{server.place}/wait/{number}3600"
                )
            }
        )

    message, _ = ask(server)

    assert len([path for _, path, _, _ in server.asked if path.startswith("/wait")]) <= 1
    assert ", 9 of them asked" not in message


def test_without_a_network_nothing_is_learnt_or_kept(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    lay({})
    monkeypatch.setattr(socket, "getaddrinfo", found)
    ran = run("links", "--external", "--delay", "0", "--config", str(PROJECT / "mkdocs.yml"))

    assert ran.output == "Nothing was learnt: none of 2 addresses answered; is there a network?\n"
    assert ran.status == 0
    assert not Path("published").exists()


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "3", '{"http://a/": 3}', '{"http://a/": {"state": "answers"}}',
     '{"http://a/": {"asked": "2026-02-30", "state": "dead"}}',
     '{"http://a/": {"asked": "2026-02-03", "state": "moved", "to": "javascript:alert(1)"}}',
     '{"http://a/": {"asked": "2026-02-03", "state": "dead", "more": "x"}}', "[" * 100_000],
)  # fmt: skip
def test_a_damaged_file_of_answers_is_a_warning_and_fails_nothing(text: str, lay: Lay) -> None:
    lay({"published/links.json": text})

    ran = run("check")

    assert ran.status == 0
    assert (
        "published/links.json:1:1: X957 warning: it is not as 'xinyong links --external' writes it"
        in ran.output
    )


def test_an_address_is_written_in_one_way_however_the_record_writes_it(
    lay: Lay, server: Server
) -> None:
    lay({"corpus/citations/a-2020.yml": source("https://例え.example/月度?a=1&b=(2)")})
    key = "https://xn--r8jz45g.example/%E6%9C%88%E5%BA%A6?a=1&b=(2)"
    kept = {key: {"asked": "2026-11-29", "state": "answers", "seen": "2026-11-29"}}
    root = lay({"published/links.json": json.dumps(kept)})

    shown = fragment(Library(load(root)[0]), "evidence-answers", "../")

    assert "of which 1 were asked, most recently on 29 November 2026" in str(shown)
