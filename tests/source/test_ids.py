"""Ids that cannot be are named; the list of those that pages need is what the pages have."""

from __future__ import annotations

import re

import pytest

from support import PROJECT
from xinyong.source import ids

TEMPLATES = PROJECT / "scripts" / "xinyong" / "pages" / "templates"
LISTING = ("_macros", "record", "timeline", "scores", "blacklists", "citations", "cities", "claims")
LISTING += ("events", "organizations", "programs", "terms")


DEVICES = ["con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))]


@pytest.mark.parametrize("id_", DEVICES)
def test_a_device_of_windows_is_no_id(id_: str) -> None:
    trouble = ids.trouble(id_)

    assert trouble
    assert trouble[0] == "X209"


@pytest.mark.parametrize(
    "id_",
    ["sources", "cite", "timeline", "record", "index", "s-koetse-2018", "year-2014", "page-2"],
)
def test_a_name_that_pages_have_is_no_id(id_: str) -> None:
    trouble = ids.trouble(id_)

    assert trouble
    assert trouble[0] == "X210"


@pytest.mark.parametrize(
    "id_",
    [
        "con-2018",
        "com10",
        "auxiliary",
        "social-credit",
        "score",
        "sources-of-law",
        "page-2018",
        "a" * 80,
    ],
)
def test_other_names_are_ids(id_: str) -> None:
    assert ids.trouble(id_) is None


def _written(pattern: str) -> set[str]:
    texts = [(TEMPLATES / f"{name}.html.j2").read_text(encoding="utf-8") for name in LISTING]
    return {found for text in texts for found in re.findall(pattern, text)}


def test_every_section_and_element_of_a_template_is_reserved() -> None:
    sections = _written(r'view\.section\("([^"]+)"')
    sections |= _written(r'm\.(?:points|figures)\(view, "([^"]+)"')
    elements = _written(r'\bid="([a-z][a-z-]*)"')
    wanted = {name for name in sections | elements if "_" not in name}

    assert wanted
    assert sorted(wanted - ids.ANCHORS) == []


def test_every_made_id_of_a_template_begins_with_a_reserved_prefix() -> None:
    prefixes = _written(r'\bid="([a-z][a-z-]*-)\{\{')

    assert prefixes
    assert sorted(prefixes - set(ids.PREFIXES)) == []
