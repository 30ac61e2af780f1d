"""A reader and the drawings: the map by keyboard, what is chosen in the address, the matrix on a
phone, no scripts.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

PLACES = ".xy-map a.xy-place"
TOUCHING = """drawings => drawings.flatMap(drawing => {
  const boxes = [...drawing.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()])
  const across = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
  const upright = (a, b) => a.top < b.bottom - 3 && b.top < a.bottom - 3
  return boxes.flatMap(([one, a], i) =>
    boxes.slice(i + 1).filter(([, b]) => across(a, b) && upright(a, b)).map(([other]) => [one, other]))
})"""
"""Finds the pairs of texts in a drawing that cover each other."""


def _shown(page: Page, items: str) -> int:
    return page.locator(f"{items}:not([hidden])").count()


def test_the_map_is_walked_by_keyboard_and_leads_to_a_place(page: Page) -> None:
    page.goto("cities/")
    page.locator(".xy-picks input").last.focus()
    names = []
    for _ in range(5):  # the way past the map, its frame, and three places
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''"))
    places = [name for name in names if name]
    focused = page.locator(":focus")

    assert len(places) >= 3
    assert len(set(places)) == len(places)
    assert focused.locator("title").text_content() == places[-1]
    width = "getComputedStyle(document.activeElement).getPropertyValue('--xy-stroke-width')"
    assert page.evaluate(width).strip() == "4px"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(places[-1].split(",")[0])


def test_what_the_map_shows_is_chosen_by_boxes_and_kept_in_the_address(page: Page) -> None:
    page.goto("cities/?other=1#all-places")
    total = _shown(page, PLACES)
    for batch in ("2019", "2021", "2023", "creation", "none"):
        page.locator(f"input[name=map-batch][value='{batch}']").uncheck()

    expect(page.locator(".xy-picked")).to_have_text(f"12 of {total} shown.")
    assert _shown(page, PLACES) == 12
    assert page.url.endswith("cities/?other=1&map-batch=2018#all-places")
    page.locator("input[name=map-scheme][value=no]").uncheck()
    assert 0 < _shown(page, PLACES) < 12


def test_an_address_with_a_choice_shows_the_same_map_to_another_reader(page: Page) -> None:
    page.goto("cities/?map-scheme=yes")

    expect(page.locator("input[name=map-scheme][value=no]")).not_to_be_checked()
    assert 10 < _shown(page, PLACES) < 40
    page.locator("input[name=map-scheme][value=no]").check()
    assert page.url.endswith("cities/")


def test_the_frame_in_the_map_leads_to_the_enlarged_east(page: Page) -> None:
    page.goto("cities/")
    page.locator("a.xy-map-frame").focus()
    page.keyboard.press("Enter")

    assert page.url.endswith("#map-east")
    expect(page.locator("#map-east")).to_be_in_viewport()


def test_the_timeline_is_filtered_by_layer_in_list_and_overview(page: Page) -> None:
    page.goto("events/")
    for layer in ("state", "municipal", "commercial"):
        page.locator(f"input[name=timeline-layer][value={layer}]").uncheck()
    shown = page.locator(".xy-event:visible")

    assert shown.count() == _shown(page, ".xy-event") == _shown(page, ".xy-timeline svg a")
    assert shown.count() >= 10
    layers = shown.evaluate_all("events => events.map(event => event.dataset.layer)")
    assert all("financial" in names.split() for names in layers)
    assert (
        page.locator(".xy-years > li:visible h2").count()
        < page.locator(".xy-years > li h2").count()
    )
    assert page.locator("rect[data-layer=state]:visible").count() == 0
    assert page.url.endswith("?timeline-layer=financial")


def test_a_mark_of_the_timeline_leads_to_its_line_by_keyboard(page: Page) -> None:
    page.goto("events/")
    mark = page.locator(".xy-timeline svg a[href='#sesame-launch-2015']")
    mark.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".xy-event:target")).to_contain_text("Sesame Credit")
    expect(page.locator(".xy-event:target")).to_be_in_viewport()


def test_a_cell_of_the_matrix_opens_its_facts_and_leads_to_them(page: Page) -> None:
    page.goto("consequences/")
    cell = page.get_by_role(
        "button", name=re.compile(r"List of judgment defaulters, Education: \d")
    )
    cell.focus()
    page.keyboard.press("Enter")
    opened = page.locator(".xy-cell:popover-open")

    expect(opened).to_contain_text("private schools")
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    cell.click()
    opened.get_by_role("link", name="all consequences").click()
    expect(page).to_have_url(
        page.url.split("/blacklists")[0] + "/blacklists/court-judgment-defaulters/#consequences"
    )


@pytest.mark.parametrize("width", [360, 390])
def test_on_a_phone_the_matrix_scrolls_inside_and_keeps_its_heads(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto("consequences/")
    region = page.get_by_role("region", name="Blacklists")
    region.evaluate("region => region.scrollTo(400, 500)")
    box = region.bounding_box()
    row = region.locator("tbody th").nth(12).bounding_box()
    head = region.locator("thead th").nth(6).bounding_box()
    assert None not in (box, row, head)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert region.get_attribute("tabindex") == "0"
    assert abs(row["x"] - box["x"]) < 3
    assert abs(head["y"] - box["y"]) < 3
    assert row["width"] < width / 2
    context.close()


def test_words_in_a_score_do_not_touch_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto("scores/")
    touching = page.locator(".xy-scale > svg").evaluate_all(TOUCHING)

    assert touching == []
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["cities/", "events/"])
def test_no_two_names_in_a_drawing_touch(
    path: str, width: int, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(path)
    named = page.locator(":is(.xy-place-names text, .xy-milestone)").count()
    touching = page.locator(":is(.xy-map-sheets, .xy-timeline) svg").evaluate_all(TOUCHING)
    context.close()

    assert named >= 10
    assert touching == []


def test_on_a_phone_the_timeline_opens_where_the_events_are(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto("events/")
    seen = page.locator(".xy-timeline svg a").evaluate_all(
        """marks => marks.filter((mark) => {
          const box = mark.getBoundingClientRect()
          return box.left >= 0 && box.right <= innerWidth
        }).length"""
    )
    context.close()

    assert seen > 30


def test_without_scripts_all_is_shown_and_no_box_asks_to_be_ticked(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("cities/?map-batch=2018")

    expect(page.locator(".xy-picks input:visible")).to_have_count(0)
    expect(page.locator(".xy-picks label").first).to_contain_text("first batch, 2018")
    assert (
        page.locator(f"{PLACES}:visible").count() == page.locator("table.xy-table tbody tr").count()
    )
    page.goto("events/?timeline-layer=state")
    assert page.locator(".xy-event:visible").count() == page.locator(".xy-event").count()
    context.close()
