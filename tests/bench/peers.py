"""The other generators that the bench measures: what each is given, and how it is called.

All get one page a record, with the same Markdown, which is what our own build writes beside its
pages; Hugo once more gets the finished HTML as data, which is its strongest way. Those with layouts
of their own get the frame of our pages, so that what they write weighs the same.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
_ARTICLE = re.compile(r"(<article[^>]*>).*(</article>)", re.DOTALL)
_ADAPTER = """{{ range hugo.Data.records }}
{{ $content := dict "mediaType" "text/html" "value" .body }}
{{ $.AddPage (dict "path" .path "title" .title "content" $content) }}
{{ end }}
"""
_HUGO = """baseURL = "http://127.0.0.1:8000/"
disableKinds = ["taxonomy"]
[security]
allowContent = [".*"]
"""
_ELEVENTY = "export default () => ({markdownTemplateEngine: false});\n"
_MATERIAL = """site_name: Bench
site_url: http://127.0.0.1:8000/
theme: {name: material, font: false, features: [navigation.tabs, navigation.top, toc.follow]}
plugins: [search]
nav: [index.md]
validation: {nav: {omitted_files: ignore}}
"""


@dataclass(frozen=True)
class Peer:
    """A generator: its name, its command, None where it is not installed, and the folder of its input."""

    name: str
    command: tuple[str, ...] | None
    folder: Path


def peers(site: Path, folder: Path) -> list[Peer]:
    """Lay out the records of a built site for each generator in folders below ``folder``."""
    pages = [*_pages(site)]
    frame = _ARTICLE.sub(r"\1BODY\2", (site / pages[0][0] / "index.html").read_text("utf-8"))
    material, hugo, data, eleventy = (
        folder / name for name in ("material", "hugo", "hugo-data", "eleventy")
    )
    for place, text, _ in pages:
        title = json.dumps(text.partition("\n")[0].lstrip("# "), ensure_ascii=False)
        front = f"---\ntitle: {title}\n---\n\n"
        _put(material / "docs" / f"{place}.md", front + text)
        _put(hugo / "content" / f"{place}.md", front + text)
        _put(eleventy / f"{place}.md", f"---\ntitle: {title}\nlayout: page.njk\n---\n\n{text}")
    _put(material / "docs/index.md", "# Bench\n")
    _put(material / "mkdocs.yml", _MATERIAL)
    records = [{"path": place, "title": place, "body": body} for place, _, body in pages]
    _put(data / "data/records.json", json.dumps(records, ensure_ascii=False))
    _put(data / "content/_content.gotmpl", _ADAPTER)
    for place in (hugo, data):
        _put(place / "hugo.toml", _HUGO)
        layout = "{{ .Content }}".join(frame.split("BODY"))
        _put(place / "layouts/_default/single.html", layout)
        _put(place / "layouts/_default/list.html", "<h1>{{ .Title }}</h1>")
    layout = "{{ content | safe }}".join(
        f"{{% raw %}}{part}{{% endraw %}}" for part in frame.split("BODY")
    )
    _put(eleventy / "_includes/page.njk", layout)
    _put(eleventy / "eleventy.config.mjs", _ELEVENTY)
    mkdocs, zensical = _found("mkdocs", "build", "-q"), _found("zensical", "build")
    return [
        Peer("mkdocs-material with search", mkdocs, material),
        Peer("Zensical", zensical, material),
        Peer("Hugo, Markdown", _found("hugo", "--quiet"), hugo),
        Peer("Hugo, content adapter over JSON", _found("hugo", "--quiet"), data),
        Peer("Eleventy", _found("eleventy", "--quiet"), eleventy),
    ]


def _pages(site: Path) -> Iterator[tuple[str, str, str]]:
    """Yield the records of a built site: place, Markdown, and the HTML of the article."""
    for file in sorted(site.glob("*/*/index.md")):
        found = _ARTICLE.search(file.with_suffix(".html").read_text("utf-8"))
        body = found[0] if found else ""
        yield file.parent.relative_to(site).as_posix(), file.read_text("utf-8"), body


def _found(name: str, *options: str) -> tuple[str, ...] | None:
    beside = BIN / name
    path = str(beside) if beside.is_file() else shutil.which(name)
    return (path, *options) if path else None


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
