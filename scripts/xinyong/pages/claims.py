"""The page of a claim."""

from __future__ import annotations

from xinyong.corpus import Entry
from xinyong.pages.page import Page
from xinyong.pages.record_view import RecordView, page
from xinyong.publication import Library
from xinyong.records import Claim
from xinyong.records.vocabularies import STANCE


def render(library: Library, entry: Entry) -> Page:
    """Render a claim: the statement, the verdict, the evidence by stance."""
    record = entry.record
    assert isinstance(record, Claim)
    evidence = [
        (stance, value.label, items)
        for stance, value in STANCE.values.items()
        if (items := [item for item in record.evidence if item.stance == stance])
    ]
    return page(
        RecordView(library, entry=entry, asked={"evidence"}),
        "claims.html.j2",
        evidence=evidence,
    )
