"""A build takes over what has not changed since the last one, and gives what a build from nothing gives."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import editing
import pytest
from editing import Project

from support import PROJECT, SMALL
from xinyong.rules.all import today
from xinyong.site import build, cache
from xinyong.site.whole import Place, Whole

CONFIG = PROJECT / "mkdocs.yml"
NEW = "summary: Newly said [@koetse-2018].\n"


class Built:
    """A site of a copy of the small corpus, with the folder in which builds note things."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.notes = folder / "notes"
        self.site = folder / "site"
        shutil.copytree(SMALL, self.corpus)
        self.build()

    def build(self) -> bool:
        """Build with notes, unless nothing has changed; return whether anything had."""
        whole = Whole(Place(self.site, self.corpus, CONFIG, self.notes), today().text, "known")
        if whole.warnings is not None:
            return False
        self.warnings = build.build(CONFIG, self.corpus, self.site, today(), whole=whole)
        return True

    def fresh(self) -> dict[str, bytes]:
        """Return the files of the site that is built without notes."""
        out = self.site.with_name("fresh")
        build.build(CONFIG, self.corpus, out, today())
        return _files(out)

    def inodes(self) -> dict[str, int]:
        """Return the inode of each file of the site, which a new file does not share."""
        found = (path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.stat().st_ino for path in found}

    def change(self) -> None:
        """Say something else in the record of a place."""
        file = self.corpus / "cities" / "rongcheng.yml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text[: text.index("summary:")] + NEW, encoding="utf-8")


def _files(site: Path) -> dict[str, bytes]:
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def site(tmp_path: Path) -> Built:
    return Built(tmp_path)


def test_where_nothing_changed_nothing_is_made(site: Built) -> None:
    before = site.inodes()

    assert not site.build()
    assert site.inodes() == before


def test_the_command_says_that_nothing_has_changed(tmp_path: Path) -> None:
    project = Project.laid(tmp_path / "project")

    status, said = project.build()
    end = said.splitlines()[-1]
    assert (status, end.startswith("built site: ")) == (0, True)
    assert project.build() == (0, f"nothing has changed since site was built\n{said_of(said)}")
    assert project.build("--fresh")[1].splitlines()[-1] == end


def said_of(said: str) -> str:
    """Return what a build says when it has ended, without its stages."""
    stage = re.compile(r"[a-z]+ +[0-9.]+ s\n")
    return stage.sub("", said)


def test_what_a_change_does_not_touch_is_the_very_file_that_it_was(site: Built) -> None:
    before = site.inodes()
    site.change()

    assert site.build()

    after = site.inodes()
    kept = {name for name, inode in after.items() if before.get(name) == inode}
    assert "organizations/ant-group/index.html" in kept
    assert "organizations/ant-group/index.md" in kept
    assert "api/v1/terms/zhengxin.json" in kept
    assert "terms/index.html" in kept
    assert kept.isdisjoint(["cities/rongcheng/index.html", "cities/index.html", "data/index.html"])
    assert b"Newly said" in (site.site / "cities/rongcheng/index.html").read_bytes()
    assert _files(site.site) == site.fresh()


def test_a_page_that_shows_another_record_follows_it(site: Built) -> None:
    file = site.corpus / "organizations" / "ant-group.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("en: Ant", "en: Newt"), encoding="utf-8"
    )

    site.build()

    assert b"Newt" in (site.site / "programs/sesame-credit/index.html").read_bytes()
    assert _files(site.site) == site.fresh()


def test_a_hand_written_page_and_a_style_are_seen_as_they_are_now(tmp_path: Path) -> None:
    project = Project.laid(tmp_path / "project")
    assert project.build()[0] == 0
    page = project.folder / "docs" / "method.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nNewly written.\n", encoding="utf-8")
    style = project.folder / "docs" / "assets" / "xinyong.css"
    style.write_text(style.read_text(encoding="utf-8") + "\n/* new */\n", encoding="utf-8")

    assert project.build()[0] == 0

    files = project.files()
    assert b"Newly written." in files["method/index.html"]
    assert files["assets/xinyong.css"].endswith(b"/* new */\n")
    assert files == project.fresh()


def test_a_record_that_went_leaves_no_file(site: Built) -> None:
    (site.corpus / "terms" / "other.yml").write_text(
        "name: {en: other word, zh: 别的}\ndomain: law\nsee: [shixin]\n"
        "summary: Another [@koetse-2018].\n",
        encoding="utf-8",
    )
    site.build()
    assert (site.site / "terms/other/index.html").is_file()

    (site.corpus / "terms" / "other.yml").unlink()
    site.build()

    assert [name for name in _files(site.site) if "other" in name.split("/")] == []
    assert _files(site.site) == site.fresh()


def test_a_site_that_was_changed_by_hand_is_put_right(site: Built) -> None:
    page = site.site / "organizations/ant-group/index.html"
    page.write_text("scribbled over", encoding="utf-8")

    assert site.build()

    assert _files(site.site) == site.fresh()


def test_a_warning_is_given_again_when_another_record_changes(site: Built) -> None:
    file = site.corpus / "terms" / "zhengxin.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("zhēngxìn", "zhēnglèi"), encoding="utf-8")
    site.build()
    warned = site.warnings

    site.change()
    site.build()

    assert "X651" in {problem.code for problem in warned}
    assert site.warnings == warned


@pytest.mark.parametrize(
    ("right", "wrong"), [("with: shixin", "with: nothing"), ("name: {en: ", "name: {en: <b>")]
)
def test_an_unsound_corpus_leaves_the_site_and_the_next_build_is_right(
    site: Built, right: str, wrong: str
) -> None:
    before, file = _files(site.site), site.corpus / "terms" / "zhengxin.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(right, wrong), encoding="utf-8")

    with pytest.raises(build.engine.UnsoundError):
        site.build()
    assert _files(site.site) == before

    file.write_text(text, encoding="utf-8")
    site.build()
    assert _files(site.site) == before


def _damages(data: bytes) -> Iterator[bytes]:
    chance = random.Random(1)
    yield b""
    yield data[: len(data) // 2]
    yield data + b"]"
    yield b"xinyong-1 0 0\n{}"
    yield data.split(b"\n")[0] + b"\n{}"
    for _ in range(4):
        at = chance.randrange(len(data))
        yield data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_damaged_notes_are_not_believed(site: Built) -> None:
    file = max(site.notes.iterdir(), key=lambda path: path.stat().st_size)
    key = file.read_bytes().split()[1].decode()
    assert cache.load(file, key) is not None

    for damaged in _damages(file.read_bytes()):
        file.write_bytes(damaged)
        assert cache.load(file, key) is None
    assert cache.load(file.with_name("no-such"), key) is None

    for notes in site.notes.iterdir():
        notes.write_bytes(notes.read_bytes()[:-1])
    site.change()
    assert site.build()
    assert _files(site.site) == site.fresh()


def test_notes_of_another_program_are_not_believed(site: Built) -> None:
    file = next(site.notes.iterdir())

    assert cache.load(file, "another key") is None


def test_where_no_notes_can_be_written_the_site_is_built(site: Built, tmp_path: Path) -> None:
    site.notes = tmp_path / "corpus" / "cities" / "rongcheng.yml" / "notes"

    assert site.build()
    assert site.build()


def test_few_notes_are_kept(tmp_path: Path) -> None:
    for number in range(40):
        cache.save(tmp_path / f"{number}.json", "key", {"number": number})

    kept = list(tmp_path.iterdir())
    assert len(kept) == cache.KEPT
    assert cache.load(tmp_path / "39.json", "key") == {"number": 39}


@pytest.mark.long
@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(20))
def test_after_any_edits_the_site_is_that_which_is_built_from_nothing(
    seed: int, tmp_path: Path
) -> None:
    assert editing.go(tmp_path / "project", seed, 5)


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
def test_killed_at_any_of_sixty_moments_the_old_or_the_new_site_is_whole(tmp_path: Path) -> None:
    project = Project.laid(tmp_path / "project")
    file = project.folder / "corpus" / "cities" / "rongcheng.yml"
    texts = [file.read_text(encoding="utf-8")]
    texts.append(texts[0].replace("summary: ", "summary: Newly said. "))
    sites, whole = [], 0.0
    for text in (texts[1], *texts):
        file.write_text(text, encoding="utf-8")
        began = time.monotonic()
        assert project.build()[0] == 0
        whole = time.monotonic() - began
        sites.append(project.files())
    killed = 0
    for moment in range(60):
        file.write_text(texts[moment % 2], encoding="utf-8")
        ran = project.start()
        time.sleep(whole * (moment / 40 if moment < 40 else 0.9 + (moment - 40) / 100))
        if ran.poll() is None:
            os.killpg(ran.pid, signal.SIGKILL)
        ran.communicate()
        killed += ran.returncode == -signal.SIGKILL

        assert project.files() in sites, f"mixed at moment {moment}"
    assert killed > 20

    file.write_text(texts[0], encoding="utf-8")
    assert project.build()[0] == 0
    assert project.files() == project.fresh()
    assert [path.name for path in project.folder.iterdir() if path.name.endswith("-build")] == []
