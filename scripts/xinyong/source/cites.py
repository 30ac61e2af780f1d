"""Cites: pointers to a citation, with a locator and the work it was read in.

``ndrc-2017-2158``; ``creemers-2018, p. 14``; ``mistreanu-2018 via koetse-2018``; ``hoffman-2017,
ch. 2 via daum-2018``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_MOST = 4
LONGEST = 300
"""So many characters a cite may have (35 in the corpus of November 2026)."""
_VIA = re.compile(" via ")


@dataclass(frozen=True, slots=True)
class Cite:
    """A pointer to the citation ``id``, at ``locator`` (``p. 14``), read in the work that ``via`` points to."""

    id: str
    locator: str = ""
    via: Cite | None = None

    def __str__(self) -> str:
        own = f"{self.id}, {self.locator}" if self.locator else self.id
        return f"{own} via {self.via}" if self.via else own

    @property
    def read(self) -> Cite:
        """The cite of the work that was read: this one, or the one it was read in."""
        return self.via.read if self.via else self


@lru_cache(maxsize=1 << 14)
def parse(text: str) -> Cite:
    """Parse one cite; raise ValueError with a sentence that says what is wrong."""
    if len(text) > LONGEST:
        raise ValueError(
            f"it has {len(text):,} characters; write the citation's id and a short locator"
        )
    works = _VIA.split(" ".join(text.split()))
    if len(works) > _MOST:
        raise ValueError(
            f"it names {len(works):,} works; keep the one that says so and the one that was read"
        )
    cite: Cite | None = None
    for work in reversed(works):
        cite = _one(work, cite)
    assert cite
    return cite


def _one(work: str, via: Cite | None) -> Cite:
    id_, comma, locator = work.partition(",")
    if not ID.match(id_.strip()):
        raise ValueError(
            "it begins with a citation's id (small letters, digits, hyphens); write 'koetse-2018, p. 14'"
        )
    if comma and not locator.strip():
        raise ValueError(
            "nothing stands behind the comma; write a locator there, such as 'p. 14', or delete the comma"
        )
    return Cite(id_.strip(), locator.strip(), via)
