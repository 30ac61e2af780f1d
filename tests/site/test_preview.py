"""The live preview: what is saved is shown, what is wrong is said, and the last good state stays
up.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from support import PROJECT, SMALL, Lay, commit, run
from xinyong.corpus import entries
from xinyong.rules.all import today
from xinyong.site import preview as preview_module
from xinyong.site.live_corpus import LiveCorpus
from xinyong.site.server import PreviewServer, serving

RONGCHENG = Path("corpus/cities/rongcheng.yml")
PATIENCE = 180.0


def until(wanted: Callable[[], bool]) -> None:
    """Wait until something holds; give up only when it plainly never will."""
    end = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


class Preview:
    def __init__(self, address: str, lines: list[str]) -> None:
        self.address = address
        self.output = lines

    def ask(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer, text

    def get(self, path: str) -> str:
        return self.ask(path)[1]

    def state(self) -> dict[str, str]:
        """Return what a browser that has just come is told."""
        with socket.create_connection(
            ("127.0.0.1", urlsplit(self.address).port or 0), timeout=PATIENCE
        ) as line:
            line.sendall(b"GET /-/preview/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            text = b""
            while b"\n\n" not in text.partition(b"\r\n\r\n")[2]:
                text += line.recv(65536)
        found: dict[str, str] = json.loads(text.partition(b"data: ")[2].partition(b"\n\n")[0])
        return found


@pytest.fixture
def preview(lay: Lay, tmp_path: Path) -> Iterator[Preview]:
    """A preview of a copy of the small corpus and of the project's pages, on a free port."""
    lay({})
    (tmp_path / "mkdocs.yml").write_bytes((PROJECT / "mkdocs.yml").read_bytes())
    for path in (PROJECT / "docs").rglob("*"):
        if path.is_file():
            copy = tmp_path / "docs" / path.relative_to(PROJECT / "docs")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    message: list[str] = []
    with serving(
        tmp_path / "mkdocs.yml", Path("corpus"), "127.0.0.1", 0, message.append
    ) as address:
        yield Preview(address, message)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the small corpus, for tests that change nothing."""
    message: list[str] = []
    with serving(PROJECT / "mkdocs.yml", SMALL, "127.0.0.1", 0, message.append) as address:
        yield Preview(address, message)


def save(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_saved_record_is_shown_and_the_browser_is_told(preview: Preview) -> None:
    assert "A county-level city in Shandong" in preview.get("/cities/rongcheng/")
    before = preview.state()

    save(RONGCHENG, "A county-level city in Shandong", "A place in Shandong")

    until(lambda: preview.state()["version"] != before["version"])
    page = preview.get("/cities/rongcheng/")
    assert "A place in Shandong" in page
    assert f'data-version="{preview.state()["version"]}"' in page
    until(lambda: any(line.startswith("corpus/cities/rongcheng.yml: ") for line in preview.output))
    assert any(line.endswith(f" s, {preview.address}cities/rongcheng/") for line in preview.output)


def test_pages_that_name_the_record_change_with_it(preview: Preview) -> None:
    save(RONGCHENG, "en: Rongcheng,", "en: Rongcheng City,")

    until(lambda: "Rongcheng City" in preview.get("/cities/"))
    assert "Rongcheng City" in preview.get("/programs/sesame-credit/")


def test_a_broken_file_is_said_in_page_and_terminal_and_the_last_good_page_stays(
    preview: Preview,
) -> None:
    good = RONGCHENG.read_text(encoding="utf-8")

    save(RONGCHENG, "value: county-city", "value: county-cty")

    until(lambda: "X304" in preview.state()["problems"])
    says = "corpus/cities/rongcheng.yml:3:16: X304 'county-cty' is not a level of a place; did you mean 'county-city'?"
    assert preview.state()["problems"].startswith(says)
    until(
        lambda: any(
            line.startswith(says) and "the last good state stays" in line for line in preview.output
        )
    )
    assert "County-level city" in preview.get("/cities/rongcheng/")

    other = Path("corpus/terms/shixin.yml")
    save(other, "losing trust", "trust that is lost")
    until(lambda: "trust that is lost" in preview.get("/terms/shixin/"))
    assert "X304" in preview.state()["problems"], "another file does not hide it"

    RONGCHENG.write_text(good, encoding="utf-8")
    until(lambda: preview.state()["problems"] == "")


def test_no_slip_of_any_kind_takes_the_preview_down(preview: Preview) -> None:
    mistakes = {
        "X105": "name: {en: [",
        "X112": "",
        "X104": "\t",
        "X206": "name: {en: A}\nsummary: 'S [@nobody-2018].'\n",
    }
    for code, text in mistakes.items():
        RONGCHENG.write_text(text, encoding="utf-8")

        until(lambda code=code: f" {code} " in preview.state()["problems"])  # type: ignore[misc]
        assert "Rongcheng" in preview.get("/cities/rongcheng/")
        assert preview.ask("/programs/sesame-credit/")[0].status == 200


def test_a_broken_configuration_is_said_and_the_preview_goes_on(preview: Preview) -> None:
    config = Path("mkdocs.yml")
    good = config.read_bytes()

    config.write_text("a: [", encoding="utf-8")
    until(lambda: "X811" in preview.state()["problems"])
    config.write_bytes(good)
    until(lambda: preview.state()["problems"] == "")


def test_a_record_that_others_need_is_missed_when_it_goes(preview: Preview) -> None:
    text = RONGCHENG.read_text(encoding="utf-8")
    RONGCHENG.unlink()

    until(lambda: "unknown city 'rongcheng'" in preview.state()["problems"])
    assert "Rongcheng" in preview.get("/cities/rongcheng/"), "it stays as long as others link to it"

    RONGCHENG.write_text(text, encoding="utf-8")
    until(lambda: preview.state()["problems"] == "")


def test_a_new_record_has_its_page_at_once(preview: Preview) -> None:
    assert preview.ask("/terms/laolai/")[0].status == 404

    Path("corpus/terms/laolai.yml").write_text(
        "name: {en: Deadbeat, zh: 老赖, pinyin: lǎolài}\ndomain: media\nsummary: Slang [@koetse-2018].\n",
        encoding="utf-8",
    )

    until(lambda: "Deadbeat" in preview.get("/terms/laolai/"))


def test_hand_written_pages_and_style_sheets_follow_too(preview: Preview) -> None:
    save(Path("docs/method.md"), "# Method", "# The method")
    until(lambda: "The method" in preview.get("/method/"))

    save(Path("docs/assets/xinyong.css"), ":root", "/* changed */ :root")
    until(lambda: "/* changed */" in preview.get("/assets/xinyong.css"))

    save(Path("docs/method.md"), "# The method", "# The method\n\n[x](nowhere.md)")
    until(lambda: "X811" in preview.state()["problems"])
    assert "The method" in preview.get("/method/")


def test_what_only_a_whole_build_gives_comes_after_it(preview: Preview) -> None:
    until(lambda: any(line.startswith("the whole site") for line in preview.output))

    assert preview.ask("/sitemap.xml")[0].status == 200
    assert "url=../sesame-credit/" in preview.get("/programs/zhima-credit/")
    assert "names" in preview.get("/search/index.json")


def test_other_requests_are_answered_as_a_server_answers_them(preview: Preview) -> None:
    answer, _ = preview.ask("/cities/rongcheng")
    assert (answer.status, answer.headers["Location"]) == (301, "/cities/rongcheng/")
    answer, _ = preview.ask("/%E8%8A%9D%E9%BA%BB%0D%0ASet-Cookie:%20a")
    assert (answer.headers["Location"], answer.headers["Set-Cookie"]) == (
        "/%E8%8A%9D%E9%BA%BB%0D%0ASet-Cookie%3A%20a/",
        None,
    )
    assert preview.ask("/%5Cexample")[0].headers["Location"] == "/%5Cexample/"
    assert preview.ask("/../../etc/passwd.txt")[0].status == 404
    assert preview.ask("/assets/../../mkdocs.yml")[0].status == 404
    assert preview.ask("/-/preview/other.js")[0].status == 404
    answer, text = preview.ask("/", "HEAD")
    assert (answer.status, text) == (200, "")
    first, _ = preview.ask("/assets/xinyong.css")
    again, text = preview.ask(
        "/assets/xinyong.css", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status, text) == (304, "")
    assert "EventSource" in preview.get("/-/preview/preview.js")


def test_a_browser_that_goes_away_leaves_no_word_in_the_terminal(
    preview: Preview, capfd: pytest.CaptureFixture[str]
) -> None:
    port = urlsplit(preview.address).port or 0
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            path = b"/assets/vendor/sqlite-wasm/sqlite3.wasm"
            line.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    preview.get("/cities/rongcheng/")

    assert "Traceback" not in capfd.readouterr().err


def test_a_preview_that_begins_with_a_broken_draft_shows_all_the_rest(lay: Lay) -> None:
    lay({"corpus/terms/bad.yml": "domain: x\n"})
    message: list[str] = []

    with serving(PROJECT / "mkdocs.yml", Path("corpus"), "127.0.0.1", 0, message.append) as address:
        preview = Preview(address, message)
        assert "A county-level city in Shandong" in preview.get("/cities/rongcheng/")
        assert "X304 'x' is not a domain" in preview.state()["problems"]
        Path("corpus/terms/bad.yml").unlink()
        until(lambda: preview.state()["problems"] == "")
        assert "A county-level city in Shandong" in preview.get("/cities/rongcheng/")
        assert sum("X304 'x' is not a domain" in text for text in message) == 1


def test_a_preview_without_any_sound_record_says_so_until_there_is_one(lay: Lay) -> None:
    corpus = lay({})
    corpus.rename("all")
    Path("corpus/terms").mkdir(parents=True)
    Path("corpus/terms/bad.yml").write_text("domain: x\n", encoding="utf-8")
    message: list[str] = []

    with serving(PROJECT / "mkdocs.yml", Path("corpus"), "127.0.0.1", 0, message.append) as address:
        preview = Preview(address, message)
        assert "There is nothing to show yet" in preview.get("/cities/rongcheng/")
        shutil.copytree("all", "corpus", dirs_exist_ok=True)
        Path("corpus/terms/bad.yml").unlink()
        until(lambda: "A county-level city in Shandong" in preview.get("/cities/rongcheng/"))


def test_records_that_are_broken_at_the_start_are_those_of_the_last_commit_until_they_are_fixed(
    lay: Lay,
) -> None:
    commit(lay({}).parent, "2026-01-02T12:00:00Z")
    save(RONGCHENG, "value: county-city", "value: nothing")
    Path("corpus/terms/new.yml").write_text(
        "domain: x\nsummary: S [@koetse-2018].\n", encoding="utf-8"
    )
    Path("corpus/terms/newer.yml").write_text(
        "name: {en: Newer}\ndomain: law\nsummary: S [@koetse-2018].\nrelated: [new]\n",
        encoding="utf-8",
    )
    live = LiveCorpus(Path("corpus"), today)

    live.refresh()
    assert live.corpus is not None
    assert "rongcheng" in live.corpus
    assert "new" not in live.corpus
    assert "newer" not in live.corpus
    assert {problem.file for problem in live.problems if problem.severity == "error"} == {
        str(RONGCHENG),
        "corpus/terms/new.yml",
    }

    save(RONGCHENG, "value: nothing", "value: district")
    Path("corpus/terms/new.yml").write_text(
        "name: {en: New}\ndomain: law\nsummary: S [@koetse-2018].\n", encoding="utf-8"
    )
    live.refresh()
    assert live.is_sound
    assert {"rongcheng", "new", "newer"} <= live.corpus.entries.keys()
    live.check(lambda: None)
    whole = LiveCorpus(Path("corpus"), today)
    whole.refresh()
    assert [*live.corpus] == [*(whole.corpus or ())]


def test_only_this_machine_is_served_and_wrong_use_is_said(lay: Lay) -> None:
    lay({})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run(
            "serve",
            "--config",
            str(PROJECT / "mkdocs.yml"),
            "--address",
            f"127.0.0.1:{taken.getsockname()[1]}",
        )
    assert ran.status == 2
    assert "choose another with --address" in ran.output
    for wrong in ("é" * 100 + ":8000", "here", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:²"):
        ran = run("serve", "--config", str(PROJECT / "mkdocs.yml"), "--address", wrong)
        assert (ran.status, "is not an address with a port" in ran.output) == (2, True)
    assert "[default: 127.0.0.1:8000]" in " ".join(run("serve", "--help").output.split())


def test_the_shelf_agrees_with_a_whole_reading_after_many_changes(lay: Lay) -> None:
    lay({})
    live = LiveCorpus(Path("corpus"), today)
    live.refresh()
    save(RONGCHENG, "in Shandong", "of Shandong")
    live.refresh()
    save(RONGCHENG, "value: county-city", "value: nothing")
    live.refresh()
    save(RONGCHENG, "value: nothing", "value: district")
    Path("corpus/terms/again.yml").write_text(
        "name: {en: Again}\ndomain: law\nsummary: S [@koetse-2018].\n", encoding="utf-8"
    )
    live.refresh()
    assert live.refresh() == []
    live.check(lambda: None)

    whole = LiveCorpus(Path("corpus"), today)
    whole.refresh()

    assert live.corpus is not None
    assert whole.corpus is not None
    assert [*live.corpus] == [*whole.corpus]
    assert live.problems == [p for p in whole.problems if p.severity == "warning"]


def test_a_save_looks_for_links_in_no_other_record(
    lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay({})
    live = LiveCorpus(Path("corpus"), today)
    live.refresh()
    live.check(lambda: None)
    gone_through: list[object] = []
    monkeypatch.setattr(entries, "_grouped", gone_through.append)

    save(RONGCHENG, "in Shandong", "of Shandong")
    live.refresh()

    assert live.corpus is not None
    assert "of Shandong" in live.corpus["rongcheng"].record.summary
    assert live.corpus.linked_from["sesame-credit"][0] == "rongcheng"
    assert gone_through == []


def test_the_check_of_all_records_lets_a_page_go_first(lay: Lay) -> None:
    lay({})
    live = LiveCorpus(Path("corpus"), today)
    live.refresh()
    rests: list[None] = []

    live.check(lambda: rests.append(None))

    assert live.corpus is not None
    assert len(rests) == len(live.corpus.entries)


def test_no_thread_is_left_when_the_preview_ends(lay: Lay) -> None:
    lay({})
    before = threading.active_count()

    with serving(PROJECT / "mkdocs.yml", Path("corpus"), "127.0.0.1", 0, lambda _: None) as address:
        Preview(address, []).get("/")

    until(lambda: threading.active_count() <= before)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/" + "a" * 300 + ".html", 404),
        ("/" + "a" * 300 + "/", 404),
        ("/" + "a/" * 3000, 404),
        ("/a%00b.html", 404),
        ("/a%00b/", 404),
        ("/%zz%/", 404),
        ("/%ff%fe/", 404),
        ("/cities/../../mkdocs.yml", 404),
        ("/?" + "a" * 60_000, 200),
        ("/" + "a" * 70_000, 414),
    ],
)
def test_any_address_is_answered(path: str, status: int, running: Preview) -> None:
    for method in ("GET", "HEAD"):
        assert running.ask(path, method)[0].status == status

    assert "Rongcheng" in running.get("/cities/rongcheng/")


@pytest.mark.parametrize("data", [b"", b"GET / HT", b"\x16\x03\x01\x02", b"GET / HTTP/1.1\r\nHo"])
def test_half_a_request_hinders_nobody(data: bytes, running: Preview) -> None:
    port = urlsplit(running.address).port or 0
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as slow:
        slow.sendall(data)
        assert "Rongcheng" in running.get("/cities/rongcheng/")

    assert running.ask("/", "POST")[0].status == 501
    assert running.ask("/", "NONSENSE")[0].status == 501


@pytest.mark.parametrize(
    "own", ["localhost", "LOCALHOST:9", "127.0.0.1:80", "[::1]:1", "localhost."]
)
def test_the_preview_answers_at_its_own_names(own: str, running: Preview) -> None:
    assert running.ask("/", headers={"Host": own})[0].status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.e", "", "["])
@pytest.mark.parametrize("path", ["/cities/rongcheng/", "/-/preview/events", "/assets/xinyong.css"])
def test_another_name_that_leads_here_reads_nothing(host: str, path: str, running: Preview) -> None:
    answer, text = running.ask(path, headers={"Host": host})

    assert answer.status == 421
    assert "This preview is not at the address that was asked for" in text
    assert f"Open it at {running.address}, or begin it with --address" in text
    assert "Shandong" not in text


def test_two_names_in_one_request_are_none(running: Preview) -> None:
    port = urlsplit(running.address).port or 0
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 421"


def test_an_address_that_is_none_is_an_error_page(running: Preview) -> None:
    port = urlsplit(running.address).port or 0
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(b"GET http://[/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 500"

    assert "http://[/ cannot be shown: ValueError: Invalid IPv6 URL" in running.output


def test_served_to_other_machines_it_takes_addresses_in_numbers_and_no_foreign_name() -> None:
    server = object.__new__(PreviewServer)
    server.host = "0.0.0.0"
    assert server.is_own("192.168.1.5:8000")
    assert server.is_own("[fe80::1]")
    assert server.is_own("localhost")
    assert not server.is_own("evil.example")
    server.host = "preview.example"
    assert server.is_own("Preview.example:8000")
    assert not server.is_own("192.168.1.5")


def test_a_page_that_fails_is_an_error_page_and_a_line(
    running: Preview,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("nobody foresaw this")

    with monkeypatch.context() as patch:
        patch.setattr(preview_module.Preview, "page", fail)
        answer, text = running.ask("/cities/rongcheng/")

    assert answer.status == 500
    assert "This page cannot be shown" in text
    message = "/cities/rongcheng/ cannot be shown: RuntimeError: nobody foresaw this"
    assert message in running.output
    assert running.ask("/cities/rongcheng/")[0].status == 200


def test_a_save_at_which_the_program_fails_is_said_and_the_last_good_page_stays(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("nobody foresaw this")

    with monkeypatch.context() as patch:
        patch.setattr(LiveCorpus, "refresh", fail)
        save(RONGCHENG, "in Shandong", "of Shandong")
        until(lambda: "nobody foresaw this" in preview.state()["problems"])

    message = (
        "what was saved last cannot be shown (RuntimeError: nobody foresaw this); "
        "write it in another way; the last good state stays"
    )
    assert preview.state()["problems"] == message
    assert message in preview.output
    assert "A county-level city in Shandong" in preview.get("/cities/rongcheng/")

    save(RONGCHENG, "of Shandong", "by Shandong")
    until(lambda: "A county-level city by Shandong" in preview.get("/cities/rongcheng/"))
    until(lambda: preview.state()["problems"] == "")


@pytest.mark.parametrize("empty", [True, False])
def test_a_corpus_that_goes_and_comes_back_is_followed(empty: bool, preview: Preview) -> None:
    Path("corpus").rename("away")
    if empty:
        Path("corpus").mkdir()

    lack = "no record in it" if empty else "no such folder"
    until(lambda: f"X113 there is {lack}" in preview.state()["problems"])
    assert "A county-level city in Shandong" in preview.get("/cities/rongcheng/")

    if empty:
        Path("corpus").rmdir()
    Path("away").rename("corpus")
    until(lambda: preview.state()["problems"] == "")
    save(RONGCHENG, "in Shandong", "of Shandong")
    until(lambda: "A county-level city of Shandong" in preview.get("/cities/rongcheng/"))


def test_pages_that_are_published_as_they_are_are_previewed_too(lay: Lay, tmp_path: Path) -> None:
    lay({"mkdocs.yml": (PROJECT / "mkdocs.yml").read_bytes()})
    shutil.copytree(PROJECT / "docs", tmp_path / "docs")
    lay({"docs/google0123.html": "google-site-verification", "docs/gbk.html": b"<p>\xd6\xd0"})

    with serving(Path("mkdocs.yml"), Path("corpus"), "127.0.0.1", 0, lambda _: None) as address:
        shown = Preview(address, [])
        assert shown.get("/google0123.html").startswith("google-site-verification")
        assert shown.ask("/gbk.html")[0].status == 200
        assert shown.state()["problems"] == ""


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
@pytest.mark.parametrize("late", [True, False])
def test_the_preview_ends_in_order_when_asked_to(late: bool, lay: Lay, tmp_path: Path) -> None:
    lay({"tmp/.keep": ""})
    command = [Path(sys.executable).parent / "xinyong", "serve", "--address", "127.0.0.1:0"]
    ran = subprocess.Popen(
        [*command, "--config", PROJECT / "mkdocs.yml"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "TMPDIR": str(tmp_path / "tmp")},
    )
    assert ran.stdout
    if late:
        assert ran.stdout.readline().startswith("serving http://127.0.0.1:")
    else:
        until(lambda: len(list((tmp_path / "tmp").iterdir())) > 1)  # it begins

    ran.send_signal(signal.SIGTERM)
    message, wrong = ran.communicate(timeout=PATIENCE)

    assert (message, wrong, ran.returncode) == ("ended\n", "", 0)
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == [".keep"]
