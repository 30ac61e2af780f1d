"""How tall the ways in are as first opened, on a desktop and on a phone, and that nothing is lost by what is folded."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

LIMITS = {
    "": (3_800, 6_800),
    "start/": (5_000, 9_500),
    "programs/": (5_000, 10_000),
    "blacklists/": (4_500, 9_000),
    "cities/": (5_500, 9_000),
    "organizations/": (6_000, 12_000),
    "claims/": (8_000, 14_000),
    "terms/": (12_000, 20_000),
    "citations/": (20_000, 30_000),
    "renderings/": (16_000, 28_000),
}
"""The most pixels at 1,280 and at 390 pixels of width."""

OVERLAPPING = """rows => rows.flatMap((row) => {
  const cells = [...row.cells].map((cell) => cell.getBoundingClientRect()).filter((box) => box.height)
  const words = Math.max(...cells.map((box) => box.bottom)) - Math.min(...cells.map((box) => box.top))
  const empty = row.getBoundingClientRect().height - words
  return empty > 60 ? [[row.textContent.slice(0, 60), empty]] : []
})"""
"""Finds the rows that have more than 60 pixels without any text."""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", LIMITS)
def test_a_way_in_is_no_taller_than_one_can_scroll(
    path: str, width: int, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(path)
    height = page.evaluate("document.documentElement.scrollHeight")
    context.close()

    assert height <= LIMITS[path][0 if width == 1280 else 1]


@pytest.mark.parametrize("path", ["programs/", "blacklists/", "cities/", "terms/", "citations/"])
def test_on_a_phone_no_row_has_a_large_empty_place_and_none_is_cut_off(
    path: str, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(path)
    rows = page.locator("[data-part] tbody tr")
    empty = rows.evaluate_all(OVERLAPPING)
    wide = page.locator(".xy-index .xy-wide").evaluate_all(
        "boxes => boxes.filter((box) => box.scrollWidth > box.clientWidth).length"
    )
    context.close()

    assert empty == []
    assert wide == 0


def test_an_address_of_a_folded_source_opens_its_year(page: Page) -> None:
    page.goto("citations/")
    row = page.locator("details.xy-part tbody tr").last
    id_ = row.get_attribute("id")
    expect(row).to_be_hidden()
    page.goto(f"citations/#{id_}")

    expect(page.locator(f"tr[id='{id_}']")).to_be_in_viewport()


def test_a_letter_of_pinyin_that_others_link_to_opens_its_terms(page: Page) -> None:
    page.goto("terms/#pinyin-s")

    expect(page.locator("#pinyin-s")).to_be_in_viewport()


def test_a_folded_source_is_found_and_its_year_is_closed_again(page: Page) -> None:
    page.goto("citations/")
    row = page.locator("details.xy-part tbody tr").last
    id_ = row.get_attribute("id")
    page.get_by_label("Find", exact=True).fill(row.locator(".xy-more").text_content() or "")

    expect(page.locator(f"tr[id='{id_}']")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(f"tr[id='{id_}']")).to_be_hidden()


def test_the_alphabet_is_one_click_away_and_leads_back(page: Page) -> None:
    page.goto("citations/")
    page.locator("th", has_text="Source").first.get_by_role("button").click()
    expect(page.locator(".xy-part summary:visible, [data-group] h2:visible")).to_have_count(0)
    labels = page.locator("tbody tr:visible .xy-more").all_text_contents()

    assert len(labels) > 600
    assert labels[0][0] < labels[-1][0]
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("[data-group] h2:visible").first).to_contain_text("Primary law")
