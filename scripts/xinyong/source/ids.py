"""Ids that cannot be: names that Windows keeps for devices, and names that pages of the site need themselves."""

from __future__ import annotations

import re
from collections.abc import Collection

LONGEST = 80
"""So many characters an id may have (46 in the corpus of November 2026); file names end at 255 bytes."""

_DEVICES = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])\Z")
"""https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions"""

ADDRESSES = frozenset({"index", "record", "schema", "assets", "page", "feed", "404"})
"""What stands at an address of its own in the folder of a kind: its table, the shell of its records."""

ANCHORS = frozenset(
    "all-places cite derived facts land linked-from map-east map-land rests-here scores-compared sources timeline "
    "state municipal commercial financial".split()
)
"""Ids of elements beside those of records, but for the sections that are called like a field."""

PREFIXES = ("s-", "year-", "evidence-", "slot-")
"""How ids of elements on those pages begin that are made from something else: ``s-koetse-2018``, ``year-2014``."""


def trouble(id_: str, fields: Collection[str] = ()) -> tuple[str, str] | None:
    """Say why an id of the right form cannot be one: a problem's code, and what is wrong and what to do.

    ``fields`` are the names of the fields of records, after which sections of their pages are called.
    """
    if len(id_) > LONGEST:
        return "X209", f"the id has {len(id_)} characters; choose one of {LONGEST} at most"
    if _DEVICES.match(id_):
        return "X209", f"Windows keeps the name '{id_}' for a device and cannot check the file out; choose another id"
    if id_ in ADDRESSES | ANCHORS or id_ in fields or id_.startswith(PREFIXES):
        return "X210", f"pages of the site use the name '{id_}' themselves; choose another id"
    return None
