"""Whether sources can still be read where they stood: only what is certainly gone counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support import Lay, run
from xinyong.corpus import Corpus
from xinyong.exports.addresses import addresses, judge, told

HERE = "http://127.0.0.1/here"


def report(*failed: tuple[str, int | None], successful: int = 3) -> dict[str, Any]:
    """Return a report in the form that lychee 0.24 was seen to write."""
    items = [{"url": url, "status": {"text": "…"} | ({"code": code} if code else {})} for url, code in failed]
    return {"total": 9, "successful": successful, "cached": 0, "error_map": {"addresses.txt": items}}


def test_every_address_is_listed_once_and_in_ascii(lay: Lay) -> None:
    lay({"corpus/citations/a-2020.yml": "type: web\ntitle: A\nlanguage: zh\nread: none\nreliability: blog\n"
         "url: https://example.org/月度?a=1&b=(2)\n"})  # fmt: skip

    assert run("addresses").said == (
        "https://example.org/%E6%9C%88%E5%BA%A6?a=1&b=(2)\nhttps://example.org/open-sesame\nhttps://example.org/reuters\n"
    )


def test_what_is_gone_without_a_copy_is_lost_and_what_refuses_says_nothing(small: Corpus) -> None:
    sesame, reuters = addresses(small)

    gone = judge(small, report((sesame, 404), (reuters, 410)))
    refused = judge(small, report((sesame, 403), (reuters, 429)))

    assert gone.lost == (("koetse-2018", f"{sesame} (404)"),)
    assert gone.archived == (("reuters-2015", f"{reuters} (410)"),)
    assert (refused.lost, refused.archived, refused.unclear) == ((), (), 2)


def test_a_host_that_has_no_address_is_gone_and_one_that_fails_otherwise_is_not(small: Corpus) -> None:
    sesame, _ = addresses(small)

    assert judge(small, report((sesame, None)), lambda _: False).lost[0][1] == f"{sesame} (no such host)"
    assert judge(small, report((sesame, None)), lambda _: True).unclear == 1


def test_without_a_network_nothing_is_learnt(small: Corpus) -> None:
    sesame, _ = addresses(small)
    verdict = judge(small, report((sesame, 404), successful=0))

    assert [*told(verdict)] == [
        "Nothing was learnt: none of 2 addresses answered, so the network itself may be missing."
    ]


def test_the_verdict_is_told_with_files_and_sets_the_exit_status(lay: Lay) -> None:
    lay({"asked.json": json.dumps(report(("https://example.org/open-sesame", 404)))})

    ran = run("addresses", "--judge", "asked.json")

    assert ran.status == 1
    assert ran.said == (
        "**2 addresses of sources:** 1 gone, 0 that say nothing certain.\n"
        "\nGone, and no archived copy is named:\n\n"
        "- `corpus/citations/koetse-2018.yml`: <https://example.org/open-sesame> (404)\n"
        "\nLook for a copy, in the Internet Archive for example, and name it in the record's `archive_url`.\n"
    )
    Path("asked.json").write_text(json.dumps(report()), encoding="utf-8")
    assert run("addresses", "--judge", "asked.json").status == 0


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"error_map": 3}', '{"error_map": {"a": 3}}'])
def test_another_file_is_no_report(text: str, lay: Lay) -> None:
    lay({"asked.json": text})

    assert run("addresses", "--judge", "asked.json").status == 2
