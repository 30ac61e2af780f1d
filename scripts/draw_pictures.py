"""Draw the pictures that are shown with links to the site, and its icons; no part of the build.

Run it by hand when a kind or the look of the site changes, and commit what it draws::

    make setup-tests
    .venv/bin/python scripts/draw_pictures.py

It needs a Chromium on the PATH or Playwright's own, and a font with Chinese characters. It writes
``docs/assets/share/<kind>.png`` and ``home.png``, and ``docs/assets/icons/<size>.png`` from ``icon.svg``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from xinyong.words import KIND_ONE

ASSETS = Path(__file__).parent.parent / "docs" / "assets"
SIZE = (1200, 630)
ICONS = (180, 192, 512)

CHINESE: Mapping[str, str] = {
    "cities": "地方",
    "programs": "项目",
    "blacklists": "名单",
    "citations": "文献",
    "terms": "术语",
    "organizations": "机构",
    "events": "事件",
    "claims": "说法",
}

HOME = ("Four systems,<br>not one", "不是一个系统，而是四个")
BELOW = "China’s credit systems, each statement with its source"

LAYERS = ("#94281b", "#6b4800", "#1c5a86", "#23603f")
"""The colours of the layers in ``docs/assets/xinyong.css``: state, municipal, commercial, financial."""

PAGE = """<!doctype html>
<meta charset="utf-8">
<style>
  * {{ margin: 0; box-sizing: border-box; }}
  body {{ width: 1200px; height: 630px; padding: 72px 88px 64px 136px; position: relative; overflow: hidden;
    display: flex; flex-direction: column; background: #fdfcf9; color: #20262e;
    font-family: "Liberation Sans", "DejaVu Sans", Arial, "Noto Sans CJK SC", sans-serif; }}
  aside {{ position: absolute; inset: 0 auto 0 0; width: 48px; }}
  i {{ display: block; height: 25%; }}
  header {{ display: flex; align-items: center; gap: 24px; font-size: 44px; font-weight: bold; }}
  header svg {{ width: 72px; height: 72px; }}
  header span {{ font-weight: normal; color: #4a525c; }}
  h1 {{ margin: auto 0 16px; font-size: {size}px; line-height: 1.05; letter-spacing: -.02em; }}
  h2 {{ margin-bottom: auto; font-size: {half}px; font-weight: normal; color: #4a525c; }}
  p {{ font-size: 36px; color: #20262e; }}
</style>
<aside>{layers}</aside>
<header>{icon} Xinyong <span lang="zh-Hans">信用</span></header>
<h1>{title}</h1>
<h2 lang="zh-Hans">{chinese}</h2>
<p>{below}</p>
"""

ICON = """<!doctype html>
<style>body {{ margin: 0; background: {fill}; }} svg {{ display: block; width: {size}px; height: {size}px; }}</style>
{icon}
"""
FILLED = 180
"""The icon of this size is cut to shape by the system that shows it, which puts black behind what is clear."""


def main() -> None:
    """Draw all of them."""
    icon = (ASSETS / "icons" / "icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=None if own.exists() else found)
        for name, html in pictures(icon):
            _draw(browser, SIZE, html, ASSETS / "share" / f"{name}.png")
        for size in ICONS:
            fill = "#9c2a1c" if size == FILLED else "transparent"
            html = ICON.format(size=size, icon=icon, fill=fill)
            _draw(browser, (size, size), html, ASSETS / "icons" / f"{size}.png")
        browser.close()


def pictures(icon: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each picture and the page that it is taken of."""
    title, chinese = HOME
    layers = "".join(f'<i style="background: {colour}"></i>' for colour in LAYERS)
    shared = {"icon": icon, "layers": layers, "below": BELOW}
    yield "home", PAGE.format(size=96, half=50, title=title, chinese=chinese, **shared)
    for kind, name in CHINESE.items():
        title = escape(KIND_ONE[kind])
        yield kind, PAGE.format(size=150, half=64, title=title, chinese=name, **shared)


def _draw(browser: Browser, size: tuple[int, int], html: str, file: Path) -> None:
    page: Page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_content(html)
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, omit_background=True)
    page.close()


if __name__ == "__main__":
    main()
