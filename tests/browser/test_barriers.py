"""No page of any type puts a barrier before a reader that axe knows, in either scheme, on a desk
and on a phone.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from waiting import until_still

# One page of each type; of the longest tables a part is shown, since axe looks at each row that is.
PAGES = [
    "./", "start/", "about/", "about/?q=失信", "method/", "404.html", "programs/", "programs/sesame-credit/",
    "compare/?programs=sesame-credit,tencent-credit", "scores/", "blacklists/",
    "blacklists/court-judgment-defaulters/", "consequences/", "cities/", "cities/rongcheng/", "events/",
    "events/alipay-annual-bill-2018/", "claims/", "claims/sesame-is-government-score/", "terms/", "terms/shixin/",
    "renderings/?find=shixin", "organizations/", "organizations/ant-group/", "citations/?type=report,book",
    "citations/koetse-2018/", "errata/", "evidence/", "data/", "query/", "changes/", "contribute/",
    "contribute/programs/", "contribute/vocabularies/", "contribute/commands/", "contribute/scale/", "problems/",
    "problems/X204/",
]  # fmt: skip
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
SEEN = [("light", 1280), pytest.param("dark", 390, marks=pytest.mark.long)]
TABS = [
    ("programs/", "Programs", "page"), ("scores/", "Programs", "true"), ("programs/sesame-credit/", "Programs", "true"),
    ("events/alipay-annual-bill-2018/", "Timeline", "true"), ("problems/X204/", "About", "true"),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), SEEN)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_fault(
    path: str, scheme: str, width: int, browser: Browser, address: str
) -> None:
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=address, color_scheme=scheme, viewport=viewport)  # type: ignore[arg-type]
    page = context.new_page()
    answer = page.goto(path)
    until_still(page)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    context.close()

    assert answer
    assert answer.ok
    assert [(rule["id"], node["html"][:120]) for rule in found for node in rule["nodes"][:3]] == []


@pytest.mark.parametrize(("path", "tab", "current"), TABS)
def test_the_tab_of_the_section_is_marked_on_the_pages_of_its_records_too(
    path: str, tab: str, current: str, page: Page
) -> None:
    page.goto(path)
    marked = page.locator(".md-tabs [aria-current]")

    expect(marked).to_have_text(tab)
    expect(marked).to_have_attribute("aria-current", current)


def test_a_printed_page_is_black_on_white_in_either_scheme(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme="dark")
    page = context.new_page()
    page.goto("programs/sesame-credit/")
    page.emulate_media(media="print")

    for place in (".xy-summary", ".md-typeset .xy-names"):
        assert (
            page.locator(place).first.evaluate("node => getComputedStyle(node).color")
            == "rgb(0, 0, 0)"
        )
    expect(page.locator(".xy-citebox pre")).to_be_hidden()
    context.close()
