"""The bench gives the other generators what our pages show, and tells of what it measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from article import Page, Part, Points, Table, read
from as_data import data
from as_markdown import markdown
from compare import merged
from plot import plot
from scale_page import figures
from targets import CHANGED, CHECK, LIMIT, NOTHING, OURS, PART

ARTICLE = """<article class="md-content__inner">
<h1>Points of Rongcheng<a class="headerlink" href="#p">&para;</a></h1>
<p>A <a class="xy-term" href="../../terms/score/">credit score</a> of the
<a class="xy-link" href="../../cities/rongcheng/">city</a>
<span class="xy-ref">[<a href="#s-a">1</a>, p. 4; <a href="#s-b">2</a>]</span>.</p>
<dl class="xy-facts"><div><dt>Since</dt><dd>2014 <i title="primary">◆</i>
<span class="xy-ref">[<a href="#s-b">2</a>]</span></dd></div></dl>
<ul><li>One * star</li></ul>
<ol class="xy-sources"><li id="s-a">A. 2014.</li>
<li id="s-b">B. 2015. <a href="https://example.org/b">https://example.org/b</a></li></ol>
</article>"""
NAMES = {"terms/score": "Score", "cities/rongcheng": "Rongcheng"}


@pytest.fixture
def page(tmp_path: Path) -> Page:
    folder = tmp_path / "programs" / "points"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text("# Points", encoding="utf-8")
    (folder / "index.html").write_text(f"<html><body>{ARTICLE}</body></html>", encoding="utf-8")
    return next(read(tmp_path))


def test_a_page_is_read_with_its_facts_and_sources(page: Page) -> None:
    assert (page.place, page.title) == ("programs/points", "Points of Rongcheng")
    assert [id_ for id_, _ in page.sources] == ["s-a", "s-b"]
    facts = next(block for block in page.blocks if isinstance(block, Table))
    assert facts.rows[0][1] == (Part("2014 (primary) "), Part("2", "cite", "s-b"))
    assert Points(((Part("One * star"),),)) in page.blocks


def test_markdown_has_a_footnote_for_each_source(page: Page) -> None:
    text = markdown(page, NAMES, None)

    assert "[^1] p. 4 [^2]." in text
    assert "[credit score](../terms/score.md)" in text
    assert "| Since | 2014 (primary) [^2] |" in text
    assert "[^2]: B. 2015. <https://example.org/b>" in text
    assert r"- One \* star" in text


def test_a_term_found_in_running_text_is_an_abbreviation(page: Page) -> None:
    text = markdown(page, NAMES, {"terms/score": "A number."})

    assert "A credit score of the [city](../cities/rongcheng.md)" in text
    assert "*[credit score]: A number." in text


def test_data_hold_cites_and_references_apart(page: Page) -> None:
    found = json.loads(json.dumps(data([page])))

    record = found["records"][0]
    assert record["sources"] == ["s-a", "s-b"]
    assert found["references"]["s-b"].startswith('B. 2015. <a href="https://example.org/b">')
    facts = next(block for block in record["blocks"] if block["kind"] == "table")
    assert facts["rows"][0][1][0]["cites"] == [{"number": "2", "id": "s-b"}]


def result(records: int, cost: float) -> dict[str, Any]:
    cpu = {OURS: cost, PART: cost / 2, CHANGED: 1.0, NOTHING: 0.5, LIMIT: 0.1, CHECK: 1.0}
    cpu |= {"mkdocs-material": 20 * cost, "Zensical": 10 * cost}
    return {
        "records": records,
        "day": "2026-11-30",
        "load": 1.5,
        "rounds": dict.fromkeys(cpu, 2),
        "cpu": cpu,
        "wall": dict(cpu),
        "memory": {OURS: 200},
        "weight": {OURS: {"page": 40_000, "article": 14_000, "links": 50}},
        "absent": ["Eleventy"],
        "left out": [],
    }


def test_the_tables_hold_what_is_measured_against_what_is_asked() -> None:
    sizes = [result(1000, 5), result(10_000, 50)]
    text = figures({"machine": "2 cores", "sizes": sizes})

    assert "| mkdocs-material, 1,000 records | 8× | 20× | 40× |" in text
    assert "| ours beside reading and writing, 10,000 records | at most 6× | " in text
    assert "Not measured with 1,000 records: Eleventy." in text


def test_the_plot_names_each_line_and_tells_its_figures() -> None:
    drawn = plot([result(1000, 5), result(10_000, 50)])

    assert f">{OURS}</text>" in drawn
    assert f"{OURS}: 5 s with 1,000, 50 s with 10,000" in drawn
    assert "#" not in drawn


def test_rows_that_were_not_measured_again_stay() -> None:
    new = result(1000, 4)
    del new["cpu"]["Zensical"]

    cpu = merged(result(1000, 5), new)["cpu"]

    assert (cpu[OURS], cpu["Zensical"]) == (4, 50)
