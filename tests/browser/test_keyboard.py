"""The keyboard: past the marks of the map in one step, and no stop at the links of headings to themselves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

MOST = 120
"""So many stops are taken at most; the navigation of a phone alone has some fifty."""


@pytest.mark.parametrize("width", [1280, 390])
def test_one_step_leads_past_the_marks_of_the_map(width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("cities/")
    skip = page.locator(".xy-skip")
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if skip.evaluate("link => link === document.activeElement"):
            break

    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    on_map = "() => Boolean(document.activeElement.closest('.xy-map-sheets'))"
    assert page.url.endswith("#all-places")
    assert page.evaluate(on_map) is False


@pytest.mark.parametrize("place", ["programs/sesame-credit/", "start/", "changes/"])
def test_the_sign_behind_a_heading_is_neither_read_nor_a_stop(place: str, page: Page) -> None:
    page.goto(place)
    links = page.locator("article a.headerlink")

    assert links.count() > 2
    assert "¶" not in page.locator("article").aria_snapshot()
    assert links.evaluate_all("found => found.every(link => link.tabIndex === -1)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_link_past_the_map_can_be_read(scheme: str, page: Page) -> None:
    page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
    page.goto("cities/")
    skip = page.locator(".xy-skip")
    skip.focus()
    text, ground = (
        skip.evaluate(f"link => getComputedStyle(link).{name}")
        for name in ("color", "backgroundColor")
    )

    assert text == page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert text != ground


@pytest.mark.parametrize("place", ["contribute/scale/", "contribute/code/"])
def test_a_plain_table_that_is_too_wide_for_a_phone_can_be_scrolled_by_keyboard(
    place: str, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(place)
    wide = "box => box.scrollWidth > box.clientWidth"
    box = page.locator("article .md-typeset__scrollwrap")

    expect(box.locator("xpath=self::*[@tabindex='0']").first).to_be_attached()
    for one in box.all():
        assert (one.get_attribute("tabindex") == "0") is one.evaluate(wide)
