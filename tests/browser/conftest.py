"""A browser that is found on the PATH or brought by Playwright, and the site that 'make test' built
before.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from serving import served

from support import PROJECT

SITE = PROJECT / "site"
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address at which the built site is served, on this machine only."""
    assert (SITE / "index.html").is_file(), "build the site first: make site"
    with served(SITE) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = next((path for name in NAMES if (path := shutil.which(name))), None)
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        arguments = [*FLAGS, *(["--no-sandbox"] if root else [])]
        chromium = playwright.chromium.launch(
            executable_path=None if own.exists() else found, args=arguments, headless=True
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A new page; at its end, no error in its console and no request to another host."""
    context = browser.new_context(base_url=address)
    tab = context.new_page()
    text: list[str] = []
    tab.on(
        "console", lambda message: text.append(message.text) if message.type == "error" else None
    )
    tab.on("pageerror", lambda error: text.append(str(error)))
    tab.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "data:")) else text.append(request.url)
        ),
    )
    yield tab
    context.close()
    assert text == []
