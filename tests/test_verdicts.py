"""What a check found is remembered until something changes, and what others wrote into the memory is not believed."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import Lay, run
from xinyong.cli import verdicts
from xinyong.cli.verdicts import MEMORY, verdict

BROKEN = {"corpus/claims/a.yml": "name: {en: 失信}\nlayrs: x\n"}


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The corpora that were judged anew, one entry a time."""
    times: list[Path] = []
    judge = verdicts._judge

    def counted(root: Path, items: tuple[verdicts.Item, ...]) -> verdicts.Verdict:
        times.append(root)
        return judge(root, items)

    monkeypatch.setattr(verdicts, "_judge", counted)
    return times


def test_what_did_not_change_is_not_judged_again_and_reads_the_same(lay: Lay, judged: list[Path]) -> None:
    lay(BROKEN)

    first, second = run("check"), run("check")

    assert first == second
    assert first.status == 1
    assert len(judged) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"corpus/claims/a.yml": "name: {en: 失信}\nlayrs: y\n"},
        {"corpus/claims/b.yml": "name: x\n"},
        {"corpus/towns/x.txt": ""},
        {"corpus/claims/a.txt": ""},
    ],
)
def test_any_change_of_the_corpus_is_judged(change: dict[str, str], lay: Lay, judged: list[Path]) -> None:
    lay(BROKEN)
    first = run("check")
    lay(dict(change))

    assert run("check") != first
    assert len(judged) == 2


def test_a_renamed_and_a_deleted_record_are_changes(lay: Lay, judged: list[Path]) -> None:
    lay(BROKEN)
    run("check")
    Path("corpus/claims/a.yml").rename("corpus/claims/c.yml")
    assert "corpus/claims/c.yml" in run("check").said
    Path("corpus/claims/c.yml").unlink()
    assert run("check").said == "14 records: no problems\n"
    assert len(judged) == 3


def test_no_cache_judges_again_and_leaves_nothing_behind(lay: Lay, judged: list[Path], tmp_path: Path) -> None:
    lay(BROKEN)
    for _ in range(2):
        run("check", "--no-cache")

    assert len(judged) == 2
    assert not (tmp_path / ".cache").exists()


def test_another_day_another_version_and_another_program_are_not_believed(
    lay: Lay, judged: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(BROKEN)
    run("check")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    run("check")
    monkeypatch.setattr(verdicts.metadata, "version", lambda _name: "99")
    run("check")
    monkeypatch.setattr(verdicts.sys, "version", "4.0")
    run("check")
    monkeypatch.setattr(verdicts, "_program", lambda: ["other source"])
    run("check")

    assert len(judged) == 5


def test_the_program_is_its_modules_templates_aside() -> None:
    names = {Path(entry.partition(":")[0]).name for entry in verdicts._program()}

    assert {"verdicts.py", "problems.yml", "yaml.py", "prose.py"} <= names


def _forged(secret: bytes) -> bytes:
    held = json.loads(MEMORY.read_bytes().partition(b"\n")[2])
    content = json.dumps(held | {"problems": [], "records": 1}).encode()
    return hmac.new(secret, content, hashlib.sha256).hexdigest().encode() + b"\n" + content


def test_a_verdict_that_somebody_else_wrote_is_not_believed(lay: Lay, judged: list[Path]) -> None:
    lay(BROKEN)
    first = run("check")
    MEMORY.write_bytes(_forged(b"another secret"))

    assert run("check") == first
    assert len(judged) == 2
    assert run("check") == first
    assert len(judged) == 2


@given(st.binary(max_size=200))
def test_no_content_of_the_memory_does_harm(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    memory = tmp_path_factory.getbasetemp() / "memory"
    memory.write_bytes(data)

    assert verdicts._recall(memory, "key", b"secret") is None


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b'{"key": "k"}', b'{"key": "k", "records": 1, "problems": [1]}', b"\xff"]
)
def test_a_sealed_memory_of_another_form_is_not_believed(content: bytes, tmp_path: Path) -> None:
    memory = tmp_path / "check"
    memory.write_bytes(verdicts._seal(content, b"secret") + b"\n" + content)

    assert verdicts._recall(memory, "k", b"secret") is None


def test_nothing_is_written_through_a_symbolic_link(lay: Lay, tmp_path: Path) -> None:
    lay(BROKEN)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".cache").symlink_to(tmp_path / "elsewhere")

    run("check")

    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_user_without_a_home_is_served_without_a_memory(
    lay: Lay, judged: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lay(BROKEN)
    (tmp_path / "state").write_text("a file, not a folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    assert run("check") == run("check")
    assert len(judged) == 2


def test_a_file_that_cannot_be_opened_is_a_problem(lay: Lay, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay({})
    opened = Path.open

    def refused(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "zhengxin.yml":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)
    found = verdict(root, remembered=False).problems

    assert [(problem.code, problem.file, problem.message) for problem in found] == [
        (
            "X113",
            str(root / "terms" / "zhengxin.yml"),
            "the file cannot be opened (Permission denied); make it readable",
        )
    ]
