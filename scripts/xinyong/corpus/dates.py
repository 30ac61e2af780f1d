"""The date that a work is known by."""

from __future__ import annotations

from xinyong.records import Citation
from xinyong.source.edtf import Edtf
from xinyong.words import REFERENCES


def date_of(work: Citation) -> Edtf | None:
    """Return the date that a work is known by.

    Its own, or that on a document, or the nearest to it.
    """
    for facts in (work.dated, work.published, work.adopted, work.in_force):
        if work.date is None and facts:
            return facts[0].value
    return work.date


def year(work: Citation) -> str:
    """Return the year of a work, or ``n.d.``."""
    date = date_of(work)
    written = date.year if date else ""
    return written or REFERENCES["no-date"]
