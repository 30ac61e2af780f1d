"""How much a record may hold: limits that no honest record meets.

A page shows the name of every record that it links to, so a name of 60 KB that is linked 2,500
times would make a page of 150 MB. With these limits what is built stays in proportion to what is
written. Beside each stands the most that the corpus held in November 2026. The field reference
shows them (docs/contribute/fields.md).
"""

from __future__ import annotations

from xinyong.source.cites import LONGEST as CITE
from xinyong.source.ids import LONGEST as ID

LINE = 500
"""Characters of a name, a title or a label (211)."""
TEXT = 2_000
"""Characters of a text or an address (403)."""
PROSE = 20_000
"""Characters of a summary or an annotation (3,403)."""
ENTRIES = 500
"""Entries of a list (68)."""
LINKS = 1_000
"""Links of a record, in fields and in texts (143)."""
CITES = 2_000
"""Cites of a record (254)."""
DIGITS = 15
"""Digits of a number (14); so many a computer's floating point number holds exactly."""
FIRST_YEAR = 1000
"""The first year that a date may name (1987)."""

__all__ = [
    "CITE",
    "CITES",
    "DIGITS",
    "ENTRIES",
    "FIRST_YEAR",
    "ID",
    "LINE",
    "LINKS",
    "PROSE",
    "TEXT",
]
