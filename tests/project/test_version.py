"""One version: that of the program, of the citation of the whole, of the newest release in the
changelog.
"""

from __future__ import annotations

import json
import re

import yaml

import xinyong
from support import PROJECT


def test_the_version_and_its_day_are_the_same_everywhere() -> None:
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    changes = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"^## \[(\d[^]]*)\] - (\d{4}-\d\d-\d\d)$", changes, re.MULTILINE)

    cited = citation["version"], citation["date-released"].isoformat()
    assert cited == releases[0]
    assert citation["version"] == xinyong.__version__


def test_scripts_are_checked_by_the_version_of_biome_that_its_settings_are_for() -> None:
    settings = json.loads((PROJECT / "biome.json").read_text(encoding="utf-8"))
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")

    version = re.findall(r"@biomejs/biome@([\d.]+)", makefile)
    assert [f"https://biomejs.dev/schemas/{number}/schema.json" for number in version] == [
        settings["$schema"]
    ]
