"""A reader in a browser: looking things up, sorting, reading without scripts, on a phone, in the
dark.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect


def test_a_table_is_sorted_by_its_headings_and_says_so(page: Page) -> None:
    page.goto("cities/")
    heading = page.locator("th", has_text="Province").first
    heading.get_by_role("button").click()
    provinces = page.locator("table.xy-table tbody td:nth-child(2)").all_inner_texts()

    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert len(set(provinces)) > 5
    assert provinces == sorted(provinces)
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")


def test_events_stand_in_the_order_of_time(page: Page) -> None:
    page.goto("events/")
    days = page.locator("ol.xy-years .xy-event time").evaluate_all(
        "times => times.map(time => time.dateTime)"
    )

    assert len(days) >= 15
    assert days == sorted(days)


def test_everything_can_be_read_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("programs/sesame-credit/")

    expect(page.locator("h1")).to_contain_text("Sesame Credit")
    page.locator(".xy-summary .xy-ref a").first.click()
    expect(page.locator("ol.xy-sources > li:target")).to_be_visible()
    page.goto("programs/")
    expect(page.locator("table.xy-table tbody tr").first).to_be_visible()
    context.close()


def test_a_cite_opens_its_reference_in_place_and_closes_again(page: Page) -> None:
    page.goto("programs/sesame-credit/")
    cite = page.locator(".xy-summary .xy-ref a").first
    card = page.get_by_role("group", name="Source")
    cite.click()

    expect(card).to_be_visible()
    expect(card).to_contain_text("about this source")
    expect(cite).to_have_attribute("aria-expanded", "true")
    assert "#" not in page.url
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(cite).to_have_attribute("aria-expanded", "false")
    cite.focus()
    page.keyboard.press("Enter")
    expect(card).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.xy-card') !== null")
    cite.click()
    expect(card).to_be_hidden()


def test_a_cite_leads_to_its_place_in_the_list(page: Page) -> None:
    page.goto("programs/sesame-credit/")
    number = page.locator(".xy-summary .xy-ref a").first.inner_text()
    page.locator(".xy-summary .xy-ref a").first.click()
    page.get_by_role("link", name="in the list of sources").click()

    target = page.locator("ol.xy-sources > li:target")
    expect(target).to_be_visible()
    assert target.evaluate("li => [...li.parentNode.children].indexOf(li) + 1") == int(number)


@pytest.mark.parametrize(
    "path",
    [
        "./", "start/", "programs/sesame-credit/", "cities/", "citations/koetse-2018/", "method/", "events/", "scores/",
        "consequences/", "blacklists/court-judgment-defaulters/", "claims/sesame-is-government-score/",
        "evidence/", "data/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(
    browser: Browser, address: str, path: str, width: int
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_dark_scheme_follows_the_reader(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme="dark")
    page = context.new_page()
    page.goto("programs/sesame-credit/")

    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in colour.removeprefix("rgb(").rstrip(")").split(",")) < 60
    context.close()


def test_a_wrong_address_shows_a_page_with_ways_on(page: Page) -> None:
    page.goto("404.html")

    expect(page.locator("h1")).to_have_text("This page is not here")
    page.locator("article a", has_text="Programs").click()
    expect(page.locator("h1")).to_contain_text("Programs")
