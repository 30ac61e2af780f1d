"""What browser tests wait for: a condition, never a time."""

from __future__ import annotations

from playwright.sync_api import Page

STILL = """async () => {
  let changed = true
  const observer = new MutationObserver(() => { changed = true })
  observer.observe(document, { attributes: true, childList: true, subtree: true })
  while (changed) {
    changed = false
    await new Promise((done) => requestIdleCallback(done))
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  }
  observer.disconnect()
}"""


def until_still(page: Page) -> None:
    """Wait until all has been loaded and nothing changes any more when the browser comes to rest."""
    page.wait_for_load_state("networkidle")
    page.evaluate(STILL)
