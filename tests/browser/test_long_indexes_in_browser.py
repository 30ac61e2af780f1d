"""A reader in a long index: all is found on the first page, and read in full on the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from serving import served
from waiting import until_still

from bench.generate import write
from support import PROJECT
from xinyong.pages.indexes import stretch
from xinyong.rules.all import today
from xinyong.site import build

PAGES = ["citations/", "citations/page-2/", "cities/", "cities/page-2/", "claims/page-2/"]
SHOWN = ".xy-index :is(tbody tr, li[data-f]):not([hidden])"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a generated corpus, where more than 6 rows are many and 6 stand on a page."""
    folder = tmp_path_factory.mktemp("long")
    write(folder / "corpus", 120)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretch, "MOST", 6)
        patch.setattr(stretch, "ROWS", 6)
        config = PROJECT / "mkdocs.yml"
        build.build(config, folder / "corpus", folder / "site", today(), demand="none")
    with served(folder / "site") as found:
        yield found


def _status(page: Page) -> Locator:
    return page.locator(".xy-filter [role=status]")


def test_every_source_is_found_on_the_first_page(page: Page) -> None:
    page.goto("citations/page-3/")
    last = page.locator("tbody tr").last
    id_ = last.get_attribute("id")
    title = last.locator("td").first.inner_text()
    words = re.findall(r"[A-Za-z]{4,}", title.split(".")[2])
    page.goto("citations/")
    all_of = page.locator(SHOWN).count()
    assert all_of > 50
    expect(_status(page)).to_have_text(f"{all_of} of {all_of} shown.")
    page.get_by_label("Find", exact=True).fill(" ".join(words[:4]))

    expect(page.locator(f"li[id='{id_}']")).to_be_visible()
    expect(_status(page)).to_have_text(re.compile(rf"^\d of {all_of} shown\.$"))
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(f"li[id='{id_}']")).to_be_hidden()
    expect(_status(page)).to_have_text(f"{all_of} of {all_of} shown.")


def test_a_filter_sees_rows_by_name_too(page: Page) -> None:
    page.goto("citations/")
    box = page.locator('[data-facet="language"] input[value="zh"]')
    expected = int(box.locator("xpath=../span").inner_text())
    box.check()

    assert expected > 6
    expect(page.locator(SHOWN)).to_have_count(expected)
    expect(page).to_have_url(re.compile(r"citations/\?language=zh$"))
    page.goto(page.url)
    expect(page.locator(SHOWN)).to_have_count(expected)


def test_sorting_moves_the_rows_in_full_and_the_others_stay_to_be_found(page: Page) -> None:
    page.goto("citations/")
    page.locator("th", has_text="Used by").first.get_by_role("button").click()
    used = [int(n) for n in page.locator("tbody tr:visible td:last-child").all_text_contents()]

    assert used == sorted(used)
    assert len(used) == 6
    expect(page.locator(".xy-by-name:visible").first).to_be_visible()
    expect(page.locator(".xy-by-name li:visible")).to_have_count(0)
    page.locator('[data-facet="language"] input[value="zh"]').check()
    expect(page.locator(".xy-by-name li:visible").first).to_be_visible()


def test_the_address_of_a_row_by_name_leads_to_it(page: Page) -> None:
    page.goto("citations/")
    last = page.locator(".xy-by-name li").last.get_attribute("id")
    page.goto("about/")
    page.goto(f"citations/#{last}")

    expect(page.locator(f"li[id='{last}']")).to_be_in_viewport()


def test_pages_are_turned_by_keyboard(page: Page) -> None:
    page.goto("cities/")
    page.get_by_role("link", name="Next page").first.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"cities/page-2/$"))
    expect(page).to_have_title(re.compile(r"^Places, page 2 of 3"))
    current = page.locator("nav[aria-label='Pages of this table'] [aria-current=page]")
    expect(current).to_have_text("2")
    page.get_by_role("link", name="Page before").first.press("Enter")
    expect(page).to_have_url(re.compile(r"cities/$"))


def test_a_further_page_finds_and_sorts_its_own_rows(page: Page) -> None:
    page.goto("cities/page-2/")
    expect(_status(page)).to_have_text("6 of 6 shown.")
    name = page.locator("tbody tr .xy-link").nth(3).inner_text()
    page.get_by_label("Find", exact=True).fill(name.split()[0])

    expect(_status(page)).to_have_text("1 of 6 shown.")
    page.get_by_role("link", name="On the first page all of them are found.").click()
    expect(page).to_have_url(re.compile(r"cities/$"))


def test_rows_of_a_further_page_lead_to_their_comparison(page: Page) -> None:
    page.goto("cities/page-2/")
    for number in (0, 1):
        page.locator(".xy-choose input").nth(number).check()
    page.locator(".xy-chosen").get_by_role("link", name="Compare", exact=True).click()

    expect(page).to_have_url(re.compile(r"/compare/\?cities=citi-\d+,citi-\d+$"))
    expect(page.locator("[data-comparison] thead th a")).to_have_count(2)


def test_claims_by_name_are_filtered_in_their_groups(page: Page) -> None:
    page.goto("claims/")
    page.get_by_label("Find", exact=True).fill("qqqq")
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.locator(".xy-by-name:visible")).to_have_count(0)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".xy-by-name:visible").first).to_be_visible()


def test_without_scripts_all_rows_can_be_reached(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("citations/")
    expect(page.locator(".xy-filter")).to_be_hidden()
    expect(page.get_by_text("stand here in full")).to_be_visible()
    expect(page.get_by_text("Filters find all of them")).to_be_hidden()
    page.locator(".xy-by-name > summary").last.click()
    expect(page.locator(".xy-by-name li a").last).to_be_visible()
    page.get_by_role("link", name="Page 9").first.click()
    expect(page.locator("tbody tr:visible").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_screen_and_a_finger_hits_what_it_means(
    path: str, width: int, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 850})
    page = context.new_page()
    page.goto(path)
    until_still(page)
    small = page.locator(":is(.xy-jump a, .xy-by-name summary):visible").evaluate_all(
        """all => all.filter((one) => Math.min(one.getBoundingClientRect().width,
          one.getBoundingClientRect().height) < 24).map((one) => one.outerHTML)"""
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert small == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_long_indexes(
    path: str, scheme: str, browser: Browser, address: str
) -> None:
    context = browser.new_context(
        base_url=address, color_scheme="light" if scheme == "light" else "dark"
    )
    page = context.new_page()
    page.goto(path)
    until_still(page)
    for part in page.locator(".xy-by-name").all()[:3]:
        part.evaluate("part => { part.open = true }")
    found = Axe().run(page, context="article").response["violations"]
    context.close()

    assert [(rule["id"], node["html"][:120]) for rule in found for node in rule["nodes"][:3]] == []
