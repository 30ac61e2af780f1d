"""Whatever stands in a field of a record, no page runs it: held without the rules and without the
policy.
"""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from fuzz.mutating import PAYLOADS, Mutator, Tree, at, encoded, put, spots
from publishing import served
from support import PROJECT, SMALL
from xinyong.corpus import Corpus, Entry, load, read_entry
from xinyong.history.lines import UNREAD
from xinyong.pages.compare import COMPARED
from xinyong.records import MODELS
from xinyong.site import build, engine, links

FEWEST = 80
"""At least so many fields take a payload, else the test would look at nothing."""

PAYLOAD_SHOWN = re.compile(r"[>＞=:{.]xy")
"""A payload as a hit shows it, where "(1)" may have gone as brackets behind a name do."""

LISTEN = "window.xy = () => console.error('ran')"
ROUNDS = [0, *(pytest.param(first, marks=pytest.mark.long) for first in range(1, len(PAYLOADS), 4))]


def _attacked(mutator: Mutator, first: int, root: Path) -> tuple[Corpus, int]:
    """Write records with a payload in each field that takes one; return them, and how many do."""
    entries = {entry.id: entry for entry in load(SMALL)[0]}
    filled = 0
    for kind in MODELS:
        seen: set[tuple[str, ...]] = set()
        for place, tree in enumerate(mutator.records(kind)):
            file = root / kind / f"attacked-{place}.yml"
            attacked = copy.deepcopy(tree)
            for spot in spots(tree):
                field = tuple(step for step in spot if isinstance(step, str))
                if field not in seen and isinstance(at(tree, spot), str):
                    filled += _fill(attacked, spot, file, first + filled)
                    seen.add(field)
            if entry := _whole(attacked, file):
                file.write_bytes(encoded(attacked))
                entries[entry.id] = entry
    return Corpus(entries), filled


def _fill(tree: Tree, spot: tuple[str | int, ...], file: Path, first: int) -> bool:
    """Put one of the next payloads into a field, alone or behind its text; say whether it takes
    one.
    """
    text = at(tree, spot)
    for number in range(first, first + 3):
        payload = PAYLOADS[number % len(PAYLOADS)]
        for made in (payload, f"{text} {payload}"):
            put(tree, spot, made)
            if _whole(tree, file):
                return True
    put(tree, spot, text)
    return False


def _whole(tree: Tree, file: Path) -> Entry | None:
    entry, _ = read_entry(file.parent.name, file, encoded(tree))
    return entry if entry and entry.whole else None


@pytest.mark.parametrize("first", ROUNDS)
def test_no_payload_in_any_field_runs(first: int, browser: Browser, tmp_path: Path) -> None:
    root, site = tmp_path / "corpus", tmp_path / "repository"
    for kind in MODELS:
        (root / kind).mkdir(parents=True)
    corpus, filled = _attacked(Mutator(0, SMALL, PROJECT / "corpus"), first, root)
    config = engine.configure(PROJECT / "mkdocs.yml", site)
    engine.run(config)
    build.finish(site, config, corpus, UNREAD)

    assert filled >= FEWEST
    assert [
        problem for problem in links.check(site, engine.address(config)) if problem.code == "X830"
    ] == []
    attacked = sorted(
        f"{entry.kind}/{entry.id}/" for entry in corpus if entry.id.startswith("attacked-")
    )
    ran: list[str] = []
    with served(site, headers=False) as address:
        context = browser.new_context(base_url=address, bypass_csp=True)
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.on("console", lambda message: ran.append(page.url) if message.text == "ran" else None)
        for path in [
            "",
            *(f"{kind}/" for kind in MODELS),
            *attacked,
            "scores/",
            "renderings/",
            "errata/",
            "evidence/",
        ]:
            page.goto(path)
        by_kind = {
            kind: [path.split("/")[1] for path in attacked if path.startswith(kind)]
            for kind in COMPARED
        }
        kind = max(by_kind, key=lambda kind: len(by_kind[kind]))
        page.goto(f"compare/?{kind}={','.join(by_kind[kind][:2])}")
        expect(page.locator("table.xy-compare")).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("xy")
        expect(page.get_by_role("dialog")).to_contain_text(PAYLOAD_SHOWN)
        context.close()
    assert ran == []
