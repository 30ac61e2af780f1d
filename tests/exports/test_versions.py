"""The schema of the published data has a version, and keeps what that promises.

After a wanted change: ``GOLDEN=write .venv/bin/python -m pytest tests/exports/test_versions.py``,
then read the difference. A list that breaks the promise is not written.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from exports import promise
from exports.conftest import Exported
from exports.promise import Listed
from support import PROJECT
from xinyong.corpus.published import ADDRESSES, FOLDER
from xinyong.edition import SCHEMA, version
from xinyong.records import MODELS
from xinyong.records.schema import schema

KEPT = Path(__file__).parent / "published-columns.txt"
VERSIONS = (PROJECT / promise.PAGE).read_text(encoding="utf-8")


def test_published_columns_and_fields_keep_their_promise() -> None:
    before, after = promise.read(KEPT.read_text(encoding="utf-8")), promise.now()
    # Before the first publication nothing was promised to anybody.
    bound = (PROJECT / FOLDER / ADDRESSES).is_file()

    broken = [*promise.faults(before, after, VERSIONS)] if bound else []
    assert broken == []
    if os.environ.get("GOLDEN") == "write":
        KEPT.write_text(after.text, encoding="utf-8")
        return
    assert after.text.splitlines() == before.text.splitlines(), promise.WRITE


def test_the_page_of_versions_tells_of_this_one() -> None:
    assert next(iter(promise.sections(VERSIONS))) == SCHEMA


def test_the_list_is_read_as_it_was_written() -> None:
    assert promise.read(promise.now().text) == promise.now()


LIST = Listed("1.3", {"table cities.mayor": "text", "table cities.year": "text"})
PAGE = "### Schema 1.3\n\n- `table cities.year` goes with 2.0.\n\n### Schema 1.2\n\nOld.\n"


def said(schema: str, types: Mapping[str, str], page: str = PAGE) -> list[str]:
    return [*promise.faults(LIST, Listed(schema, types), page)]


def test_what_stays_is_no_fault() -> None:
    assert said("1.3", LIST.types) == []


@pytest.mark.parametrize("schema", ["1.3", "1.4"])
def test_what_goes_or_changes_needs_a_new_first_number(schema: str) -> None:
    ending = (
        ", which breaks what others made of the data; "
        "put it back, and the new one beside it, until SCHEMA has a new first number"
    )

    assert said(schema, {"table cities.year": "integer"}) == [
        f"table cities.mayor is gone{ending}",
        f"table cities.year is now 'integer' and was 'text'{ending}",
    ]


def test_what_goes_with_a_new_first_number_was_announced_before() -> None:
    assert said("2.0", {"table cities.mayor": "text"}) == []
    assert said("2.0", {"table cities.year": "text"}) == [
        (
            "table cities.mayor is gone, and no version before announced it; leave it for one more "
            "version, of which docs/data-versions.md says '`table cities.mayor` goes'"
        )
    ]
    assert said(
        "2.0", {"table cities.mayor": "text"}, "### Schema 2.0\n\n`table cities.year` goes."
    ) == [
        (
            "table cities.year is gone, and no version before announced it; leave it for one more "
            "version, of which docs/data-versions.md says '`table cities.year` goes'"
        )
    ]


def test_what_is_added_needs_a_new_second_number_and_a_line() -> None:
    more = {**LIST.types, "table cities.flag": "text"}
    page = f"### Schema 1.4\n\n- `table cities.flag`: what it shows.\n\n{PAGE}"

    assert said("1.3", more) == ["table cities.flag is new; set SCHEMA in edition.py to 1.4"]
    assert said("1.4", more) == [
        "table cities.flag is new; say so on docs/data-versions.md under 1.4, as '`table cities.flag`: …'"
    ]
    assert said("1.4", more, page) == []


def test_every_export_that_describes_itself_gives_the_version(exported_small: Exported) -> None:
    data, api = exported_small.data, exported_small.site / "api/v1"
    read = {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in (
            data / "manifest.json", data / "datapackage.json", api / "index.json", api / "openapi.json"
        )
    }  # fmt: skip
    with closing(sqlite3.connect(data / "xinyong.sqlite")) as database:
        about = dict(database.execute("SELECT name, value FROM about"))

    assert read["manifest.json"]["schema_version"] == SCHEMA
    assert read["datapackage.json"]["schema_version"] == SCHEMA
    assert read["index.json"]["schema_version"] == SCHEMA
    assert read["openapi.json"]["info"]["version"] == SCHEMA
    assert about["schema_version"] == SCHEMA
    assert {schema(kind)["$comment"] for kind in MODELS} == {
        f"The published data have the schema {SCHEMA}."
    }


def test_the_address_of_the_api_has_the_first_number(exported_small: Exported) -> None:
    found = [path.name for path in (exported_small.site / "api").iterdir()]

    assert found == [f"v{version(SCHEMA)[0]}"]


def test_the_manifest_names_every_other_file(exported_small: Exported) -> None:
    said = json.loads((exported_small.data / "manifest.json").read_text(encoding="utf-8"))
    written = {
        path: (file.size, file.sha256) for path, file in exported_small.written.files.items()
    }
    written.pop("manifest.json")

    assert {x["path"]: (x["bytes"], x["sha256"]) for x in said["files"]} == written
    assert said["url"] == "https://example.org/x/"
