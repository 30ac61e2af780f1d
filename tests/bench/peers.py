"""The other generators that the bench measures: what each is given, and how it is called.

All show what our page of a record shows (``article.py``). MkDocs, Zensical, Eleventy and Hugo get
it as Markdown, Hugo once more as data for templates, which is its strongest way. Those with layouts
of their own get the frame of our pages, so that what they write weighs the same.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from article import ARTICLE, Page, read
from as_data import data
from as_markdown import markdown
from environments import PLACE

LAYOUTS = Path(__file__).with_name("layouts")
ALL_IN_NAV = 1000
"""Up to so many records MkDocs is also tried with all of them in the navigation, which squares."""

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)


@dataclass(frozen=True)
class Peer:
    """A generator: how it is called, where, what it writes, and what it keeps for the next run."""

    name: str
    command: tuple[str, ...] | None
    folder: Path
    output: str
    pages: str = ""
    kept: str = ""

    def forget(self) -> None:
        """Remove what it has written and kept."""
        for name in (self.output, self.kept, "resources"):
            if name:
                shutil.rmtree(self.folder / name, ignore_errors=True)

    def change(self, place: str) -> None:
        """Change the page of a record, as a user would."""
        file = self.folder / self.pages / f"{place}.md"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(".\n\n", ". It is so.\n\n", 1), encoding="utf-8")


def peers(site: Path, folder: Path, programs: Mapping[str, str]) -> list[Peer]:
    """Lay out the records of a built site for each generator in folders below ``folder``."""
    pages = [*read(site)]
    names = {page.place: page.title for page in pages}
    meanings = {page.place: shorten(page.summary, 160, placeholder="…") for page in pages}
    links = [(page, markdown(page, names, None)) for page in pages]
    shorts = [(page, markdown(page, names, meanings)) for page in pages]
    frame = _frame(site / pages[0].place / "index.html")

    def command(name: str, *options: str) -> tuple[str, ...] | None:
        return (programs[name], *options) if name in programs else None

    mkdocs, hugo = command("mkdocs", "build", "-q"), command("hugo", "--quiet")
    found = [
        Peer("Hugo, content adapter over JSON", hugo, folder / "hugo-data", "public"),
        Peer("Hugo, Markdown", hugo, folder / "hugo", "public"),
        Peer("Eleventy", command("eleventy", "--quiet"), folder / "eleventy", "_site"),
        Peer(
            "Zensical", command("zensical", "build"), folder / "zensical", "site", "docs", ".cache"
        ),
        Peer("mkdocs-material", mkdocs, folder / "mkdocs", "site"),
    ]
    for peer in found[-2:]:
        _mkdocs(peer.folder, shorts, "nav: [index.md]\n")
    if len(pages) <= ALL_IN_NAV:
        found.append(Peer("mkdocs-material, all in nav", mkdocs, folder / "mkdocs-nav", "site"))
        _mkdocs(folder / "mkdocs-nav", shorts, "")
    _hugo(folder / "hugo", links, frame)
    _hugo_data(folder / "hugo-data", pages, frame)
    _eleventy(folder / "eleventy", links, frame)
    return found


def weight(output: Path, places: Sequence[str]) -> dict[str, int]:
    """Return the averages of a record's page: its bytes, those of the article, its links."""
    sums = {"page": 0, "article": 0, "links": 0}
    for place in places:
        text = (output / place / "index.html").read_text("utf-8")
        found = ARTICLE.search(text)
        article = found[0] if found else ""
        sums["page"] += len(text.encode())
        sums["article"] += len(article.encode())
        sums["links"] += article.count(" href=")
    return {name: round(total / len(places)) for name, total in sums.items()}


def _mkdocs(folder: Path, pages: Sequence[tuple[Page, str]], nav: str) -> None:
    for page, text in pages:
        _put(folder / "docs" / f"{page.place}.md", _front(page) + text)
    _put(folder / "docs" / "index.md", "# Bench\n")
    _put(folder / "mkdocs.yml", _layout("mkdocs.yml") + nav)


def _hugo(folder: Path, pages: Sequence[tuple[Page, str]], frame: str) -> None:
    for page, text in pages:
        _put(folder / "content" / f"{page.place}.md", _front(page) + text)
    _hugo_layouts(folder, frame.replace("BODY", "{{ .Content }}"))
    _put(folder / "layouts/index.json", _layout("index.json"))
    _put(folder / "layouts/_default/_markup/render-link.html", _layout("render-link.html"))


def _hugo_data(folder: Path, pages: Sequence[Page], frame: str) -> None:
    _put(folder / "data/bench.json", json.dumps(data(pages), ensure_ascii=False))
    _put(folder / "content/_content.gotmpl", _layout("_content.gotmpl"))
    lines, _, body = _layout("record.html").partition("\n")
    _hugo_layouts(folder, lines + frame.replace("BODY", body))
    _put(folder / "layouts/index.json", _layout("index-data.json"))


def _hugo_layouts(folder: Path, single: str) -> None:
    _put(folder / "hugo.toml", _layout("hugo.toml"))
    _put(folder / "layouts/_default/single.html", single.replace("TITLE", "{{ .Title }}"))
    _put(folder / "layouts/_default/list.html", "<h1>{{ .Title }}</h1>")


def _eleventy(folder: Path, pages: Sequence[tuple[Page, str]], frame: str) -> None:
    for page, text in pages:
        _put(folder / f"{page.place}.md", _front(page, "layout: page.njk\n") + text)
    parts = re.split("(TITLE|BODY)", frame)
    filled = {"TITLE": "{{ title }}", "BODY": "{{ content | safe }}"}
    raw = (filled.get(part) or f"{{% raw %}}{part}{{% endraw %}}" for part in parts)
    _put(folder / "_includes/page.njk", "".join(raw))
    for name in ("eleventy.config.mjs", "search.11ty.mjs"):
        _put(folder / name, _layout(name))
    (folder / "node_modules").symlink_to(PLACE / "node" / "node_modules")


def _frame(file: Path) -> str:
    text = ARTICLE.sub(r"\1BODY\2", file.read_text("utf-8"))
    return _TITLE.sub("<title>TITLE</title>", text)


def _front(page: Page, more: str = "") -> str:
    return f"---\ntitle: {json.dumps(page.title, ensure_ascii=False)}\n{more}---\n\n"


def _layout(name: str) -> str:
    return (LAYOUTS / name).read_text(encoding="utf-8")


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
