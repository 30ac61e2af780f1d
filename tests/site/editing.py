"""A project with the small corpus, edited at random and built by command, as by somebody at work on it.

``Project`` is a copy of all that a site is made from, the program too. After each edit the site
that was built with what the last build noted must be the site that is built from nothing.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from support import PROJECT, SMALL, commit

DAY = "2026-11-2{}T12:00:00Z"


@dataclass
class Project:
    """The project in a folder; ``built`` is what the last build said."""

    folder: Path

    @classmethod
    def laid(cls, folder: Path) -> Project:
        """Lay a project, with its own copy of the program."""
        folder.mkdir(exist_ok=True)
        shutil.copytree(SMALL, folder / "corpus")
        for name in ("docs", "scripts"):
            caches = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(PROJECT / name, folder / name, ignore=caches)
        for name in ("mkdocs.yml", "CITATION.cff"):
            shutil.copy(PROJECT / name, folder)
        return cls(folder)

    def start(self, *options: str, out: str = "site") -> subprocess.Popen[str]:
        """Begin a build in a group of processes of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "xinyong", "site", "--out", out, *options],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.folder / "scripts")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def build(self, *options: str, out: str = "site") -> tuple[int, str]:
        """Build; return the exit status, and what was said."""
        ran = self.start(*options, out=out)
        said, _ = ran.communicate(timeout=300)
        return ran.returncode, said

    def files(self, out: str = "site") -> dict[str, bytes]:
        """Return all files of a built site."""
        site = self.folder / out
        found = (path for path in site.rglob("*") if path.is_file())
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}

    def fresh(self) -> dict[str, bytes]:
        """Return the files of the site that is built from nothing."""
        status, said = self.build("--fresh", out="fresh")
        assert status == 0, said
        found = self.files("fresh")
        shutil.rmtree(self.folder / "fresh")
        return found

    def records(self) -> list[Path]:
        """Return the files of the records, in their order."""
        return sorted((self.folder / "corpus").glob("*/*.yml"))

    def texts(self) -> dict[Path, str]:
        """Return the texts of all that an edit may touch."""
        edited = (self.folder / name for name in (*HAND_WRITTEN, TEMPLATE, WORDS))
        return {path: path.read_text(encoding="utf-8") for path in (*self.records(), *edited)}

    def lay_back(self, texts: dict[Path, str]) -> None:
        """Put all of it back as it was."""
        for path in self.records():
            path.unlink()
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")


HAND_WRITTEN = ("docs/about.md", "docs/cities/index.md", "docs/terms/record.md")
TEMPLATE = "scripts/xinyong/pages/templates/record.html.j2"
WORDS = "scripts/xinyong/words/words.yml"


def _replace(path: Path, pattern: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")


def _summary(project: Project, chance: random.Random) -> None:
    word = chance.choice(("Plainly", "Credit reporting", "Shixin", "征信", "Ant Group"))
    _replace(chance.choice(project.records()), r"^summary: (\|\n  )?", rf"\g<0>{word}: ")


def _name(project: Project, chance: random.Random) -> None:
    _replace(chance.choice(project.records()), r"((?:^title: |\ben: )\"?)", r"\g<1>New ")


def _link(project: Project, chance: random.Random) -> None:
    path, other = chance.sample(project.records(), 2)
    text = path.read_text(encoding="utf-8")
    if not re.search("^see:", text, re.MULTILINE) and other.parent.name != "citations":
        path.write_text(f"{text.rstrip()}\nsee: [{other.stem}]\n", encoding="utf-8")


def _worth(project: Project, chance: random.Random) -> None:
    works = [path for path in project.records() if path.parent.name == "citations"]
    worth = chance.choice(("official", "think-tank", "news", "blog"))
    _replace(chance.choice(works), "^reliability: .*", f"reliability: {worth}")


def _add(project: Project, chance: random.Random) -> None:
    path = chance.choice([p for p in project.records() if p.parent.name != "claims"])
    text = path.read_text(encoding="utf-8").replace("en: ", "en: Another ")
    text = re.sub(r"^(title: \"?)", r"\g<1>Another ", text, flags=re.MULTILINE)
    text = re.sub(
        r"^(url|doi|isbn|formerly|division_code|asked):.*\n", "", text, flags=re.MULTILINE
    )
    new = path.with_name(f"another-{path.name}")
    new.write_text(text, encoding="utf-8")
    if path.parent.name == "citations":
        _replace(chance.choice(project.records()), r"@koetse-2018\]", f"@koetse-2018; @{new.stem}]")


def _remove(project: Project, chance: random.Random) -> None:
    path = chance.choice(project.records())
    path.unlink()
    for other in project.records():
        text = other.read_text(encoding="utf-8")
        text = re.sub(rf"\[\[{path.stem}\|?([^\]]*)\]\]", r"\g<1>", text)
        text = text.replace(f"; @{path.stem}", "").replace(f"see: [{path.stem}]\n", "")
        other.write_text(text, encoding="utf-8")


def _rename(project: Project, chance: random.Random) -> None:
    path = chance.choice(project.records())
    new = f"{path.stem}-new"
    for other in project.records():
        text = other.read_text(encoding="utf-8")
        other.write_text(re.sub(rf"(?<![\w-]){path.stem}(?![\w-])", new, text), encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    if "formerly:" not in text:
        text = f"{text.rstrip()}\nformerly: [{path.stem}]\n"
    path.with_name(f"{new}.yml").write_text(text, encoding="utf-8")
    path.unlink()


def _hand_written(project: Project, chance: random.Random) -> None:
    path = project.folder / chance.choice(HAND_WRITTEN)
    _replace(path, r"^(<!-- slot: |## )", r"One more line on credit reporting.\n\n\g<1>")


def _template(project: Project, chance: random.Random) -> None:
    number = chance.randrange(100)
    path = project.folder / TEMPLATE
    path.write_text(f"{path.read_text(encoding='utf-8')}<p>{number}</p>\n", encoding="utf-8")


def _words(project: Project, _: random.Random) -> None:
    _replace(project.folder / WORDS, r"^(  sources: \{?(?:en: )?)", r"\g<1>The ")


EDITS: tuple[Callable[[Project, random.Random], None], ...] = (
    *(_summary, _summary, _name, _link, _worth, _add, _remove, _rename),
    *(_hand_written, _template, _words),
)


def edit(project: Project, chance: random.Random) -> str:
    """Make one edit at random; return what kind of edit it was."""
    made = chance.choice(EDITS)
    made(project, chance)
    return made.__name__


def go(folder: Path, seed: int, edits: int) -> list[str]:
    """Make a series of edits, each built, and built from nothing; return what could be built.

    Every other series has a history. An edit that leaves the corpus unsound changes nothing, and
    is taken back.
    """
    project, chance = Project.laid(folder), random.Random(seed)
    status, said = project.build()
    assert status == 0, said
    done = []
    for number in range(edits):
        texts, before = project.texts(), project.files()
        made = edit(project, chance)
        if seed % 2 and chance.random() < 0.5:
            commit(folder / "corpus", DAY.format(number % 10))
        status, said = project.build()
        if status:
            assert project.files() == before, f"{made}: {said}"
            project.lay_back(texts)
            continue
        done.append(made)
        found, fresh = project.files(), project.fresh()
        assert sorted(found) == sorted(fresh), done
        assert [name for name in fresh if found[name] != fresh[name]] == [], done
    return done
