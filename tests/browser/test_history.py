"""The pages of a record's history stand without the theme's frame; they are read without scripts,
in both schemes.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from support import PROJECT
from xinyong.rules.all import today
from xinyong.site import build

PAGES = ["programs/sesame-credit", "cities/rongcheng/2026-01-05"]


@pytest.fixture(scope="module")
def history(followed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the histories in the site of a corpus that has one."""
    out = tmp_path_factory.mktemp("history") / "site"
    build.build(PROJECT / "mkdocs.yml", followed / "corpus", out, today())
    return out / "history"


def test_a_history_is_read_without_scripts(browser: Browser, history: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{history}/programs/sesame-credit/index.html")

    expect(page.locator("h1")).to_have_text("Sesame Credit 芝麻信用: history")
    expect(page.locator("section").first).to_contain_text("Taking part: unknown → Opt-in")
    expect(page.locator("section h2 a").first).to_have_attribute(
        "href", "../../../history/programs/sesame-credit/2026-02-02/"
    )
    context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_history_has_no_barrier_in_either_scheme(
    browser: Browser, history: Path, path: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 800})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"file://{history}/{path}/index.html")

    found = Axe().run(page).response["violations"]

    assert [
        (violation["id"], [node["html"] for node in violation["nodes"]]) for violation in found
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
