"""A reader looks things up: by every form of a name, by keyboard, on a phone, and sends the search
on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Route, expect
from waiting import until_still

COURT_LIST = ("blacklists/court-judgment-defaulters/", "terms/shixin-beizhixingren-mingdan/")
DEFAULTERS = ("terms/shixin-beizhixingren/", "blacklists/court-judgment-defaulters/")
SESAME = ("programs/sesame-credit/",)
OUTLINE = ("citations/planning-outline-2014/",)
REGULATION = ("citations/credit-reporting-regulation-2013/",)
FRAMEWORK = ("programs/social-credit-system/", "terms/shehui-xinyong-tixi/")
RONGCHENG = ("cities/rongcheng/",)
MEANT: list[tuple[str, tuple[str, ...]]] = [
    # a Chinese word, and any part of one
    ("失信", ("terms/shixin/",)),
    ("被执行人", ("terms/beizhixingren/", *DEFAULTERS)),
    ("执行人", ("terms/beizhixingren/", *DEFAULTERS)),
    ("失信被执行人", DEFAULTERS),
    ("失信被执行人名单", COURT_LIST),
    ("芝麻信用", SESAME),
    ("芝麻 信用", SESAME),
    ("荣成", RONGCHENG),
    ("荣成市", RONGCHENG),
    ("老赖", ("terms/laolai/",)),
    ("信用中国", ("programs/credit-china-website/", "terms/xinyong-zhongguo/")),
    ("桂花分", ("programs/suzhou-osmanthus-score/", "terms/guihua-fen/")),
    ("社会信用体系", FRAMEWORK),
    # traditional characters
    ("失信被執行人名單", COURT_LIST),
    ("榮成", RONGCHENG),
    ("黑名單", ("terms/heimingdan/",)),
    ("社會信用體系", FRAMEWORK),
    ("徵信", ("terms/zhengxin/",)),
    # pinyin with tones and without, with spaces and without, ü in three ways
    ("zhima", SESAME),
    ("Zhīma", SESAME),
    ("zhimaxinyong", SESAME),
    ("zhima xinyong", SESAME),
    ("Zhīma Xìnyòng", SESAME),
    ("zhi1ma5 xin4yong4", SESAME),
    ("shixin", ("terms/shixin/",)),
    ("shīxìn", ("terms/shixin/",)),
    ("laolai", ("terms/laolai/",)),
    ("lao lai", ("terms/laolai/",)),
    ("bei zhixing ren", ("terms/beizhixingren/",)),
    ("shehui xinyong tixi", FRAMEWORK),
    ("tielu lüke", ("blacklists/railway-no-ride/",)),
    ("tielu lvke", ("blacklists/railway-no-ride/",)),
    ("tielu luke", ("blacklists/railway-no-ride/",)),
    ("tiělù lǚkè", ("blacklists/railway-no-ride/",)),
    ("mingdan", ("terms/heimingdan/", "terms/hongmingdan/", *COURT_LIST)),
    # English names, rival renderings, plurals
    ("Sesame", SESAME),
    ("sesame cred", SESAME),
    ("Rongcheng", RONGCHENG),
    ("judgment defaulters", DEFAULTERS),
    ("dishonest person subject to enforcement", DEFAULTERS),
    ("trust-breaking", ("terms/shixin/",)),
    ("civilization code", ("terms/civility-code/", "programs/suzhou-civility-code/")),
    ("joint discipline", ("programs/joint-punishment-mechanism/", "terms/lianhe-chengjie/")),
    ("red list", ("terms/hongmingdan/",)),
    ("Zhima Credit", SESAME),
    ("PBOC", ("organizations/pboc/",)),
    ("People's Bank of China", ("organizations/pboc/",)),
    ("peoples bank of china", ("organizations/pboc/",)),
    ("what is sesame credit?", SESAME),
    ("rongcheng points", ("programs/rongcheng-points/",)),
    ("荣成 points", ("programs/rongcheng-points/",)),
    ("Black Mirror", ("claims/black-mirror/",)),
    ("everyone has a score", ("claims/one-national-score/",)),
    # numbers of documents, in every kind of brackets
    ("国发〔2014〕21号", OUTLINE),
    ("国发[2014]21号", OUTLINE),
    ("国发（2014）21号", OUTLINE),
    ("国发［2014］２１号", OUTLINE),
    ("21号", OUTLINE),
    ("[2014]21", OUTLINE),
    ("Guofa [2014] No. 21", (*OUTLINE, "events/outline-2014/")),
    ("法释〔2013〕17号", ("citations/spc-defaulter-list-provisions-2013/",)),
    ("State Council Order No. 631", (*REGULATION, "events/credit-reporting-regulation-issued-2013/")),
    # authors, in either order and in characters, and years
    ("Koetse 2018", ("citations/koetse-2018/",)),
    ("Manya Koetse 2018", ("citations/koetse-2018/",)),
    ("Mistreanu", ("citations/mistreanu-2018/",)),
    ("Creemers 2018", ("citations/creemers-2018/",)),
    ("Yongyi Pan", ("citations/66wz-2017/",)),
    ("Pan Yongyi", ("citations/66wz-2017/",)),
    ("潘涌燚", ("citations/66wz-2017/",)),
    # accounts
    ("@诚信宿迁", ("cities/suqian/",)),
    ("信用芜湖", ("cities/wuhu/",)),
    # hand-written pages, by heading and by text
    ("Method", ("method/",)),
    ("When sources differ", ("method/",)),
    ("how well a fact stands", ("method/",)),
    ("cookies", ("about/",)),
    # summaries, where no name has it
    ("scalping tickets", ("blacklists/railway-no-ride/",)),
    # a typing error
    ("sesmae credit", SESAME),
    ("rongchneg", RONGCHENG),
    ("shixni", ("terms/shixin/",)),
    ("Alipaay", ("programs/alipay/",)),
]  # fmt: skip


def _box(page: Page) -> None:
    page.get_by_role("button", name="Search").click()


@pytest.fixture(scope="module")
def reader(browser: Browser, address: str) -> Iterator[Page]:
    """One page on which search follows search, as readers do."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("about/")
    _box(page)
    yield page
    context.close()


def _options(page: Page) -> list[str]:
    found = page.locator("a[role=option]").evaluate_all(
        "links => links.map(link => new URL(link.href).pathname)"
    )
    return [str(path).lstrip("/") for path in found]


@pytest.mark.parametrize(("query", "wanted"), MEANT)
def test_the_page_one_means_is_found_first(
    reader: Page, query: str, wanted: tuple[str, ...]
) -> None:
    field = reader.get_by_role("combobox")
    field.fill("")
    field.fill(query)
    reader.locator("a[role=option]").first.wait_for()

    assert _options(reader)[0] in wanted, _options(reader)[:5]


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_a_key_opens_the_search_and_esc_closes_it(page: Page, key: str) -> None:
    page.goto("about/")
    page.keyboard.press(key)
    dialog = page.get_by_role("dialog", name="Search")

    expect(dialog).to_be_visible()
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.get_by_role("combobox")).to_have_value("")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_visible()


def test_letters_typed_into_a_field_do_not_open_the_search(page: Page) -> None:
    page.goto("about/")
    page.evaluate("document.querySelector('article').append(document.createElement('input'))")
    page.locator("article input").press("s")

    expect(page.locator("dialog[open]")).to_have_count(0)


def test_results_are_chosen_by_keyboard(page: Page) -> None:
    page.goto("about/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox")
    field.fill("失信")
    options = page.get_by_role("option")
    options.nth(5).wait_for()

    def chosen() -> int:
        found = page.locator("[role=option]").evaluate_all(
            "all => all.findIndex(o => o.ariaSelected === 'true')"
        )
        named = page.evaluate("document.activeElement.getAttribute('aria-activedescendant')")
        assert named == (f"xy-search-{found}" if found >= 0 else None)
        return int(found)

    assert chosen() == -1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert chosen() == 1
    page.keyboard.press("End")
    assert chosen() == options.count() - 1
    page.keyboard.press("ArrowDown")
    assert chosen() == 0
    page.keyboard.press("ArrowUp")
    assert chosen() == -1
    page.keyboard.press("ArrowUp")
    assert chosen() == options.count() - 1
    page.keyboard.press("Home")
    assert chosen() == 0
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/terms/shixin/")


def test_enter_opens_the_best_match(page: Page) -> None:
    page.goto("about/")
    page.keyboard.press("/")
    page.keyboard.type("rongcheng")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")

    page.wait_for_url("**/cities/rongcheng/")


def test_results_are_grouped_by_kind_and_counted(page: Page) -> None:
    page.goto("./?q=sesame")
    page.get_by_role("group", name="Sources").wait_for()
    groups = page.locator(".xy-search__group")

    expect(groups.first).to_contain_text("Best matches")
    expect(page.get_by_role("group").first.get_by_role("option")).to_have_count(3)
    heads = page.locator(".xy-search__head").all_inner_texts()
    assert all(re.fullmatch(r"[A-Za-z ]+ [\d,]+", head) for head in heads[1:]), heads
    assert heads[-1].casefold().startswith("sources")
    total = 3 + sum(int(head.rsplit(" ", 1)[1].replace(",", "")) for head in heads[1:])
    expect(page.get_by_role("status")).to_have_text(f"{total} results")


def test_all_of_a_kind_are_shown_when_asked_for(page: Page) -> None:
    page.goto("./?q=sesame")
    group = page.get_by_role("group", name="Sources")
    group.wait_for()
    number = int(group.locator(".xy-search__count").inner_text())
    expect(group.get_by_role("option")).to_have_count(5)
    group.get_by_role("option", name=f"Show all {number}").click()

    expect(group.get_by_role("option")).to_have_count(number)
    expect(page.get_by_role("combobox")).to_be_focused()


def test_a_result_shows_layer_chinese_name_and_where_it_matches(page: Page) -> None:
    page.goto("./?q=zhima")
    best = page.get_by_role("option").first

    expect(best).to_contain_text("Sesame Credit")
    expect(best.locator("[lang=zh-Hans]")).to_have_text("芝麻信用")
    expect(best).to_contain_text("Commercial layer")
    expect(best.locator(".xy-search__pinyin mark")).to_have_text("Zhīma")
    expect(best.locator(".xy-search__text")).to_contain_text("Alipay")


def test_a_result_found_by_another_name_says_which(page: Page) -> None:
    page.goto("./?q=dishonest judgment debtor")

    expect(page.get_by_role("option").first.locator(".xy-search__other mark")).to_have_text(
        "dishonest judgment debtor"
    )


def test_a_search_can_be_passed_on_by_its_address(page: Page) -> None:
    page.goto("cities/?q=荣成&sort=name")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog).to_be_visible()
    expect(page.get_by_role("option").first).to_contain_text("Rongcheng")
    page.get_by_role("combobox").fill("laolai")
    expect(page.get_by_role("option").first).to_contain_text("deadbeat")

    assert page.url.endswith("/cities/?q=laolai&sort=name")
    page.get_by_role("button", name="Close the search").click()
    expect(dialog).to_be_hidden()
    assert page.url.endswith("/cities/?sort=name")


def test_who_finds_nothing_is_told_and_shown_ways_on(page: Page) -> None:
    page.goto("./?q=xyzzyx")
    dialog = page.get_by_role("dialog")

    expect(page.get_by_role("status")).to_have_text("Nothing on this site has “xyzzyx”.")
    index = dialog.get_by_role("link", name="Look through the index: Glossary")
    expect(index).to_have_attribute("href", re.compile(r"/terms/$"))
    page.get_by_role("combobox").fill("rongxyzchengq")
    expect(dialog.get_by_text("What comes near:")).to_be_visible()
    dialog.get_by_role("button", name="rongcheng", exact=True).click()
    expect(page.get_by_role("option").first).to_contain_text("Rongcheng")


def test_a_corrected_query_is_owned_up_to(page: Page) -> None:
    page.goto("./?q=sesmae")

    expect(page.get_by_text("Nothing is written “sesmae”. These are for “sesame”.")).to_be_visible()
    expect(page.get_by_role("option").first.locator("mark").first).to_have_text("Sesame")


def test_where_no_record_has_all_words_those_with_most_are_shown(page: Page) -> None:
    page.goto("./?q=sesame zyxwv")

    expect(
        page.get_by_text("No page has all of “sesame zyxwv”. These have the most of it.")
    ).to_be_visible()
    expect(page.get_by_role("option").first).to_contain_text("Sesame")


def test_nothing_typed_into_the_search_becomes_markup(page: Page) -> None:
    page.goto("./?q=" + "<img src=x onerror=alert(1)>")
    expect(page.get_by_role("status")).to_contain_text("<img src=x onerror=alert(1)>")

    assert page.locator("dialog img").count() == 0


def test_an_index_that_does_not_come_is_owned_up_to(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto("about/?q=zhima")

    expect(page.get_by_role("status")).to_contain_text("The index could not be loaded.")
    context.close()


def test_the_first_answer_needs_the_names_only(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()

    def held(route: Route, request: Request) -> None:
        asked.append(request.url.removeprefix(address))

    asked: list[str] = []
    page.route(re.compile(r"search/(details|contents|texts)"), held)
    page.goto("about/?q=zhima")
    expect(page.get_by_role("option").first).to_contain_text("Sesame Credit")

    assert asked
    context.close()


def test_the_search_is_usable_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 640}, has_touch=True
    )
    page = context.new_page()
    page.goto("programs/")
    page.get_by_role("button", name="Search").tap()
    page.get_by_role("combobox").fill("shixin")
    page.get_by_role("option").first.wait_for()

    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 360, 640)
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= 360
    page.get_by_role("option").first.tap()
    page.wait_for_url("**/terms/shixin/")
    context.close()


def test_without_scripts_the_glossary_stands_in_the_place_of_the_search(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("programs/sesame-credit/")

    expect(page.get_by_role("button", name="Search")).to_be_hidden()
    page.get_by_role("banner").get_by_role("link", name="Glossary").click()
    expect(page.locator("h1")).to_contain_text("Glossary")
    context.close()


def test_a_claim_is_shown_with_its_verdict(page: Page) -> None:
    page.goto("./?q=does everyone in china have a score")

    expect(page.get_by_role("option").first).to_contain_text("refuted", ignore_case=True)


def test_what_a_page_says_is_found_and_led_to_at_its_place(page: Page) -> None:
    page.goto("about/?q=scalping tickets refuses to pay")
    found = page.locator(".xy-search__option[href*='#']").first

    expect(found.locator(".xy-search__text mark").first).to_be_visible()
    place = (found.get_attribute("href") or "").rpartition("#")[2]
    found.click()
    expect(page.locator(f"[id='{place}']")).to_have_count(1)


@pytest.mark.parametrize(
    "at", ["404.html", "claims/one-national-score/", "problems/X204/", "query/"]
)
def test_an_address_asks_on_every_page(page: Page, at: str) -> None:
    page.goto(f"{at}?q=laolai")

    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    expect(page.get_by_role("option").first).to_contain_text("deadbeat")


def test_browsers_are_told_how_to_search_here(page: Page, address: str) -> None:
    page.goto("about/")
    link = page.locator("link[rel=search]")
    description = page.request.get(str(link.evaluate("link => link.href"))).text()

    assert link.get_attribute("type") == "application/opensearchdescription+xml"
    assert "?q={searchTerms}" in description


def test_how_many_were_found_is_said_aloud(page: Page) -> None:
    page.goto("about/?q=rongcheng")

    expect(page.get_by_role("status")).to_have_text(re.compile(r"^[\d,]+ results$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", ["失信", "xyzzyx"])
def test_the_open_search_has_no_fault_that_axe_knows(
    browser: Browser, address: str, scheme: str, query: str
) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"about/?q={query}")
    expect(page.get_by_role("status")).not_to_have_text("Loading the index …")
    until_still(page)
    found = Axe().run(page)

    assert found.response["violations"] == [], found.generate_report()
    context.close()
