"""Data out, in a browser: copy a reference, download a page's references, ask the database."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

BIG = 30_000
"""How long the database may take to load on a busy machine, in milliseconds."""


def _load(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Load the database")).click()
    expect(page.locator(".xy-status")).to_have_text(re.compile(r"rows"), timeout=BIG)


def test_nothing_is_loaded_before_it_is_asked_for(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("query/")

    assert not [address for address in asked if "sqlite" in address]
    _load(page)
    assert [address for address in asked if address.endswith("data/xinyong.sqlite.gz")]


def test_an_example_is_answered_as_a_table(page: Page) -> None:
    page.goto("query/")
    _load(page)
    page.get_by_role("link", name="Records that contain 荣成").click()

    table = page.locator(".xy-console table")
    expect(table.locator("thead th")).to_have_text(["id", "kind", "name"])
    expect(table).to_contain_text("rongcheng")
    assert "sql=" in page.url


def test_the_query_in_the_address_is_asked_and_goes_back(page: Page) -> None:
    page.goto("query/?sql=" + quote("SELECT 1 + 1 AS two"))
    _load(page)
    expect(page.locator(".xy-console tbody")).to_have_text("2")
    page.get_by_label("Your query in SQL").fill("SELECT 40 + 2 AS answer")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".xy-console tbody")).to_have_text("42")
    page.go_back()

    expect(page.locator(".xy-console tbody")).to_have_text("2")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELEC 1", 'The query has an error: near "SELEC": syntax error'),
        ("SELECT * FROM towns", "There is no table or column of that name: no such table: towns."),
        ("DELETE FROM facts", "The database can only be read."),
        ("SELECT 1 WHERE 0", "The query gives no rows."),
    ],
)
def test_mistakes_are_told_in_plain_words(page: Page, sql: str, message: str) -> None:
    page.goto("query/?sql=" + quote("SELECT 1"))
    _load(page)
    page.get_by_label("Your query in SQL").fill(sql)
    page.get_by_role("button", name="Run the query").click()

    expect(page.locator(".xy-status")).to_contain_text(message)


def test_an_answer_is_saved_as_csv(page: Page) -> None:
    page.goto("query/?sql=" + quote("SELECT 'a,\"b' AS x, NULL AS y"))
    _load(page)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save as CSV").click()

    assert caught.value.suggested_filename == "xinyong-query.csv"
    assert caught.value.path().read_text(encoding="utf-8") == 'x,y\n"a,""b",\n'


def test_the_references_of_a_page_are_downloaded(page: Page) -> None:
    page.goto("data/")
    with page.expect_download() as caught:
        page.evaluate(
            "() => document.body.append(Object.assign(document.createElement('a'),"
            " {id: 'ris', href: '../cite/sesame-credit.ris', download: '', textContent: 'x'}))"
        )
        page.locator("#ris").click()

    assert (
        caught.value.path()
        .read_text(encoding="utf-8")
        .startswith("TY  - ELEC\nID  - xinyong-sesame-credit\n")
    )


def test_a_bibtex_entry_is_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.goto("data/")
    page.locator("summary", has_text="BibTeX").first.click()
    page.locator("details[open]", has_text="@misc{xinyong").get_by_role(
        "button", name="Copy"
    ).click()

    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{xinyong,")
    context.close()
