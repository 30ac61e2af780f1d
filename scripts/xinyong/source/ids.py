"""Ids that cannot be: names that Windows keeps for devices, and names that pages have."""

from __future__ import annotations

import re

LONGEST = 80
"""So many characters an id may have (46 in the corpus of November 2026)."""

_DEVICES = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])\Z")
"""https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions"""

ADDRESSES = frozenset({"index", "record"})
"""What has an address in the folder of a kind: its table, the shell of its records."""

_ANCHORS_TEXT = """
about accounts annotation bands benefits changes cite claimants confusions consequences
content criteria derived designations details errata evidence exit facts figures inputs
linked-from listed members more-facts outcome practice public reactions related renderings rests-here role
rules schemes scored scores-compared see signatories sources timeline usage users state
municipal commercial financial
"""
ANCHORS = frozenset(_ANCHORS_TEXT.split())
"""Ids of sections and other elements on the pages that have ids of records for anchors."""

_TAKEN = ADDRESSES | ANCHORS

PREFIXES = ("s-", "year-", "kind-", "in-force-", "evidence-", "slot-")
"""How made ids of elements on those pages begin: ``s-koetse-2018``, ``year-2014``."""


PAGE = re.compile(r"page-[1-9][0-9]{0,2}\Z")
"""The further pages of a long index in the folder of its kind; ``page-2018`` may be a source."""


def trouble(id_: str) -> tuple[str, str] | None:
    """Say why an id of the right form cannot be one: a problem's code and the reason."""
    if len(id_) > LONGEST:
        return "X209", f"the id has {len(id_)} characters, more than {LONGEST}"
    if _DEVICES.match(id_):
        return "X209", f"Windows keeps '{id_}' for a device and cannot check the file out"
    if id_ in _TAKEN or id_.startswith(PREFIXES) or PAGE.match(id_):
        return "X210", f"pages of the site use the name '{id_}' themselves"
    return None
