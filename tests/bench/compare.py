"""Measure the build against plain mkdocs-material: the same pages, once poured, once as Markdown
files.

Prints the CPU seconds (user and system, children included) and the peak memory of both, as whole
processes, in turn.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from generate import write
from markdownify import MarkdownConverter

from xinyong.corpus import load
from xinyong.pages.kinds import render_all
from xinyong.publication import Library

PROJECT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
LINK = re.compile(r"\]\(\.\./\.\./([a-z]+)/([a-z0-9-]+)/\)")
SOURCES = re.compile(r'<h2 id="sources">.*?</ol>', re.DOTALL)
EXTENSIONS = "markdown_extensions:\n  - footnotes\n  - def_list\n  - abbr\n"


class Author(MarkdownConverter):  # type: ignore[misc]
    """Writes a page as its author would in Markdown: cites as footnotes, tooltips as abbreviations."""

    def convert_span(self, element: Any, text: str, parent_tags: set[str]) -> str:
        """Keep the language of Chinese runs; make cites footnotes."""
        if element.get("lang"):
            return f'<span lang="{element["lang"]}">{text}</span>'
        if "xy-cite" in element.get("class", []):
            return "".join(
                f"[^{link['href'].removeprefix('#s-')}]" for link in element.find_all("a")
            )
        return text

    def convert_svg(self, element: Any, text: str, parent_tags: set[str]) -> str:
        """Keep figures as they are."""
        return f"\n\n<div>{element}</div>\n\n"


def as_markdown(folder: Path, corpus: Path) -> None:
    """Write every record as a Markdown page with the same text, tables, lists, links, footnotes and
    tooltips.
    """
    library = Library(load(corpus)[0])
    for page in render_all(library):
        text = (
            Author(heading_style="ATX", bullets="-")
            .convert(SOURCES.sub("", page.body))
            .replace("[¶](", "[ ](")
        )
        text = LINK.sub(r"](../\1/\2.md)", text)
        text = re.sub(r"\[ \]\(#[^)]*\)", "", text)
        text = re.sub(r"\]\(\.\./\.\./([a-z]+)/\)", r"](../\1/index.md)", text)
        cited = dict.fromkeys(re.findall(r"\[\^([^\]]+)\]", text))
        notes = [
            f"[^{id_}]: {Author().convert(str(library.references.full(id_)))}" for id_ in cited
        ]
        tips = [
            f"*[{label}]: {title}"
            for title, label in set(re.findall(r'title="([^"]+)">([A-Z][a-z -]+)<', page.body))
        ]
        title = page.title.replace("'", "''")
        front = f"---\ntitle: '{title}'\nhide: [navigation]\n---\n"
        file = folder / "docs" / f"{page.url.rstrip('/')}.md"
        file.write_text("\n\n".join([front, text, *notes, "\n".join(tips)]), encoding="utf-8")


def measured(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command; return its CPU seconds and its peak memory in MB."""
    code = (
        "import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL,"
        "stderr=subprocess.DEVNULL);u=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(u.ru_utime+u.ru_stime,u.ru_maxrss/1024)"
    )
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", code, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    cpu, memory = map(float, ran.stdout.split())
    return cpu, memory


def main() -> None:
    """Generate, measure in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "corpus", options.records)
        shutil.copytree(PROJECT / "docs", folder / "docs")
        shutil.copytree(PROJECT / "docs", folder / "plain" / "docs")
        config = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
        (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
        plain = re.sub(r"^hooks:.*\n", "", config, flags=re.MULTILINE)
        plain = plain.replace("/*/record.md", "/*/*-*.md\n  /*/record.md")
        plain = plain.replace("markdown_extensions:\n", EXTENSIONS)
        (folder / "plain" / "mkdocs.yml").write_text(plain, encoding="utf-8")
        (folder / "plain" / "as-it-comes.yml").write_text(
            plain.partition("nav:\n")[0], encoding="utf-8"
        )
        as_markdown(folder / "plain", folder / "corpus")
        pairs = [
            (
                measured([str(BIN / "xinyong"), "site", "--out", f"out{run}"], folder),
                measured([str(BIN / "mkdocs"), "build", "-q", "-d", f"out{run}"], folder / "plain"),
            )
            for run in range(options.runs)
        ]
        whole = measured(
            [str(BIN / "mkdocs"), "build", "-q", "-f", "as-it-comes.yml", "-d", "all"],
            folder / "plain",
        )
    ours, theirs = ([pair[side] for pair in pairs] for side in (0, 1))
    for label, figures in (
        ("xinyong site, all checks included", ours),
        ("plain mkdocs-material, records kept out of its navigation", theirs),
    ):
        cpu, memory = statistics.median(f[0] for f in figures), max(f[1] for f in figures)
        print(f"{label}: {cpu:.2f} s CPU (median of {options.runs}), {memory:.0f} MB peak")
    print(
        f"plain mkdocs-material as it comes, all pages in its navigation: {whole[0]:.2f} s CPU, {whole[1]:.0f} MB peak"
    )
    own = statistics.median(cpu for cpu, _ in ours)
    print(
        f"ratio: {statistics.median(b[0] / a[0] for a, b in pairs):.1f}; as it comes: {whole[0] / own:.1f}"
    )


if __name__ == "__main__":
    main()
