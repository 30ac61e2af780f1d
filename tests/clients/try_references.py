"""The files of references in biber, BibTeX and pandoc, each where it is installed."""

# /// script
# dependencies = []
# ///

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

Tried = Callable[..., None]

_KEY = re.compile(r"^@\w+\{([^,]+),", re.MULTILINE)
_TOLD = ("Missing mandatory field",)
"""What a source does not say, such as its date, cannot be given."""


def _needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not installed")


def _version(*command: str) -> str:
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return re.findall(r"\d+(?:\.\d+)+\w*", said)[0]


@pytest.fixture
def folder(site: Path, tmp_path: Path) -> Path:
    """A folder with all sources as ``x.bib`` and ``x.json``."""
    shutil.copy(site / "data" / "xinyong.bib", tmp_path / "x.bib")
    shutil.copy(site / "data" / "xinyong.csl.json", tmp_path / "x.json")
    return tmp_path


def _keys(folder: Path) -> list[str]:
    return _KEY.findall((folder / "x.bib").read_text(encoding="utf-8"))


@_needs("biber")
def test_biber_warns_of_no_source(folder: Path, tried: Tried) -> None:
    command = ["biber", "--tool", "--validate-datamodel", "x.bib"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    lines = [line for line in ran.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
    warned = [line for line in lines if not any(told in line for told in _TOLD)]
    print("\n".join(warned))

    keys = _keys(folder)
    tried(
        "biber", _version("biber", "--version"), "sources as biblatex, no field at fault",
        right=len(keys) - len(warned), offered=len(keys),
    )  # fmt: skip


@_needs("bibtex")
def test_classic_bibtex_has_the_year_and_the_journal_of_every_source(
    folder: Path, tried: Tried
) -> None:
    (folder / "x.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{x}\n")
    ran = subprocess.run(["bibtex", "x"], cwd=folder, capture_output=True, text=True, check=False)
    lacking = re.findall(r"^Warning--empty (?:year|journal) in (\S+)$", ran.stdout, re.MULTILINE)
    items = {item["id"]: item for item in json.loads((folder / "x.json").read_text("utf-8"))}
    wrong = [key for key in lacking if {"issued", "container-title"} <= items[key].keys()]

    tried(
        "BibTeX", _version("bibtex", "--version"), "sources in the style plain, year and journal",
        right=len(items) - len(wrong), offered=len(items),
    )  # fmt: skip
    assert len(re.findall(r"^\\bibitem", (folder / "x.bbl").read_text("utf-8"), re.MULTILINE)) == (
        len(items)
    )


@_needs("pandoc")
@pytest.mark.parametrize("form", ["biblatex", "bibtex", "csljson"])
def test_pandoc_reads_every_source(form: str, folder: Path, tried: Tried) -> None:
    file = "x.json" if form == "csljson" else "x.bib"
    command = ["pandoc", file, "--from", form, "--to", "csljson"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    read = {item["id"]: item for item in json.loads(ran.stdout)}
    sources = json.loads((folder / "x.json").read_text(encoding="utf-8"))

    right = sum(_same(read.get(source["id"], {}), source) for source in sources)
    what = f"sources as {form}: title, year, authors"
    tried("pandoc", _version("pandoc", "--version"), what, right=right, offered=len(sources))


def _same(read: Mapping[str, Any], source: Mapping[str, Any]) -> bool:
    # biblatex prints the English title behind the other, and pandoc joins the two.
    is_title = _words(str(read.get("title"))).startswith(_words(source["title"]))
    names = [_named(item.get("author", [])) for item in (read, source)]
    return is_title and names[0] == names[1] and _year(read) == _year(source)


def _named(people: list[dict[str, str]]) -> list[list[str]]:
    """Return the words of each name; what is a particle, such as 'von', readers see differently."""
    return [
        sorted(_words(part) for name in one.values() for part in name.split()) for one in people
    ]


def _words(text: str) -> str:
    """Return the letters and digits of a text; readers differ in marks."""
    return re.sub(r"\W|<[^>]+>", "", text).casefold()


def _year(item: Mapping[str, Any]) -> str:
    return "".join(re.findall(r"\d{4}", json.dumps(item.get("issued", "")))[:1])
