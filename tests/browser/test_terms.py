"""A reader meets a term: explained on hover, on focus and on the first tap; a plain link without
scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PAGE = "programs/social-credit-system/"


def _term(page: Page, id_: str = "zhengxin") -> str:
    return f"a.xy-term[href$='terms/{id_}/']"


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """A page on a phone."""
    context = browser.new_context(
        base_url=address, viewport={"width": 390, "height": 700}, has_touch=True
    )
    yield context.new_page()
    context.close()


def test_a_term_is_explained_on_hover(page: Page) -> None:
    page.goto(PAGE)
    page.locator(_term(page)).hover()
    tip = page.get_by_role("tooltip")

    expect(tip).to_be_visible()
    expect(tip.locator("[lang=zh-Hans]").first).to_have_text("征信")
    expect(tip.locator("[lang=zh-Latn-pinyin]")).to_have_text("zhēngxìn")
    expect(tip).to_contain_text("credit reporting")
    expect(tip).to_contain_text("Collecting, keeping, processing and supplying credit information")
    expect(tip).to_contain_text("Not to be confused with: credit; trustworthiness 信用")
    expect(page.locator(_term(page))).to_have_attribute("aria-describedby", "xy-term-tip")


def test_the_explanation_stays_while_the_pointer_is_on_it_and_goes_after(page: Page) -> None:
    page.clock.install()
    page.goto(PAGE)
    page.locator(_term(page)).hover()
    page.clock.run_for(500)
    tip = page.get_by_role("tooltip")
    tip.hover()
    page.clock.run_for(500)
    expect(tip).to_be_visible()
    page.mouse.move(900, 60)
    page.clock.run_for(500)

    expect(tip).to_be_hidden()


def test_a_term_is_explained_on_focus_and_esc_closes_it(page: Page) -> None:
    page.goto(PAGE)
    term = page.locator(_term(page))
    term.focus()
    tip = page.get_by_role("tooltip")

    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(term).to_be_focused()
    expect(term).not_to_have_attribute("aria-describedby", re.compile("."))
    page.keyboard.press("Enter")
    page.wait_for_url("**/terms/zhengxin/")


def test_by_keyboard_one_goes_from_term_to_term(page: Page) -> None:
    page.goto(PAGE)
    terms = page.locator("a.xy-term:visible")
    terms.nth(0).focus()
    first = page.get_by_role("tooltip").inner_text()
    terms.nth(1).focus()

    expect(page.get_by_role("tooltip")).not_to_have_text(first)
    expect(page.get_by_role("tooltip")).to_have_count(1)
    page.locator("h1 a").focus()
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_a_first_tap_explains_and_a_second_goes_there(phone: Page) -> None:
    phone.goto(PAGE)
    term = phone.locator(_term(phone))
    term.tap()
    tip = phone.get_by_role("tooltip")

    expect(tip).to_be_visible()
    assert phone.url.endswith(PAGE)
    term.tap()
    phone.wait_for_url("**/terms/zhengxin/")


def test_the_card_of_a_tap_has_a_link_and_goes_when_one_taps_elsewhere(phone: Page) -> None:
    phone.goto(PAGE)
    term = phone.locator(_term(phone))
    term.tap()
    more = phone.get_by_role("link", name="Open the entry")
    expect(more).to_be_visible()
    phone.locator("h1").tap(position={"x": 5, "y": 5})
    expect(more).to_be_hidden()
    term.tap()
    more.tap()

    phone.wait_for_url("**/terms/zhengxin/")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_explanation_stays_inside_the_window(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 500})
    page = context.new_page()
    page.goto("programs/sesame-credit/")
    terms = page.locator("a.xy-term:visible")
    assert terms.count() > 5
    for number in range(terms.count()):
        terms.nth(number).focus()
        expect(terms.nth(number)).to_have_attribute("aria-describedby", "xy-term-tip")
        box = page.locator(".xy-tip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 500
    context.close()


def test_without_scripts_a_term_is_a_plain_link(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGE)
    term = page.locator(_term(page))
    assert term.get_attribute("title") is None
    term.click()

    expect(page.locator("h1")).to_contain_text("credit reporting")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_explanation_has_no_fault_that_axe_knows(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(PAGE)
    page.locator(_term(page)).focus()
    expect(page.get_by_role("tooltip")).to_be_visible()
    found = Axe().run(page)

    assert found.response["violations"] == [], found.generate_report()
    context.close()
