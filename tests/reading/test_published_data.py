"""Published data are loaded as a checkout is, from their address or a copy, and nothing else is."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import xinyong
from support import PROJECT, SMALL
from xinyong import corpus as corpora
from xinyong.edition import SCHEMA, read, version
from xinyong.exports import everything
from xinyong.publication import Library
from xinyong.reading.documents import corpus_of

MAJOR, MINOR = version(SCHEMA)
NEWER = f"{MAJOR}.{MINOR + 1}"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the small corpus as a site publishes them."""
    site = tmp_path_factory.mktemp("published")
    corpus, _ = corpora.load(SMALL)
    everything.write(Library(corpus, edition=read(PROJECT, "https://example.org/x/")), site)
    return site / "data"


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """A copy of what is read of them."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("SHA256SUMS.txt", "manifest.json", "records.jsonl"):
        shutil.copy(published / name, folder)
    return folder


@dataclass
class Served:
    """A server on this machine: what it answers by path, else the files of a folder."""

    folder: Path
    port: int = 0
    answers: dict[str, tuple[int, Mapping[str, str], bytes]] = field(default_factory=dict)
    waits: set[str] = field(default_factory=set)
    ending: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        """The address of the data."""
        return f"http://127.0.0.1:{self.port}/data/"

    def answer(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        """Return status, headers and body."""
        file = self.folder / path.removeprefix("/data/")
        if path in self.answers:
            return self.answers[path]
        return (200, {}, file.read_bytes()) if file.is_file() else (404, {}, b"")


@pytest.fixture
def served(copy: Path) -> Iterator[Served]:
    """The copy on a server of this machine."""
    site = Served(copy)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path in site.waits:
                site.ending.wait()
                return
            status, headers, body = site.answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield site
        site.ending.set()
        server.shutdown()
        thread.join()


def said(source: str | Path, sha256: str = "", timeout: float = 60) -> str:
    """Return what is said where nothing is loaded."""
    with pytest.raises(xinyong.LoadError) as caught:
        xinyong.load(source, sha256=sha256, timeout=timeout)
    return str(caught.value)


def rewritten(folder: Path, file: str, change: Callable[[str], str]) -> None:
    """Change a file, and the list of checksums with it."""
    path, sums = folder / file, folder / "SHA256SUMS.txt"
    before = path.read_bytes()
    after = change(before.decode()).encode()
    path.write_bytes(after)
    old, new = (hashlib.sha256(content).hexdigest() for content in (before, after))
    sums.write_text(sums.read_text().replace(old, new))


def test_published_data_say_what_the_checkout_says(copy: Path, served: Served) -> None:
    checkout = xinyong.load(SMALL)

    for source in (copy, str(copy), served.address, served.address.rstrip("/")):
        found = xinyong.load(source)
        assert [*found] == [*checkout]
        for id_, record in checkout.items():
            same = found[id_]
            assert isinstance(same, xinyong.Record)
            assert same.facts == record.facts
            for name in ("kind", "name", "name_zh", "name_pinyin", "names_also", "summary", "data"):
                assert getattr(same, name) == getattr(record, name)
            for name in ("links", "linked_from", "cites", "cited_by"):
                assert [*map(repr, getattr(same, name))] == [*map(repr, getattr(record, name))]
        assert [fact.standing for fact in found.facts] == [f.standing for f in checkout.facts]


EXAMPLE = "https://example.org/xinyong/data/"


@pytest.mark.parametrize("page", ["docs/data.md", "README.md"])
def test_the_example_for_users_runs_as_it_stands(
    page: str, served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    programs = [part.partition("```")[0] for part in text.split("```python\n")[1:]]
    (program,) = (one for one in programs if EXAMPLE in one)

    exec(program.replace(EXAMPLE, served.address), {})

    assert "{'min': 350, 'max': 950} " in capsys.readouterr().out


def test_references_are_those_of_the_checkout(copy: Path) -> None:
    checkout, found = xinyong.load(SMALL), xinyong.load(copy)

    for citation in checkout.of_kind("citations"):
        for form in ("bibtex", "ris", "csl"):
            assert found[citation.id].reference(form) == citation.reference(form)


def test_the_edition_of_published_data_is_told(copy: Path) -> None:
    edition = xinyong.load(copy).edition
    here = read(PROJECT)

    assert (edition.version, edition.released) == (here.version, here.released)
    assert (edition.base, edition.schema) == ("https://example.org/x/", SCHEMA)
    assert xinyong.load(PROJECT / "tests/fixtures/corpus").edition.schema == SCHEMA


def test_every_record_of_the_real_corpus_comes_back_as_it_was(
    whole: Library, tmp_path: Path
) -> None:
    file = tmp_path / "records.jsonl"
    everything.write_records(whole, {"jsonl": file})
    found = corpus_of(file.read_bytes(), file.name, SCHEMA)

    assert [*found.entries] == [*whole.corpus.entries]
    assert [e.id for e in found if e.record != whole.corpus[e.id].record] == []
    some = [entry.id for entry in found][::20]
    for id_ in some:
        ours, theirs = ([*corpus[id_].facts] for corpus in (found, whole.corpus))
        assert [found.standing_of(one.fact) for one in ours] == [
            whole.corpus.standing_of(one.fact) for one in theirs
        ]


def test_what_is_not_there_is_told(served: Served, copy: Path) -> None:
    site = served.address.replace("data/", "")
    (copy / "records.jsonl").unlink()

    assert said(site) == (
        f"'{site}SHA256SUMS.txt' is not there (404); give the address of the folder 'data/' of a site"
    )
    assert said(copy) == f"'{copy}/records.jsonl' is not there; copy the whole folder 'data/'"
    (copy / "SHA256SUMS.txt").unlink()
    assert said(copy) == f"'{copy}/SHA256SUMS.txt' is not there; copy the whole folder 'data/'"


def test_a_server_that_refuses_is_told(served: Served) -> None:
    served.answers["/data/manifest.json"] = (503, {}, b"")

    assert said(served.address) == (
        f"'{served.address}manifest.json' is refused (503); try again later"
    )


@pytest.mark.parametrize("file", ["manifest.json", "records.jsonl"])
def test_a_file_that_is_damaged_is_not_believed(file: str, served: Served, copy: Path) -> None:
    (copy / file).write_bytes((copy / file).read_bytes().replace(b"en", b"eN", 1))

    for source, place in ((copy, f"{copy}/"), (served.address, served.address)):
        assert said(source) == (
            f"'{place}{file}' is not what SHA256SUMS.txt says: it is damaged, "
            "or was published anew meanwhile; load it again"
        )


def test_a_checksum_that_was_noted_holds_the_whole_to_it(copy: Path) -> None:
    noted = hashlib.sha256((copy / "SHA256SUMS.txt").read_bytes()).hexdigest()
    assert len(xinyong.load(copy, sha256=noted.upper())) == 14

    rewritten(copy, "records.jsonl", lambda text: text.replace("Rongcheng", "Rongzheng"))
    now = hashlib.sha256((copy / "SHA256SUMS.txt").read_bytes()).hexdigest()
    assert said(copy, noted) == (
        f"'{copy}/SHA256SUMS.txt' has the checksum {now}, not {noted}; "
        "it is another edition than the one that was noted"
    )
    assert said(SMALL, noted) == (
        f"'{SMALL}/SHA256SUMS.txt' is not there; copy the whole folder 'data/'"
    )


def test_a_list_of_checksums_that_is_none_is_told(served: Served, copy: Path) -> None:
    served.answers["/data/SHA256SUMS.txt"] = (200, {}, b"<!doctype html>\n<title>Welcome</title>")
    assert said(served.address) == (
        f"'{served.address}SHA256SUMS.txt' is no list of checksums; is this the folder 'data/' of a site?"
    )

    lines = (copy / "SHA256SUMS.txt").read_text().splitlines(keepends=True)
    (copy / "SHA256SUMS.txt").write_text("".join(x for x in lines if "manifest" not in x))
    assert said(copy) == (
        f"'{copy}/SHA256SUMS.txt' names no 'manifest.json'; the data are of an older or another program"
    )


@pytest.mark.parametrize("schema", [f"{MAJOR + 1}.0", f"{MAJOR - 1}.9"])
def test_data_of_another_schema_are_told(schema: str, copy: Path) -> None:
    old = f'"schema_version": "{SCHEMA}"'
    rewritten(
        copy, "manifest.json", lambda text: text.replace(old, f'"schema_version": "{schema}"')
    )

    assert said(copy) == (
        f"'{copy}/manifest.json' says that the data have the schema {schema}, and this program "
        f"reads {MAJOR}.x; install the xinyong that was published with them"
    )


def of_schema(folder: Path, schema: str, change: Callable[[str], str]) -> None:
    old, new = (f'"schema_version": "{one}"' for one in (SCHEMA, schema))
    rewritten(folder, "manifest.json", lambda text: text.replace(old, new))
    rewritten(folder, "records.jsonl", change)


def more(text: str) -> str:
    """Give every record a field more, and every name one."""
    text = text.replace(
        '"record": {', '"record": {"mood": [{"value": "calm", "cite": ["koetse-2018"]}], '
    )
    return text.replace('"name": {"en"', '"name": {"fr": "Nom", "en"')


def test_what_a_newer_version_added_is_left_out(copy: Path) -> None:
    of_schema(copy, NEWER, more)
    found = xinyong.load(copy)

    assert found.edition.schema == NEWER
    assert {id_: record.data for id_, record in found.items()} == {
        id_: record.data for id_, record in xinyong.load(SMALL).items()
    }


def another_value(text: str) -> str:
    return text.replace('"layer": "commercial"', '"layer": "lunar"')


@pytest.mark.parametrize(("schema", "change"), [(SCHEMA, more), (NEWER, another_value)])
def test_what_this_program_cannot_read_is_never_left_out_in_silence(
    schema: str, change: Callable[[str], str], copy: Path
) -> None:
    of_schema(copy, schema, change)

    message = said(copy).replace(message_line(said(copy)), "line N")
    assert message == (
        f"line N of '{copy}/records.jsonl' is no record that this program can read; "
        "install the xinyong that was published with the data"
    )


def message_line(text: str) -> str:
    return text.partition(" of ")[0]


ODD = {
    "no JSON": "{",
    "a list": "[]",
    "no kind": '{"id": "x", "url": "y", "record": {}}',
    "another kind": '{"kind": "planets", "id": "x", "url": "y", "record": {}}',
    "an empty record": '{"kind": "terms", "id": "x", "url": "y", "record": {}}',
    "too deep": "[" * 100_000,
    "no number": '{"kind": "terms", "id": "x", "url": "y", "record": NaN}',
    "not UTF-8": "\udcff",
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_line_is_told_with_its_number(odd: str) -> None:
    with pytest.raises(xinyong.LoadError) as caught:
        corpus_of(ODD[odd].encode("utf-8", "surrogateescape"), "records.jsonl", SCHEMA)

    assert str(caught.value) == (
        "line 1 of 'records.jsonl' is no record that this program can read; "
        "install the xinyong that was published with the data"
    )


@pytest.mark.parametrize("manifest", ["{", "[]", "{}", '{"schema_version": "x"}', "[" * 100_000])
def test_a_manifest_that_says_nothing_is_told(manifest: str, copy: Path) -> None:
    rewritten(copy, "manifest.json", lambda _: manifest)

    assert said(copy) == (
        f"'{copy}/manifest.json' does not say what the data are; is this the folder 'data/' of a site?"
    )


def test_text_that_looks_like_a_program_stays_text(copy: Path) -> None:
    text = "os.system('touch gone') {{ 7 x 7 }} $(reboot)"
    rewritten(copy, "records.jsonl", lambda all_: all_.replace('"Sesame Credit"', json.dumps(text)))

    assert xinyong.load(copy)["sesame-credit"].name == text


def test_a_redirect_to_another_host_is_not_followed(served: Served) -> None:
    start, elsewhere = "/data/SHA256SUMS.txt", "https://other.example/data/SHA256SUMS.txt"
    served.answers[start] = (302, {"Location": elsewhere}, b"")
    assert said(served.address) == (
        f"'{served.address}SHA256SUMS.txt' leads to 'https://other.example'; "
        "give that address if you trust it"
    )

    served.answers[start] = (302, {"Location": "file:///etc/passwd"}, b"")
    assert (
        said(served.address)
        == f"'{served.address}SHA256SUMS.txt' is refused (302); try again later"
    )


def test_a_redirect_on_the_same_host_is_followed_and_a_circle_is_not(served: Served) -> None:
    start = "/data/SHA256SUMS.txt"
    served.answers["/now/SHA256SUMS.txt"] = served.answer(start)
    served.answers[start] = (301, {"Location": "/now/SHA256SUMS.txt"}, b"")
    assert len(xinyong.load(served.address)) == 14

    served.answers[start] = (302, {"Location": start}, b"")
    assert (
        said(served.address)
        == f"'{served.address}SHA256SUMS.txt' is refused (302); try again later"
    )


def test_an_answer_that_is_too_long_is_not_read(served: Served) -> None:
    served.answers["/data/SHA256SUMS.txt"] = (200, {}, b"0" * 1_200_000)

    assert said(served.address) == (
        f"'{served.address}SHA256SUMS.txt' has more than 1,000,000 bytes, which it may not have; "
        "is this the right place?"
    )


def test_a_server_that_does_not_answer_is_left(served: Served) -> None:
    served.waits.add("/data/SHA256SUMS.txt")

    assert said(served.address, timeout=0.2) == (
        f"'{served.address}SHA256SUMS.txt' took longer than 0.2 seconds; "
        "try again, or give a longer 'timeout'"
    )


def test_an_answer_that_breaks_off_is_not_believed(served: Served) -> None:
    served.answers["/data/records.jsonl"] = (200, {"Content-Length": "9000000"}, b"{}")

    assert said(served.address).startswith(
        f"'{served.address}records.jsonl' is not what SHA256SUMS.txt says"
    )


def test_no_network_is_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/data/"

    assert said(address) == (
        f"'{address}SHA256SUMS.txt' cannot be reached (Connection refused); is there a network?"
    )


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://example.org/data/", "is not asked, since nobody could tell who answers"),
        ("http://127.0.0.1.example.org/", "is not asked, since nobody could tell who answers"),
        ("ftp://example.org/data/", "is not asked, since nobody could tell who answers"),
        ("file:///etc/", "is no address of published data"),
        ("https://", "is no address of published data"),
        ("https://example.org:port/", "is no address of published data"),
        ("https://me:secret@example.org/", "is no address of published data"),
        ("https://example.org/?data", "is no address of published data"),
    ],
)
def test_only_safe_addresses_are_asked(address: str, why: str) -> None:
    assert said(address) == f"'{address}' {why}; give one such as https://example.org/xinyong/data/"
