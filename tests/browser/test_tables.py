"""A reader among the tables: finding, filtering, sharing what is found, comparing, without scripts
and on a phone.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from waiting import until_still

PAGES = [
    "programs/", "blacklists/", "cities/", "citations/", "terms/", "organizations/", "claims/", "compare/",
    "compare/?programs=sesame-credit,tencent-credit", "errata/", "evidence/", "renderings/",
]  # fmt: skip
# One page of each type; of the longest ones a part is shown, since axe looks at each row that is.
SEEN = [
    "programs/", "citations/?type=report,book", "claims/", "compare/?programs=sesame-credit,tencent-credit", "errata/",
    "evidence/", "renderings/?find=shixin",
]  # fmt: skip
# What a reader finds before anything is chosen: what stands in the page, and what the script would
# make of it.
COUNTS = ".xy-filter summary, .xy-filter .xy-count, .xy-filter [role=status], .xy-picked"
SHIFTS = """new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted = (window.shifted ?? 0) + shift.value
}).observe({ type: "layout-shift", buffered: true })"""
INDEXES = [
    "programs/",
    "blacklists/",
    "cities/",
    "citations/",
    "terms/",
    "organizations/",
    "claims/",
]
STEADY = [
    "events/", "renderings/", "programs/?layer=commercial&sort=-launched", "compare/",
    "compare/?programs=sesame-credit,tencent-credit",
]  # fmt: skip
SHOWN = ".xy-index tbody tr:not([hidden])"


def _box(page: Page, facet: str, value: str) -> Locator:
    return page.locator(f'[data-facet="{facet}"] input[value="{value}"]')


def _names(page: Page) -> list[str]:
    return page.locator(f"{SHOWN} td:first-child a.xy-link").all_inner_texts()


def _status(page: Page) -> Locator:
    return page.locator(".xy-filter [role=status]")


def test_what_is_filtered_and_sorted_stands_in_the_address_and_comes_back_from_it(
    page: Page,
) -> None:
    page.goto("programs/")
    _box(page, "layer", "commercial").check()
    _box(page, "scored", "yes").check()
    page.locator("th", has_text="Launched").get_by_role("button").click()
    page.locator("th", has_text="Launched").get_by_role("button").click()
    found = _names(page)

    expect(page).to_have_url(re.compile(r"programs/\?layer=commercial&scored=yes&sort=-launched$"))
    assert "Sesame Credit" in found
    assert 1 < len(found) < 10
    page.goto(page.url)
    assert _names(page) == found
    expect(_box(page, "layer", "commercial")).to_be_checked()
    expect(page.locator("th", has_text="Launched")).to_have_attribute("aria-sort", "descending")
    expect(_status(page)).to_have_text(re.compile(rf"^{len(found)} of \d+ shown\.$"))


def test_the_back_button_takes_back_one_choice_at_a_time(page: Page) -> None:
    page.goto("programs/")
    everything = len(_names(page))
    _box(page, "layer", "financial").check()
    few = len(_names(page))
    _box(page, "layer", "commercial").check()
    more = len(_names(page))

    assert few < more < everything
    page.go_back()
    expect(page.locator(SHOWN)).to_have_count(few)
    expect(_box(page, "layer", "commercial")).not_to_be_checked()
    page.go_back()
    expect(page.locator(SHOWN)).to_have_count(everything)
    page.go_forward()
    expect(page.locator(SHOWN)).to_have_count(few)


def test_a_word_typed_is_one_step_back(page: Page) -> None:
    page.goto("programs/")
    everything = len(_names(page))
    page.get_by_label("Find", exact=True).press_sequentially("sesame")

    expect(page).to_have_url(re.compile(r"\?find=sesame$"))
    page.go_back()
    expect(page.locator(SHOWN)).to_have_count(everything)


@pytest.mark.parametrize(
    "typed", ["芝麻", "zhima xinyong", "Zhīma", "ZHIMAXINYONG", "sesame credit"]
)
def test_a_program_is_found_in_any_form_of_its_name(typed: str, page: Page) -> None:
    page.goto("programs/")
    page.get_by_label("Find", exact=True).fill(typed)

    assert "Sesame Credit" in _names(page)
    assert len(_names(page)) < 12


def test_a_source_is_found_by_author_and_by_year(page: Page) -> None:
    page.goto("citations/?from=2018&to=2018&language=en")
    page.get_by_label("Find", exact=True).fill("koetse")
    years = page.locator(f"{SHOWN} td:nth-child(3)").all_text_contents()

    assert years
    assert {year[:4] for year in years} == {"2018"}
    assert "koetse-2018" in page.locator(SHOWN).evaluate_all("rows => rows.map(row => row.id)")


def test_counts_say_what_a_choice_would_show(page: Page) -> None:
    page.goto("citations/")
    _box(page, "type", "law").check()
    expected = int(_box(page, "language", "zh").locator("xpath=../span").inner_text())
    _box(page, "language", "zh").check()

    assert expected > 0
    expect(page.locator(SHOWN)).to_have_count(expected)


def test_nothing_found_says_how_to_go_on_and_show_all_does(page: Page) -> None:
    page.goto("terms/")
    everything = len(page.locator(SHOWN).all())
    page.goto("terms/?find=qqqq&domain=law&sort=-english")

    expect(_status(page)).to_have_text(
        re.compile(r"^None of \d+ shown\. Take out a filter, or show all\.$")
    )
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(SHOWN)).to_have_count(everything)
    expect(page).to_have_url(re.compile(r"terms/$"))
    heading = page.locator("th", has_text="Pinyin").first
    expect(heading).to_have_attribute("aria-sort", "ascending")


def test_a_table_is_filtered_and_sorted_by_keyboard(page: Page) -> None:
    page.goto("cities/")
    page.get_by_label("Find", exact=True).focus()
    page.keyboard.type("suzhou")
    for _ in range(3):
        page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.closest('[data-facet]')?.dataset.facet")
    page.keyboard.press("Space")

    assert focused == "province"
    expect(page).to_have_url(re.compile(r"\?find=suzhou&province=[a-z-]+$"))


def test_rows_that_are_cards_on_a_phone_stay_rows_for_a_screen_reader(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("programs/")
    row = page.locator("tbody tr").first

    expect(row.locator("td").last).to_have_attribute("role", "cell")
    expect(row).to_have_attribute("role", "row")
    assert page.get_by_role("row").count() > 40
    assert page.get_by_role("columnheader").count() == 6


def test_what_is_unfolded_on_a_phone_is_rows_for_a_screen_reader_and_can_be_sorted(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("terms/")
    page.locator("details.xy-part > summary").first.click()
    part = page.locator("details.xy-part").first

    expect(part.locator("tbody tr").first).to_have_attribute("role", "row")
    part.locator("th", has_text="English").get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"terms/\?sort=english$"))
    expect(page.locator("tbody tr:visible td").last).to_have_attribute("role", "cell")
    expect(part.locator("th", has_text="English").get_by_role("button")).to_be_focused()


def test_a_row_that_is_folded_has_an_address_that_leads_to_it(page: Page) -> None:
    page.goto("citations/")
    last = page.locator("details.xy-part tbody tr").last.get_attribute("id")
    page.goto("about/")
    page.goto(f"citations/#{last}")

    expect(page.locator(f"tr[id='{last}']")).to_be_in_viewport()


def test_sources_are_sorted_by_their_short_form(page: Page) -> None:
    page.goto("citations/?language=en&sort=name")
    found = page.locator(f"{SHOWN} .xy-more").all_inner_texts()
    families = [text.split()[0].casefold() for text in found if text[0].isascii()]

    assert len(families) > 100
    assert families[0][0] in "0123456789a"
    assert families[-1][0] > "v"


def test_all_sources_are_sorted_in_one_table(page: Page) -> None:
    page.goto("citations/")
    page.locator("th", has_text="Used by").first.get_by_role("button").click()
    rows = page.locator("tbody tr:visible")
    used = [int(text) for text in rows.locator("td:last-child").all_text_contents()]

    assert len(used) > 600
    assert used == sorted(used)


def test_claims_are_filtered_in_their_groups(page: Page) -> None:
    page.goto("claims/?assessment=supported")
    verdicts = page.locator("li[data-f]:not([hidden]) .xy-badge").all_inner_texts()

    assert verdicts
    assert {verdict.split()[-1] for verdict in verdicts} == {"Supported"}
    for group in page.locator("[data-group]:not([hidden])").all():
        expect(group.locator("li:not([hidden])").first).to_be_visible()


def test_two_ticked_rows_lead_to_their_comparison(page: Page) -> None:
    page.goto("programs/")
    page.get_by_label("Compare Sesame Credit").check()
    expect(page.locator(".xy-chosen [role=status]")).to_have_text(
        "One chosen. Choose one to three more to compare."
    )
    page.get_by_label("Compare Tencent Credit").check()
    page.get_by_role("link", name="Compare", exact=True).last.click()

    expect(page).to_have_url(re.compile(r"/compare/\?programs=sesame-credit,tencent-credit$"))
    heads = page.locator("[data-comparison] thead th a")
    expect(heads).to_have_text(["Sesame Credit", "Tencent Credit"])


def test_no_more_than_four_can_be_ticked(page: Page) -> None:
    page.goto("blacklists/")
    boxes = page.locator(".xy-choose input")
    for index in range(4):
        boxes.nth(index).check()

    expect(boxes.nth(4)).to_be_disabled()
    page.get_by_role("button", name="Choose none").click()
    expect(boxes.nth(4)).to_be_enabled()
    expect(boxes.first).to_be_focused()


def test_a_comparison_has_an_address_and_can_be_changed(page: Page) -> None:
    page.goto("compare/?programs=sesame-credit,tencent-credit")
    heads = page.locator("[data-comparison] thead th a")
    expect(heads).to_have_text(["Sesame Credit", "Tencent Credit"])

    page.get_by_role("button", name="Move Tencent Credit to the left").click()
    expect(heads).to_have_text(["Tencent Credit", "Sesame Credit"])
    page.locator("select[name=record]").select_option("wechat-pay-score")
    page.get_by_role("button", name="Add").click()
    expect(heads).to_have_count(3)
    page.get_by_role("button", name="Take out Sesame Credit").click()
    expect(heads).to_have_text(["Tencent Credit", "WeChat Pay Score"])
    expect(page).to_have_url(re.compile(r"\?programs=tencent-credit,wechat-pay-score$"))
    page.go_back()
    expect(heads).to_have_count(3)


def test_a_comparison_marks_what_differs_and_gives_standing_and_sources(page: Page) -> None:
    page.goto("compare/?programs=sesame-credit,tencent-credit")
    rows = page.locator("[data-comparison] tbody tr")
    score = rows.filter(has=page.locator("th", has_text=re.compile("^Score")))
    layer = rows.filter(has=page.locator("th", has_text=re.compile("^Layer")))

    expect(score.locator("th")).to_contain_text("differs")
    expect(layer.locator("th")).not_to_contain_text("differs")
    expect(score.locator(".xy-standing").first).to_be_visible()
    expect(score.locator(".xy-cite a").first).to_have_attribute(
        "href", re.compile(r"^\.\./citations/[a-z0-9-]+/$")
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "Choose at least two records of one kind, up to four"),
        (
            "?cities=suzhou",
            "Suzhou (Jiangsu) is chosen. Choose one to three more of the same kind.",
        ),
        ("?programs=sesame-credit,nowhere", "Not known: nowhere."),
    ],
)
def test_too_few_records_to_compare_say_what_to_do(query: str, message: str, page: Page) -> None:
    page.goto(f"compare/{query}")

    expect(page.locator("[data-comparing] [role=status]")).to_contain_text(message)


def test_without_scripts_tables_are_plain_and_comparisons_are_prepared(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    for path in INDEXES:
        page.goto(path)
        expect(page.locator(".xy-index [data-part]").first).to_be_visible()
        expect(page.locator(".xy-filter")).to_be_hidden()
        expect(page.locator(".xy-index :is(button, input):visible")).to_have_count(0)
        for hint in page.locator(".xy-index .xy-hint").all():
            assert re.fullmatch(r"[\d,]+ entries\.", hint.inner_text())
    page.goto("compare/")
    expect(page.locator("table.xy-compare")).to_have_count(3)
    expect(page.locator("[data-comparing]")).to_be_hidden()
    expect(page.get_by_text("Choosing needs JavaScript.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", [*INDEXES, *STEADY])
@pytest.mark.parametrize("width", [1350, 412])
def test_nothing_moves_while_the_page_comes(
    width: int, path: str, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 850})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(path)
    until_still(page)

    assert page.evaluate("window.shifted ?? 0") < 0.05
    context.close()


@pytest.mark.parametrize("path", [*INDEXES, "renderings/", "events/"])
def test_what_stands_in_the_page_is_what_the_script_counts(path: str, page: Page) -> None:
    page.goto(path)
    written = page.locator(COUNTS).all_text_contents()
    box = page.locator(":is(.xy-facets, .xy-picks) input[type=checkbox]").last
    box.click()
    assert page.locator(COUNTS).all_text_contents() != written
    box.click()

    assert page.locator(COUNTS).all_text_contents() == written


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", [*INDEXES, "renderings/", "events/"])
def test_a_finger_hits_what_it_means(path: str, width: int, browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 850})
    page = context.new_page()
    page.goto(path)
    page.evaluate(
        "document.querySelectorAll('details.xy-facets').forEach((facets) => (facets.open = true))"
    )
    small = page.locator(
        ":is(.xy-index, [data-filters]) :is(input, button, summary):visible"
    ).evaluate_all(
        """all => all.map((one) => one.closest("label") ?? one)
          .filter((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < 24)
          .map((one) => one.outerHTML)"""
    )
    context.close()

    assert small == []


@pytest.mark.parametrize("path", PAGES)
def test_on_a_phone_the_page_fits_and_filters_are_folded(
    path: str, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(path)
    until_still(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for facets in page.locator("details.xy-facets").all():
        assert facets.get_attribute("open") is None
    context.close()


def test_a_table_wider_than_the_screen_is_reached_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("events/")
    expect(page.locator(".xy-wide")).to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 1350, "height": 780})

    expect(page.locator(".xy-wide")).not_to_have_attribute("tabindex", "0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", SEEN)
def test_axe_finds_nothing_in_what_the_tables_add(
    path: str, scheme: str, browser: Browser, address: str
) -> None:
    context = browser.new_context(
        base_url=address, color_scheme="light" if scheme == "light" else "dark"
    )
    page = context.new_page()
    page.goto(path)
    until_still(page)
    found = Axe().run(page, context="article").response["violations"]
    context.close()

    assert [(rule["id"], node["html"][:120]) for rule in found for node in rule["nodes"][:3]] == []
