"""A published page asks no host but its own and runs nothing but the site's own code; the browser
holds it to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Route, expect

from publishing import publish, served, watched
from support import SMALL

# One page of each type. That none is left out is held by a test.
PAGES = [
    "", "start/", "about/", "method/", "404.html", "programs/", "programs/?find=score&sort=-layer",
    "programs/sesame-credit/", "programs/zhima-credit/", "compare/",
    "compare/?programs=sesame-credit", "scores/", "blacklists/", "blacklists/judgment-defaulters/",
    "consequences/", "in-force/", "remedies/",
    "cities/", "cities/rongcheng/", "events/", "events/sesame-launch/", "claims/",
    "claims/one-score/", "terms/", "terms/shixin/", "renderings/", "organizations/", "organizations/ant-group/",
    "citations/", "citations/koetse-2018/", "errata/", "studies/", "people/",
    "evidence/", "data/", "data-versions/", "query/", "changes/", "contribute/",
    "contribute/programs/", "contribute/vocabularies/", "contribute/commands/", "problems/", "problems/X204/",
]  # fmt: skip
BIG = 60_000
"""How long the database may take to load on a busy machine, in milliseconds."""

ATTACKS = {
    "script": "<script>document.title = 'ran'</script>",
    "handler": "<img src=nothing onerror=\"document.title = 'ran'\">",
    "style": "<p id=attack style='color: rgb(1, 2, 3)'>x</p>",
    "picture of another host": "<img src='https://example.com/a.png'>",
    "frame": "<iframe src='about/'></iframe>",
    "form to another host": "<form id=attack action='https://example.com/'></form>",
    "base": "<base href='https://example.com/'>",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(SMALL, tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site, headers=False) as found:
        yield found


@pytest.fixture(scope="module")
def with_headers(site: Path) -> Iterator[str]:
    with served(site, headers=True) as found:
        yield found


def test_each_type_of_page_is_among_those_looked_at(site: Path) -> None:
    visited = {path.split("/")[0] for path in PAGES}
    history = {"history"}  # its addresses are those of commits; the test below looks at two

    found = {file.relative_to(site).parts[0] for file in site.rglob("*.html")} - {"index.html"}
    assert found - visited - history == set()


def test_no_page_asks_another_host_or_breaks_its_own_policy(
    site: Path, address: str, browser: Browser
) -> None:
    history = sorted(
        file.relative_to(site).as_posix() for file in site.glob("history/*/*/**/index.html")
    )

    with watched(browser, address) as (page, seen):
        for path in [*PAGES, *history[:1], *history[-1:]]:
            page.goto(path, wait_until="networkidle")
            assert seen == [], path


def test_the_link_to_the_repository_stays(address: str, browser: Browser) -> None:
    with watched(browser, address) as (page, seen):
        page.goto("programs/")
        link = page.locator(".md-header__source a")

        expect(link).to_have_attribute("href", "https://github.com/owner/repository")
        expect(link).to_contain_text("GitHub")
    assert seen == []


@pytest.mark.parametrize("host", ["address", "with_headers"])
def test_what_a_page_does_works_under_the_policy(
    host: str, browser: Browser, request: pytest.FixtureRequest
) -> None:
    with watched(browser, request.getfixturevalue(host)) as (page, seen):
        page.goto("programs/sesame-credit/")
        page.locator(".xy-summary .xy-ref a").first.click()
        expect(page.get_by_role("group", name="Source")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("rongcheng")
        expect(page.get_by_role("dialog")).to_contain_text("荣成")
        page.keyboard.press("Escape")
        page.goto("query/?sql=SELECT+40+%2B+2+AS+answer")
        page.get_by_role("button", name="Load the database").click()
        expect(page.locator(".xy-console tbody")).to_have_text("42", timeout=BIG)
        with page.expect_download():
            page.get_by_role("button", name="Save as CSV").click()
    assert seen == []


def test_a_former_address_leads_on_under_the_policy(address: str, browser: Browser) -> None:
    with watched(browser, address) as (page, seen):
        page.goto("programs/zhima-credit/")
        page.wait_for_url("**/programs/sesame-credit/")

        expect(page.locator("h1")).to_contain_text("Sesame Credit")
    assert seen == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_got_into_a_page_is_refused_by_the_browser(
    attack: str, address: str, browser: Browser
) -> None:
    def broken_into(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer,
            body=answer.text().replace("</article>", f"{ATTACKS[attack]}</article>"),
        )

    with watched(browser, address) as (page, _):
        page.route("**/about/", broken_into)
        with page.expect_console_message(lambda message: message.text.startswith("refused:")):
            page.goto("about/")
            page.evaluate("document.querySelector('form#attack')?.submit()")

        assert page.title() != "ran"
        assert page.url == f"{address}about/"
        assert _colour(page) != "rgb(1, 2, 3)"


def _colour(page: Page) -> str:
    return str(
        page.evaluate("getComputedStyle(document.querySelector('#attack') ?? document.body).color")
    )


def test_every_page_has_a_policy(site: Path) -> None:
    files = list(site.rglob("*.html"))
    policies = "//head/meta[@http-equiv='Content-Security-Policy']"
    given = {file: html.parse(str(file)).xpath(policies) for file in files}

    assert len(files) > 100
    assert [file for file, found in given.items() if len(found) != 1] == []
