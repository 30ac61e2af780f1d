"""Numbers for the documents of the search that stay the same when others come and go.

Each document has a slot of a table that is far larger than their number: where a sum of its address
leads, or the next one that is free. So a new record changes its own entries only.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST = 16
"""The smallest table has two to the power of this many slots."""

SPARE = 4
"""So many slots there are at least for each document."""

TOGETHER = 8
"""About so many documents share a file."""


@dataclass(frozen=True)
class Slots:
    """The slots of documents by their addresses, and what to shift a slot by for its file."""

    of: dict[str, int]
    shift: int

    def file(self, address: str) -> int:
        """Return the number of the file that holds a document."""
        return self.of[address] >> self.shift


def slots(addresses: Iterable[str]) -> Slots:
    """Give each address its slot."""
    known = sorted(set(addresses), key=lambda address: (_sum(address), address))
    bits = max(SMALLEST, (SPARE * len(known)).bit_length())
    taken: set[int] = set()
    found = {}
    for address in known:
        slot = _sum(address) >> (32 - bits)
        while slot in taken:
            slot = (slot + 1) % (1 << bits)
        taken.add(slot)
        found[address] = slot
    files = max(1, len(known) // TOGETHER).bit_length()
    return Slots(found, bits - files)


def _sum(address: str) -> int:
    return zlib.crc32(address.encode())
