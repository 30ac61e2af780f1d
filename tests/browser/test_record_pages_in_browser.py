"""A reader of a record's page: the answer first, the rest one step behind it, on a desk, a phone and paper."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser, Page, expect

from support import PROJECT

SITE = PROJECT / "site"
LONG = ("programs/sesame-credit/", "blacklists/court-judgment-defaulters/")
KINDS = ("programs", "blacklists", "cities", "claims")
WIDTHS = {1280: 6_000, 390: 11_000}
"""The widths of a desk and a phone, and how tall the longest pages may be there as first opened."""
TALLEST = 8_000
"""How tall any page of a program, list, place or claim may be on a desk."""
BEGIN = 1_600
"""Where what to know begins at the latest, in pixels from the top on a desk."""
KILOBYTES = 55
SHIFT = 0.01

HEIGHT = "document.documentElement.scrollHeight"
TOP = "element => element.getBoundingClientRect().top + scrollY"
MEASURE_SHIFT = """() => new Promise((done) => {
  let sum = 0
  const add = (entries) => { for (const entry of entries) sum += entry.value }
  const observer = new PerformanceObserver((list) => add(list.getEntries()))
  observer.observe({ type: "layout-shift", buffered: true })
  requestAnimationFrame(() => requestAnimationFrame(() => { add(observer.takeRecords()); done(sum) }))
})"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", LONG)
def test_the_longest_pages_are_short_as_first_opened(
    path: str, width: int, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(path)

    assert page.evaluate(HEIGHT) <= WIDTHS[width]
    if width == 1280:
        assert page.locator("#annotation").evaluate(TOP) <= BEGIN
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_taller_than_a_reader_scrolls(kind: str, browser: Browser, address: str) -> None:
    """The longest files of each kind stand for the rest: a page that is tall holds much."""
    files = sorted((SITE / kind).glob("*/index.html"), key=lambda file: -file.stat().st_size)
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    heights = {}
    for file in files[:8]:
        page.goto(f"{kind}/{file.parent.name}/", wait_until="domcontentloaded")
        heights[file.parent.name] = page.evaluate(HEIGHT)
    context.close()

    assert {id_: height for id_, height in heights.items() if height > TALLEST} == {}


def test_nothing_moves_while_a_page_is_loaded_and_it_is_light(page: Page) -> None:
    page.goto(LONG[0])

    assert page.evaluate(MEASURE_SHIFT) <= SHIFT
    file = SITE / LONG[0] / "index.html"
    assert len(gzip.compress(file.read_bytes())) <= KILOBYTES * 1024


def test_the_text_of_a_record_is_large_enough_to_read(page: Page) -> None:
    page.goto(LONG[0])
    sizes = page.locator(".xy-summary p, .xy-says, .xy-annotation p, .xy-now dd").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )

    assert len(sizes) > 50
    assert min(sizes) >= 16


def test_what_is_folded_opens_by_mouse_and_by_keyboard(page: Page) -> None:
    page.goto(LONG[0])
    rest = page.locator("#inputs ~ details.xy-rest").first
    entry = rest.locator("li").first

    expect(entry).to_be_hidden()
    rest.locator("summary").click()
    expect(entry).to_be_visible()
    rest.locator("summary").press("Enter")
    expect(entry).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_with_a_fragment_opens_what_it_leads_to(
    scripts: bool, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{LONG[0]}#s-koetse-2018")

    expect(page.locator("#s-koetse-2018")).to_be_in_viewport()
    context.close()


def test_printed_a_page_shows_all_that_is_folded(page: Page) -> None:
    page.goto(LONG[0])
    entry = page.locator("#inputs ~ details.xy-rest li").first
    source = page.locator("ol.xy-sources > li").last
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    expect(entry).to_be_visible()
    expect(source).to_be_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(entry).to_be_hidden()


def test_without_scripts_a_printed_page_shows_it_too(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(LONG[0])
    page.emulate_media(media="print")

    expect(page.locator("#inputs ~ details.xy-rest li").first).to_be_visible()
    context.close()


def test_the_number_of_a_fact_opens_its_source_in_place(page: Page) -> None:
    page.goto(LONG[0])
    number = page.locator(".xy-points .xy-ref a").first
    id_ = number.evaluate("link => link.hash.slice(1)")
    number.click()

    card = page.get_by_role("group", name="Source")
    expect(card).to_contain_text(page.locator(f"#{id_} .xy-full").inner_text())
